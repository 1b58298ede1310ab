"""Where the packages lie: the folders `index/`, `assistant/` and so on are installed inside one package, `parley`.

A wheel is built from those folders themselves. In a checkout `parley/` holds links to them, and an editable install puts the
one folder `.editable/`, which holds nothing but `parley`, on the path: editors, mypy and Python find a new module at once, and
`index`, `ui` and the rest never become importable under names of their own.
"""

from __future__ import annotations

import sys

from setuptools import find_namespace_packages, setup

ROOMS = ("assistant", "eval", "index", "prompts", "ui")
LEFT_OUT = ["fitting.passage_reader.questions*", "questions.speakers*"]
"""What only recipes and studies read: the questions that the reader was trained on, and texts with marked speakers."""

packages = ["parley"]
for room in ROOMS:
    packages += [f"parley.{room}", *(f"parley.{room}.{inner}" for inner in find_namespace_packages(room, exclude=LEFT_OUT))]

editable = {"": ".editable"}
folders = {"parley": "parley"} | {f"parley.{room}": room for room in ROOMS}

setup(packages=packages, package_dir=editable if "editable_wheel" in sys.argv else folders)
