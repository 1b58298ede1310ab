"""Importing the readers brings none of the libraries behind them."""

from __future__ import annotations

import subprocess
import sys

SCRIPT = """
import sys, time
import index.types
started = time.perf_counter()
import index.discovery, index.readers
seconds = time.perf_counter() - started
heavy = set("bs4 lxml trafilatura pypdf pypdfium2 docx yaml markdown_it charset_normalizer py3langid email.parser".split())
print(seconds, sorted(heavy & set(sys.modules)))
"""


def test_import_is_light() -> None:
    runs = [subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True).stdout for _ in range(3)]
    assert {run.split(maxsplit=1)[1].strip() for run in runs} == {"[]"}
    assert min(float(run.split()[0]) for run in runs) < 0.05
