"""Who does by office what a question asks about: "the head of the delegation, NAME" tells who leads it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parley.assistant.evidence.matching import match
from parley.assistant.question.analysis import Term
from parley.assistant.reading.rules.clause_phrases import Clause, Phrase, phrase_before, phrase_behind
from parley.assistant.reading.rules.doers import AskedDeed
from parley.index.language.words import is_content, stem, word_set, words_of
from parley.index.types import Span

_LEADING = word_set("leader head chief chair chairman chairwoman chairperson")
_ROLES = {stem(verb): _LEADING for verb in ("lead", "head", "chair")} | {
    stem("represent"): word_set("representative delegate"),
    stem("run"): word_set("head chief director manager"),
    stem("write"): word_set("author writer"),
}
_SECOND = word_set("deputy former ex vice assistant acting-deputy then")
"""Before a role: whoever holds it does not do it, or did it once."""

_WHERE_AND_WHEN = re.compile(r"\b(?:in|at|on|during|after|before|since|when|while|to|from)\b")


def roles_of(verb: str) -> frozenset[str]:
    """Nouns for whoever does by office what a verb's stem names: "head" for "lead"; "mediator" for "mediat"."""
    return _ROLES.get(verb, frozenset()) | {f"{verb}{ending}" for ending in ("er", "or", "r", "ator")}


def role_holders(text: str, sentence: Span, asked: AskedDeed) -> list[Span]:
    """The names of those whose role, for what the question names, is to do what it asks about; in order."""
    clause, roles = Clause.of(text, sentence), roles_of(asked.verb)
    found = (_holder(clause, number, asked) for number, word in enumerate(clause.words) if word.folded in roles)
    return [span for span in found if span is not None]


def has_role(text: str, sentence: Span, asked: AskedDeed) -> bool:
    """Whether a sentence holds such a role's noun, whatever the role is for."""
    roles = roles_of(asked.verb)
    return any(word.folded in roles for word in words_of(text, sentence.start, sentence.end))


def _holder(clause: Clause, role: int, asked: AskedDeed) -> Span | None:
    before = None if clause.marked(role) else phrase_before(clause, role - 1)
    first, last = before.first if before else role, _end_of_office(clause, role)
    if clause.kind(first - 1) in {"determiner", "possessive"} and not clause.marked(first):
        first -= 1
    if any(clause.words[number].folded in _SECOND for number in range(first, role)):
        return None
    if not _fits(clause.surfaces(Phrase(first, last, role)), asked):
        return None
    return _named_behind(clause, last) or _named_before(clause, first)


def _end_of_office(clause: Clause, role: int) -> int:
    """The last word of "head of the Tavian delegation" or "chief negotiator", which a name may follow without a mark."""
    last = role
    while (
        last + 1 < len(clause.words)
        and not clause.marked(last + 1)
        and _belongs(clause, last + 1, of="of" in [word.folded for word in clause.words[role : last + 1]])
    ):
        last += 1
    while last > role and clause.words[last].surface[0].isupper() and _is_small_noun(clause, last - 1):
        last -= 1
    return last


def _belongs(clause: Clause, number: int, *, of: bool) -> bool:
    """Whether a word goes on with an office: small nouns, "of the", and capitals up to the noun that they stand before."""
    if clause.words[number].folded in {"of", "for"} or clause.kind(number) in {"determiner", "possessive"}:
        return number + 1 < len(clause.words)
    if clause.words[number].surface[0].isupper():
        following = next((at for at in range(number, len(clause.words)) if clause.marked(at) or not _capital(clause, at)), number)
        opens = clause.words[number - 1].surface[0].islower() and of
        opens = opens or clause.kind(number - 1) in {"determiner", "possessive", "preposition"} or _capital(clause, number - 1)
        return opens and following < len(clause.words) and not clause.marked(following) and _is_small_noun(clause, following)
    return _is_small_noun(clause, number)


def _capital(clause: Clause, number: int) -> bool:
    return clause.words[number].surface[0].isupper()


def _is_small_noun(clause: Clause, number: int) -> bool:
    return clause.words[number].surface[0].islower() and not clause.kind(number) and not clause.is_verb(number)


def _named_behind(clause: Clause, last: int) -> Span | None:
    """A name right behind the office, or in an apposition: "…, presidential aide Ivo Brandt, …"; also behind "is" and "was"."""
    number = last + 1
    while number < len(clause.words) and not clause.marked(number) and clause.kind(number) in {"be", "adverb"}:
        number += 1
    phrase = phrase_behind(clause, number)
    if (
        phrase is None
        or not clause.words[phrase.head].surface[0].isupper()
        or not clause.words[phrase.first].surface[0].isalpha()
    ):
        return None
    return clause.head_span(phrase)


def _named_before(clause: Clause, first: int) -> Span | None:
    """The name that an office explains: "Ivo Brandt, head of the delegation", "Brandt is the head of the delegation"."""
    if first > 0 and clause.marked(first):
        phrase = phrase_before(clause, first - 1)
    else:
        start, kinds = clause.auxiliaries(first)
        phrase = phrase_before(clause, start - 1) if "be" in kinds else None
        if phrase is None and start > 0 and clause.kind(start - 1) == "relative":
            phrase = phrase_before(clause, start - 2)
    return clause.head_span(phrase) if phrase and clause.words[phrase.head].surface[0].isupper() else None


def _fits(office: str, asked: AskedDeed) -> bool:
    """Whether the office is for what the question names: every name in it, and one of its other words if it has any."""
    terms = _terms(asked)
    stems = frozenset(word.stem for word in words_of(office))
    named, other = [term for term in terms if term.named], [term for term in terms if not term.named]
    return bool(terms) and all(match(term, stems) for term in named) and (not other or any(match(term, stems) for term in other))


def _terms(asked: AskedDeed) -> Sequence[Term]:
    core = _WHERE_AND_WHEN.split(asked.object, maxsplit=1)[0]
    return [Term(word.surface, word.stem, named=word.surface[0].isupper()) for word in words_of(core) if is_content(word.folded)]
