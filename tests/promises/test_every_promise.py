"""Each promise of docs/architecture.md has a test of its name here, and nothing else is here."""

from __future__ import annotations

import re
from pathlib import Path

from tests.conftest import ROOT

HERE = Path(__file__).parent


def test_each_promise_has_a_test_of_its_name() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    section = page[page.index("## What the product promises") :].split("\n## ")[0]
    promised = re.findall(r"^\d+\. \*\*(.+?)\.?\*\*", section, re.MULTILINE)
    assert len(promised) >= 6
    named = {f"test_{'_'.join(re.findall(r'[a-z]+', promise.lower()))}.py" for promise in promised}
    there = {path.name for path in HERE.glob("test_*.py")} - {Path(__file__).name}
    assert there == named


def test_no_promise_waits_for_files_beside_the_checkout() -> None:
    for path in HERE.glob("*.py"):
        if path != Path(__file__):
            text = path.read_text(encoding="utf-8")
            assert "shared" not in text, f"{path.name} must run on a clean clone"
            assert "skip" not in text, f"{path.name} must not be skipped"
