"""Removing from a page what its reader does not see: scripts, hidden elements, text in the colour of its background.

Style sheets inside the page are followed as far as simple selectors go; linked ones are never fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup, Tag
from bs4.element import Comment, PageElement, PreformattedString

from parley.index.readers.web.style_rules import Style, StyleRules
from parley.index.readers.web.tree import take_out

_UNSEEN_TAG_NAMES = (
    "script style template noscript head iframe object embed svg canvas audio video map input select textarea button datalist"
    " option meter progress dialog link meta title del s strike"
)
_UNSEEN_TAGS = _UNSEEN_TAG_NAMES.split()
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_SIMPLE_SELECTOR = re.compile(r"[a-zA-Z][\w-]*|(?:[a-zA-Z][\w-]*)?(?:[.#][\w-]+)+(?:\s+(?:[a-zA-Z][\w-]*)?(?:[.#][\w-]+)*)?")
_RELEVANT = re.compile(
    r"display|visibility|font-size|opacity|color|background|text-indent|left|top|clip|position|height|overflow"
)
_WHITE = {"white", "#fff", "#ffffff", "rgb(255,255,255)", "rgba(255,255,255,1)"}
_NOTHING = re.compile(r"0*(?:\.0+)?(?:px|em|rem|pt|%|vh|vw)?")
_FAR_AWAY = re.compile(r"-\d{3,}(?:\.\d+)?(?:px|em|rem|pt|%)?|-\d{2,}(?:em|rem)")


def remove_unseen(soup: BeautifulSoup) -> None:
    """Remove from `soup` everything that a reader of the page does not see."""
    styles = _computed_styles(soup)
    unseen = soup.find_all(_UNSEEN_TAGS)
    take_out(element for element in unseen if not (element.name == "dialog" and element.has_attr("open")))
    take_out(soup.find_all(string=_is_markup))
    take_out(tag for tag in soup.find_all(True) if _is_hidden(tag, styles.get(id(tag), {})))
    take_out(_in_invisible_colours(soup, styles))


def _is_markup(node: PageElement | str | None) -> bool:
    return isinstance(node, (Comment, PreformattedString))


def _computed_styles(soup: BeautifulSoup) -> dict[int, Style]:
    """Declarations by element identity: rules of the page's own style sheets first, the style attribute over them."""
    sheets = "\n".join(element.get_text() for element in soup.find_all("style"))
    rules = StyleRules(_simple_rules(sheets[:200_000]))
    styles: dict[int, Style] = {}
    for element in soup.find_all(True):
        style = rules.style_of(element)
        if element.has_attr("style"):
            style.update(_declarations(str(element["style"])))
        for attribute, name in (("color", "color"), ("bgcolor", "background-color")):
            if element.has_attr(attribute):
                style.setdefault(name, str(element[attribute]).lower())
        if style:
            styles[id(element)] = style
    return styles


def _simple_rules(sheet: str) -> list[tuple[str, Style]]:
    """Rules outside of @-blocks (what holds in print or on narrow screens is not what is seen) with plain selectors."""
    rules: list[tuple[str, Style]] = []
    for selectors, body in _RULE.findall(_without_at_blocks(_COMMENT.sub("", sheet))):
        if not _RELEVANT.search(body):
            continue
        declarations = _declarations(body)
        for part in selectors.split(","):
            selector = part.strip()
            if _SIMPLE_SELECTOR.fullmatch(selector) and len(rules) < 2000:
                rules.append((selector, declarations))
    return rules


def _without_at_blocks(sheet: str) -> str:
    kept: list[str] = []
    depth = 0
    in_block = False
    for piece in re.split(r"([{}])", re.sub(r"@(?:import|charset|namespace)[^;{}]*;", "", sheet)):
        if piece == "{":
            depth += 1
        elif piece == "}":
            depth = max(0, depth - 1)
        elif depth == 0 and piece.lstrip().startswith("@"):
            in_block = True
        if not in_block:
            kept.append(piece)
        elif piece == "}" and depth == 0:
            in_block = False
    return "".join(kept)


def _declarations(body: str) -> Style:
    style: Style = {}
    for declaration in body.split(";"):
        name, colon, value = declaration.partition(":")
        if colon:
            style[name.strip().lower()] = value.replace("!important", "").strip().lower()
    return style


def _is_hidden(element: Tag, style: Style) -> bool:
    if element.has_attr("hidden") or str(element.get("aria-hidden", "")).lower() == "true":
        return True
    if style.get("display") == "none" or style.get("visibility") in ("hidden", "collapse"):
        return True
    if any(name in style and _NOTHING.fullmatch(style[name]) for name in ("font-size", "opacity")):
        return True
    if style.get("overflow") == "hidden" and _NOTHING.fullmatch(style.get("height", "auto")):
        return True
    if style.get("position") in ("absolute", "fixed"):
        is_away = any(_FAR_AWAY.fullmatch(style.get(side, "")) for side in ("left", "top"))
        return is_away or re.sub(r"\s|px", "", style.get("clip", "")) in (
            "rect(0,0,0,0)",
            "rect(0000)",
            "rect(1,1,1,1)",
            "rect(1111)",
        )
    return bool(_FAR_AWAY.fullmatch(style.get("text-indent", "")))


def _in_invisible_colours(soup: BeautifulSoup, styles: dict[int, Style]) -> Iterator[Tag]:
    """Elements whose stated colour is that of the nearest stated background, white where none is stated."""
    backgrounds: dict[int, str] = {}
    for element in soup.find_all(True):
        style = styles.get(id(element), {})
        stated = style.get("background-color") or style.get("background") or ""
        is_stated = bool(stated) and stated not in ("transparent", "none", "inherit")
        # Document order: what holds an element comes before it.
        around = backgrounds.get(id(element.parent), "white")
        backgrounds[id(element)] = background = _plain_colour(stated) if is_stated else around
        if "color" in style and _plain_colour(style["color"]) in ("transparent", background):
            yield element


def _plain_colour(value: str) -> str:
    plain = re.sub(r"\s+", "", value)
    return "white" if plain in _WHITE else plain
