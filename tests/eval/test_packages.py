"""The packages of the eval suite import each other one way."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

EVAL = Path(__file__).resolve().parents[2] / "eval"
MAY_IMPORT = {
    "sets": set(),
    "scorers": {"sets"},
    "reports": {"sets", "scorers"},
    "studies": {"sets", "scorers", "reports"},
    "runs": {"sets", "scorers", "reports", "studies"},
    "fitting": {"sets", "scorers", "studies"},
}


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_packages_import_one_way(package: str) -> None:
    imported = {
        node.module.split(".")[2]
        for path in (EVAL / package).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("parley.eval.")
    }
    assert imported - {package} <= MAY_IMPORT[package]


def test_every_package_is_named_in_the_order() -> None:
    assert {path.parent.name for path in EVAL.glob("*/__init__.py")} == set(MAY_IMPORT)
