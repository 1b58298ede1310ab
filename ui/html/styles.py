"""The style sheets and scripts of ui/html/assets, joined for the page that needs them."""

from __future__ import annotations

from pathlib import Path

SCHEME_COOKIE = "parley_scheme"
"""Where the chat's script leaves the choice between dark and light for the pages that have no script."""

_PAGE = Path(__file__).parent / "assets"
_CHAT_STYLES = (
    *("colours.css", "masthead.css", "base.css", "chat.css", "library.css"),
    *("conversations.css", "source.css", "narrow.css"),
)
_SCRIPTS = (
    *("core.js", "panes.js", "sources.js", "words.js", "asking.js", "scope.js"),
    *("library.js", "conversations.js", "addresses.js", "keys.js", "feedback.js", "uploads.js"),
)


def chat_style() -> str:
    """The style sheet of the chat, in which the class "dark" on the body makes it dark."""
    return _joined(_CHAT_STYLES)


def chat_script() -> str:
    """The script of the chat; its files share one scope."""
    return _joined(_SCRIPTS)


def view_style(scheme: str | None) -> str:
    """The style sheet of a page without script: "dark" or "light" as chosen in the chat, else as the system has it."""
    light, _, dark = _joined(("colours.css",)).partition(".dark {")
    as_system = f"{light}@media (prefers-color-scheme: dark) {{ :root {{{dark} }}"
    colours = {"dark": f"{light}:root {{{dark}", "light": light}.get(scheme or "", as_system)
    return f"{colours}\n{_joined(('masthead.css', 'views.css'))}"


def _joined(names: tuple[str, ...]) -> str:
    return "\n".join((_PAGE / name).read_text(encoding="utf-8") for name in names)
