"""Statements from attributions: the speaker resolved, the relay chain, mode and firmness."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from parley.index.language.firmness import found_within, hedges_in, negations_in, stance_in_first_person, status_of
from parley.index.language.lexicon import is_role_word, lexicon
from parley.index.language.paragraphs import merged
from parley.index.language.quotations import Quotation
from parley.index.statements.audience import Audience, audience_of, find_outlet
from parley.index.statements.cueing.attributions import Attribution
from parley.index.statements.cueing.denials import denied_group, is_denied
from parley.index.statements.grammar.phrases import phrase_after, phrase_before
from parley.index.statements.grammar.tokens import Tokens
from parley.index.statements.labels import is_in_own_words
from parley.index.statements.speakers.answers import Answers
from parley.index.statements.speakers.bodies import names_of_places
from parley.index.statements.speakers.marks import without_marks
from parley.index.statements.speakers.mentions import Mention, read_mention
from parley.index.statements.speakers.people_named import NamedPerson, people_named, shared_surnames, titled_both_ways
from parley.index.statements.speakers.resolution import Resolved, Resolver
from parley.index.statements.voiced import is_asked
from parley.index.structure.voices.abbreviations import called_by
from parley.index.structure.voices.present import holders_of
from parley.index.types import Document, Mode, Span, Statement, Turn

_CONFIDENCE = {"exact": 0.95, "same": 0.8, "clause": 0.7, "relative": 0.85}
_OWN_WRITER = "title"
"""Where the name of whoever says "I" in a text stands; by-lines and signatures stand over and under the letters of others too."""
_UNRESOLVED_CONFIDENCE = 0.5
_LONGEST_READ = 2000
"""Characters of a statement that are read for its status."""


@dataclass(frozen=True, slots=True)
class _Spoken:
    """An attribution with its speaker and audience."""

    attribution: Attribution
    resolved: Resolved
    audience: Audience


class StatementBuilder:
    """Builds the statements of one document, paragraph by paragraph in order."""

    def __init__(self, document: Document, quotations: Sequence[Quotation]) -> None:
        self._document = document
        self._text = document.text
        self._quotations = [one for one in quotations if one.depth == 0]
        self._starts = [one.start for one in self._quotations]
        self._answers = Answers()
        self._resolver = Resolver(
            names_of_places(document.text),
            holders_of(document),
            shared_surnames(document.text),
            titled_both_ways(document.text),
            called_by(document.text, len(document.text)),
        )

    def build(
        self, tokens: Tokens, attributions: Sequence[Attribution], number: int, turn: Turn | None = None
    ) -> list[Statement]:
        """The statements of a paragraph; `number` counts paragraphs from 0. In a turn, those of others than its speaker."""
        for attribution in attributions:
            if attribution.speaker is not None:
                attribution.speaker = without_marks(tokens, *attribution.speaker)
        self._introduce_names(tokens, number)
        if turn is not None:
            self._introduce_speaker(turn, number)
        spoken = list(self._heard(tokens, attributions, number))
        beside: dict[int, list[_Spoken]] = {}
        for one in spoken:
            beside.setdefault(one.attribution.sentence, []).append(one)
        labels = [one for one in spoken if one.attribution.is_label]
        made = [self._statement(tokens, one, [*beside[one.attribution.sentence], *labels]) for one in spoken]
        return made if turn is None else [_within(statement, turn) for statement in made if statement.speaker is not None]

    def _heard(self, tokens: Tokens, attributions: Sequence[Attribution], number: int) -> Iterator[_Spoken]:
        """The attributions with their speakers in order; a pronoun may mean whoever the sentences before it name."""
        named = people_named(tokens)
        for one in attributions:
            while named and named[0].sentence < one.sentence:
                self._note(named.pop(0), number)
            hearer = self._answers.hearer_meant(tokens, one, number)
            if hearer is not None:
                resolved = self._resolver.resolve(hearer, number)
            else:
                resolved = self._resolve(tokens, one, number, attributions)
            self._answers.note(tokens, one, number)
            yield _Spoken(one, resolved, audience_of(tokens, one))
        for rest in named:
            self._note(rest, number)

    def _note(self, named: NamedPerson, number: int) -> None:
        self._resolver.mention(named.mention, number, is_subject=named.is_subject)

    def _introduce_speaker(self, turn: Turn, number: int) -> None:
        if turn.speaker is not None and turn.speaker_kind == "named":
            self._resolver.introduce(Mention(turn.speaker, "named", name=turn.speaker, role=turn.role, party=turn.party), number)

    def _introduce_names(self, tokens: Tokens, number: int) -> None:
        """Make those named with their office known ("… met President Ana Ruiz"), so that a bare surname finds them."""
        end = 0
        for at, kind in enumerate(tokens.kinds):
            if kind != "name" or at < end or not is_role_word(tokens.words[at]):
                continue
            end = at + 1
            while end < len(tokens) and tokens.kinds[end] == "name":
                end += 1
            low = at
            while (
                low > 0
                and tokens.sentences[low - 1] == tokens.sentences[at]
                and (tokens.kinds[low - 1] in {"name", "clitic"} or _is_of_office(tokens, low - 1))
            ):
                low -= 1
            mention = read_mention(tokens, low, end)
            if mention.name is not None and mention.role is not None and " " in mention.name.strip():
                self._resolver.introduce(mention, number)

    def _resolve(self, tokens: Tokens, attribution: Attribution, number: int, beside: Sequence[Attribution]) -> Resolved:
        if attribution.speaker is None:
            return Resolved(None, "unidentified", "none", Mention("", "unidentified"))
        first, last = attribution.speaker
        if is_denied(tokens, first, last):
            return self._resolve_denied(tokens, first, last, number)
        author = self._document.author if self._document.basis_of("author") == _OWN_WRITER else None
        if author is not None and last - first == 1 and tokens.words[first] == "i" and tokens.quotes[first] < 0:
            return Resolved(author, "named", "author", Mention(author, "named", name=author, person=True))
        mention = read_mention(tokens, first, last)
        if tokens.kinds[first] in {"relative", "that"} and last - first == 1:
            antecedent = self._antecedent(tokens, first)
            if antecedent is not None:
                resolved = self._resolver.resolve(read_mention(tokens, *antecedent), number)
                return Resolved(resolved.speaker, resolved.kind, "relative", resolved.mention)
        is_inner = any(_is_inside(tokens, attribution, other) for other in beside)
        resolved = self._resolver.resolve(mention, number, near=_named_before(tokens, attribution), is_inner=is_inner)
        if attribution.rule == "same" and resolved.rule == "exact":
            return Resolved(resolved.speaker, resolved.kind, "same", resolved.mention)
        return resolved

    def _resolve_denied(self, tokens: Tokens, first: int, last: int, number: int) -> Resolved:
        """A subject such as "none of the delegates", in its own words; "they" may still mean the delegates."""
        group = denied_group(tokens, first, last)
        if group is not None:
            self._resolver.resolve(read_mention(tokens, *group), number)
        nobody = Mention(tokens.slice(first, last), "collective", plural=True)
        return Resolved(nobody.surface, nobody.kind, "exact", nobody)

    @staticmethod
    def _antecedent(tokens: Tokens, relative: int) -> tuple[int, int] | None:
        end = relative - 1 if relative and tokens.kinds[relative - 1] == "comma" else relative
        low = end
        while low > 0 and tokens.sentences[low - 1] == tokens.sentences[relative]:
            low -= 1
        first = phrase_before(tokens, end, low)
        if first == end:
            return None
        if first > low and tokens.kinds[first - 1] == "comma" and read_mention(tokens, first, end).kind != "named":
            # "Ana Ruiz, the chair, who …": the name before the apposition.
            named = phrase_before(tokens, first - 1, low)
            if named < first - 1 and read_mention(tokens, named, first - 1).kind == "named":
                return named, first - 1
        return first, end

    def _statement(self, tokens: Tokens, spoken: _Spoken, others: Sequence[_Spoken]) -> Statement:
        one = spoken.attribution
        content = merged(one.content)
        outer = _around(tokens, one, others)
        mention = spoken.resolved.mention
        cue = tokens.span(*one.cue) if one.cue else None
        speaker = tokens.span(*one.speaker) if one.speaker else None
        clause = _clause(cue, speaker, tokens.starts[one.group] if one.group < len(tokens) else None)
        words = " ".join(self._text[start:end] for start, end in content)[:_LONGEST_READ]
        mode = self._mode(tokens, one, content)
        stance = (stance_in_first_person(words) if mode != "indirect" else None) or one.stance
        denied = [speaker] if speaker is not None and one.speaker is not None and is_denied(tokens, *one.speaker) else []
        negations = found_within(negations_in, self._text, [*content, *denied], clause)
        negated_cue = bool(denied) or (clause is not None and bool(negations_in(self._text, *clause)))
        cue_words = self._text[slice(*clause)] if clause else ""
        return Statement(
            document_id=self._document.id,
            content=content,
            cue=cue,
            cue_lemma=one.lemma,
            mode=mode,
            speaker=spoken.resolved.speaker,
            speaker_span=speaker,
            speaker_kind=spoken.resolved.kind,
            resolved_by=spoken.resolved.rule,
            role=mention.role,
            former=mention.former,
            party=None if mention.former else mention.party,
            on_behalf_of=spoken.audience.on_behalf_of,
            addressee=spoken.audience.addressee,
            outlet=spoken.audience.outlet or self._outlet_of(tokens, outer),
            reporter=spoken.audience.reporter,
            relay=_relay(spoken, outer),
            stance=stance,
            status="none" if is_asked(tokens, one) else status_of(stance, cue_words, words, negated_cue=negated_cue),
            hedges=found_within(hedges_in, self._text, content, clause),
            negations=negations,
            confidence=_CONFIDENCE.get(one.rule, 0.8) if spoken.resolved.speaker is not None else _UNRESOLVED_CONFIDENCE,
        )

    @staticmethod
    def _outlet_of(tokens: Tokens, outer: _Spoken | None) -> str | None:
        """The medium by which another's words came, where the source around them is one."""
        if outer is None or outer.attribution.speaker is None:
            return None
        return outer.audience.outlet or find_outlet(tokens, *outer.attribution.speaker)[0]

    def _mode(self, tokens: Tokens, one: Attribution, content: Sequence[Span]) -> Mode:
        """Direct where all words stand in quotation marks, or are a transcript's; mixed where some do."""
        if one.form == "quotation" or (one.is_label and is_in_own_words(tokens, one)):
            return "direct"
        inside = outside = False
        for start, end in content:
            position = start
            number = max(0, bisect_right(self._starts, start) - 1)
            while number < len(self._quotations) and self._quotations[number].start < end:
                quotation = self._quotations[number]
                number += 1
                if quotation.end > position:
                    inside = True
                    outside |= _has_words(self._text[position : max(position, quotation.start)])
                    position = max(position, quotation.end)
            outside |= _has_words(self._text[position:end])
        return "direct" if inside and not outside else "mixed" if inside else "indirect"


def _within(statement: Statement, turn: Turn) -> Statement:
    """The statement as passed on by the turn's speaker, who says that somebody said it."""
    if turn.speaker is None or turn.speaker == statement.speaker or turn.speaker in statement.relay:
        return statement
    return replace(statement, relay=(*statement.relay, turn.speaker))


def _is_of_office(tokens: Tokens, at: int) -> bool:
    """Whether the token at `at` is the "of" in "Secretary of State"."""
    return tokens.words[at] == "of" and at > 0 and tokens.kinds[at - 1] == "name" and is_role_word(tokens.words[at - 1])


def _has_words(text: str) -> bool:
    return any(map(str.isalnum, text))


def _named_before(tokens: Tokens, attribution: Attribution) -> Mention | None:
    """The named subject that opens a pronoun's sentence ("When Ruiz arrived, she said …"), outside what is reported."""
    if attribution.speaker is None:
        return None
    first = attribution.speaker[0]
    low = first
    while low > 0 and tokens.sentences[low - 1] == tokens.sentences[first] and tokens.quotes[low - 1] == attribution.level:
        low -= 1
    start = low + (tokens.kinds[low] in {"subordinator", "conjunction"})
    if start >= first or tokens.kinds[start] not in {"name", "title", "determiner"}:
        return None
    if lexicon().forms.get(tokens.words[start], frozenset()) & {"participle", "ing"}:
        return None  # "Asked whether the port would open, she said …"
    if any(span.start <= tokens.starts[start] < span.end for span in attribution.content):
        return None
    mention = read_mention(tokens, start, phrase_after(tokens, start, first))
    return mention if mention.kind == "named" else None


def _is_inside(tokens: Tokens, inner: Attribution, outer: Attribution) -> bool:
    """Whether `inner` stands in what another speaker of its sentence is reported to say."""
    if inner.cue is None or outer is inner or outer.sentence != inner.sentence or outer.speaker == inner.speaker:
        return False
    start, end = tokens.span(*inner.cue)
    return any(span.start <= start and end <= span.end for span in outer.content)


def _around(tokens: Tokens, inner: Attribution, others: Sequence[_Spoken]) -> _Spoken | None:
    """The nearest attribution in whose content the cue of `inner` lies."""
    if inner.cue is None:
        return None
    start, end = tokens.span(*inner.cue)
    holding = [
        (sum(span.end - span.start for span in other.attribution.content), number, other)
        for number, other in enumerate(others)
        if other.attribution is not inner
        and other.attribution.speaker != inner.speaker
        and any(span.start <= start and end <= span.end for span in other.attribution.content)
    ]
    return min(holding)[2] if holding else None


def _relay(spoken: _Spoken, outer: _Spoken | None) -> tuple[str, ...]:
    """Who passed the words on, from the innermost speaker outwards."""
    links = [spoken.audience.outlet]
    if outer is not None:
        links += [outer.resolved.speaker, outer.audience.outlet]
    return tuple(dict.fromkeys(link for link in links if link))


def _clause(cue: Span | None, speaker: Span | None, group_start: int | None) -> Span | None:
    """The speaker clause: from the speaker or the verb group to the cue's end."""
    if cue is None:
        return None
    starts = [cue.start]
    if speaker is not None and speaker.end <= cue.start and cue.start - speaker.end < 80:
        starts.append(speaker.end)
    if group_start is not None and group_start < cue.start:
        starts.append(group_start)
    return Span(min(starts), cue.end)
