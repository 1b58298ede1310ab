"""Who said it must be kept: a reported statement is not told as a fact, nor put to somebody else."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parley.assistant.answer import Failure
from parley.assistant.drafting.alignment import coverage_of
from parley.assistant.drafting.quoted_words import place_of
from parley.assistant.drafting.sources import Source, Unit
from parley.assistant.evidence.speaker_matching import speaker_match
from parley.assistant.evidence.speakers import display_name
from parley.index.language.firmness import negations_in
from parley.index.language.lexicon import word_kind
from parley.index.language.words import STOP_WORDS, content_stems, fold, stem, stems_of, word_set, words_of
from parley.index.statements.document import extract_statements
from parley.index.types import Document, Statement

SAME_SPEAKER = 0.5
"""`speaker_match` from which two mentions count as one speaker, as in the quote check."""

ALMOST_AS_GOOD = 0.15
"""How much less of a sentence's content the right speaker's words may match than the words of anybody else."""

_DOCUMENT_WORDS = word_kind("document")
_WITHOUT_NAME = frozenset(stem(word) for word in word_set("unnamed unidentified anonymous"))
"""What speakers without a name are called, by us too; it makes nobody's office greater."""

_UNNAMED_BY_US = re.compile(r"\s*\((?:unnamed|unidentified|anonymous)\)", re.IGNORECASE)
"""What we write behind a speaker without a name, and a model copies; it is no part of who they are."""

_MARKS = "\"“”‘’' .,"
_FORMER = re.compile(r"\b(?:former|ex-|one-time|previous|then-)", re.IGNORECASE)


def draft_statements(sentence: str, before: str) -> list[Statement]:
    """What a draft sentence says that somebody said; spans refer to `sentence`. `before` is the draft so far, for pronouns.

    What was said by way of somebody else is left out, as that other person's statement is there; the outlet that somebody spoke
    to passes nothing on in a sentence that names both.
    """
    joined = f"{before} {sentence}".lstrip()
    offset = len(joined) - len(sentence)
    found = extract_statements(Document.from_text(joined, id="draft", language="en"))
    return [item for item in found if item.start >= offset and set(item.relay) <= {item.outlet}]


def check_speakers(sentence: str, before: str, source: Source, units: Sequence[Unit]) -> list[Failure]:
    """Failures where the sentence leaves out, swaps or promotes who spoke.

    Args:
        sentence: the draft sentence without markers.
        before: the sentences before it, which say whom "he" means.
        source: what it is checked against.
        units: the sentences of the source that it rests on.
    """
    sentence, before = _UNNAMED_BY_US.sub("", sentence), _UNNAMED_BY_US.sub("", before)
    joined = f"{before} {sentence}".lstrip()
    told = draft_statements(sentence, before)
    if not told:
        return _told_as_fact(units, sentence)
    failures: list[Failure] = []
    for item in told:
        content = " ".join(joined[span.start : span.end] for span in item.content)
        failures += _check_statement(item, content, sentence, source)
    return failures


def _told_as_fact(units: Sequence[Unit], sentence: str = "") -> list[Failure]:
    spoken = next((unit.statement for unit in units if unit.statement is not None), None)
    if spoken is None or _tells_who(sentence, spoken):
        return []
    return [Failure("speaker", f"the source does not say so itself, it reports it as said by {display_name(spoken)}")]


def _tells_who(sentence: str, statement: Statement) -> bool:
    """Whether a sentence tells of the speaker what office they hold and no more; that, the document says itself."""
    if not statement.role or statement.speaker_kind != "named" or negations_in(sentence, 0, len(sentence)):
        return False
    name, told = content_stems(statement.speaker or ""), content_stems(sentence)
    known = name | content_stems(f"{statement.role} {statement.party or ''}")
    return bool(told & name) and told <= known and not (statement.former and not _FORMER.search(sentence))


def _check_statement(told: Statement, content: str, sentence: str, source: Source) -> list[Failure]:
    if told.speaker is None or told.speaker_kind in {"pronoun", "unidentified"}:
        return [Failure("speaker", "it does not become clear who said it")]
    stems_in = content_stems
    if not content_stems(content):  # "We are not there yet" has function words only: word for word, or not at all
        if place_of(content.strip(_MARKS), source) is None:
            return [Failure("unsupported", "it has too few words to tell whether the source says so")]
        stems_in = stems_of
    stems = stems_in(content)
    own = max((coverage_of(stems, stems_in(unit.text)) for unit in source.units if unit.statement is None), default=0.0)
    spoken = [(coverage_of(stems, stems_in(_words_of(item, source))), item) for item in source.statements]
    best = max([own, *(score for score, _ in spoken)])
    if _is_document(told.speaker, source):
        if own >= best - 0.01:
            return []
        return _told_as_fact([unit for unit in source.units if unit.statement is not None])
    mine = [(score, item) for score, item in spoken if speaker_match(item, told.speaker, source.document) >= SAME_SPEAKER]
    score, statement = max(mine, key=lambda pair: pair[0], default=(0.0, None))
    if statement is None or score < best - ALMOST_AS_GOOD or not score:
        return [Failure("speaker", f"the source does not have it as said by {told.speaker}")]
    return [*_promoted(told, statement, sentence, source), *_relay_dropped(statement, sentence)]


def _words_of(statement: Statement, source: Source) -> str:
    """What was said and the cue: the verb of "rejected a ban" belongs to the matter."""
    spans = [*statement.content, *([statement.cue] if statement.cue else [])]
    return " ".join(source.document.text[span.start : span.end] for span in spans)


def _is_document(speaker: str, source: Source) -> bool:
    """Whether the "speaker" is the document itself: "the article", its title, its outlet."""
    words = {word.stem for word in words_of(speaker) if word.folded not in STOP_WORDS}
    document = source.document
    return bool(words) and (
        words <= {stem(word) for word in _DOCUMENT_WORDS}
        or words <= {word.stem for word in words_of(f"{document.outlet or ''} {document.author or ''}")}
    )


def _promoted(told: Statement, statement: Statement, sentence: str, source: Source) -> list[Failure]:
    """An office that the source does not give them, or a former one told as held."""
    if told.role and statement.former and not _FORMER.search(sentence):
        return [Failure("speaker", f"{statement.speaker} held that office formerly")]
    given = content_stems(told.role or "") - _WITHOUT_NAME
    known = content_stems(f"{statement.role or ''} {statement.speaker or ''} {statement.party or ''}")
    if given <= known or given <= known | _beside_name(statement, source):
        return []
    return [Failure("speaker", f"the source does not call {statement.speaker} “{told.role}”")]


def _beside_name(statement: Statement, source: Source) -> frozenset[str]:
    """Stems of the words around every mention of the speaker's last name in the document."""
    words = words_of(statement.speaker or "")
    if not words:
        return frozenset()
    text, last = source.document.text, re.escape(words[-1].surface)
    around = [text[max(0, match.start() - 80) : match.end() + 80] for match in re.finditer(rf"\b{last}\b", text)]
    return content_stems(" ".join(around[:20]))


def _relay_dropped(statement: Statement, sentence: str) -> list[Failure]:
    """Who passed it on must be told: "a source said that the minister demanded", not "the minister demanded"."""
    mentioned = {fold(word.surface) for word in words_of(sentence)}
    for link in statement.relay:
        words = [word.folded for word in words_of(link) if word.folded not in STOP_WORDS]
        if words and not set(words) & mentioned:
            return [Failure("speaker", f"the source has it only by way of {link}")]
    return []
