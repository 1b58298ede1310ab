"""A document's structure in one pass: genre, author, addressees, and the turns in which others speak through it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from parley.index.language.lexicon import alternatives, is_role_word, word_kind
from parley.index.structure.genre import Signs, genre_of
from parley.index.structure.voices.enumerated import texts_of_others
from parley.index.structure.voices.first_person import says_i
from parley.index.structure.voices.interviews import interview_turns
from parley.index.structure.voices.letters import Body, read_body
from parley.index.structure.voices.mail import Layer, has_layers, mail_layers, without_closing
from parley.index.structure.voices.naming import Named
from parley.index.structure.voices.speakers import transcript_turns
from parley.index.structure.voices.titles import Written, read_author, read_head, read_title
from parley.index.structure.voices.turns import spoken_turns
from parley.index.structure.voices.words import office_words, turn_words
from parley.index.types import USER_BASIS, Document, Span, Turn, TurnForm

_SPOKEN_GENRES = frozenset({"transcript", "press briefing", "speech", "minutes", None})
_WRITTEN_GENRES = frozenset({"letter", "telegram", "statement", "speech"})


@dataclass(frozen=True, slots=True)
class Structure:
    """What `read_structure` finds: the document with genre, author and addressees filled in, and its turns in order."""

    document: Document
    turns: tuple[Turn, ...]


def read_structure(document: Document) -> Structure:
    """Tell the genre, author and addressees of a document where it does not know them yet, and cut it into turns.

    What a person has corrected is kept. Everything else rests on the text and on what the reader found.
    """
    document = _fresh(document)
    if (document.basis_of("author") or "").startswith("e-mail") or has_layers(document.text):
        return _mail(document)
    turns = transcript_turns(document, spoken_turns(document)) or interview_turns(document)
    written, body = read_title(document.title) or read_head(_first_lines(document)), read_body(document)
    genre, basis = genre_of(Signs(document, turns, written, body))
    known = _without_typist(_known(document, "genre", genre, basis))
    if turns and not (known.basis_of("genre") == USER_BASIS and known.genre not in _SPOKEN_GENRES):
        return Structure(known, tuple(turns))
    author = _author(known, written, body)
    if known.genre not in _WRITTEN_GENRES:
        known = _with_writer(known, body)
    if known.genre not in _WRITTEN_GENRES or (author is None and known.genre in {"statement", "speech"}):
        return Structure(known, _with_quoted(known, ()))
    known = _known(known, "author", author[0].shown if author else None, author[1] if author else "")
    addressees = (written.addressees if written else None) or body.addressees
    known = _known(known, "addressees", addressees, "title" if written and written.addressees else "head of the letter")
    turn = _written_turn(known, author, body, addressees, written.form if written else body.has_form_line)
    return Structure(known, _with_quoted(known, (turn,) if turn else ()))


_SENT_FROM = "place it was sent from"
_OWN_BASES = (
    "title",
    _SENT_FROM,
    "head of the letter",
    "signature",
    "mail headers in the text",
    "turns",
    "numbered",
    "recitals",
    "salutation",
    "the word",
    "outlet, byline",
)
"""How the bases begin that this module gives; what they stand for is told anew each time."""


def _fresh(document: Document) -> Document:
    """The document without what an earlier reading of its structure had filled in."""
    made = {
        name
        for name, where in document.basis
        if (name in {"genre", "addressees"} and ((name == "genre" and where != USER_BASIS) or where.startswith(_OWN_BASES)))
        or (name == "author" and where.startswith(_OWN_BASES))
    }
    if not made:
        return document
    basis = tuple((name, where) for name, where in document.basis if name not in made)
    return replace(document, basis=basis, **dict.fromkeys(made))  # type: ignore[arg-type]


_HEAD = 800
"""Characters in which a title over several lines, or the name of whoever wrote the text, stands."""


def _with_writer(document: Document, body: Body) -> Document:
    """The document with whoever says "I" in it: a name alone under the title or at the foot of a diary, an essay or a note."""
    if document.author is not None or document.genre in _ISSUED_BY_BODIES or not says_i(document.text):
        return document
    told = _OWN_TITLE.search(" ".join(document.title.split()))
    lines = [line for line in _first_lines(document)[:_FIRST_LINES] if " ".join(line.split()) != " ".join(document.title.split())]
    for line in [told["who"], *lines] if told is not None else lines:
        named = _writer(re.split(r"(?<=[^\W\d_]{3})\.\s", line, maxsplit=1)[0].strip(" *_."))
        if named is not None:
            return _known(document, "author", named.shown, "title")
    signed = body.signed
    return _known(document, "author", signed.shown if signed is not None and signed.kind == "person" else None, "signature")


_OWN_TITLE = re.compile(rf"\b(?:{alternatives(turn_words('own_text'))})\s*(?:of|by|[–—-])\s*(?P<who>.+)", re.IGNORECASE)
"""A title that says whose own text it is: "Journal of T. J. Houtmeer". Whom a tribute's names has not written it."""


def _writer(written: str) -> Named | None:
    """Whose name a line is, alone or with an office behind a comma; "Hotel Astoria, Thursday" is nobody's."""
    named = read_author(written) if len(written.split()) <= _NAME_AND_OFFICE else None
    words = (named.name or "").lower().split() if named is not None and named.kind == "person" else []
    is_place = not word_kind("place_name_noun").isdisjoint(words) or any(character.isdigit() for character in written)
    has_office = "," not in written or (
        named is not None and any(is_role_word(word) for word in (named.role or "").lower().split())
    )
    return named if len(words) > 1 and not is_place and has_office else None


_FIRST_LINES, _NAME_AND_OFFICE = 4, 12
"""Lines among which a writer's name stands, and words of such a line."""


def _first_lines(document: Document) -> list[str]:
    return [line for line in document.text[:_HEAD].splitlines() if line.strip()]


_ISSUED_BY_BODIES = frozenset({"resolution", "treaty", "communiqué", "minutes"})


def _without_typist(document: Document) -> Document:
    """The document without the author that its file's properties name, where a body or several parties issue such papers."""
    basis = document.basis_of("author") or ""
    if document.genre not in _ISSUED_BY_BODIES or not basis.startswith(("PDF property", "XMP", "Word property")):
        return document
    kept = tuple(pair for pair in document.basis if pair[0] != "author")
    return replace(document, author=None, basis=kept)


def _known(document: Document, name: str, value: str | None, basis: str) -> Document:
    """The document with the field, unless it has one already or a person has settled it."""
    if value is None or getattr(document, name) is not None or document.basis_of(name) == USER_BASIS:
        return document
    return replace(document, basis=(*document.basis, (name, basis)), **{name: value})  # type: ignore[arg-type]


def _author(document: Document, written: Written | None, body: Body) -> tuple[Named, str] | None:
    """Who says "I" in a letter or statement, and where that is told; the title before the head, the head before the foot."""
    if document.basis_of("author") == USER_BASIS and document.author:
        named = read_author(document.author)
        return (named or Named("person", document.author, document.author), USER_BASIS)
    if written is not None and written.author is not None:
        author = written.author
        if body.signed is not None and author.name and body.signed.name and _same_surname(author.name, body.signed.name):
            author = replace(author, role=author.role or body.signed.role, party=author.party or body.signed.party)
        signed = body.signed
        if document.genre == "letter" and author.name is None and signed is not None and _may_hold(signed, author):
            return replace(signed, role=signed.role or author.surface, party=signed.party or author.party), "signature"
        return author, "title"
    if body.sender is not None:
        return body.sender, "head of the letter"
    if body.signed is not None:
        return body.signed, "signature"
    if document.author and (named := read_author(document.author)) is not None:
        return named, document.basis_of("author") or "author"
    if document.genre == "telegram" and document.place:
        # Telegrams are sent from office to office: what Canberra cables is Canberra's word.
        return Named("office", document.place, role=document.place), _SENT_FROM
    return None


def _may_hold(signed: Named, office: Named) -> bool:
    """Whether whoever signed may be the office that the title names: with no office under the name, or one of the same words."""
    if signed.name is None or office.kind != "office":
        return False
    return not signed.role or bool(set(signed.role.lower().split()) & set(office.surface.lower().split()) & office_words())


def _same_surname(one: str, other: str) -> bool:
    return one.rsplit(maxsplit=1)[-1].lower().strip(".") == other.rsplit(maxsplit=1)[-1].lower().strip(".")


def _written_turn(
    document: Document, author: tuple[Named, str] | None, body: Body, addressees: str | None, form: str
) -> Turn | None:
    if not body.said:
        return None
    named = author[0] if author else None
    return Turn(
        body.said[0].start,
        body.said[-1].end,
        body.said,
        body.signature if author and author[1] == "signature" else None,
        named.shown if named else None,
        "named" if named else "unidentified",
        _form(document, form),
        named.role if named else None,
        named.party if named else None,
        named.title if named else "",
        addressees,
        document.date,
        author[1] if author else "",
    )


def _form(document: Document, form: str) -> TurnForm:
    """The word by which the text is called where its author is named: "Spender, in this letter"."""
    if document.genre == "telegram":
        return "telegram"
    if document.genre == "speech":
        return "address"
    if document.genre == "statement":
        return "statement"
    if form in {"message", "note", "minute", "submission"}:
        return form  # type: ignore[return-value]
    return "memorandum" if form in {"memo", "memorandum"} else "letter"


def _mail(document: Document) -> Structure:
    """The layers of a mail; without headers of its own, the text's first block of them is the top."""
    layers = mail_layers(document.text, sender=document.author, addressees=document.addressees, date=document.date)
    known = _known(document, "genre", "mail thread", "mail headers")
    if layers and layers[0].is_top:
        known = _known(known, "author", layers[0].sender, "mail headers in the text")
        known = _known(known, "addressees", layers[0].addressees, "mail headers in the text")
        if known.date is None and layers[0].date is not None:
            known = replace(known, date=layers[0].date, basis=(*known.basis, ("date", "mail headers in the text")))
    headings = {heading.start for heading in document.headings}
    turns = []
    for layer in layers:
        said = without_closing(document.text, layer.said)
        if layer.sender is not None or any(span.start not in headings for span in said):
            turns.append(_mail_turn(known, layer, said))
    return Structure(known, tuple(turns))


def _mail_turn(document: Document, layer: Layer, said: tuple[Span, ...]) -> Turn:
    """What one mail says; the top one is its subject's author's, where the subject names a statement or letter."""
    named = read_author(layer.sender) if layer.sender else None
    written = read_title(document.title) if layer.is_top else None
    is_of_subject = written is not None and written.author is not None and written.form in _PASSED_ON
    if is_of_subject and written is not None:
        named = written.author
    is_person = named is not None and named.kind == "person"
    speaker = named.shown if named is not None and (is_person or is_of_subject) else layer.sender
    return Turn(
        layer.start,
        said[-1].end,
        said,
        None,
        speaker,
        "named" if speaker else "unidentified",
        "statement" if is_of_subject else "mail",
        named.role if named else None,
        named.party if named else None,
        named.title if named else "",
        layer.addressees,
        layer.date or (document.date if layer.is_top else None),
        "subject" if is_of_subject else "mail header",
    )


_PASSED_ON = frozenset({"statement", "remarks", "letter", "address"})
"""What a mail may pass on in its author's words, by its subject."""


def _with_quoted(document: Document, turns: Sequence[Turn]) -> tuple[Turn, ...]:
    """The turns with the texts of others that stand inside them cut out as turns of their own."""
    result = list(turns)
    for quoted in texts_of_others(document.text):
        inner = _lines_of(document.text, quoted.said)
        outer = next(
            (turn for turn in result if turn.form != "text" and turn.start < quoted.said.end and quoted.start < turn.end), None
        )
        if outer is not None:
            covering = quoted.said.end - quoted.said.start > 0.9 * sum(end - start for start, end in outer.said)
            if covering and quoted.named is None:
                continue
            result.remove(outer)
            result += _around(outer, Span(quoted.start, quoted.end))
        named = quoted.named
        result.append(
            Turn(
                quoted.start if quoted.label is None else min(quoted.start, quoted.label.start),
                quoted.said.end,
                inner,
                quoted.label,
                named.shown if named else None,
                "named" if named else "unidentified",
                quoted.form,
                named.role if named else None,
                named.party if named else None,
                named.title if named else "",
                date=quoted.date,
                basis="label" if named else "",
            )
        )
    return tuple(sorted(result, key=lambda turn: turn.said[0].start))


def _around(turn: Turn, hole: Span) -> list[Turn]:
    """The turn without the hole: what is said before and what is said after, as turns of the same voice."""
    before = [Span(start, min(end, hole.start)) for start, end in turn.said if start < hole.start]
    after = [Span(max(start, hole.end), end) for start, end in turn.said if end > hole.end]
    parts = []
    for spans in (before, after):
        kept = tuple(span for span in spans if span.end > span.start)
        if kept:
            parts.append(replace(turn, start=kept[0].start, end=kept[-1].end, said=kept))
    return parts


def _lines_of(text: str, span: Span) -> tuple[Span, ...]:
    lines = []
    for match in re.finditer(r"[^\n]*\S[^\n]*", text[span.start : span.end]):
        content = match.group()
        start = span.start + match.start() + len(content) - len(content.lstrip())
        lines.append(Span(start, span.start + match.start() + len(content.rstrip())))
    return tuple(lines)
