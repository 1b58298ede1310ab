"""Answers that set sides against each other: for each side its best statement on the matter, or that none was found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from parley.assistant.answers.composing import AnswerDraft
from parley.assistant.answers.facts.denied_deeds import tells_of_deed
from parley.assistant.answers.facts.ordering import in_order
from parley.assistant.answers.facts.read_answer import ENOUGH, read_answer
from parley.assistant.answers.facts.telling import say_sentence
from parley.assistant.answers.inquiry import Finding, Inquiry, StatementCandidate, finished
from parley.assistant.answers.refusal import CLOSE_ENOUGH, searched_notice
from parley.assistant.answers.statements.statement_rating import Rated, by_score, covered_by, of_speaker
from parley.assistant.answers.statements.statement_telling import say_statement
from parley.assistant.evidence.candidates import is_heading
from parley.assistant.evidence.matching import weigh
from parley.assistant.evidence.speaker_matching import side_stems
from parley.assistant.evidence.speakers import display_name
from parley.assistant.question.analysis import content_terms
from parley.assistant.reading.answerability import probability
from parley.assistant.reading.features import FITTING_SPEAKER
from parley.assistant.reading.scoring import Scored
from parley.index.language.words import stems_of

MOST_SIDES = 4
"""Sides told where the question names none."""

ON_THE_MATTER = 0.5
"""Least share of the question, without the sides, that a side's words must match."""

PASSAGES_EACH = 10
"""Passages looked at for one side besides those found for the question."""

FOR_A_PARTY = 0.2
"""What it adds to a statement's score that its speaker speaks for a party, where the question asks for the parties."""


def compare(inquiry: Inquiry) -> Finding:
    """One statement of each side, in the order of the question; where no side is heard, what the documents report."""
    sides = inquiry.question.sides
    if sides and (joint := _said_jointly(inquiry, sides)) is not None:
        return joint
    told: Sequence[tuple[str, Rated | Scored | None]]
    told = _each(inquiry, sides) if sides else _heard(inquiry)
    if not any(found for _, found in told) or (not sides and len(told) < 2):
        return _reported(inquiry)
    draft = inquiry.draft()
    for side, found in told:
        _say_side(draft, inquiry, side, found)
    missing = any(found is None for _, found in told)
    return finished("partly" if missing else "answered", draft, *([searched_notice(inquiry)] if missing else []))


def _say_side(draft: AnswerDraft, inquiry: Inquiry, side: str, found: Rated | Scored | None) -> None:
    if isinstance(found, Rated):
        say_statement(draft, inquiry, found)
    elif found is not None:
        say_sentence(draft, inquiry, found)
    else:
        about = " ".join(item.term.surface for item in inquiry.terms if item.term.weight > 0.5)
        draft.say([f"No statement by {side}{f' about {about}' if about else ''} was found in these documents."])


def _said_jointly(inquiry: Inquiry, sides: Sequence[str]) -> Finding | None:
    """What one speaker said whose name only looks like two ("the Department of Trade and Industry")."""
    joint = " and ".join(sides)
    wanted = stems_of(joint)
    if not any(wanted <= stems_of(item.statement.speaker or "") for item in inquiry.statements()):
        return None
    question = replace(inquiry.question, kind="what_said", speaker=joint, sides=())
    return read_answer(inquiry.asking(question))


def _each(inquiry: Inquiry, sides: Sequence[str]) -> Sequence[tuple[str, Rated | Scored | None]]:
    """What is found for each side; a sentence that stands for one side already is not told for another."""
    told: list[tuple[str, Rated | Scored | None]] = []
    for side in sides:
        found = _of_side(inquiry, side)
        if found is None or all(found is not known for _, known in told):
            told.append((side, found))
    return told


def _of_side(inquiry: Inquiry, side: str) -> Rated | Scored | None:
    """What the side says on the matter, as the reader finds it; else its best statement by its words, or what its outlet has."""
    matter = " ".join(item.term.surface for item in inquiry.terms)
    searched = _searched(inquiry, f"{side} {matter}")
    if (own_words := _said_by(searched, side, matter)) is not None:
        return own_words
    for found in (inquiry, searched):
        own = of_speaker(found, found.statements(), side)
        if own and own[0].covered >= (ON_THE_MATTER if inquiry.terms else 0):
            return own[0]
    return _of_outlet(inquiry, side) or _about_side(inquiry, side)


def _said_by(inquiry: Inquiry, side: str, matter: str) -> Scored | None:
    """The best sentence of the side, where a question for its words alone would be answered with it."""
    core = f"What did {side} say about {matter}?" if matter else f"What did {side} say?"
    asked = replace(inquiry.question, kind="what_said", speaker=side, sides=(), core=core)
    own = [item for item in in_order(inquiry.asking(asked)) if item.features.speaker >= FITTING_SPEAKER]
    on_it = bool(own) and (not matter or (tells_of_deed(own[0], inquiry.terms) and probability(own, asked) >= ENOUGH))
    return own[0] if on_it else None


def _searched(inquiry: Inquiry, query: str) -> Inquiry:
    hits = inquiry.evidence.search(query, k=PASSAGES_EACH, filter=inquiry.filter)
    return inquiry.asking(hits=hits)


def _of_outlet(inquiry: Inquiry, name: str) -> Scored | None:
    outlets = {entry.outlet for entry in inquiry.evidence.entries() if entry.outlet and _names(name, entry.outlet)}
    if not outlets:
        return None
    narrowed = replace(inquiry.filter, outlets=tuple(sorted(outlets)))
    hits = inquiry.evidence.search(inquiry.question.core, k=PASSAGES_EACH, filter=narrowed)
    scored = inquiry.asking(hits=hits, filter=narrowed).scored
    return scored[0] if scored and scored[0].features.context >= CLOSE_ENOUGH else None


def _about_side(inquiry: Inquiry, side: str) -> Scored | None:
    """The best sentence on the matter that names the side, in a document's own voice."""
    wanted = side_stems(side)
    for item in inquiry.scored:
        candidate = item.candidate
        if item.features.context < ON_THE_MATTER:
            continue
        if candidate.statement is None and not is_heading(candidate) and wanted <= candidate.stems | candidate.before:
            return item
    return None


def _names(asked: str, outlet: str) -> bool:
    wanted = side_stems(asked)
    return bool(wanted) and wanted <= side_stems(outlet)


def _heard(inquiry: Inquiry) -> Sequence[tuple[str, Rated | Scored | None]]:
    """The best statement of each party that speaks on the matter, best first; a speaker without a party stands alone."""
    best: dict[str, Rated] = {}
    for item in sorted((_rate(inquiry, statement) for statement in inquiry.statements()), key=by_score):
        if item.covered >= ON_THE_MATTER and item.statement.speaker_kind != "unidentified":
            best.setdefault(item.statement.party or display_name(item.statement), item)
    parties = {side: item for side, item in best.items() if item.statement.party}
    return list((parties if len(parties) > 1 else best).items())[:MOST_SIDES]


def _rate(inquiry: Inquiry, item: StatementCandidate) -> Rated:
    covered = covered_by(item, inquiry) if inquiry.terms else 1.0
    return Rated(item, covered + FOR_A_PARTY * (item.statement.party is not None) + 0.1 / item.hit.rank, covered)


def _reported(inquiry: Inquiry) -> Finding:
    """The best sentences on the whole question, where no side is heard itself."""
    terms = content_terms(inquiry.question.core)
    plain = replace(inquiry.question, terms=terms, sides=())
    return read_answer(inquiry.asking(plain, weigh(terms, inquiry.evidence)))
