"""Answers that are statements: who said something, what somebody said, to whom and where."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant import question_words as vocabulary
from assistant.answer import Citation
from assistant.attribution_line import attribution_line
from assistant.citing import cite, sentences_around, whole_sentences
from assistant.composing import (
    MOST_WORDS,
    AnswerDraft,
    Verbatim,
    cite_statement,
    cited,
    clause_outside,
    sentence_pieces,
    slice_of,
    speaker_note,
    spoken_pieces,
    statement_pieces,
)
from assistant.fact_answers import fact
from assistant.inquiry import Finding, Inquiry, StatementCandidate, finished
from assistant.matching import coverage, match, weigh
from assistant.question import Term, analyse_question
from assistant.quote_tokens import find_sequence, plain_text, tokens_of
from assistant.refusal import not_in_documents, premise_not_found, searched_notice, threshold, unmentioned
from assistant.speakers import describes_person, display_name, is_firsthand, names_side, side_stems, speaker_match
from assistant.vocabulary import parties_in, synonyms_of
from assistant.words import fold, is_content, stem, stems_of, words_of
from index.types import Document, Span, Statement

SAME_SPEAKER = 0.5
"""`speaker_match` from which a statement counts as the asked speaker's."""

ALSO = 0.93
"""Share of the best score from which another speaker's statement is shown as well."""


@dataclass(frozen=True, slots=True)
class _Rated:
    candidate: StatementCandidate
    score: float
    covered: float
    focus: Span | None = None

    @property
    def statement(self) -> Statement:
        return self.candidate.statement

    @property
    def document(self) -> Document:
        return self.candidate.document


def _stems(document: Document, spans: Sequence[Span]) -> frozenset[str]:
    return stems_of(" ".join(document.text[span.start : span.end] for span in spans))


def _covered(item: StatementCandidate, inquiry: Inquiry, *, whole: bool) -> float:
    """Coverage of the question by what was said; the rest of its sentences and the sentence before count in part."""
    document, statement = item.document, item.statement
    own = _stems(document, statement.content)
    hull = sentences_around(document.text, statement.start, statement.end)
    touched = [span for span in hull if span.start < statement.end and span.end > statement.start]
    sentence = _stems(document, touched)
    start = touched[0].start if touched else statement.start
    before = stems_of(document.text[max(0, start - 250) : start])
    title = stems_of(document.title)
    outside = 0.75 if whole else 0.5
    return sum(
        weighted.share
        * max(
            match(weighted.term, own),
            outside * match(weighted.term, sentence),
            0.45 * match(weighted.term, before),
            0.3 * match(weighted.term, title),
        )
        for weighted in inquiry.terms
    )


# --- who said it -----------------------------------------------------------------------------------------------------


def who_said(inquiry: Inquiry) -> Finding:
    """The speaker as the text names them, with role, outlet and cue; several if several said it."""
    if inquiry.question.quotes and len(words_of(inquiry.question.quotes[0])) >= 0.6 * len(words_of(inquiry.question.core)) - 3:
        return _who_said_quote(inquiry)
    rated = sorted((_rate_by_content(item, inquiry) for item in inquiry.statements()), key=_order)
    best_sentence = inquiry.scored[0] if inquiry.scored else None
    if not rated or rated[0].covered < threshold("who_said"):
        if best_sentence is not None and best_sentence.candidate.statement is None and best_sentence.features.coverage >= 0.75:
            return _own_voice(inquiry)
        return not_in_documents(inquiry, among=tuple(item.candidate for item in rated[:2]))
    return _say_speakers(inquiry, rated)


def _order(rated: _Rated) -> tuple[float, str, int]:
    return (-round(rated.score, 9), rated.document.id, rated.statement.start)


def _rate_by_content(item: StatementCandidate, inquiry: Inquiry) -> _Rated:
    covered = _covered(item, inquiry, whole=False)
    score = covered + 0.3 * _verb_match(item, inquiry) + 0.05 / item.hit.rank + 0.05 * item.statement.confidence
    score -= 0.2 * (item.statement.speaker is None or item.statement.speaker_kind == "unidentified")
    words = sum(len(words_of(item.document.text, span.start, span.end)) for span in item.statement.content)
    return _Rated(item, score - 0.1 * (words < 3), covered)


def _verb_match(item: StatementCandidate, inquiry: Inquiry) -> float:
    """1 if the statement performs the act the question names ("who demanded"): by its cue, its status, or its own words."""
    verb = inquiry.question.verb
    if verb is None or verb in vocabulary.NEUTRAL_SPEECH:
        return 0.0
    cue = stem(fold(item.statement.cue_lemma))
    if verb == cue or verb in synonyms_of(cue):
        return 1.0
    if vocabulary.ACT_STATUS.get(verb) == item.statement.status:
        return 0.9
    own = _stems(item.document, item.statement.content)
    if match(Term(verb, verb), own):
        return 0.7
    urging = {"should", "must", "need", "necessary", "necessari", "ought"} & own
    return 0.6 if urging and vocabulary.ACT_STATUS.get(verb) in {"called_for", "demanded"} else 0.0


def _who_said_quote(inquiry: Inquiry) -> Finding:
    wanted = [token.folded for token in tokens_of(inquiry.question.quotes[0])]
    found: list[_Rated] = []
    for item in inquiry.statements():
        span = _find_quote(item.document, item.statement, wanted)
        if span is not None:
            found.append(_Rated(item, 1.0 + 0.1 * item.statement.confidence - _nesting(item, span), 1.0, span))
    if not found:
        return _unspoken_quote(inquiry, wanted)
    return _say_speakers(inquiry, sorted(found, key=_order))


def _nesting(item: StatementCandidate, span: Span) -> float:
    """A small penalty for statements that hold the quotation inside another one's frame."""
    size = sum(part.end - part.start for part in item.statement.content)
    return 0.02 * max(0, size - (span.end - span.start)) / 1000


def _find_quote(document: Document, statement: Statement, wanted: Sequence[str]) -> Span | None:
    """The quotation within a statement, allowing the speaker clause between its parts."""
    first, last = statement.content[0].start, statement.content[-1].end
    text = document.text[first:last]
    if max(wanted, key=len, default="") not in plain_text(text):
        return None
    tokens = [
        token for token in tokens_of(text) if any(span.start <= first + token.start < span.end for span in statement.content)
    ]
    run = find_sequence(tokens, wanted)
    if run is None:
        return None
    return Span(first + tokens[run[0]].start, first + tokens[run[1] - 1].end)


def _unspoken_quote(inquiry: Inquiry, wanted: Sequence[str]) -> Finding:
    """The words stand outside any statement, run over several, or nowhere."""
    for hit in inquiry.hits:
        document = inquiry.evidence.document(hit.passage.document_id)
        tokens = tokens_of(document.text)
        run = find_sequence(tokens, wanted)
        if run is None:
            continue
        span = Span(tokens[run[0]].start, tokens[run[1] - 1].end)
        inside = [
            StatementCandidate(document, item, hit)
            for item in inquiry.evidence.statements(document.id)
            if item.start < span.end and item.end > span.start
        ]
        overlapping = [_Rated(item, _share(item.statement, span), 1.0, span) for item in inside]
        spoken = sorted((item for item in overlapping if item.score > 0.2), key=_order)
        if spoken:
            return _say_speakers(inquiry, spoken)
        return _unattributed(inquiry, document, span)
    return not_in_documents(inquiry, "No document holds these words.")


def _share(statement: Statement, span: Span) -> float:
    return sum(max(0, min(part.end, span.end) - max(part.start, span.start)) for part in statement.content) / (
        span.end - span.start
    )


def _unattributed(inquiry: Inquiry, document: Document, span: Span) -> Finding:
    sentence = whole_sentences(document.text, span.start, span.end)
    draft = inquiry.draft()
    pieces: list[str | Verbatim] = [
        "The words stand in the document, which names no speaker for them: ",
        Verbatim(document, sentence),
    ]
    draft.say(pieces, cite(inquiry.evidence, document, sentence, None))
    return finished("partly", draft)


def _own_voice(inquiry: Inquiry) -> Finding:
    best = inquiry.scored[0].candidate
    draft = inquiry.draft()
    draft.say(sentence_pieces(best.document, best.span, best.statement, inquiry.terms), inquiry.cite(best))
    return finished("answered", draft)


def _say_speakers(inquiry: Inquiry, rated: Sequence[_Rated]) -> Finding:
    draft = inquiry.draft()
    told: list[tuple[str, str]] = []
    for item in rated:
        key = (fold(item.statement.speaker or ""), _same_words(item))
        new_speaker = all(key[0] != speaker for speaker, _ in told)
        if told and (item.score < ALSO * rated[0].score or not new_speaker or draft.words > MOST_WORDS or len(told) == 3):
            continue
        if told and _contained(item, rated[0]):
            continue
        told.append(key)
        _say(draft, inquiry, item)
    if not draft.sentences:
        return not_in_documents(inquiry)
    return finished("answered", draft, *_speaker_notices(rated[0].statement))


def _contained(item: _Rated, best: _Rated) -> bool:
    """Whether two statements are layers of one sentence (a relay): only the better one is told, its frame names the chain."""
    return (
        item.document.id == best.document.id
        and item.statement.start < best.statement.end
        and item.statement.end > best.statement.start
    )


def _same_words(item: _Rated) -> str:
    return " ".join(
        word.folded for span in item.statement.content for word in words_of(item.document.text, span.start, span.end)
    )[:80]


def _speaker_notices(statement: Statement) -> tuple[str, ...]:
    if statement.speaker is None or statement.speaker_kind == "unidentified":
        return ("The document does not say who said this.",)
    if statement.speaker_kind == "anonymous":
        return ("The documents do not name this source.",)
    return (
        ("The speaker is described as a former office holder and does not state a present position.",) if statement.former else ()
    )


def _say(draft: AnswerDraft, inquiry: Inquiry, item: _Rated) -> None:
    """The statement with its frame; with the speaker clause first where addressee, place or time are asked for."""
    statement, document = item.statement, item.document
    citation = cite_statement(inquiry.evidence, document, statement, item.focus, item.candidate.hit.passage)
    room = max(25, MOST_WORDS - draft.words - 12)
    one_sentence = not inquiry.terms or (inquiry.question.kind == "who_said" and not inquiry.question.quotes)
    if one_sentence and (beside := _in_one_sentence(inquiry, item)):
        citation = _with_audience(citation, beside)
        draft.say([*speaker_note(document, statement, Span(citation.start, citation.end)), cited(citation)], citation)
        return
    role = inquiry.question.speaker is None or inquiry.question.core.lower().startswith("who")
    pieces = spoken_pieces(document, statement, inquiry.terms, focus=item.focus, limit=room, with_role=role)
    question = inquiry.question
    if question.wants_place or question.wants_addressee or question.wants_date:
        clause = clause_outside(document, statement)
        if clause is not None and clause.end - clause.start > 12:
            draft.say([slice_of(document, clause)], citation)
            pieces = statement_pieces(document, statement, inquiry.terms, focus=item.focus, limit=30)
    draft.say(pieces, citation)


def _with_audience(citation: Citation, beside: Sequence[Statement]) -> Citation:
    """The citation with the statement of the same speaker and sentence that tells to whom, if its own does not."""
    own = citation.statement
    told = next((other for other in beside if other.outlet or other.addressee), None)
    if told is None or (own is not None and (own.outlet or own.addressee)):
        return citation
    return replace(citation, statement=told, attribution=attribution_line(citation.document, told))


def _in_one_sentence(inquiry: Inquiry, item: _Rated) -> list[Statement]:
    """The speaker's other statements in the same sentence, if it is of bearable length; then it is shown whole."""
    text, statement = item.document.text, item.statement
    whole = whole_sentences(text, statement.start, statement.end)
    beside = [
        other
        for other in inquiry.evidence.statements(item.document.id)
        if other is not statement and whole.start <= other.start and other.end <= whole.end and other.speaker == statement.speaker
    ]
    return beside if len(words_of(text, whole.start, whole.end)) <= MOST_WORDS else []


# --- what somebody said ----------------------------------------------------------------------------------------------


def what_said(inquiry: Inquiry) -> Finding:
    """Only statements of the asked speaker; if there are none, who reports what about them, and said so."""
    speaker = inquiry.question.speaker
    assert speaker is not None
    own = _of_speaker(inquiry, inquiry.statements(), speaker)
    if not own:
        own = _of_speaker(inquiry, _search_again(inquiry, speaker), speaker)
    firsthand = [item for item in own if is_firsthand(item.statement)]
    if not own or (inquiry.terms and own[0].covered < threshold("what_said")):
        reported = _reported(inquiry)
        if reported is not None:
            return reported
    if not own:
        return _by_others(inquiry, speaker)
    for_side = names_side(speaker) and not describes_person(speaker)
    if not firsthand and for_side and (not inquiry.terms or own[0].covered >= threshold("what_said")):
        return _relayed(inquiry, speaker, own)
    return _topical(inquiry, speaker, firsthand or own)


def _reported(inquiry: Inquiry) -> Finding | None:
    """What the documents report of the speaker's deed ("what did the union demand"), where no statement of theirs tells."""
    question = inquiry.question
    if question.verb is None or question.verb in vocabulary.NEUTRAL_SPEECH or question.speaker is None:
        return None
    terms = analyse_question(question.core).terms
    subject = tuple(
        Term(word.surface, word.stem, 1.0, named=word.surface[:1].isupper())
        for word in words_of(question.speaker)
        if is_content(word.folded)
    )
    act = (Term(question.verb, question.verb, 0.7),)
    plain = replace(
        question, kind="what", speaker=None, terms=tuple({term.stem: term for term in (*subject, *act, *terms)}.values())
    )
    found = fact(Inquiry(inquiry.evidence, plain, weigh(plain.terms, inquiry.evidence), inquiry.hits, inquiry.filter))
    return found if found.status in {"answered", "partly", "accounts_differ"} else None


def _of_speaker(inquiry: Inquiry, items: Sequence[StatementCandidate], speaker: str) -> list[_Rated]:
    rated = []
    for item in items:
        same = speaker_match(item.statement, speaker)
        if same >= SAME_SPEAKER:
            covered = _covered(item, inquiry, whole=True) if inquiry.terms else 1.0
            verb = 0.25 * _verb_match(item, inquiry)
            quoted = 0.1 * (item.statement.mode != "indirect")
            rated.append(_Rated(item, covered + 0.3 * same + verb + quoted + 0.1 / item.hit.rank, covered))
    return sorted(rated, key=_order)


def _search_again(inquiry: Inquiry, speaker: str) -> list[StatementCandidate]:
    """Statements near passages found for the speaker's name alone."""
    hits = inquiry.evidence.search(speaker, k=30, filter=inquiry.filter)
    again = Inquiry(inquiry.evidence, inquiry.question, inquiry.terms, hits, inquiry.filter)
    return again.statements()


def _topical(inquiry: Inquiry, speaker: str, rated: Sequence[_Rated]) -> Finding:
    best = rated[0]
    topic = _topic_terms(inquiry)
    if topic and best.covered < threshold("what_said"):
        about = " ".join(topic)
        return not_in_documents(
            inquiry,
            f"No statement by {speaker} about {about} was found in these documents.",
            among=tuple(item.candidate for item in rated[:3]),
        )
    withheld = _withheld(best)
    draft = inquiry.draft()
    for item in _selection(rated):
        if draft.sentences and draft.words > MOST_WORDS - 15:
            break
        if withheld and inquiry.question.noun and item is best:
            _say_withheld(draft, inquiry, item, withheld)
        else:
            _say(draft, inquiry, item)
    if withheld and inquiry.question.noun:
        return finished("premise_not_found", draft, f"The document says that {display_name(best.statement)} left this unsaid.")
    return finished("answered", draft, *_speaker_notices(best.statement))


def _topic_terms(inquiry: Inquiry) -> list[str]:
    return [item.term.surface for item in inquiry.terms if item.term.weight > 0.5]


def _selection(rated: Sequence[_Rated]) -> list[_Rated]:
    """The best statement, and others of the speaker nearly as good that say something else."""
    chosen: list[_Rated] = []
    for item in rated:
        fresh = all(not _contained(item, known) and _same_words(item) != _same_words(known) for known in chosen)
        if not chosen or (fresh and item.score >= ALSO * rated[0].score and len(chosen) < 3):
            chosen.append(item)
    return chosen


def _withheld(item: _Rated) -> Span | None:
    """The sentence, of the statement's own and the one after, that says something was left unsaid."""
    text = item.document.text
    spans = sentences_around(text, item.statement.start, item.statement.end)
    own = [number for number, span in enumerate(spans) if span.start < item.statement.end and span.end > item.statement.start]
    near = spans[own[0] : own[-1] + 2] if own else []
    return next((span for span in near if re.search(vocabulary.NON_DISCLOSURE, text[span.start : span.end], re.IGNORECASE)), None)


def _say_withheld(draft: AnswerDraft, inquiry: Inquiry, item: _Rated, unsaid: Span) -> None:
    """The whole sentence of the statement, and the one that says what was left open if that is another."""
    citation = cite_statement(inquiry.evidence, item.document, item.statement, passage=item.candidate.hit.passage)
    draft.say([cited(citation)], citation)
    if unsaid.start >= citation.end:
        later = cite(inquiry.evidence, item.document, unsaid, None)
        draft.say([cited(later)], later)


def _relayed(inquiry: Inquiry, speaker: str, rated: Sequence[_Rated]) -> Finding:
    draft = inquiry.draft()
    draft.say([f"No statement by {speaker} itself is in these documents; others report of it."])
    for item in _selection(rated)[:2]:
        _say(draft, inquiry, item)
    return finished("partly", draft, searched_notice(inquiry))


def _by_others(inquiry: Inquiry, speaker: str) -> Finding:
    """Nobody speaks for the asked side: what others say of it, and who they are."""
    if not names_side(speaker) or unmentioned(inquiry):
        return not_in_documents(inquiry, f"No statement by {speaker} was found in these documents.")
    about = [item for item in inquiry.statements() if _mentions(item, speaker)]
    rated = sorted((_Rated(item, _covered(item, inquiry, whole=True) + 0.1 / item.hit.rank, 1.0) for item in about), key=_order)
    draft = inquiry.draft()
    draft.say([f"No statement by {speaker} is in these documents."])
    if not rated:
        return finished("not_in_documents", draft, searched_notice(inquiry), nearest=inquiry.nearest())
    draft.say(["Others report of it:"])
    for item in _selection(rated)[:2]:
        _say(draft, inquiry, item)
    return finished(
        "not_in_documents", draft, searched_notice(inquiry), nearest=inquiry.nearest(tuple(item.candidate for item in rated))
    )


def _mentions(item: StatementCandidate, side: str) -> bool:
    """Whether a statement speaks of a side."""
    countries = parties_in(side)
    if countries:
        return countries[0] in parties_in(_content_text(item))
    return side_stems(side) <= stems_of(_content_text(item))


def _content_text(item: StatementCandidate) -> str:
    return " ".join(item.document.text[span.start : span.end] for span in item.statement.content)


# --- whether somebody said it, and where -----------------------------------------------------------------------------


def whether_said(inquiry: Inquiry) -> Finding:
    """The asked speaker's nearest statement, or that none is found."""
    speaker = inquiry.question.speaker
    assert speaker is not None
    own = _of_speaker(inquiry, inquiry.statements(), speaker)
    if own and own[0].covered >= threshold("whether"):
        return _topical(inquiry, speaker, own)
    remark = f"No document reports that {speaker} said so."
    return premise_not_found(inquiry, remark, among=tuple(item.candidate for item in own[:3]))


def where_said(inquiry: Inquiry) -> Finding:
    """To whom and where: the speaker clause in the document's words, and the statement."""
    speaker = inquiry.question.speaker
    quotes = inquiry.question.quotes
    wanted = [token.folded for token in tokens_of(quotes[0])] if quotes else []
    rated = []
    for item in inquiry.statements():
        same = speaker_match(item.statement, speaker) if speaker else 1.0
        span = _find_quote(item.document, item.statement, wanted) if wanted else None
        if same >= SAME_SPEAKER and (span is not None or not wanted):
            covered = _covered(item, inquiry, whole=True) if inquiry.terms else 1.0
            heard = 0.1 * bool(item.statement.outlet or item.statement.addressee)
            rated.append(_Rated(item, covered + 0.5 * same + heard, 1.0, span))
    rated.sort(key=_order)
    if not rated or (not wanted and rated[0].score < threshold("whether") + 0.4):
        return not_in_documents(inquiry, among=tuple(item.candidate for item in rated[:2]))
    draft = inquiry.draft()
    _say(draft, inquiry, rated[0])
    best = rated[0].statement
    if _ASKS_LISTENER.match(inquiry.question.core) and not (best.outlet or best.addressee):
        draft.say(["The document does not say to whom."])
        return finished("partly", draft, *_speaker_notices(best))
    return finished("answered", draft, *_speaker_notices(best))


_ASKS_LISTENER = re.compile(r"(?:to whom|to (?:which|what) \w+) ", re.IGNORECASE)
"""A question for the listener or medium alone, which a statement without one answers in part."""


def citations_of(inquiry: Inquiry, items: Sequence[StatementCandidate]) -> tuple[Citation, ...]:
    """Citations of statements, in order."""
    return tuple(cite_statement(inquiry.evidence, item.document, item.statement, passage=item.hit.passage) for item in items)


def content_coverage(item: StatementCandidate, inquiry: Inquiry) -> float:
    """Coverage of the question by the statement's content alone."""
    return coverage(inquiry.terms, _stems(item.document, item.statement.content))
