"""Importing the readers brings none of the libraries behind them."""

from __future__ import annotations

import subprocess
import sys

SCRIPT = """
import sys
import parley.index.discovery, parley.index.readers
heavy = set("bs4 lxml trafilatura pypdf pypdfium2 docx yaml markdown_it charset_normalizer py3langid email.parser".split())
print(sorted(heavy & set(sys.modules)))
"""


def test_import_is_light() -> None:
    assert subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True).stdout.strip() == "[]"
