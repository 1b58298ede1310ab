"""Questions that leave open who or what is meant: said so, and not guessed away.

Four kinds: a pronoun that nothing stands for ("What did he say?"); "this …" where several documents have one ("What does this
library offer?"); a name or office that several speakers share ("the minister"); a refused question that several documents
seem to answer ("How much notice is due?").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from parley.assistant.answers.inquiry import Finding, Inquiry
from parley.assistant.answers.refusal import UNANSWERED, not_in_documents, unmentioned
from parley.assistant.evidence.speaker_matching import names_side
from parley.assistant.evidence.speakers import display_name
from parley.assistant.evidence.two_people import shares_surname
from parley.assistant.question import question_words as vocabulary
from parley.assistant.question.analysis import QuestionAnalysis, quoted_words
from parley.assistant.reading.scoring import Scored
from parley.index.language.lexicon import alternatives, lexicon, question_words, word_kind
from parley.index.language.words import is_content, stems_of, words_of
from parley.index.passage_header import has_own_title
from parley.index.types import Statement

AS_GOOD = 1.0
"""How far the score of another document's sentence may stay behind the best one's for that document to fit as well."""

SEEMS_TO_ANSWER = -2.5
"""Log-odds, by the reader, from which a sentence may be what a question means. Chosen by hand, on invented texts."""

MOST_NAMED = 4
"""Speakers or documents listed in a notice."""

_PRONOUN = re.compile(rf"\b(?:{alternatives(word_kind('third_person'))}|its?)\b", re.IGNORECASE)
_EXPECTED = r"(?:take|cost|mean|matter|hurt|rain|make|true|possible|likely|clear|legal|illegal|ok|okay|safe|better|necessary)"
_NO_REFERENCE = re.compile(
    rf"\bit(?:['’]s| is| was)? (?:\w+ly )?(?:said|reported|worth|important|common|normal|required|{_EXPECTED}s?)\b|"
    rf"\b(?:does|did|will|would|can|is|was|isn['’]t)(?:n['’]t)? it (?:{_EXPECTED}|important|common|required|worth)\b",
    re.IGNORECASE,
)
"""Uses of "it" that stand for nothing: "how long does it take", "is it true that"."""

_LINKS = alternatives(
    word_kind("auxiliary_form") | {word for word, kind in lexicon().kinds.items() if kind in {"preposition", "subordinator"}}
)
_POINTING = re.compile(
    rf"\b(?:(?P<near>this|these)|(?:{_LINKS}) (?P<far>that|those))"
    r"(?= (?P<noun>(?:[\w'’-]+ ){0,3}[\w'’-]+))",
    re.IGNORECASE,
)
"""After an auxiliary or a preposition "that" points, as in "Is that plan agreed?"; elsewhere it may join: "says that plans …"."""

_TIMES_AND_PAPERS = question_words("time_or_paper")
"""Nouns by which "this …" means the time of asking, or the documents at hand."""


@dataclass(frozen=True, slots=True)
class OpenReference:
    """A word of a question that may stand for several things: a pronoun, or "this" before a noun."""

    word: str
    kind: Literal["pronoun", "pointing"]


def open_reference(question: QuestionAnalysis, before: str = "") -> OpenReference | None:
    """The first pronoun or "this …" that neither the question nor `before`, the conversation so far, gives a meaning."""
    core = question.core
    for quote in quoted_words(core):
        core = core.replace(quote, " " * len(quote))
    pronoun = _PRONOUN.search(core)
    if pronoun and not before and not _named_before(core, pronoun) and not _NO_REFERENCE.search(core):
        return OpenReference(pronoun.group(), "pronoun")
    known = stems_of(before)
    for match in _POINTING.finditer(core):
        noun = _noun(match["noun"])
        if noun and not noun & (known | stems_of(core[: match.start()])):
            return OpenReference(match["near"] or match["far"], "pointing")
    return None


def _named_before(core: str, match: re.Match[str]) -> bool:
    """Whether a word that may be what it stands for comes first: any of content but verbs of speaking ("Who proposed it?")."""
    words = words_of(core[: match.start()])
    return any(is_content(word.folded) and word.stem not in vocabulary.SPEECH_VERBS for word in words)


def _noun(phrase: str) -> frozenset[str]:
    """Stems of the first content words after "this"; none for times, papers and "this is …"."""
    first = words_of(phrase)[0]
    if not is_content(first.folded) or first.folded in _TIMES_AND_PAPERS:
        return frozenset()
    return stems_of(" ".join(phrase.split()[:2]))


def unclear(inquiry: Inquiry) -> Finding | None:
    """Asking back, where an answer would be a guess; `None` where there is nothing to guess."""
    found = open_reference(inquiry.question, inquiry.before)
    if found is None:
        return None
    guessing = _several_fit(inquiry) if found.kind == "pointing" else _says_little_else(found, inquiry)
    return not_in_documents(inquiry, f"{_unsaid(found)}. Name it and ask again.") if guessing else None


def open_notices(inquiry: Inquiry) -> tuple[str, ...]:
    """What to say beside an answer to a question that leaves something open."""
    found = open_reference(inquiry.question, inquiry.before)
    return (f"{_unsaid(found)}; this is what fits it best.",) if found else ()


def _unsaid(found: OpenReference) -> str:
    return f"The question does not say what or whom “{found.word}” stands for"


def _says_little_else(found: OpenReference, inquiry: Inquiry) -> bool:
    """Whether, without the pronoun, the question names nobody and at most one other thing."""
    speaker = inquiry.question.speaker
    named = speaker is not None and speaker.lower() != found.word.lower()
    return not named and sum(item.term.weight >= 1 for item in inquiry.terms) <= 1


def _several_fit(inquiry: Inquiry) -> bool:
    return len({item.candidate.document.id for item in _as_good(inquiry.scored)}) > 1


def _as_good(scored: Sequence[Scored]) -> list[Scored]:
    """The candidates about as good as the first."""
    return [item for item in scored if item.score >= scored[0].score - AS_GOOD]


def documents_meant(inquiry: Inquiry, scored: Sequence[Scored]) -> tuple[str, ...]:
    """Says which documents a question that is not answered may mean: "how much notice is due?" over three agreements.

    Nothing where fewer than two with titles of their own seem to answer, or where no document has a name that the question has.
    """
    if unmentioned(inquiry.question, inquiry.evidence):
        return ()
    near = [item for item in _as_good(scored) if item.reading.score >= SEEMS_TO_ANSWER]
    documents = {item.candidate.document.id: item.candidate.document for item in near}
    titles = [document.title for document in documents.values() if has_own_title(document)]
    if len(titles) < 2:
        return ()
    more = f" and {len(titles) - MOST_NAMED} more" if len(titles) > MOST_NAMED else ""
    listed = "; ".join(f"“{title}”" for title in titles[:MOST_NAMED])
    return (UNANSWERED, f"Several documents may be meant: {listed}{more}. Name one and ask again.")


def left_out(asked: str, inquiry: Inquiry) -> tuple[str, ...]:
    """Says that a bare surname may be another's where the text has several people of it; such words are put to nobody."""
    surname = asked.rsplit(maxsplit=1)[-1].strip(".,?") if " " in asked.strip() else ""
    bare = {
        item.statement.speaker
        for item in inquiry.statements()
        if surname
        and item.statement.speaker in {surname, f"Mr {surname}", f"Ms {surname}", f"Mrs {surname}", f"Dr {surname}"}
        and shares_surname(item.document.text, surname)
    }
    if not bare:
        return ()
    return (f"“{'”, “'.join(sorted(filter(None, bare)))}” may mean several people of that name; these statements are left out.",)


def namesakes(asked: str, statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """The first statement of each speaker that a name or office may mean; none where it is a side's or one person's."""
    if names_side(asked):
        return ()
    named: dict[frozenset[str], Statement] = {}
    for statement in statements:
        if statement.speaker:
            named.setdefault(stems_of(statement.speaker), statement)
    # A shorter name is one of the fuller ones, but nobody's in particular where several fit it.
    people = tuple(statement for stems, statement in named.items() if not any(stems < other for other in named))
    return people if len(people) > 1 else ()


def namesakes_notice(asked: str, people: Sequence[Statement]) -> str:
    """Says which speakers a name may mean."""
    listed = "; ".join(display_name(statement) for statement in people[:MOST_NAMED])
    return f"“{asked}” may mean several speakers: {listed}. Ask with the full name for one of them alone."
