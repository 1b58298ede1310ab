"""Answers that are statements: what somebody said, whether they said it, to whom and where."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from parley.assistant.answer import AnswerStatus
from parley.assistant.answers.ambiguity import left_out, namesakes
from parley.assistant.answers.composing import MOST_WORDS, AnswerDraft, cite_statement, cited
from parley.assistant.answers.facts.fact_answers import fact
from parley.assistant.answers.inquiry import Finding, Inquiry, StatementCandidate, finished
from parley.assistant.answers.refusal import not_in_documents, premise_not_found, searched_notice, threshold, unmentioned
from parley.assistant.answers.statements.statement_rating import SAME_SPEAKER, Rated, by_score, covered_by, find_quote, of_speaker
from parley.assistant.answers.statements.statement_telling import (
    ALSO,
    overlaps_best,
    say_speakers,
    say_statement,
    speaker_notices,
    words_said,
)
from parley.assistant.evidence.candidates import Candidate
from parley.assistant.evidence.citing import cite, sentences_around
from parley.assistant.evidence.matching import match, weigh
from parley.assistant.evidence.quote_tokens import tokens_of
from parley.assistant.evidence.speaker_matching import describes_person, names_side, side_stems, speaker_match, without_side
from parley.assistant.evidence.speakers import display_name, is_firsthand
from parley.assistant.question import question_words as vocabulary
from parley.assistant.question.analysis import PRONOUNS, Term, analyse_question
from parley.assistant.reading.rules.deeds import names_doer, tells_deed
from parley.index.language.descriptions import described
from parley.index.language.vocabulary import parties_in
from parley.index.language.words import is_content, stems_of, words_of
from parley.index.types import Span


def what_said(inquiry: Inquiry) -> Finding:
    """Only statements of the asked speaker; if there are none, who reports what about them, and said so."""
    speaker = inquiry.question.speaker
    assert speaker is not None
    if speaker.lower() in PRONOUNS:
        return _anyone(inquiry)
    own = of_speaker(inquiry, inquiry.statements(), speaker)
    if not own or own[0].covered < threshold("what_said"):
        own = of_speaker(inquiry, _search_again(inquiry, speaker, own), speaker)
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


def _anyone(inquiry: Inquiry) -> Finding:
    """Whoever is quoted on the matter, where a pronoun leaves open whose words are asked for."""
    rated = sorted(
        (Rated(item, covered_by(item, inquiry, whole=True) + 0.1 / item.hit.rank, 1.0) for item in inquiry.statements()),
        key=by_score,
    )
    fitting = [item for item in rated if item.score >= threshold("who_said")]
    return say_speakers(inquiry, fitting) if fitting else not_in_documents(inquiry)


def _reported(inquiry: Inquiry) -> Finding | None:
    """What the documents report of the speaker's deed ("what did the union demand"), where no statement of theirs tells.

    Only sentences in which the asked speaker does it, or which tell of that speaker and of the matter in the document's own
    voice: whatever else bears on the matter is others' words or deeds.
    """
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
    telling = [
        item
        for item in inquiry.candidates
        if tells_deed(item.text, question.speaker, question.verb) or _tells_of(item, question.speaker, inquiry)
    ]
    found = fact(inquiry.asking(plain, weigh(plain.terms, inquiry.evidence)).among(telling))
    return found if found.status in {"answered", "partly", "accounts_differ"} else None


def _tells_of(item: Candidate, speaker: str, inquiry: Inquiry) -> bool:
    """Whether the document itself, not somebody in it, tells something of the asked speaker near what is asked about."""
    near = item.stems | item.before
    matter = sum(term.share for term in inquiry.terms)
    told = sum(term.share for term in inquiry.terms if match(term.term, near))
    return item.statement is None and bool(matter) and told >= ABOUT * matter and names_doer(item.text, speaker)


def _search_again(inquiry: Inquiry, speaker: str, own: Sequence[Rated]) -> list[StatementCandidate]:
    """Statements near passages found for the asked speaker, and for those who speak for them, with the matter and without."""
    names = dict.fromkeys([speaker, *(item.statement.speaker or "" for item in own if item.statement.speaker_kind == "named")])
    matter = " ".join(item.term.surface for item in inquiry.terms)
    queries = [f"{name} {matter}".strip() for name in list(names)[:_NAMES_SEARCHED]] + ([speaker] if not own else [])
    found = [hit for query in queries for hit in inquiry.evidence.search(query, k=_SEARCHED_AGAIN, filter=inquiry.filter)]
    hits = list({hit.passage.id: hit for hit in reversed([*inquiry.hits, *found])}.values())[::-1]
    return inquiry.asking(hits=hits).statements()


ABOUT = 0.5
"""Share of what is asked about that must stand in or before a sentence for it to tell of that."""

_NAMES_SEARCHED = 3
"""The asked speaker and, at most, two who speak for them."""

_SEARCHED_AGAIN = 20
"""Passages looked at for each."""


def _topical(inquiry: Inquiry, speaker: str, rated: Sequence[Rated]) -> Finding:
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
    if best.loosely:
        draft.say([f"No statement by {speaker} itself on this was found; these are from others of that side."])
    for item in _selection(rated):
        if draft.sentences and draft.words > MOST_WORDS - 15:
            break
        if withheld and inquiry.question.noun and item is best:
            _say_withheld(draft, inquiry, item, withheld)
        else:
            say_statement(draft, inquiry, item)
    if withheld and inquiry.question.noun:
        return finished("premise_not_found", draft, f"The document says that {display_name(best.statement)} left this unsaid.")
    fitting = [item for item in rated if not topic or item.covered >= threshold("what_said")]
    status: AnswerStatus = "partly" if best.loosely else "answered"
    return finished(status, draft, *namesakes(speaker, fitting), *left_out(speaker, inquiry), *speaker_notices(best.statement))


def _topic_terms(inquiry: Inquiry) -> list[str]:
    return [item.term.surface for item in inquiry.terms if item.term.weight > 0.5]


def _selection(rated: Sequence[Rated]) -> list[Rated]:
    """The best statement, and others of the speaker nearly as good that say something else."""
    chosen: list[Rated] = []
    for item in rated:
        fresh = all(not overlaps_best(item, known) and words_said(item) != words_said(known) for known in chosen)
        if not chosen or (fresh and item.score >= ALSO * rated[0].score and len(chosen) < 3):
            chosen.append(item)
    return chosen


def _withheld(item: Rated) -> Span | None:
    """The sentence, of the statement's own and the one after, that says something was left unsaid."""
    text = item.document.text
    spans = sentences_around(text, item.statement.start, item.statement.end)
    own = [number for number, span in enumerate(spans) if span.start < item.statement.end and span.end > item.statement.start]
    near = spans[own[0] : own[-1] + 2] if own else []
    return next((span for span in near if re.search(vocabulary.NON_DISCLOSURE, text[span.start : span.end], re.IGNORECASE)), None)


def _say_withheld(draft: AnswerDraft, inquiry: Inquiry, item: Rated, unsaid: Span) -> None:
    """The whole sentence of the statement, and the one that says what was left open if that is another."""
    citation = cite_statement(inquiry.evidence, item.document, item.statement, passage=item.candidate.hit.passage)
    draft.say([cited(citation)], citation)
    if unsaid.start >= citation.end:
        later = cite(inquiry.evidence, item.document, unsaid, None)
        draft.say([cited(later)], later)


def _relayed(inquiry: Inquiry, speaker: str, rated: Sequence[Rated]) -> Finding:
    draft = inquiry.draft()
    draft.say([f"No statement by {speaker} itself is in these documents; others report of it."])
    for item in _selection(rated)[:2]:
        say_statement(draft, inquiry, item)
    return finished("partly", draft, searched_notice(inquiry))


def _by_others(inquiry: Inquiry, speaker: str) -> Finding:
    """Nobody speaks for the asked side: what others say of it, and who they are."""
    if (
        not names_side(speaker)
        or unmentioned(inquiry.question, inquiry.evidence)
        or (parties_in(speaker) and without_side(described(speaker)))
    ):
        return not_in_documents(inquiry, f"No statement by {speaker} was found in these documents.")
    about = [item for item in inquiry.statements() if _mentions(item, speaker)]
    rated = sorted(
        (Rated(item, covered_by(item, inquiry, whole=True) + 0.1 / item.hit.rank, 1.0) for item in about), key=by_score
    )
    draft = inquiry.draft()
    draft.say([f"No statement by {speaker} is in these documents."])
    if not rated:
        return finished("not_in_documents", draft, searched_notice(inquiry), nearest=inquiry.nearest())
    draft.say(["Others report of it:"])
    for item in _selection(rated)[:2]:
        say_statement(draft, inquiry, item)
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


def whether_said(inquiry: Inquiry) -> Finding:
    """The asked speaker's nearest statement, or that none is found."""
    speaker = inquiry.question.speaker
    assert speaker is not None
    own = of_speaker(inquiry, inquiry.statements(), speaker)
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
        same = speaker_match(item.statement, speaker, item.document) if speaker else 1.0
        span = find_quote(item.document, item.statement, wanted) if wanted else None
        if same >= SAME_SPEAKER and (span is not None or not wanted):
            covered = covered_by(item, inquiry, whole=True) if inquiry.terms else 1.0
            heard = 0.1 * bool(item.statement.outlet or item.statement.addressee)
            rated.append(Rated(item, covered + 0.5 * same + heard, 1.0, span))
    rated.sort(key=by_score)
    if not rated or (not wanted and rated[0].score < threshold("whether") + 0.4):
        return not_in_documents(inquiry, among=tuple(item.candidate for item in rated[:2]))
    draft = inquiry.draft()
    say_statement(draft, inquiry, rated[0])
    best = rated[0].statement
    if _ASKS_LISTENER.match(inquiry.question.core) and not (best.outlet or best.addressee):
        draft.say(["The document does not say to whom."])
        return finished("partly", draft, *speaker_notices(best))
    return finished("answered", draft, *speaker_notices(best))


_ASKS_LISTENER = re.compile(r"(?:to whom|to (?:which|what) \w+) ", re.IGNORECASE)
"""A question for the listener or medium alone, which a statement without one answers in part."""
