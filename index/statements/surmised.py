"""What seems to go on outside minutes, as the second sentence of "Toll said that the port was closed. It would open in May.".

Within the paragraph, a sentence that "had", "would" or the like sets back in time is mostly still the last speaker's. The writer
may be meant, so it is told as "Toll, it seems". A plain past is the writer's own, and so is what another speaker did.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from parley.index.language.lexicon import alternatives, lexicon, word_kind
from parley.index.language.sentences import sentence_spans
from parley.index.statements.continued import Places, going_on, is_whole, opening_of
from parley.index.statements.pieces import Piece
from parley.index.structure.voices.words import turn_words
from parley.index.types import Document, Span, Statement

_CONFIDENCE = 0.4
"""Of the speaker of such a sentence: low, since the writer may be meant. Of 42 marked sentences so told, 36 are the speaker's."""
_NO_ANSWER = re.compile(rf"\b(?:would|could) not (?:be )?(?:{alternatives(word_kind('no_answer'))})\b")
"""What reporters write of those who did not speak."""


def with_surmised(document: Document, pieces: Sequence[Piece], statements: Sequence[Statement]) -> list[Statement]:
    """The statements, and those that seem to go on; none in what minutes tell themselves."""
    found = list(statements)
    places = Places(statements)
    names = _surnames(statements)
    for piece in pieces:
        if document.genre == "minutes" and piece.turn is None:
            continue
        speaking: Statement | None = None
        quoted = [found[number] for number in places.within(piece.span) if found[number].mode == "direct"]
        for sentence in sentence_spans(document.text, *piece.span):
            here = [found[number] for number in places.within(sentence)]
            text = document.text[slice(*sentence)]
            if here or speaking is None:
                speaking = _speaker(here, document, sentence)
            elif any(one.start < sentence.end and sentence.start < one.end for one in quoted) or not _goes_on(text, names):
                speaking = None
            elif is_whole(text):
                found.append(going_on(document, sentence, speaking, _CONFIDENCE))
    return found


def _speaker(here: Sequence[Statement], document: Document, sentence: Span) -> Statement | None:
    """Whose report a sentence opens: of one that another passes on, that other's ("Toll refused, his spokesman said")."""
    opening = opening_of(here, document, sentence)
    if opening is None:
        return None
    outer = next((one for one in here if one is not opening and _holds(one, opening)), opening)
    first = re.match(r"\W*(\w+)", document.text[slice(*sentence)])
    is_supposed = outer.asked or (first is not None and first[1].lower() in word_kind("supposing"))
    is_nobody = (outer.speaker or "").split(" ", 1)[0].lower() in word_kind("nobody")
    return outer if outer.speaker is not None and not (outer.negations or is_supposed or is_nobody) else None


def _holds(outer: Statement, inner: Statement) -> bool:
    return any(span.start <= inner.start and inner.end <= span.end for span in outer.content)


def _surnames(statements: Sequence[Statement]) -> frozenset[str]:
    named = (one.speaker for one in statements if one.speaker_kind == "named" and one.speaker)
    return frozenset(name.split()[-1] for name in named)


def _goes_on(text: str, names: frozenset[str]) -> bool:
    """Whether "had" with its participle, or "would" and the like, is the first verb that tells the time of a sentence."""
    written = re.findall(r"[^\W\d_]+(?:n['’]t)?", text)
    words = [word.replace("’", "'").lower() for word in written]
    told = word_kind("set_back") | word_kind("set_now")
    at = next((number for number, word in enumerate(words) if word in told), len(words))
    if at == len(words) or words[at] not in word_kind("set_far_back") or not turn_words("first_person").isdisjoint(words):
        return False
    if _NO_ANSWER.search(text) or any(word in names for word in written[:at]):
        return False
    if at == 1 and words[0] not in lexicon().kinds and not words[0].endswith("s"):
        return False  # it may be a name: "Ruiz had resigned"
    return words[at] not in {"had", "hadn't"} or _has_participle(words[at + 1 : at + 4])


def _has_participle(behind: Sequence[str]) -> bool:
    """Whether a participle follows "had", perhaps behind "not" or "already": "had been told", not "had to sell"."""
    forms = lexicon().forms
    for word in behind:
        if word == "been" or word.endswith(("ed", "en", "wn")) or forms.get(word, frozenset()) & {"participle", "past"}:
            return True
        if word != "not" and not word.endswith("ly") and lexicon().kinds.get(word) not in {"adverb", "negation"}:
            return word not in word_kind("before_noun_or_infinitive") and not word.endswith("s")
    return False
