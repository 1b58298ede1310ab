"""What a question leaves out: pronouns that nothing in it stands for, a missing verb, too few words to search for."""

from __future__ import annotations

import re

from parley.assistant.question.analysis import Term, analyse_question
from parley.assistant.question.question_words import NEUTRAL_SPEECH
from parley.index.language.lexicon import alternatives, lexicon, question_words, word_kind
from parley.index.language.vocabulary import parties_in
from parley.index.language.words import fold, is_content, words_of

_JOINT = re.compile(
    r"^(?:(?:(?:and|but|so|then|ok|okay|well|also|now)\b[,\s]*)|(?:no|sorry|rather|wait)[,.;:]\s*)+", re.IGNORECASE
)
_ELLIPSIS = re.compile(r"^(?:(?:what|how) about|what of|about|regarding|as for|as to)\b", re.IGNORECASE)
_MEANT = re.compile(r"^(?:no[,.;:\s]+|sorry[,.;:\s]+|actually[,.;:\s]+)*i (?:mean|meant|was asking about)\s+", re.IGNORECASE)
_PERSONAL = re.compile(rf"\b(?:{alternatives(word_kind('third_person'))})\b", re.IGNORECASE)
_AUXILIARY = alternatives(word_kind("auxiliary_form"))
_LINK = alternatives(question_words("before_that"))
_THING = re.compile(
    r"\b(?:it|its)\b(?!\s+(?:true|possible|likely|said|reported|that)\b)"
    r"|\b(?:this|that|these|those)(?=\s*(?:[?.!,;]|$|\s(?:in|at|on|to|by|and|or|up|off|for|from|with|come|say|said|mean|about)\b))"
    r"|\b(?:there|then)(?=\s*[?.!,]|$)|\b(?:the|those|these) (?:two|three|four|five|latter|former|same|other)\b|\bdoes that\b"
    rf"|\b(?:{_AUXILIARY}) (?:that|those)\b|\b(?:{_LINK}) (?:that|those)\b|\b(?:it|that|this)(?= \w+ly\b)",
    re.IGNORECASE,
)
_OBJECT_AT_END = re.compile(r"^[^,;]*\b(?:it|that|this)\s*[?.!]*$", re.IGNORECASE)
_SECOND_CLAUSE = re.compile(
    r"\b(?:and|or|but|if|because|when|before|after|while|who|which|that|to|in order)\b(?=.*\b(?:it|that|this)\s*[?.!]*$)",
    re.IGNORECASE,
)
_NAMED_HOLDER = re.compile(r"\b[A-Z][\w'’-]+")
_WH = re.compile(rf"\b(?:{alternatives(question_words('question_word'))})\b", re.IGNORECASE)
_VERB = re.compile(rf"\b(?:{_AUXILIARY})(?:n['’]t)?\b", re.IGNORECASE)

MOST_SPARSE = 2
"""Content words up to which a question may leave out what it is about; one with more is a matter of its own."""

_LONGEST_ELLIPSIS = 6
"""Content words of a phrase without a verb that stands for a question: "And on vetting foreign takeovers?" has three."""

_LIGHT = question_words("light")


def own_words(question: str) -> str:
    """The question without the conjunction, "what about" or "I meant" before it."""
    text = _ELLIPSIS.sub("", _MEANT.sub("", _JOINT.sub("", question.strip()))).strip()
    first = next(iter(words_of(text)), None)
    # A word of content keeps its case: "what about reconstruction" names nobody called Reconstruction.
    asks = first is None or not is_content(first.folded)
    return (text[:1].upper() + text[1:] if asks else text) or question


_FRONTED = re.compile(
    r"^(?P<name>(?:the )?[\w'’-]+(?: [\w'’-]+){0,2}), (?=(?P<question>.*))"
    rf"(?:(?:wh\w+|how)\b.*?|(?:{_AUXILIARY})) (?:it|he|she|they)\b",
    re.IGNORECASE,
)


def fronted(question: str) -> tuple[str, str] | None:
    """Who is named before a question with a pronoun for them, and that question: "And the company, what has it offered?"."""
    found = _FRONTED.match(own_words(question))
    if found is None or not (found["name"].lower().startswith("the ") or is_content(fold(found["name"].split()[0]))):
        return None
    name = re.sub(r"^The\b", "the", found["name"])
    return name, found["question"][:1].upper() + found["question"][1:]


def is_one_meant(question: str) -> bool:
    """Whether a pronoun stands for one human being: "he", "she", "her"."""
    return _ONE.search(question) is not None


def are_several_meant(question: str) -> bool:
    """Whether a pronoun stands for several: "they", "their"."""
    return _SEVERAL.search(question) is not None and not is_one_meant(question)


_SEVERAL = re.compile(r"\b(?:they|them|theirs?)\b", re.IGNORECASE)
_ONE = re.compile(r"\b(?:s?he|him|hers?|his)\b", re.IGNORECASE)


def is_joined(question: str) -> bool:
    """Whether a question goes on from something: "And …", "So who …", "What about …", "I meant …"."""
    return any(pattern.match(question.strip()) for pattern in (_JOINT, _ELLIPSIS, _MEANT))


def is_ellipsis(question: str) -> bool:
    """Whether a message is a mere phrase that takes the place of another: "And the EU?", "In 2025?", "I meant Brandt"."""
    rest = own_words(question)
    bare = not _WH.search(rest) and not _VERB.search(rest)
    size = sum(is_content(word.folded) for word in words_of(rest))
    return bare and 0 < size <= _LONGEST_ELLIPSIS and (is_joined(question) or size <= MOST_SPARSE)


def refers_to_person(question: str) -> bool:
    """Whether "he", "she", "they" or a form of them stands for somebody whom the question does not name before it."""
    found = _PERSONAL.search(question)
    return found is not None and not _NAMED_HOLDER.search(question[: found.start()].partition(" ")[2])


def refers_to_thing(question: str) -> bool:
    """Whether "it", "that", "there" or "the three" stands for something that the question does not name before it."""
    found = _THING.search(question)
    if found is None:
        return False
    most = 0 if found.group().lower() == "its" else 1
    return len(content_terms(question[: found.start()])) <= most or _ends_in_object(question)


def _ends_in_object(question: str) -> bool:
    """Whether a single clause ends in "it": its subject cannot be what "it" stands for, as in "Does Lund want it?"."""
    opening = _WH.match(own_words(question))
    rest = own_words(question)[opening.end() if opening else 0 :]
    return _OBJECT_AT_END.match(rest) is not None and _SECOND_CLAUSE.search(rest) is None


def is_sparse(question: str) -> bool:
    """Whether a question has too few words of its own to be a matter by itself: "By when?", "Who gave the order?"."""
    return len(content_terms(question)) <= MOST_SPARSE


def leaves_out(question: str) -> bool:
    """Whether a question cannot be meant by itself."""
    return is_joined(question) or is_ellipsis(question) or refers_to_person(question) or refers_to_thing(question)


def cannot_stand(question: str) -> bool:
    """Whether a question means nothing without the ones before: "Starting when?", "Would that be new?", "What did he want?".

    With more than a few words of its own, a pronoun may stand for something in the question itself.
    """
    own = content_terms(question)
    if refers_to_person(question) or refers_to_thing(question):
        return len(own) <= _MOST_POINTING
    named = any(term.named and fold(term.surface) not in lexicon().forms for term in own)
    return len(own) <= 1 and not named and analyse_question(question).speaker is None


def goes_on_from_nothing(question: str) -> bool:
    """Whether a question has no matter at all, and so needs one before it: "And when?", "Why?"."""
    words = words_of(own_words(question))
    bare = bool(words) and all(_WH.fullmatch(word.surface) or fold(word.surface) in _LINKS_ALONE for word in words)
    return bare and len(words) <= _MOST_BARE


_LINKS_ALONE = question_words("before_that")
_MOST_BARE = 3
"""Words of a bare question: "From where?", "And by when?"."""


def lacks_only_person(question: str) -> bool:
    """Whether a question says all but whom it is about: "What did she say about the price of grain?".

    What was asked before would only lead back to it: of "Who leads the delegation? What did he offer?" the first question is
    answered best by a sentence that answers it.
    """
    if not refers_to_person(question) or refers_to_thing(question) or is_ellipsis(question):
        return False
    asked = analyse_question(question)
    deed = asked.verb is not None and asked.verb not in NEUTRAL_SPEECH
    return len(content_terms(question)) + deed >= _ENOUGH_TO_SAY


_ENOUGH_TO_SAY = 2
"""Content words, with a verb like "offer", from which a question says what it is about. Chosen by hand, on
invented conversations."""

_MOST_POINTING = 2
"""Content words up to which a pronoun is taken to stand for something outside the question."""


def content_terms(question: str) -> tuple[Term, ...]:
    """The words of content that a question has."""
    return (
        tuple(term for term in analyse_question(question).terms if term.weight >= 0.5 and fold(term.surface) not in _LIGHT)
        if question.strip()
        else ()
    )


def same_kind_of_name(left: str, right: str) -> bool:
    """Whether two names are both of countries and sides, or neither is."""
    return bool(parties_in(left)) == bool(parties_in(right))
