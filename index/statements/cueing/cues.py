"""Finding cue verbs and the speaker each belongs to, within one sentence at one level of quotation."""

from __future__ import annotations

from dataclasses import dataclass

from parley.index.language.lexicon import Cue, lexicon, word_kind
from parley.index.statements.cueing.attributions import Attribution, Form
from parley.index.statements.grammar.phrases import clause_subject, joined_subject, phrase_after, phrase_before
from parley.index.statements.grammar.tokens import Tokens
from parley.index.statements.grammar.verbs import group_start, is_reduced, takes_base_form

_NOUN_SIGNS = frozenset({"determiner", "possessive", "clitic", "number", "title"})
_HEADS = frozenset({"word", "name", "number", "right", "pronoun", "relative", "object", "time"})
_HELPING = frozenset({"be", "have", "auxiliary"})
_AFTER_NOUN = frozenset({"be", "have", "auxiliary", "conjunction", "preposition", "stop", "end", "comma"})
_TIME_BEFORE = word_kind("time_opener")
INVERTIBLE = word_kind("invertible")
"""Cues that may stand before their speaker: "…," said the minister."""

_SAYS = word_kind("present_saying")
"""Forms that are hardly ever plural nouns."""


@dataclass(frozen=True, slots=True)
class Region:
    """The tokens `low` to `high` (exclusive) of one sentence; those with another quotation index are looked over."""

    tokens: Tokens
    low: int
    high: int
    level: int

    def kind(self, at: int) -> str:
        """Kind of the token at `at`: "start" or "end" beyond the region's edges."""
        if at < self.low:
            return "start"
        return self.tokens.kinds[at] if at < self.high else "end"


def find_cue_verbs(region: Region) -> list[Attribution]:
    """The cue verbs of a region with their speakers, in order; verbs without any speaker phrase are left out."""
    found: list[Attribution] = []
    cues = lexicon().cues
    at = region.low
    while at < region.high:
        word = region.tokens.words[at]
        if word in cues and region.tokens.quotes[at] == region.level and region.tokens.kinds[at] in {"word", "name"}:
            attribution = _attribution(region, at, cues[word], found)
            if attribution is not None:
                found.append(attribution)
                at = max(at, (attribution.cue or (0, at))[1] - 1)
        at += 1
    return found


def _attribution(region: Region, at: int, candidates: tuple[Cue, ...], found: list[Attribution]) -> Attribution | None:
    tokens = region.tokens
    form = _form(region, at)
    if form is None:
        return None
    cue = next((cue for cue in candidates if _has_particles(region, at, cue)), None)
    if cue is None:
        return None
    end = at + 1 + len(cue.particles)
    group = group_start(tokens, at, region.low)
    attribution = Attribution(
        form,
        cue.lemma,
        cue.stance,
        cue.frames,
        cue.sure,
        (at, end),
        group,
        None,
        "exact",
        tokens.sentences[at],
        region.level,
        end,
    )
    _set_speaker(region, attribution, found)
    return attribution if attribution.speaker is not None else None


def _has_particles(region: Region, at: int, cue: Cue) -> bool:
    end = at + 1 + len(cue.particles)
    return end <= region.high and tuple(region.tokens.words[at + 1 : end]) == cue.particles


def _form(region: Region, at: int) -> Form | None:
    """The construction that the word at `at` is a verb of, or `None` where it is a noun or an adjective."""
    tokens = region.tokens
    forms = lexicon().forms[tokens.words[at]]
    before = region.kind(at - 1)
    if before in _NOUN_SIGNS and not (before == "clitic" and "ing" in forms):
        return None
    if tokens.kinds[at] == "name" and not (before == "start" and "ing" in forms):
        return None
    group = group_start(tokens, at, region.low)
    helpers = [n for n in range(group, at) if tokens.kinds[n] in _HELPING]
    if "ing" in forms:
        return "finite" if helpers and tokens.kinds[helpers[-1]] == "be" else "ing"
    if group > region.low and tokens.words[group - 1] == "to":
        return "infinitive" if "base" in forms else "passive"
    if helpers:
        if tokens.kinds[helpers[-1]] == "be":
            return "passive" if "participle" in forms else None
        return "finite"
    return _plain_form(region, at, group, forms)


def _plain_form(region: Region, at: int, group: int, forms: frozenset[str]) -> Form | None:
    """The construction of a verb without helping verbs."""
    tokens = region.tokens
    before, following = region.kind(group - 1), region.kind(at + 1)
    if before == "preposition":
        return None
    if is_reduced(tokens, at, region.low, region.high):
        return None
    if "past" in forms:
        is_passive = following == "preposition" and tokens.words[at + 1] == "by" and not _follows_subject(region, group)
        return "passive" if is_passive else "finite"
    if "third" in forms:
        if following in {"be", "have", "auxiliary"}:
            return None
        if following in _AFTER_NOUN and before == "word":
            return "finite" if following in {"stop", "comma", "end"} and tokens.words[at] in _SAYS else None
        return "finite"
    if "base" in forms:
        return "finite" if takes_base_form(tokens, at, region.low) else None
    return None


def _follows_subject(region: Region, group: int) -> bool:
    """Whether a pronoun, or a name right behind a quotation or a comma, stands before a verb: "he [said] by telephone"."""
    if region.kind(group - 1) == "pronoun":
        return True
    first = group
    while region.kind(first - 1) in {"name", "title"}:
        first -= 1
    return first < group and region.kind(first - 1) in {"close", "start"}


def _set_speaker(region: Region, attribution: Attribution, found: list[Attribution]) -> None:
    """Find the speaker's words for the cue; leaves `speaker` at `None` where there are none."""
    if attribution.form == "passive":
        attribution.speaker = _agent(region, attribution)
    elif _is_inverted(region, attribution):
        _set_inverted(region, attribution)
    elif attribution.form == "ing":
        _set_participle_subject(region, attribution, found)
    elif attribution.form == "infinitive":
        _take_over(attribution, _governor(attribution, found), region)
    else:
        _set_subject(region, attribution, found)


def _agent(region: Region, attribution: Attribution) -> tuple[int, int] | None:
    """The phrase after "by" in a passive."""
    tokens = region.tokens
    for at in range(attribution.after, min(attribution.after + 6, region.high - 1)):
        if tokens.words[at] == "by" and tokens.quotes[at] == region.level:
            end = phrase_after(tokens, at + 1, region.high)
            if end > at + 1 and not all(kind in {"number", "time"} for kind in tokens.kinds[at + 1 : end]):
                return at + 1, end
            return None
        if tokens.kinds[at] in {"comma", "stop", "open", "that"}:
            return None
    return None


def _is_inverted(region: Region, attribution: Attribution) -> bool:
    """Whether the speaker stands behind the cue: "…," said the minister."""
    if attribution.form != "finite" or "q" not in attribution.frames or attribution.cue is None:
        return False
    at = attribution.cue[0]
    before = region.kind(at - 1)
    if attribution.group != at or before not in {"comma", "close", "dash", "stop"}:
        return False
    following = region.kind(attribution.after)
    if following not in {"determiner", "possessive", "name", "title", "word", "number", "pronoun"}:
        return False
    end = phrase_after(region.tokens, attribution.after, region.high)
    if before == "close":
        return region.kind(end) not in {"be", "have", "auxiliary"} and attribution.lemma != "tell"
    if attribution.lemma not in INVERTIBLE or region.kind(end) not in {"comma", "stop", "end", "relative", "dash", "time"}:
        return False
    if any(region.tokens.kinds[n] == "close" for n in range(region.low, at)):
        return True
    subject = clause_subject(region.tokens, region.low, at)
    return subject is not None and region.kind(subject[1]) not in {"comma", "dash", "left"}


def _set_inverted(region: Region, attribution: Attribution) -> None:
    end = phrase_after(region.tokens, attribution.after, region.high)
    if end > attribution.after:
        attribution.speaker = (attribution.after, end)
        attribution.inverted = True
        attribution.after = end


def _set_participle_subject(region: Region, attribution: Attribution, found: list[Attribution]) -> None:
    """As in "…, adding that" takes the main cue's subject; "a letter saying" the noun beside it."""
    tokens = region.tokens
    if _set_quoted(region, attribution):
        return
    before = region.kind(attribution.group - 1)
    if before in {"word", "name", "right"} and attribution.cue is not None:
        first = phrase_before(tokens, attribution.group, region.low)
        if first < attribution.group:
            attribution.speaker = (first, attribution.group)
            return
    _take_over(attribution, _main_cue(region, attribution, found), region)


def _set_quoted(region: Region, attribution: Attribution) -> bool:
    """As in "Lind was quoted as saying (by Reuters)": the subject of the passive, which says it at second hand."""
    tokens = region.tokens
    at = attribution.group
    if at - 2 < region.low or tokens.words[at - 1] != "as" or tokens.words[at - 2] not in {"quoted", "cited"}:
        return False
    group = group_start(tokens, at - 2, region.low)
    first = phrase_before(tokens, group, region.low)
    if first == group or region.kind(group) not in {"be", "have"}:
        return False
    attribution.form, attribution.group, attribution.speaker = "finite", group, (first, group)
    if attribution.after + 1 < region.high and tokens.words[attribution.after] in {"by", "in"}:
        end = phrase_after(tokens, attribution.after + 1, region.high)
        attribution.medium = (attribution.after + 1, end)
        attribution.after = end
    return True


def _main_cue(region: Region, attribution: Attribution, found: list[Attribution]) -> Attribution | None:
    """The first finite cue of the same main clause to the left."""
    breaks = [n for n in range(region.low, attribution.group) if region.tokens.kinds[n] == "semicolon"]
    low = breaks[-1] if breaks else region.low
    earlier = [other for other in found if other.form == "finite" and other.group >= low]
    return earlier[0] if earlier else None


def _governor(attribution: Attribution, found: list[Attribution]) -> Attribution | None:
    near = [other for other in found if other.cue is not None and attribution.group - other.cue[1] <= 6]
    return near[-1] if near else None


def _take_over(attribution: Attribution, other: Attribution | None, region: Region) -> None:
    if other is not None and other.speaker is not None:
        attribution.speaker, attribution.rule = other.speaker, "same"
        return
    subject = clause_subject(region.tokens, region.low, attribution.group)
    if subject is None and attribution.form == "ing" and region.kind(attribution.group - 1) in {"start", "open"}:
        subject = _subject_behind(region, attribution)
    if subject is not None:
        attribution.speaker, attribution.rule = subject, "clause"


def _subject_behind(region: Region, attribution: Attribution) -> tuple[int, int] | None:
    """As in "Calling it unfair, the minister left": the subject of the clause that follows."""
    tokens = region.tokens
    for at in range(attribution.after, region.high):
        if tokens.kinds[at] == "comma" and tokens.quotes[at] == region.level:
            end = phrase_after(tokens, at + 1, region.high)
            return (at + 1, end) if end > at + 1 else None
    return None


def _set_subject(region: Region, attribution: Attribution, found: list[Attribution]) -> None:
    """The subject of a finite verb: beside it, across a parenthesis, or that of the verb it is joined to."""
    tokens = region.tokens
    group = attribution.group
    before = region.kind(group - 1)
    if before in _HEADS or before == "that":
        first = _skip_time(region, group)
        start = phrase_before(tokens, first, region.low)
        if start < first:
            attribution.speaker = (start, first)
            return
        if before in {"relative", "that"}:
            _set_relative(region, attribution, group - 1)
            return
        before = region.kind(first - 1)
    if before in {"comma", "dash", "right"}:
        attribution.speaker = _across_parenthesis(region, group - 1)
        attribution.rule = "exact"
    if before in {"conjunction", "adverb", "close"} or (before == "comma" and attribution.speaker is None):
        subject = joined_subject(tokens, region.low, group)
        if subject is not None:
            attribution.speaker, attribution.rule = subject, "same"
        else:
            _take_over(attribution, found[-1] if found else None, region)


def _set_relative(region: Region, attribution: Attribution, relative: int) -> None:
    if region.kind(relative - 1) in {"comma", "word", "name", "right", "number", "close", "object", "pronoun"}:
        attribution.speaker, attribution.rule = (relative, relative + 1), "relative"


def _skip_time(region: Region, end: int) -> int:
    """Steps over "on Friday" or "last week" between the subject and its verb."""
    at = end
    while at > region.low and (region.tokens.kinds[at - 1] == "time" or region.tokens.words[at - 1] in _TIME_BEFORE):
        at -= 1
    return at if at > region.low else end


def _across_parenthesis(region: Region, comma: int) -> tuple[int, int] | None:
    """The subject in front of ", a lawyer from Oslo, [said]": the first phrase of the clause if a comma ends it."""
    tokens = region.tokens
    inner = region.low
    for at in range(comma - 1, region.low - 1, -1):
        is_mark = tokens.kinds[at] in {"open", "close"} and tokens.quotes[at] == region.level
        if is_mark or tokens.kinds[at] in {"semicolon", "that", "subordinator", "colon"}:
            inner = at + 1
            break
    for low in dict.fromkeys((region.low, inner)):
        subject = clause_subject(tokens, low, comma)
        if subject is not None and region.kind(subject[1]) in {"comma", "dash", "left"}:
            return subject
    previous = next((n for n in range(comma - 1, inner, -1) if tokens.kinds[n] in {"comma", "dash"}), None)
    if previous is not None:
        start = phrase_before(tokens, previous, inner)
        if start < previous:
            return start, previous
    return clause_subject(tokens, inner, comma)
