"""What a web page says about itself: meta tags, Open Graph, JSON-LD, and marked-up dates and names."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

from bs4 import BeautifulSoup, Tag

from parley.index.language.dates import parse_date
from parley.index.readers.content import Findings
from parley.index.readers.titles import split_title
from parley.index.types import Metadata

_META = {
    "title": ("og:title", "dc.title", "dcterms.title", "citation_title", "parsely-title", "twitter:title"),
    "outlet": ("og:site_name", "dc.publisher", "dcterms.publisher", "citation_journal_title", "publisher", "article:publisher"),
    "author": (
        "author",
        "article:author",
        "dc.creator",
        "dcterms.creator",
        "citation_author",
        "parsely-author",
        "sailthru.author",
        "byl",
    ),
}
_DATES_IN_META = (
    "article:published_time og:article:published_time og:published_time datepublished dc.date.issued dcterms.issued"
    " dcterms.created dc.date dcterms.date citation_publication_date citation_date parsely-pub-date sailthru.date pubdate"
    " publishdate publish-date publish_date publication_date date"
)
_ARTICLE_TYPES = re.compile(r"Article$|Posting$|^Report$|Release$|^Legislation|^Review$")
_PAGE_TYPES = re.compile(r"WebPage$|^CreativeWork$|^ItemPage$")
_MOST_NODES = 2000

Node = Mapping[str, object]


def read_html_metadata(soup: BeautifulSoup) -> Metadata:
    """Read the page's own statements. Call this before anything is removed from `soup`."""
    findings = Findings()
    meta = _meta_values(soup)
    nodes = list(_json_ld_nodes(soup))
    for key in _DATES_IN_META.split():
        findings.add_date(parse_date(meta.get(key, "")), f"meta {key}")
    for name, keys in _META.items():
        for key in keys:
            value = meta.get(key, "")
            if not re.match(r"https?://|@", value):
                findings.add(name, _without_by(value) if name == "author" else value, f"meta {key}")
    _read_json_ld(nodes, findings)
    _read_markup(soup, findings)
    root = soup.find("html")
    language = str(root.get("lang") or root.get("xml:lang") or "") if isinstance(root, Tag) else ""
    language = language or meta.get("content-language", "") or meta.get("og:locale", "")
    if re.match(r"[A-Za-z]{2}(?:[-_]|$)", language):
        findings.add("language", language[:2].lower(), "HTML lang attribute")
    return findings.metadata()


def _meta_values(soup: BeautifulSoup) -> dict[str, str]:
    values: dict[str, str] = {}
    for tag in soup.find_all("meta"):
        key = tag.get("property") or tag.get("name") or tag.get("itemprop") or tag.get("http-equiv")
        content = tag.get("content")
        if key and content and str(content).strip():
            values.setdefault(str(key).strip().lower(), str(content).strip())
    return values


def _json_ld_nodes(soup: BeautifulSoup) -> Iterator[Node]:
    """All objects of the page's JSON-LD blocks, with lists, @graph and mainEntity opened; malformed blocks are passed over."""
    count = 0
    for script in soup.find_all("script", type=re.compile(r"^\s*application/ld\+json", re.IGNORECASE)):
        source = re.sub(r"^\s*(?:<!--|//\s*<!\[CDATA\[)|(?:-->|//\s*\]\]>)\s*$", "", script.get_text())
        try:
            pending: list[object] = [json.loads(source, strict=False)]
        except (ValueError, RecursionError):
            continue
        while pending and count < _MOST_NODES:
            value = pending.pop(0)
            count += 1
            if isinstance(value, list):
                pending.extend(value)
            elif isinstance(value, dict):
                yield value
                pending.extend(value[key] for key in ("@graph", "mainEntity", "hasPart") if key in value)


def _read_json_ld(nodes: list[Node], findings: Findings) -> None:
    by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}
    for pattern in (_ARTICLE_TYPES, _PAGE_TYPES):
        for node in nodes:
            if not any(pattern.search(kind) for kind in _types(node)):
                continue
            for key in ("datePublished", "dateCreated"):
                findings.add_date(parse_date(_first_text(node.get(key))), f"JSON-LD {key}")
            for key in ("headline", "name"):
                findings.add("title", _first_text(node.get(key)), f"JSON-LD {key}")
            findings.add("author", _names(node.get("author"), by_id), "JSON-LD author")
            findings.add("outlet", _names(node.get("publisher"), by_id), "JSON-LD publisher")


def _types(node: Node) -> list[str]:
    value = node.get("@type")
    return [item for item in (value if isinstance(value, list) else [value]) if isinstance(item, str)]


def _first_text(value: object) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    return value if isinstance(value, str) else ""


def _names(value: object, by_id: Mapping[object, Node]) -> str:
    """Names of people or organisations given as texts, objects or references to other objects of the page."""
    names: list[str] = []
    for item in (value if isinstance(value, list) else [value])[:10]:
        found = item
        if isinstance(item, dict):
            found = item.get("name") or by_id.get(item.get("@id"), {}).get("name")
        name = _first_text(found).strip()
        if name and not re.match(r"https?://|@", name):
            names.append(_without_by(name))
    return ", ".join(dict.fromkeys(names))


def _read_markup(soup: BeautifulSoup, findings: Findings) -> None:
    for tag in soup.select('[itemprop="datePublished"], time[pubdate]'):
        findings.add_date(parse_date(str(tag.get("datetime") or tag.get("content") or tag.get_text())), "HTML datePublished")
    _read_time_elements(soup, findings)
    for tag in soup.select('[itemprop="author"], a[rel~="author"]'):
        inner = tag.select_one('[itemprop="name"]')
        findings.add("author", _without_by((inner or tag).get_text(" ")), "HTML author")
    headings = soup.find_all("h1")
    if len(headings) == 1:
        findings.add("title", headings[0].get_text(" "), "first heading")
    title = soup.find("title")
    if isinstance(title, Tag):
        findings.add("title", title.get_text(" "), "HTML title")
        _, outlet = split_title(title.get_text(" "), heading=headings[0].get_text(" ") if len(headings) == 1 else None)
        findings.add("outlet", outlet, "HTML title")


def _read_time_elements(soup: BeautifulSoup, findings: Findings) -> None:
    """The date of the `<time>` elements of the one article, if they agree; times of comments and teasers lie outside it."""
    article = soup.find("article") or soup.find("main")
    if not isinstance(article, Tag) or len(soup.find_all("article")) > 1:
        return
    stated = [parse_date(str(tag.get("datetime") or tag.get_text())) for tag in article.find_all("time")]
    dates = {date for date in stated if date is not None}
    if len(dates) == 1:
        findings.add_date(dates.pop(), "HTML time element")


def _without_by(name: str) -> str:
    return re.sub(r"^\s*by[\s:]+", "", name, flags=re.IGNORECASE)
