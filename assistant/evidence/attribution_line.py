"""Saying who said something: the frame before a quotation, and the line beside a citation.

Names, roles and cue words are the document's own; only the joints ("to", "as relayed by") are ours.
"""

from __future__ import annotations

import re

from parley.assistant.evidence.place_names import recognition_of
from parley.assistant.evidence.speakers import SEVERAL, cue_words, display_name, is_identified, name_in_clause, unnamed
from parley.assistant.evidence.voice import is_in_notes, voice_of
from parley.index.language.firmness import STATUS_OF_STANCE
from parley.index.language.lexicon import word_kind
from parley.index.types import Document, Span, Statement

OWN_VOICE = "in the document's own voice"
SEEMS = "it seems"
OWN_VOICE_FRAME = "In the document's own voice:"
_UNATTRIBUTED = {"own": OWN_VOICE, "unknown": "speaker not identified", "not told": "as the document has it"}
_UNATTRIBUTED_FRAME = {"own": OWN_VOICE_FRAME, "unknown": "Speaker not identified:", "not told": "As the document has it:"}
_WRITTEN_IN = {
    "address": "in this speech",
    "text": "in a text quoted here",
    **{
        name: f"in this {name}"
        for name in ("letter", "telegram", "mail", "statement", "message", "note", "minute", "submission", "memorandum", "post")
    },
}
_ISSUED = {name: name for name in ("report", "communiqué", "statement", "resolution")} | {"treaty": "agreement"}
"""Kinds of documents that an office issues in its own name, and how they are called."""
_MODES = {"direct": "direct quotation", "mixed": "partly quoted", "indirect": "indirect speech"}
_TAKES_OBJECT = word_kind("takes_object")
_TOLD, _HELD = word_kind("telling_alone") | word_kind("telling_aside"), word_kind("held_view")
"""Nouns with an owner: "her opinion" is told as "According to …", "her fear" as "Toll’s fear"."""


def attribution_line(document: Document, statement: Statement | None, span: Span | None = None) -> str:
    """One line for people: "an unnamed Turkish official, to CNN: direct quotation"; `span` are the words shown.

    Words that were recognised from a picture are told as such behind it.
    """
    shown = span or (statement.content[0] if statement is not None else None)
    recognised = recognition_of(document, shown.start) if shown is not None else ""
    return f"{_voiced_by(document, statement, span)}{f'; {recognised}' if recognised else ''}"


def _voiced_by(document: Document, statement: Statement | None, span: Span | None) -> str:
    if statement is None:
        return _own_voice(document, None, span)
    audience, relay = _heard_by(statement)
    name = display_name(statement) if is_identified(statement) else _UNATTRIBUTED["unknown"]
    if statement.form:
        said = _WRITTEN_IN.get(statement.form)
        told = f", {said}" if said else ": a question" if statement.asked else ": direct quotation"
        return f"{name}{told}{_own_day(document, statement)}"
    if tells_of_act(document, statement):
        return _own_voice(document, statement, span)
    seems = [SEEMS] if statement.is_surmised else []
    parts = [name, *seems, *([f"to {audience}"] if audience else []), *([relay] if relay else [])]
    cue = cue_words(document, statement)
    shown_cue = f" (“{cue}”)" if cue else ", going on from the sentence before" if seems else ""
    return f"{', '.join(parts)}: {_MODES[statement.mode]}{shown_cue}{_told_in(document, statement)}"


def tells_of_act(document: Document, statement: Statement) -> bool:
    """Whether somebody tells in words of their own how the speaker acted in a negotiation: "The levy was put forward by Holm".

    Nothing of that is said by Holm. "It was said by Holm that the levy ends", "The levy ends, said Holm" and "That was denied by
    Holm" report her words.
    """
    cue, speaker, content = statement.cue, statement.speaker_span, statement.content
    if cue is None or speaker is None or statement.mode != "indirect" or statement.stance not in STATUS_OF_STANCE:
        return False
    if content[-1].end > cue.start or cue.end > speaker.start:
        return False
    is_passive = re.search(r"\bby$", document.text[cue.end : speaker.start].rstrip()) is not None
    return is_passive and "," not in document.text[content[-1].end : cue.start]


def _own_voice(document: Document, statement: Statement | None, span: Span | None) -> str:
    """In whose voice words stand that are nobody's who is cited; where a speaker tells what another did, that speaker's."""
    if statement is not None and statement.relay:
        return f"{statement.relay[0]}, of what {display_name(statement)} did"
    voice = voice_of(document, span)
    return f"{_UNATTRIBUTED[voice]}{_issuer(document)}" if voice == "own" else _UNATTRIBUTED[voice]


def _told_in(document: Document, statement: Statement) -> str:
    """Who tells it that somebody said so: an issuer in a paper of its own, or whoever wrote notes below a letter."""
    if is_in_notes(document, statement.start):
        return f", in a note {OWN_VOICE}"
    kind = _ISSUED.get(document.genre or "")
    return f", in this {kind} ({document.outlet})" if kind and document.outlet else ""


def _issuer(document: Document) -> str:
    """Whose own voice it is: the kind of a document that nobody signs, who wrote it, and who published it."""
    kind = "minutes" if document.genre == "minutes" else _ISSUED.get(document.genre or "")
    told = [kind, None if kind else document.author, document.outlet]
    known = ", ".join(part for part in told if part)
    return f" ({known})" if known else ""


def attribution_frame(
    document: Document, statement: Statement | None, *, with_role: bool = True, span: Span | None = None
) -> str:
    """The words before a quotation, ending where it begins: "An unnamed Turkish official told CNN:"."""
    if statement is None:
        return _UNATTRIBUTED_FRAME[voice_of(document, span)]
    if not is_identified(statement):
        return _UNATTRIBUTED_FRAME["unknown"]
    name = name_in_clause(document, statement, with_role=with_role)
    if statement.form:
        said = _WRITTEN_IN.get(statement.form)
        told = f", {said}" if said else " asked" if statement.asked else ""
        return f"{_at_sentence_start(name)}{told}{_own_day(document, statement)}:"
    audience, relay = _heard_by(statement)
    seems = f", {SEEMS}" if statement.is_surmised else ""
    return f"{_with_cue(document, name, statement, audience)}{seems}{f', {relay}' if relay else ''}:"


def _own_day(document: Document, statement: Statement) -> str:
    """The day of a mail or message that is not its document's."""
    day = statement.date
    return f", {day.day} {day:%B %Y}" if day is not None and day != document.date else ""


def _with_cue(document: Document, name: str, statement: Statement, audience: str | None) -> str:
    cue = cue_words(document, statement)
    lowered = cue.lower()
    if lowered in _HELD and lowered not in _TOLD and _is_owned(document, statement):
        owner = _at_sentence_start(name)
        return f"{owner}{'’' if owner.endswith('s') else '’s'} {lowered}"
    is_told = lowered in _TOLD and _is_owned(document, statement)
    if lowered.startswith(("according to", "in the words of", "in the view of")) or is_told:
        return f"According to {name}" + (f", to {audience}" if audience else "")
    name = _at_sentence_start(name)
    if not cue or not _is_finite(lowered, statement):
        said = f", “{cue}”" if cue else ""
        return f"{name}{f', to {audience}' if audience else ''}{said}"
    if audience and statement.cue_lemma in _TAKES_OBJECT:
        return f"{name} {cue} {audience}"
    return f"{name} {cue}{f' to {audience}' if audience else ''}"


def _is_owned(document: Document, statement: Statement) -> bool:
    """Whether the cue is a noun that belongs to the speaker, not a verb: "their claim", "the fear of the union"."""
    speaker, cue = statement.speaker_span, statement.cue
    if speaker is None or cue is None:
        return False
    between = document.text[speaker.end : cue.start]
    is_possessive = document.text[slice(*speaker)].lower() in word_kind("owner")
    return cue.end <= speaker.start or is_possessive or between.startswith(("'", "’")) or " of " in between


def _is_finite(cue: str, statement: Statement) -> bool:
    """Whether the cue can follow its subject as it stands ("said", "has told"), unlike "noting" or "demand for"."""
    first, *rest = cue.split()
    if first.endswith("ing") and first not in {"bring", "sing"}:
        return False
    if len(rest) > 3 or re.search(r"[^\w\s'’-]", cue):
        return False
    verbal = (
        first.endswith(("ed", "s"))
        or first in _PAST_FORMS
        or re.sub(r"n['’]t$", "", first) in {"has", "had", "have", "would", "will", "could", "did", "does", "do", "also", "never"}
    )
    return verbal and statement.cue is not None and (statement.speaker_span is not None)


_PAST_FORMS = word_kind("cue_opener")


def _heard_by(statement: Statement) -> tuple[str | None, str | None]:
    """Listener and relay, as phrases; the medium that was told of somebody's words heard them from whoever passed them on."""
    audience, relay = _audience(statement), _relay(statement)
    if audience and relay and statement.outlet and statement.outlet in audience:
        return None, f"{relay}, to {audience}"
    return audience, relay


def _audience(statement: Statement) -> str | None:
    """To whom: the outlet where one is named, else the addressee, as written."""
    outlet = " ".join((statement.outlet or "").split())
    addressee = " ".join((statement.addressee or "").split())
    if outlet and addressee and outlet in addressee:
        return addressee if len(addressee) <= 60 else outlet
    return outlet or addressee or None


def _relay(statement: Statement) -> str | None:
    """Who passed it on, from the speaker outwards, without the outlet already named as audience."""
    audience = (_audience(statement) or "").lower()
    links = [link for link in statement.relay if link.lower() not in audience]
    if not links:
        return None
    return "as relayed by " + ", through ".join(unnamed(link) if _describes(link) else link for link in links)


def _describes(link: str) -> bool:
    return link[:1].islower() or bool(re.match(rf"(?i:an?|the|one|{SEVERAL})\s+[a-z]|(?:A|An|One)\s", link))


def _at_sentence_start(name: str) -> str:
    return name[:1].upper() + name[1:]
