"""Telling, on the page, which language model words the answers and where questions and passages are sent."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from parley.assistant import Destination, ModelInUse
from parley.ui.html.markup import text_html

WithheldModel = Callable[[Path], Destination | None]
"""Where a language model is that is set, but that the library in a folder does not permit to be asked; else `None`."""


def none_withheld(_: Path) -> None:
    """No model is set that a library does not permit."""
    return


def where_text_goes_html(model: ModelInUse | None, withheld: Destination | None = None) -> str:
    """One line for the page; marked where text leaves this machine.

    `withheld` is where a model is that is not asked, as the library does not permit it.
    """
    if model is None:
        told = "Answers are quotations. Nothing leaves this machine."
        if withheld is not None:
            told += f" The language model at <strong>{_address(withheld)}</strong> is not asked: this library does not permit it."
        return f'<p class="destination">{told}</p>'
    name = f"<strong>{text_html(model.name)}</strong>"
    if model.destination.is_local:
        where = text_html(model.destination.address or "in this process")
        return f'<p class="destination">Answers are worded by {name} ({where}). Nothing leaves this machine.</p>'
    return (
        f'<p class="destination leaves">Answers are worded by {name}. Questions and passages of the documents are sent to '
        f"<strong>{_address(model.destination)}</strong>, outside this machine.</p>"
    )


def _address(destination: Destination) -> str:
    return text_html(destination.address or "an address that it does not tell")
