"""Saying that the documents do not answer: what is not mentioned, what was searched, and what came closest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from parley.assistant.answer import Answer, AnswerSentence, Citation
from parley.assistant.answers.composing import counted, sentence_pieces
from parley.assistant.answers.inquiry import Finding, Inquiry, StatementCandidate, finished
from parley.assistant.evidence.source import Evidence
from parley.assistant.question.analysis import PRONOUNS, QuestionAnalysis
from parley.assistant.question.other_language import other_language
from parley.assistant.reading.scoring import Scored
from parley.index.language.lexicon import is_role_word
from parley.index.language.standing import standing
from parley.index.language.vocabulary import parties_in, party_stems
from parley.index.language.words import is_content, words_of
from parley.index.types import SearchFilter

STATEMENT_ENOUGH = 0.45
"""Least coverage of the question by a statement for it to be shown beside another."""

_UNREAD = frozenset({"unread_pages", "attachments", "tracked_changes", "struck_through", "uncertain_columns"}) | {
    "hidden",
    "pictures",
    "formulas",
}
"""Kinds of warnings that say that words of a document were not searched, or not in their place."""

UNANSWERED = "No passage was found that answers this."

CLOSE_ENOUGH = 0.35
"""Coverage in context from which the closest passage is quoted to correct a false premise."""

_PRESUPPOSING = frozenset({"why", "when", "where", "how", "how_many"})
"""Kinds of questions that take the deed they name for granted."""


def unmentioned(question: QuestionAnalysis, evidence: Evidence) -> tuple[str, ...]:
    """Names in the question, the asked speaker's included, of which neither passage nor title has any word in any form."""
    return tuple(name for name in _names(question) if (forms := _forms(name)) and not _is_mentioned(forms, evidence))


def _names(question: QuestionAnalysis) -> tuple[str, ...]:
    speaker = [question.speaker] if question.speaker and question.speaker[:1].isupper() else []
    return tuple(dict.fromkeys([*question.names, *speaker]))


def _forms(name: str) -> tuple[str, ...]:
    """By what a name is looked for: each of its capitalised words, and the words that name the same country; none without one.

    Words for an office ("Minister") tell of nobody in particular.
    """
    words = [word for word in words_of(name) if word.surface[:1].isupper() and is_content(word.folded)]
    words = [word for word in words if not is_role_word(word.folded)] or words
    if not words:
        return ()
    own = [form for word in words for form in (word.surface, word.folded, *_spellings(word.surface))]
    parties = parties_in(name)
    return tuple(dict.fromkeys([*own, *parties, *(form for party in parties for form in party_stems(party))]))


def _spellings(word: str) -> tuple[str, ...]:
    """Letters with and without dots, for "US" and "U.S."."""
    letters = word.replace(".", "")
    if not letters.isupper() or len(letters) > _MOST_LETTERS:
        return ()
    return (letters, "".join(f"{letter}." for letter in letters))


_MOST_LETTERS = 5
"""Letters up to which a word in capitals may be written with dots."""


def _is_mentioned(forms: Sequence[str], evidence: Evidence) -> bool:
    """Whether a passage has one of the forms, or a document's title, author or outlet."""
    if any(evidence.passage_frequency(form) for form in forms):
        return True
    told = (f"{entry.title} {entry.author or ''} {entry.outlet or ''}" for entry in evidence.entries())
    return any(word.surface in forms or word.folded in forms for text in told for word in words_of(text))


def searched_notice(inquiry: Inquiry) -> str:
    """What was searched, as in "Searched 14 documents, 120 passages", with a full stop."""
    if not inquiry.filter.is_empty:
        return (
            f"Searched the {counted(len({hit.passage.document_id for hit in inquiry.hits}), 'matching document')} that "
            f"the selection lets through."
        )
    evidence = inquiry.evidence
    return f"Searched {counted(evidence.document_count, 'document')}, {counted(evidence.passage_count, 'passage')}."


def not_answered(inquiry: Inquiry, scored: Sequence[Scored] = (), *remarks: str) -> Finding:
    """The refusal with what came closest, or the sentence that denies what the question takes for granted.

    `remarks` stand in front where nothing is to be said of a speaker who was not found.
    """
    denying = _denying(inquiry, scored)
    if denying is not None:
        return premise_corrected(inquiry, denying)
    return not_in_documents(inquiry, *(_unheard(inquiry) or remarks))


def premise_corrected(inquiry: Inquiry, denying: Scored) -> Finding:
    """That the documents do not bear out what the question takes for granted, with the sentence that contradicts it."""
    draft = inquiry.draft()
    draft.say(["The documents do not bear out what the question takes for granted."])
    candidate = denying.candidate
    pieces = sentence_pieces(candidate.document, candidate.span, candidate.statement, inquiry.terms)
    draft.say(["The closest: ", *pieces], inquiry.cite(candidate))
    return finished("premise_not_found", draft, searched_notice(inquiry), nearest=inquiry.nearest())


def _unheard(inquiry: Inquiry) -> tuple[str, ...]:
    """Says that nobody by the asked name speaks in what was found, where the documents mention the name."""
    speaker = inquiry.question.speaker
    if speaker is None or speaker.lower() in PRONOUNS or unmentioned(inquiry.question, inquiry.evidence):
        return ()
    heard = any(item.features.speaker for item in inquiry.scored)
    return () if heard else (f"No passage was found in which {speaker} says this.",)


def _denying(inquiry: Inquiry, scored: Sequence[Scored]) -> Scored | None:
    """The best sentence, where the question presupposes a deed and the sentence denies it."""
    question = inquiry.question
    if not scored or question.negated or question.kind not in _PRESUPPOSING:
        return None
    best = scored[0]
    if best.features.context < CLOSE_ENOUGH or best.features.missing_names:
        return None
    text, sentence = best.candidate.document.text, best.candidate.span
    return best if standing(text, sentence, best.reading.span or sentence).kind == "denied" else None


def not_in_documents(inquiry: Inquiry, *remarks: str, among: tuple[StatementCandidate, ...] = ()) -> Finding:
    """The refusal: what is missing, what was searched, what came closest."""
    draft = inquiry.draft()
    for name in unmentioned(inquiry.question, inquiry.evidence):
        draft.say([f"No document mentions {name}."])
    for remark in remarks:
        draft.say([remark])
    if not draft.sentences:
        draft.say([UNANSWERED])
    nearest = inquiry.nearest(among)
    if nearest:
        draft.say(["The closest passages are shown."])
    return finished("not_in_documents", draft, searched_notice(inquiry), *_foreign_notices(nearest), nearest=nearest)


def _foreign_notices(nearest: Sequence[Citation]) -> tuple[str, ...]:
    """Says that passages in other languages are compared by meaning alone, so that whoever reads them judges."""
    others = foreign_languages(nearest)
    if not others:
        return ()
    named = ", ".join(others)
    return (f"Close passages are in another language ({named}); whether they answer a question in English is not judged.",)


def read_as_english(refused: Answer, question: str) -> Answer:
    """A refusal of a question in another language, which says so in place of what was not found; other answers as they are."""
    language = other_language(question) if refused.abstained else None
    if language is None:
        return refused
    text = (
        f"The question seems to be in another language ({language}). Questions are read as English: only its words were searched "
        "for, as they stand. Ask in English; documents in other languages are quoted in their own words."
    )
    return replace(refused, sentences=(AnswerSentence(text),))


def foreign_languages(citations: Sequence[Citation]) -> tuple[str, ...]:
    """Languages other than English of the documents cited, sorted."""
    named = {item.document.language for item in citations if item.document.language}
    return tuple(sorted(language for language in named if language[:2] != "en"))


def unread_notices(evidence: Evidence, allowed: SearchFilter) -> tuple[str, ...]:
    """What of the documents searched was not read, which a refusal may be due to; of three documents at most."""
    unread = [
        f"{entry.title}: {warning.message}"
        for entry in evidence.entries()
        if not allowed.document_ids or entry.id in allowed.document_ids
        for warning in entry.warnings
        if warning.kind in _UNREAD
    ]
    return tuple(f"Not read: {remark}" for remark in unread[:3])
