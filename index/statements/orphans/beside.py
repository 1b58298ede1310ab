"""The speaker clause behind a quotation, whatever its verb: "…!” beamed Ana Ruiz", "…?” Lind, who chairs the panel, asked"."""

from __future__ import annotations

from parley.index.language.lexicon import Cue, lexicon, word_kind
from parley.index.language.quotations import Quotation
from parley.index.statements.content.surroundings import skip_addressee
from parley.index.statements.cueing.attributions import Attribution
from parley.index.statements.cueing.cues import Region
from parley.index.statements.grammar.phrases import phrase_after
from parley.index.statements.grammar.tokens import Tokens
from parley.index.types import Span

_QUOTE_ENDS = frozenset(",?!…—-")
"""Marks before the closing quotation mark behind which the sentence goes on with its speaker."""

_SUBJECTS = frozenset({"name", "title", "determiner", "possessive", "pronoun"})
_NO_SUBJECTS = word_kind("no_subject")
_CLAUSE_ENDS = frozenset(
    {"comma", "stop", "semicolon", "dash", "open", "end", "time", "preposition", "adverb", "colon", "object"}
)
_LONGEST_INSERTION = 30
"""Tokens of "…, who chairs the panel," between a subject and its verb."""


def attribute_beside(tokens: Tokens, quotation: Quotation, last: int, found: list[Attribution]) -> bool:
    """Give a quotation to the speaker clause that begins at token `last`, right behind it; adds to `found` if there is one."""
    ending = tokens.text[quotation.inner.start : quotation.inner.end].rstrip()[-1:]
    if not ending or ending not in _QUOTE_ENDS or last + 1 >= len(tokens) or tokens.quotes[last] >= 0:
        return False
    high = next((n for n in range(last, len(tokens)) if tokens.sentences[n] != tokens.sentences[last]), len(tokens))
    placed = _inverted(tokens, last, high) or _straight(tokens, last, high)
    if placed is None:
        return False
    verb, speaker = placed
    attribution = _made(tokens, verb, speaker, Span(quotation.start, quotation.end))
    if not attribution.inverted:
        skip_addressee(Region(tokens, last, high, -1), attribution)
    found.append(attribution)
    return True


def _made(tokens: Tokens, verb: int, speaker: tuple[int, int], content: Span) -> Attribution:
    plain = Cue(tokens.words[verb], (), "q", "q", "report")
    cue = next((one for one in lexicon().cues.get(tokens.words[verb], ()) if not one.particles), plain)
    return Attribution(
        form="finite",
        lemma=cue.lemma,
        stance=cue.stance,
        frames=cue.frames,
        sure=cue.sure,
        cue=(verb, verb + 1),
        group=verb,
        speaker=speaker,
        rule="exact",
        sentence=tokens.sentences[verb],
        level=-1,
        after=max(verb + 1, speaker[1]),
        content=[content],
        inverted=speaker[0] > verb,
        follows="q",
        is_quoting=True,
    )


def _inverted(tokens: Tokens, at: int, high: int) -> tuple[int, tuple[int, int]] | None:
    """As in "[“…,”] beamed Ana Ruiz": the verb and the subject behind it."""
    if not _is_verb(tokens, at) or at + 1 >= high or tokens.kinds[at + 1] not in _SUBJECTS:
        return None
    end = phrase_after(tokens, at + 1, high)
    if end == at + 1 or tokens.words[at + 1] in _NO_SUBJECTS or _kind(tokens, end, high) in {"be", "have", "auxiliary"}:
        return None
    return at, (at + 1, end)


def _straight(tokens: Tokens, at: int, high: int) -> tuple[int, tuple[int, int]] | None:
    """As in "[“…?”] Lind pressed" or "[“…,”] Ana Ruiz, who chairs the panel, told reporters"."""
    if tokens.kinds[at] not in _SUBJECTS or tokens.words[at] in _NO_SUBJECTS:
        return None
    end = phrase_after(tokens, at, high)
    verb = end
    while verb < high and tokens.kinds[verb] == "adverb":
        verb += 1
    if end > at and _is_verb(tokens, verb) and _kind(tokens, verb + 1, high) in _CLAUSE_ENDS:
        return verb, (at, end)
    if end == at or _kind(tokens, end, high) not in {"comma", "dash"}:
        return None
    for verb in range(end + 2, min(high, end + _LONGEST_INSERTION)):
        if tokens.kinds[verb - 1] in {"comma", "dash"} and _is_quoting_cue(tokens, verb):
            return verb, (at, end)
        if tokens.kinds[verb] in {"open", "semicolon", "colon"}:
            return None
    return None


def _kind(tokens: Tokens, at: int, high: int) -> str:
    return tokens.kinds[at] if at < high else "end"


def _is_verb(tokens: Tokens, at: int) -> bool:
    """Whether a word is a verb in the past or in the third person."""
    if at >= len(tokens) or tokens.kinds[at] != "word":
        return False
    forms = lexicon().forms.get(tokens.words[at])
    if forms:
        return bool(forms & {"past", "third"})
    return tokens.words[at].endswith("ed") and len(tokens.words[at]) > 4


def _is_quoting_cue(tokens: Tokens, at: int) -> bool:
    cues = lexicon().cues.get(tokens.words[at], ())
    return _is_verb(tokens, at) and any("q" in cue.frames for cue in cues)
