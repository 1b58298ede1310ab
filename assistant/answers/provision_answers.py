"""Answers from one provision alone: "What does Article 5 say?", in full where short, else by the sentences asked about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from parley.assistant.answers.composing import AnswerDraft, Verbatim, sentence_pieces
from parley.assistant.answers.inquiry import Finding, Inquiry, finished
from parley.assistant.answers.refusal import searched_notice
from parley.assistant.evidence.citing import cite, covering_statement
from parley.assistant.evidence.draft_brackets import NOT_AGREED, has_brackets
from parley.assistant.evidence.matching import WeightedTerm, coverage, weigh
from parley.assistant.evidence.provisions import FoundProvision, Lookup, is_spoken_of, look_up, numbers_there, provision_of
from parley.assistant.question.analysis import content_terms
from parley.assistant.question.asked_provision import AskedProvision, mention_pattern, names_provision
from parley.assistant.question.question_words import OF_PERMISSION, PERMISSION
from parley.assistant.reading.scoring import Scored
from parley.index.language.sentences import sentence_spans
from parley.index.language.words import is_content, stems_of, words_of
from parley.index.structure.lookup import Reference, Step, find_provisions
from parley.index.types import Document, Span

IN_FULL = 150
"""Words up to which a provision is quoted in full."""

_MOST_SHOWN = 110
"""Words quoted of a longer one."""

_BEARS, _IN_CONTEXT = 0.3, 0.7
"""Share of a question's words that a sentence that names a provision must hold to answer, and the credit of its surroundings."""

_BEARS_ON_RULE = 0.5
"""Share of a question's meaning that a sentence must hold for its provision to bear on what is permitted, unless it has two of
its words side by side."""

_NEARLY = 0.75
"""Share of the best sentence's bearing from which a second one is told too."""

_MORE_SURELY = 0.15
"""How much more a sentence that speaks of a provision must hold than the instrument's own provision to be told instead."""

_LOOKED_AT = 8
"""Passages of an instrument that are looked at to tell which of its provisions says something."""

_ON_BRACKETS = re.compile(r"\b(?:square )?brackets?\b|\bbracketed\b|\bnot agreed\b", re.IGNORECASE)
_COMPARED = re.compile(r"\b(?:chang\w*|differ\w*|compar\w*|version|versions|drafts)\b", re.IGNORECASE)
_ANY = (Reference((Step(None, "0"),)),)
_BLOCK = re.compile(r"\S(?:[^\n]|\n(?!\s*\n))*")
_OF_SPEAKERS = frozenset({"who_said", "what_said", "where_said", "whether_said", "quote_check", "provenance"})


def provision_answer(inquiry: Inquiry) -> Finding | None:
    """The answer to a question that asks for a provision; `None` where it is to be answered in another way."""
    asked = inquiry.question.provision
    if asked is None:
        return None
    if asked.want == "which":
        return _which(inquiry, asked)
    if _is_of_a_speaker(inquiry, asked):
        return None
    lookups = look_up(inquiry.evidence, asked, inquiry.hits, inquiry.filter)
    if not any(item.found for item in lookups):
        return None if asked.is_loose else _not_there(inquiry, asked, lookups)
    draft = inquiry.draft()
    notices: list[str] = []
    for lookup in lookups:
        if lookup.found:
            notices += _tell(draft, inquiry, asked, lookup)
        else:
            draft.say([f"{_not_found(inquiry, asked, lookup)}."])
    status = "answered" if all(item.found for item in lookups) else "partly"
    return finished(status, draft, *dict.fromkeys(notices))  # type: ignore[arg-type]


def nearest_rule(inquiry: Inquiry, found: Finding) -> Finding:
    """For a question of what may or must be done that nothing answers in so many words, the provision that bears on it most."""
    if found.status not in ("not_in_documents", "premise_not_found") or not inquiry.scored:
        return found
    if inquiry.question.kind != "whether" or not re.match(PERMISSION, inquiry.question.core, re.IGNORECASE):
        return found
    pairs = _pairs(inquiry.question.core)
    matter = [item for item in inquiry.terms if not re.fullmatch(OF_PERMISSION, item.term.surface, re.IGNORECASE)]
    whole = sum(item.share for item in matter) or 1.0
    bearing = [
        item
        for item in inquiry.scored
        if coverage(matter, item.candidate.stems) >= _BEARS_ON_RULE * whole or pairs & _pairs(item.candidate.text)
    ]
    best = max(bearing, key=lambda item: (coverage(matter, item.candidate.stems), item.score), default=None)
    rule = provision_of(inquiry.evidence, best.candidate.document, best.candidate.span.start) if best else None
    if rule is None:
        return found
    draft = inquiry.draft()
    asked = AskedProvision((), "", inquiry.question.core, "matter")
    draft.say(["No provision found says so in these words; the one that bears on it most:"])
    _say(draft, inquiry, asked, rule)
    return finished("partly", draft)


def _pairs(text: str) -> frozenset[tuple[str, str]]:
    """Stems of the words of a topic that stand side by side ("picket line")."""
    words = words_of(text)
    return frozenset(
        (one.stem, other.stem)
        for one, other in pairwise(words)
        if is_content(one.folded) and is_content(other.folded) and other.start - one.end == 1
    )


def mentions_only(inquiry: Inquiry, found: Finding) -> Finding:
    """The answer to a question for a provision that no document holds, by a sentence that speaks of it where one does."""
    asked = inquiry.question.provision
    if asked is None or asked.want == "which" or asked.is_loose:
        return found
    spoken = _mentions(inquiry, asked)
    if spoken and not any(mention_pattern(asked).search(citation.quote) for citation in found.citations):
        found = _told_by(inquiry, spoken)
    if not found.citations or _is_of_a_speaker(inquiry, asked):
        return found
    names = ", ".join(str(reference) for reference in asked.references)
    remark = f"No document found here holds {names} itself; what is quoted only speaks of it."
    return replace(found, notices=(remark, *found.notices))


def _is_of_a_speaker(inquiry: Inquiry, asked: AskedProvision) -> bool:
    """Whether somebody's words are asked for, and the provision is what they speak of."""
    question = inquiry.question
    if question.speaker is not None and not names_provision(question.speaker) and question.speaker != asked.instrument:
        return True
    return question.kind in _OF_SPEAKERS and question.speaker is None and bool(asked.references)


def _tell(draft: AnswerDraft, inquiry: Inquiry, asked: AskedProvision, lookup: Lookup) -> list[str]:
    """Say what the provision says; returns remarks."""
    compared = bool(_COMPARED.search(asked.rest)) and len(lookup.found) > 1
    for item in lookup.found[:2] if compared else lookup.found[:1]:
        _say(draft, inquiry, asked, item)
    first = lookup.found[0]
    notices = []
    shown = first.document.text[first.span.start : first.span.end]
    if has_brackets(shown):
        notices.append(NOT_AGREED)
    if compared:
        notices.append("Parley sets the wordings side by side; it does not judge what a difference means.")
    elif len(lookup.found) > 1:
        others = "; ".join(dict.fromkeys(_title(item.document) for item in lookup.found[1:4]))
        notices.append(f"{lookup.reference} also stands in: {others}. Name the document to be answered from it.")
    return notices


def _say(draft: AnswerDraft, inquiry: Inquiry, asked: AskedProvision, item: FoundProvision) -> None:
    spans, is_whole = _shown(inquiry, asked, item)
    words = len(words_of(item.document.text, *item.span))
    heading = f" ({item.heading})" if item.heading else ""
    name = item.label[:1].upper() + item.label[1:]
    extent = "" if is_whole else f", in part (it has {words} words)"
    pieces: list[str | Verbatim] = [f"{name}{heading} of {_title(item.document)}{extent}: "]
    for number, span in enumerate(spans):
        between = item.document.text[spans[number - 1].end : span.start] if number else ""
        pieces.append(" … " if between.strip() else " " if number else "")
        pieces.append(Verbatim(item.document, span))
    whole = Span(spans[0].start, spans[-1].end)
    statements = [] if item.place is None or item.within[item.place].is_named else inquiry.evidence.statements(item.document.id)
    statement = covering_statement(statements, *whole)
    draft.say([piece for piece in pieces if piece != ""], cite(inquiry.evidence, item.document, whole, statement))


def _shown(inquiry: Inquiry, asked: AskedProvision, item: FoundProvision) -> tuple[list[Span], bool]:
    """What is quoted of a provision, block by block, and whether that is all of it."""
    text = item.document.text
    blocks = [
        Span(item.span.start + match.start(), item.span.start + match.start() + len(match.group().rstrip()))
        for match in _BLOCK.finditer(text[item.span.start : item.span.end])
    ]
    if _ON_BRACKETS.search(asked.rest) and (bracketed := [block for block in blocks if "[" in text[block.start : block.end]]):
        return _first_words(text, bracketed), bracketed == blocks
    if len(words_of(text, *item.span)) <= IN_FULL:
        return blocks, True
    terms = weigh(content_terms(asked.rest), inquiry.evidence)
    return (_bearing(text, blocks, terms) if asked.want == "matter" and terms else _first_words(text, blocks)), False


def _first_words(text: str, blocks: Sequence[Span]) -> list[Span]:
    """Whole sentences from the beginning, as many as may be shown."""
    shown: list[Span] = []
    words = 0
    for block in blocks:
        for sentence in sentence_spans(text, *block):
            words += len(words_of(text, *sentence))
            if shown and words > _MOST_SHOWN:
                return shown
            if shown and shown[-1].start >= block.start:
                shown[-1] = Span(shown[-1].start, sentence.end)
            else:
                shown.append(sentence)
    return shown


def _bearing(text: str, blocks: Sequence[Span], terms: Sequence[WeightedTerm]) -> list[Span]:
    """The sentences that bear most on what is asked, in order; a sentence that opens a list is told with its items."""
    sentences = [sentence for block in blocks for sentence in sentence_spans(text, *block)]
    scores = [coverage(terms, stems_of(text[item.start : item.end])) for item in sentences]
    if not any(scores):
        return _first_words(text, blocks)
    chosen: set[int] = set()
    words = 0
    for number in sorted(range(len(sentences)), key=lambda place: (-scores[place], place)):
        words += len(words_of(text, *sentences[number]))
        if chosen and (words > _MOST_SHOWN or scores[number] < 0.5 * max(scores)):
            break
        chosen.add(number)
    opened = {
        number + 1 for number in chosen if text[sentences[number].start : sentences[number].end].rstrip().endswith((":", "—"))
    }
    return [sentences[number] for number in sorted(chosen | {place for place in opened if place < len(sentences)})]


def _which(inquiry: Inquiry, asked: AskedProvision) -> Finding | None:
    """The provision that says what is asked, named before its words, or the sentence that names it."""
    own = _best_of_instruments(inquiry, asked)
    spoken = _mentions(inquiry, asked)
    if spoken and (own is None or spoken[0][0] > own[0] + _MORE_SURELY * bool(asked.instrument)):
        return _told_by(inquiry, spoken)
    if own is None:
        return None
    draft = inquiry.draft()
    _say(draft, inquiry, replace(asked, want="matter"), own[1])
    return finished("answered", draft)


def _best_of_instruments(inquiry: Inquiry, asked: AskedProvision) -> tuple[float, FoundProvision] | None:
    """The provision of the instruments named whose heading and words bear most on what is asked, with how much, 0 to 1."""
    terms = weigh(content_terms(asked.rest.replace(asked.instrument, " ")), inquiry.evidence)
    best: tuple[float, FoundProvision] | None = None
    for document in _instruments(inquiry, asked):
        narrowed = replace(inquiry.filter, document_ids=(document.id,))
        for hit in inquiry.evidence.search(asked.rest, k=_LOOKED_AT, filter=narrowed):
            item = provision_of(inquiry.evidence, document, hit.passage.start)
            if item is None or not _is_kind(item, asked.wanted_kind):
                continue
            words = f"{item.heading} {document.text[hit.passage.start : hit.passage.end]}"
            score = coverage(terms, stems_of(words)) + 0.1 / hit.rank
            if best is None or score > best[0]:
                best = (score, item)
    return best


def _mentions(inquiry: Inquiry, asked: AskedProvision) -> list[tuple[float, Scored]]:
    """The sentences found that name a provision of the kind asked for and bear on the question, with how much, best first."""
    wanted = mention_pattern(asked)
    named = [item for item in inquiry.scored if wanted.search(item.candidate.text)]
    rated = [(max(item.features.coverage, _IN_CONTEXT * item.features.context), item) for item in named]
    return sorted((item for item in rated if item[0] >= _BEARS), key=lambda item: (-item[0], -item[1].score))


def _told_by(inquiry: Inquiry, rated: Sequence[tuple[float, Scored]]) -> Finding:
    """The best of these sentences, and the next one if it bears nearly as much."""
    draft = inquiry.draft()
    for score, item in rated[:2]:
        if score >= _NEARLY * rated[0][0]:
            candidate = item.candidate
            pieces = sentence_pieces(candidate.document, candidate.span, candidate.statement, inquiry.terms)
            draft.say(pieces, inquiry.cite(candidate))
    return finished("answered", draft)


def _instruments(inquiry: Inquiry, asked: AskedProvision) -> tuple[Document, ...]:
    if not asked.instrument:
        return tuple(
            inquiry.evidence.document(name) for name in dict.fromkeys(hit.passage.document_id for hit in inquiry.hits[:3])
        )
    found = look_up(inquiry.evidence, replace(asked, references=_ANY), inquiry.hits, inquiry.filter)
    return found[0].instruments[:2]


def _is_kind(item: FoundProvision, wanted: str | None) -> bool:
    if item.place is None or wanted in (None, "provision", "paragraph", "clause"):
        return item.place is not None
    place: int | None = item.place
    while place is not None:
        if item.within[place].kind == wanted or (wanted == "section" and not item.within[place].is_named):
            return True
        place = item.within[place].parent
    return False


def _not_there(inquiry: Inquiry, asked: AskedProvision, lookups: Sequence[Lookup]) -> Finding | None:
    """Says that no document has the number; `None` where documents at least speak of it."""
    unknown = [item for item in lookups if not _is_known_text(inquiry, item)]
    if any(is_spoken_of(inquiry.evidence, item.reference, asked.instrument) for item in unknown):
        return None
    draft = inquiry.draft()
    for lookup in lookups:
        draft.say([f"{_not_found(inquiry, asked, lookup)}."])
    return finished("not_in_documents", draft, searched_notice(inquiry), nearest=inquiry.nearest())


def _is_known_text(inquiry: Inquiry, lookup: Lookup) -> bool:
    """Whether the article is there of which a part is asked for that it does not have."""
    outer = Reference(lookup.reference.steps[:1])
    return len(lookup.reference.steps) > 1 and any(
        find_provisions(inquiry.evidence.provisions(document.id), outer) for document in lookup.instruments
    )


def _not_found(inquiry: Inquiry, asked: AskedProvision, lookup: Lookup) -> str:
    """Where the instrument is there, what it has instead; a text without provisions is no instrument, whatever its title."""
    kind = lookup.reference.steps[0].kind
    instruments = [one for one in lookup.instruments if inquiry.evidence.provisions(one.id)]
    if lookup.is_named and not instruments:
        return f"No document here is called “{asked.instrument.strip()}”, so its {lookup.reference} cannot be quoted"
    if instruments and kind is not None and (lookup.is_named or len(instruments) == 1):
        document = instruments[0]
        numbers = numbers_there(inquiry.evidence, document, kind)
        there = f"; its {kind}s run from {numbers[0]} to {numbers[-1]}" if len(numbers) > 1 else ""
        return f"{_title(document)} has no {lookup.reference}{there}"
    return f"No document found here has {'an' if str(lookup.reference)[:1] in 'AEIO' else 'a'} {lookup.reference}"


def _title(document: Document) -> str:
    return " ".join(document.title.split())
