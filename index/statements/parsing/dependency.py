"""Joining a dependency parse with the rules: what it adds to their attributions, and which of theirs it does not bear out."""

from __future__ import annotations

from collections.abc import Sequence

from parley.index.language.lexicon import Cue, lexicon
from parley.index.language.quotations import Quotation
from parley.index.statements.cueing.attributions import Attribution
from parley.index.statements.cueing.filters import POSITIONS, names_somebody
from parley.index.statements.grammar.tokens import Tokens
from parley.index.statements.parsing.parse_tree import ParseTree
from parley.index.statements.parsing.parses import ParsedWord
from parley.index.types import Span

_SUBORDINATE = frozenset({"conj", "ccomp", "relcl", "acl", "amod", "nsubj", "compound"})
"""Where a verb with a mere noun phrase behind it is more often an action told than an attitude reported."""

_HOLDING = frozenset({"dobj", "ccomp"})
"""Relations of quoted words to the verb that reports them."""


def join_parse(
    tokens: Tokens, quotations: Sequence[Quotation], found: Sequence[Attribution], words: Sequence[ParsedWord], offset: int
) -> list[Attribution]:
    """The attributions of a paragraph after its parse was heard.

    Args:
        tokens: the paragraph.
        quotations: its quotations.
        found: what the rules found.
        words: the parse of the paragraph's text.
        offset: where that text begins in the document.
    """
    tree = ParseTree(words, offset)
    joined = [one for one in found if not _is_contradicted(tokens, tree, one)]
    joined += _reported_clauses(tokens, tree, joined)
    for quotation in quotations:
        span = Span(quotation.start, quotation.end)
        if quotation.depth == 0 and not any(_shares(span, content) for one in joined for content in one.content):
            holder = _quoting_verb(tokens, tree, quotation)
            joined += [holder] if holder is not None else []
    return joined


def _is_contradicted(tokens: Tokens, tree: ParseTree, attribution: Attribution) -> bool:
    """Whether a verb taken for the cue of a noun phrase is a noun, or a verb in a place where it reports nothing."""
    if attribution.form != "finite" or attribution.follows != "n" or attribution.is_quoting or attribution.cue is None:
        return False
    if "n" in attribution.sure or attribution.stance in POSITIONS:
        return False
    at = tree.find(tokens.starts[attribution.cue[0]])
    return at is not None and (not tree.is_verb(at) or tree.words[at].relation in _SUBORDINATE)


def _reported_clauses(tokens: Tokens, tree: ParseTree, found: Sequence[Attribution]) -> list[Attribution]:
    """Cue verbs that govern a clause or an infinitive and have a subject of their own, where the rules found nothing."""
    added = []
    taken = {one.cue[0] for one in found if one.cue is not None}
    for at in range(len(tree.words)):
        token = tokens.first_at(tree.start(at)) if tree.is_verb(at) else len(tokens)
        if token >= len(tokens) or tokens.starts[token] != tree.start(at) or token in taken or tokens.quotes[token] >= 0:
            continue
        cue = _cue_at(tokens, token)
        clause = _clause(tree, at, cue) if cue is not None else None
        if cue is None or clause is None or _is_reported(tokens, token, found):
            continue
        content = tree.phrase(clause)
        attribution = _made(tokens, tree, at, cue, content)
        if attribution is not None and not content.start <= tree.start(at) < content.end:
            added.append(attribution)
    return added


def _clause(tree: ParseTree, verb: int, cue: Cue) -> int | None:
    clause = tree.below(verb, "ccomp")
    return tree.below(verb, "xcomp") if clause is None and "i" in cue.frames else clause


def _cue_at(tokens: Tokens, at: int) -> Cue | None:
    for cue in lexicon().cues.get(tokens.words[at], ()):
        if tuple(tokens.words[at + 1 : at + 1 + len(cue.particles)]) == cue.particles:
            return cue
    return None


def _is_reported(tokens: Tokens, at: int, found: Sequence[Attribution]) -> bool:
    """Whether a token is part of what somebody is already reported to have said."""
    return any(content.start <= tokens.starts[at] < content.end for one in found for content in one.content)


def _quoting_verb(tokens: Tokens, tree: ParseTree, quotation: Quotation) -> Attribution | None:
    """The verb outside a quotation that its words depend on, with its subject."""
    words = tree.inside(quotation.inner)
    root = next((at for at in words if tree.words[at].head not in words), None)
    if root is None or tree.words[root].relation not in _HOLDING:
        return None
    verb = tree.words[root].head
    token = tokens.first_at(tree.start(verb))
    if not tree.is_verb(verb) or token >= len(tokens) or tokens.starts[token] != tree.start(verb) or tokens.quotes[token] >= 0:
        return None
    plain = Cue(tokens.words[token], (), "q", "q", "report")
    return _made(tokens, tree, verb, _cue_at(tokens, token) or plain, Span(quotation.start, quotation.end))


def _made(tokens: Tokens, tree: ParseTree, verb: int, cue: Cue, content: Span) -> Attribution | None:
    subject = tree.subject(verb)
    if subject is None or _shares(subject, content):
        return None
    speaker = tokens.first_at(subject.start), tokens.first_at(subject.end)
    token = tokens.first_at(tree.start(verb))
    if speaker[0] >= speaker[1]:
        return None
    attribution = Attribution(
        form="finite",
        lemma=cue.lemma,
        stance=cue.stance,
        frames=cue.frames,
        sure=cue.sure,
        cue=(token, token + 1 + len(cue.particles)),
        group=token,
        speaker=speaker,
        rule="parse",
        sentence=tokens.sentences[token],
        level=-1,
        after=token + 1,
        content=[content],
        inverted=speaker[0] > token,
        follows="c",
    )
    return attribution if names_somebody(tokens, attribution) else None


def _shares(one: Span, other: Span) -> bool:
    return min(one.end, other.end) > max(one.start, other.start)
