"""Web pages: the article as its reader sees it, and what the page says about it."""

from __future__ import annotations

import json
from datetime import date

import pytest

from parley.index.errors import ReadError
from parley.index.types import Document
from tests.readers.conftest import Read

SENTENCES = [
    "The two delegations met on Friday for the first time in three years and spoke about an exchange of prisoners. ",
    "“We suggested that the wounded go first,” an official of the host country told the agency after the session. ",
    "A spokesman for the other side said that the offer would be studied &amp; answered within days, not weeks. ",
    "The mediator was quoted as saying that a second round “could potentially” be held before the end of the month. ",
]
GRAPH = {
    "@context": "https://schema.org",
    "@graph": [
        {"@type": "Organization", "@id": "#org", "name": "Herald Media"},
        {"@type": "WebSite", "name": "herald.example", "datePublished": "2001-01-01"},
        {"@type": "BreadcrumbList", "name": "World"},
        {
            "@type": ["NewsArticle"],
            "headline": "Talks resume",
            "datePublished": "2025-05-16T21:30:00+03:00",
            "dateModified": "2025-05-18",
            "author": [{"@type": "Person", "name": "Jane Roe"}, {"@id": "#ali"}],
            "publisher": {"@id": "#org"},
        },
        {"@type": "Person", "@id": "#ali", "name": "Ali Can"},
    ],
}
MESSY = f"""<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>Talks resume | The Herald</title>
<style>.gone, p.also-gone {{ color: red; display: none }} @media print {{ p {{ display: none }} }}</style>
<script type="application/ld+json">{json.dumps(GRAPH)}</script>
<script type="application/ld+json">{{ malformed</script></head>
<body class="has-sidebar"><div id="cookie-banner"><p>We use cookies. Accept all?</p><button>OK</button></div>
<header class="site-header"><nav><ul><li><a href="/">Home</a></li><li><a href="/w">World</a></li></ul></nav></header>
<div class="wrap"><div class="col">
<h1>Talks resume after three years</h1>
<p class="byline">By Jane Roe and Ali Can</p><p><time datetime="2025-05-16">16 May 2025</time></p>
<div class="share-buttons"><a href="#">Share</a> <a href="#">Post</a></div>
<p>{SENTENCES[0] * 2}</p><p>{SENTENCES[1] * 2}</p>
<figure><img src="x" alt="not shown"><figcaption>The palace on Friday. Photo: Herald</figcaption></figure>
<div class="newsletter-signup"><p>Sign up for our newsletter and never miss a round of talks again.</p></div>
<h2>What was <em>proposed</em></h2><p>{SENTENCES[2] * 2}</p>
<ul><li>the wounded</li><li>the young<ul><li>under 25</li></ul></li></ul>
<table><tr><th>Side</th><th>Number</th></tr><tr><td>First</td><td>1,000</td></tr></table>
<blockquote><p>{SENTENCES[3]}</p></blockquote><p>{SENTENCES[3] * 2}</p>
<aside><h3>Related</h3><ul><li><a href="/a">Ten things to know about the talks</a></li></ul></aside>
<p>{SENTENCES[0]}</p></div></div>
<section id="comments"><h3>Comments</h3><div class="comment"><p>First! They should have met in May.</p></div></section>
<footer><p>© The Herald</p></footer><script>var shown = "never";</script></body></html>"""


def page(body: str, head: str = "") -> bytes:
    return f"<!doctype html><html><head><meta charset='utf-8'>{head}</head><body>{body}</body></html>".encode()


def paragraphs(document: Document) -> list[str]:
    return document.text.split("\n\n")


def test_a_messy_page_comes_out_as_its_article(read: Read) -> None:
    first, second, third, fourth = (sentence.replace("&amp;", "&").strip() for sentence in SENTENCES)
    document = read("page.html", MESSY.encode())
    assert paragraphs(document) == [
        "Talks resume after three years",
        "By Jane Roe and Ali Can",
        "16 May 2025",
        f"{first} {first}",
        f"{second} {second}",
        "The palace on Friday. Photo: Herald",
        "What was proposed",
        f"{third} {third}",
        "- the wounded\n- the young\n  - under 25",
        "Side | Number\nFirst | 1,000",
        fourth,
        f"{fourth} {fourth}",
        first,
    ]
    assert [(heading.level, document.text[heading.start : heading.end]) for heading in document.headings] == [
        (1, "Talks resume after three years"),
        (2, "What was proposed"),
    ]


def test_json_ld_in_a_graph(read: Read) -> None:
    document = read("page.html", MESSY.encode())
    assert (document.title, document.outlet, document.author) == ("Talks resume", "Herald Media", "Jane Roe, Ali Can")
    assert (document.date, document.language) == (date(2025, 5, 16), "en")
    assert dict(document.basis) == {
        "title": "JSON-LD headline",
        "outlet": "JSON-LD publisher",
        "author": "JSON-LD author",
        "date": "JSON-LD datePublished",
        "language": "HTML lang attribute",
    }


@pytest.mark.parametrize(
    ("head", "when", "basis"),
    [
        (
            '<meta property="article:published_time" content="2025-05-16T08:00:00Z">',
            date(2025, 5, 16),
            "meta article:published_time",
        ),
        ('<meta name="DC.date.issued" content="16 May 2025">', date(2025, 5, 16), "meta dc.date.issued"),
        ('<meta itemprop="datePublished" content="2025-05-16">', date(2025, 5, 16), "meta datepublished"),
        ('<meta name="date" content="03/04/2025">', None, None),
        ('<meta property="article:modified_time" content="2025-05-16">', None, None),
        ('<meta name="date" content="">', None, None),
        (
            '<script type="application/ld+json">[{"@type":"Article","datePublished":["2025-05-16"]}]</script>',
            date(2025, 5, 16),
            "JSON-LD datePublished",
        ),
        ('<script type="application/ld+json">{"@type":"Event","datePublished":"2025-05-16"}</script>', None, None),
    ],
)
def test_dates_that_pages_state(read: Read, head: str, when: date | None, basis: str | None) -> None:
    document = read("page.html", page("<p>The talks went on.</p>", head))
    assert (document.date, document.basis_of("date")) == (when, basis)


def test_meta_tags_give_title_outlet_and_author(read: Read) -> None:
    head = (
        '<title>x</title><meta property="og:title" content="Talks &amp; more"><meta property="og:site_name" content="The Herald">'
        '<meta property="article:author" content="https://herald.example/jane"><meta name="author" content="By Jane Roe">'
    )
    document = read("page.htm", page("<h1>Heading</h1><p>The talks went on.</p>", head))
    assert (document.title, document.outlet, document.author) == ("Talks & more", "The Herald", "Jane Roe")


def test_times_outside_the_article_are_not_its_date(read: Read) -> None:
    teaser = '<div><time datetime="2024-01-01">old</time></div>'
    article = '<article><time datetime="2025-05-16T10:00">16 May</time><p>The talks went on.</p></article>'
    document = read("page.html", page(teaser + article))
    assert (document.date, document.basis_of("date")) == (date(2025, 5, 16), "HTML time element")
    assert read("page.html", page(teaser + "<p>The talks went on.</p>")).date is None


@pytest.mark.parametrize(
    "hidden",
    [
        '<p style="display:none">secret</p>',
        '<p style="DISPLAY : none !important">secret</p>',
        '<div style="visibility:hidden"><p>secret</p></div>',
        "<p hidden>secret</p>",
        '<p aria-hidden="true">secret</p>',
        '<p style="font-size:0">secret</p>',
        '<p style="font-size: 0px">secret</p>',
        '<p style="opacity:0">secret</p>',
        '<p style="color:#fff">secret</p>',
        '<p style="color: white; background-color: #FFFFFF">secret</p>',
        '<div style="background:#000"><p style="color:#000">secret</p></div>',
        '<p><font color="white">secret</font></p>',
        '<p style="position:absolute; left:-9999px">secret</p>',
        '<p style="text-indent:-9999px">secret</p>',
        '<p class="gone">secret</p>',
        '<p id="away">secret</p>',
        "<template><p>secret</p></template>",
        "<noscript>secret</noscript>",
        "<!-- secret -->",
        "<script>secret</script>",
        "<style>.secret{}</style>",
        "<textarea>secret</textarea>",
        "<dialog>secret</dialog>",
        "<select><option>secret</option></select>",
        "<svg><text>secret</text></svg>",
        "<iframe>secret</iframe>",
        '<img alt="secret" src="x">',
        "<![CDATA[secret]]>",
    ],
)
def test_hidden_text_is_never_included(read: Read, hidden: str) -> None:
    head = (
        "<style>/* .shown{display:none} */ .gone { display:none } #away{visibility:hidden}"
        " @media print{.shown{display:none}}</style>"
    )
    document = read("page.html", page(f'<p class="shown">Before.</p>{hidden}<p class="shown">After.</p>', head))
    assert document.text == "Before.\n\nAfter."


def test_white_text_on_a_dark_ground_is_seen(read: Read) -> None:
    dark = '<div style="background-color:#003"><p style="color:#fff">The talks went on.</p></div>'
    body = dark + '<p style="color:#333">They ended.</p>'
    assert read("page.html", page(body)).text == "The talks went on.\n\nThey ended."


def test_inline_markup_breaks_no_word_and_no_paragraph(read: Read) -> None:
    body = "<p>The <b>pri</b>soner <a href='#'>ex\u00adchange</a>,\n   agreed&nbsp;on<br>Friday.<br><br>He said <q>yes</q>.</p>"
    assert read("page.html", page(body)).text == "The prisoner exchange, agreed on\nFriday.\n\nHe said “yes”."


def test_lists_and_tables(read: Read) -> None:
    body = (
        '<ol start="3"><li>third</li><li><p>fourth</p><p>more</p></li></ol><ol type="a"><li>first</li><li>second</li></ol>'
        "<table><caption>Prisoners</caption><thead><tr><th>Side</th><th>Number</th></tr></thead>"
        "<tbody><tr><td>A<br>B</td><td>12</td></tr></tbody></table>"
        '<table role="presentation"><tr><td><p>Laid out</p></td><td><p>by table</p></td></tr></table>'
    )
    assert read("page.html", page(body)).text == (
        "3. third\n4. fourth\nmore\n\na. first\nb. second\n\nPrisoners\nSide | Number\nA B | 12\n\nLaid out\n\nby table"
    )


def test_a_short_page_loses_nothing_that_is_seen(read: Read) -> None:
    body = (
        "<h1>Note</h1><div>We agreed.</div><p>Ok</p><div><span>They</span> <span>did not.</span></div><address>Geneva</address>"
    )
    assert read("page.html", page(body)).text == "Note\n\nWe agreed.\n\nOk\n\nThey did not.\n\nGeneva"


def test_a_page_made_of_furniture_only_is_read_whole(read: Read) -> None:
    assert read("page.html", page('<div class="comments"><p>The talks went on.</p></div>')).text == "The talks went on."


@pytest.mark.parametrize("charset", ["windows-1251", "koi8-r", "utf-8"])
def test_the_declared_charset_is_honoured(read: Read, charset: str) -> None:
    head = f'<head><meta http-equiv="Content-Type" content="text/html; charset={charset}"></head>'
    source = f"<html>{head}<body><p>Да.</p></body></html>"
    assert read("page.html", source.encode(charset)).text == "Да."


def test_the_texts_own_language_overrules_a_template(read: Read) -> None:
    body = "<p>" + "Taraflar gelecek hafta Cenevre’de yeniden görüşme konusunda anlaştıklarını duyurdular. " * 6 + "</p>"
    source = f'<html lang="en"><body>{body}</body></html>'
    document = read("page.html", source.encode())
    assert (document.language, document.basis_of("language")) == ("tr", "detected from the text (the file says en)")


def test_entities_and_deep_nesting_do_no_harm(read: Read) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><html><body><p>The talks went on. &b;</p></body></html>'
    assert "The talks went on. &b;" in read("page.html", bomb.encode()).text
    external = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><html><body><p>Fine. &e;</p></body></html>'
    assert "root:" not in read("page.html", external.encode()).text
    deep = "<div>" * 3000 + "<p>Deep down.</p>" + "</div>" * 3000
    assert "Deep down." in read("page.html", page("<p>On top.</p>" + deep)).text


def test_a_page_that_shows_nothing_is_refused(read: Read) -> None:
    with pytest.raises(ReadError, match=r"page\.html shows no text.*Save the page as text or PDF"):
        read("page.html", page('<div id="root"></div><script>render()</script>'))
