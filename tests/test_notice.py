"""NOTICE names every weight and table that Parley contains, and nothing that it does not."""

from __future__ import annotations

import re
import subprocess
from fnmatch import fnmatch

from tests.conftest import ROOT

NOTICE = (ROOT / "NOTICE").read_text(encoding="utf-8")
PATTERNS = re.findall(r"\b(?:assistant|index|eval|ui|prompts)/[\w/*.-]+\.(?:npz|onnx|safetensors|tsv|txt|py)\b", NOTICE)


def _tracked() -> list[str]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return listed.splitlines()


def test_every_weight_and_table_is_named() -> None:
    weights = (".npz", ".onnx", ".safetensors", ".tsv", ".txt")
    made = [name for name in _tracked() if re.match(r"(assistant|index|ui|prompts)/", name) and name.endswith(weights)]
    assert made
    assert [name for name in made if not any(fnmatch(name, pattern) for pattern in PATTERNS)] == []


def test_what_is_named_exists() -> None:
    tracked = _tracked()
    assert [pattern for pattern in PATTERNS if not any(fnmatch(name, pattern) for name in tracked)] == []


def test_every_entry_says_what_it_was_made_from_and_how() -> None:
    made = NOTICE.split("1. Weights")[1].split("2. Tables")[0]
    entries = re.split(r"\n\n(?=\w)", made)[1:]
    assert len(entries) >= 4
    for entry in entries:
        assert re.search(r"^    (Made from|Fitted on): ", entry, re.MULTILINE), entry
        assert re.search(r"^    Recipe: eval/", entry, re.MULTILINE), entry
        assert re.search(r"Apache-2\.0|ODC-BY|CC BY|MIT", entry), entry
