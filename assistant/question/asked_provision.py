"""Which articles, sections or paragraphs a question asks for by number, of which instrument, and what it wants to know."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from parley.index.language.lexicon import alternatives, word_kind
from parley.index.structure.lookup import Reference, Step
from parley.index.structure.provision_names import FORMS, KINDS, NUMBERED, kind_of, rank_of
from parley.index.structure.provision_numbers import NUMBER, ORDINAL, WORD_NUMBERS

Want = Literal["text", "matter", "which"]

_ORDINAL_KINDS = "article|section|paragraph|chapter|annex|clause|protocol"
_STEP = re.compile(
    rf"(?<![\w-])(?:(?P<kind>(?i:{FORMS}))(?:\s+|(?<=[.§¶]))(?:(?i:no\.?|number)\s*)?"
    rf"(?P<number>{NUMBER}(?:\.\d+)*(?:[.-][A-Za-z](?![A-Za-z]))?|\([0-9a-z]{{1,4}}\)(?:\s?\([0-9a-z]{{1,4}}\))*)"
    rf"|(?P<ordinal>(?i:{ORDINAL}))\s+(?P<ordered>(?i:{_ORDINAL_KINDS}))(?!s))(?![\w])"
)
_BARE = re.compile(
    r"(?:^|(?<=\s))(?P<number>(?:[A-Z]|\d{1,3})(?:[.:]\d{1,3}|\.[A-Z](?![a-z]))+(?:\.?\([a-z0-9]{1,3}\))*)(?=[\s?,:’']|$)"
    r"(?!\s*(?:%|a\.?m|p\.?m|per ?cent|million|billion|km|metres|dollars|hours|o'clock))"
)
_BARE_ASKED = re.compile(
    r"(?:\b(?:does|do|is|under|in|of|read|quote|cite|show|by|give|what's|what)\s+(?:me\s+)?|^)$|(?:^\s*(?:the|text of)\s+)$",
    re.IGNORECASE,
)
_MORE = re.compile(
    rf"\s*(?:,\s*(?:and\s+)?|\s+(?:and|or|&)\s+|\s*(?P<range>-|–|\s+to\s+|\s+through\s+)\s*)(?P<number>{NUMBER})(?!\w)"
)
_INNER_OF = re.compile(r"\s*,?\s*(?:of|in|under|to|within|from)\s+(?:the\s+|its\s+)?(?:same\s+)?", re.IGNORECASE)
_WHICH = re.compile(
    rf"\b(?:which|what)\s+(?:\w+\s+){{0,2}}?(?P<kind>(?i:{FORMS}|provision|provisions|bit|part))\b", re.IGNORECASE
)
_LOOSE = re.compile(rf"(?:{alternatives(word_kind('loose_part'))})\s+[a-z]{{3,}}\b")
"""A part of anything, with its number in small letters: "part one", "chapter two"."""
_DETERMINER = alternatives(word_kind("before_instrument"))
_INSTRUMENT = re.compile(
    rf"\s*,?\s*(?:of|in|to|under|from)\s+(?P<name>(?:{_DETERMINER})?\s*[^?,;:–—]+?)"
    r"(?=\s*(?:[?,;:–—]|$|-\s|[.](?:\s|$)|(?-i:\b(?:say|says|said|state|states|provide|provides|cover|covers|deal|deals|mean|means|require"
    r"|requires|read|reads|give|gives|allow|allows|forbid|forbids|rule|rules|lay|lays|ban|bans|regulate|regulates|about|when|if|that"
    r"|is|are|was|were|who|how|what|which|where|why|do|does|did|can|may|must|shall|should|on(?!\s+(?:the\s+)?[A-Z])|contain|contains|set|sets|describe"
    r"|describes|concern|concerns|and|happen|happens|exactly|in full|with|have|has|promise|promises|define|defines|prohibit"
    r"|prohibits|for me|please|tell|entail|entails|govern|governs|oblige|obliges|establish|establishes|change|changed)\b)))",
    re.IGNORECASE,
)
_TEXT_WORDS = (
    "so and but then please ok can you could tell me show give quote read out cite recite print what what's what’s is are was"
    " were does do did the full exact whole complete text wording words content contents say says state reads provide"
    " states provides contain contains stand stands stipulate lay down"
    " in of under about to for it look like there exactly precisely cover covers"
    " mean means deal with gist summary entail set let see i want need i'd verbatim word by or all here written go goes how"
    " regulate regulates concern"
)
_ASKS_TEXT = re.compile(rf"(?:\b(?:{'|'.join(_TEXT_WORDS.split())})(?![\w'’])|[\s,.:;?!'’s\"–—-])*", re.IGNORECASE)
"""Nothing but words that ask for a text as such."""


@dataclass(frozen=True, slots=True)
class AskedProvision:
    """Provisions asked for by number.

    Attributes:
        references: each provision asked for; empty for "which article …?", where `wanted_kind` says what is to be named.
        instrument: the words that name the instrument, as written; "" where none does.
        rest: the question without references and instrument: what is to be known of the provision.
        want: its "text", some "matter" in it, or "which" provision says something.
        is_loose: whether the words may mean no provision at all ("won part one of the job", "at step two").
    """

    references: tuple[Reference, ...]
    instrument: str
    rest: str
    want: Want
    wanted_kind: str | None = None
    is_loose: bool = False


def asked_provision(core: str) -> AskedProvision | None:
    """What a question asks of provisions; `None` if it names none and does not ask which one it is."""
    found, spans = _references(core)
    if not found:
        return _asked_which(core)
    last = max(end for _, end in spans)
    name = _INSTRUMENT.match(core, last) or _before(core, spans[0][0])
    instrument = " ".join(name["name"].split()) if name else ""
    kept = core
    for start, end in sorted([*spans, *([name.span("name")] if name else [])], reverse=True):
        kept = f"{kept[:start]} {kept[end:]}"
    rest = " ".join(kept.split())
    want: Want = "text" if _ASKS_TEXT.fullmatch(rest) else "matter"
    is_loose = want == "matter" and all(_LOOSE.match(core, start) for start, _ in spans)
    return AskedProvision(tuple(found), _without_article(instrument), rest, want, is_loose=is_loose)


def names_provision(words: str) -> bool:
    """Whether words are nothing but the name of a provision, with or without its instrument ("article 5 of UNCLOS")."""
    found = asked_provision(words.strip())
    return found is not None and bool(found.references) and found.want == "text"


def mention_pattern(asked: AskedProvision) -> re.Pattern[str]:
    """What a sentence has that names the provisions asked for; for "which article …?", any number of that kind."""
    if asked.want == "which":
        forms = FORMS if asked.wanted_kind in (None, "provision") else _forms(asked.wanted_kind)
        return re.compile(rf"\b(?i:{forms})\s*\[?{NUMBER}")
    last = [reference.steps[-1] for reference in asked.references]
    first = [reference.steps[0] for reference in asked.references]
    named = [
        rf"(?i:{_forms(step.kind)})\s*\[?{re.escape(step.number)}(?![\w(])" for step in (*first, *last) if step.kind is not None
    ]
    return re.compile("|".join(named) or r"(?!)")


def _forms(kind: str | None) -> str:
    return "|".join(form.replace(".", r"\.") for item in KINDS if item.name == kind for form in item.forms) or "(?!)"


def _asked_which(core: str) -> AskedProvision | None:
    match = _WHICH.search(core)
    if match is None:
        return None
    form = match["kind"].lower()
    kind = None if form in ("provision", "provisions", "bit", "part") else kind_of(form).name
    if kind in ("title", "option", "step", "item", "point", "protocol", "exhibit", "principle"):
        return None
    name = _INSTRUMENT.match(core, match.end())
    instrument = _without_article(" ".join(name["name"].split())) if name else ""
    if kind is None and not instrument:
        return None
    return AskedProvision((), instrument, core[: match.start()] + core[match.end() :], "which", kind or "provision")


def _references(core: str) -> tuple[list[Reference], list[tuple[int, int]]]:
    """The references of a question, and the ranges that name them."""
    steps = [(match, _step(match)) for match in _STEP.finditer(core) if _is_number(match)]
    if not steps:
        return _bare_references(core)
    groups: list[list[Step]] = []
    more: list[list[Step]] = []
    spans: list[tuple[int, int]] = []
    for match, step in steps:
        between = core[spans[-1][1] : match.start()] if spans else None
        joins = between is not None and (_INNER_OF.fullmatch(between) or re.fullmatch(r"\s*,?\s*", between))
        end, others = _others(core, match.end(), step)
        if joins:
            groups[-1] = _nested(groups[-1], step, inner_of=bool(_INNER_OF.fullmatch(between or "")))
            more[-1] = more[-1] or others
            spans[-1] = (spans[-1][0], end)
        else:
            groups.append([step])
            more.append(others)
            spans.append((match.start(), end))
    references = []
    for group, others in zip(groups, more, strict=True):
        references.append(Reference(tuple(group)))
        # The further numbers belong to the innermost part: "paragraphs 2 and 3 of Article 7".
        references.extend(Reference((*group[:-1], other)) for other in others if other.kind == group[-1].kind)
    return references, spans


def _nested(group: list[Step], step: Step, *, inner_of: bool) -> list[Step]:
    """The parts from the outermost inwards: "paragraph 2 of Article 7", but "Article 19, Section 2"."""
    if inner_of or (step.kind and group[-1].kind and rank_of(step.kind) < rank_of("section") < rank_of(group[-1].kind)):
        return [step, *group]
    return [*group, step]


def _others(core: str, end: int, step: Step) -> tuple[int, list[Step]]:
    """Further numbers behind a step ("Articles 5, 6 and 8", "Articles 5 to 7"), and where they end."""
    found: list[Step] = []
    while match := _MORE.match(core, end):
        if not match["number"][0].isdigit():
            break
        last = found[-1].number if found else step.number
        if match["range"] and last.isdigit() and match["number"].isdigit():
            found += [Step(step.kind, str(value)) for value in range(int(last) + 1, min(int(match["number"]), int(last) + 6) + 1)]
        elif match["range"]:
            break
        else:
            found.append(Step(step.kind, match["number"]))
        end = match.end()
    return end, found


def _bare_references(core: str) -> tuple[list[Reference], list[tuple[int, int]]]:
    """A number alone, "B.3 of the memorandum", where the question's words lead up to a provision and not to a quantity."""
    for match in _BARE.finditer(core):
        before, after = core[: match.start()], core[match.end() :]
        leads = _BARE_ASKED.search(before) is not None
        if leads and re.match(r"\s*(?:$|[?:]|(?:of|in|say|says|provide|provides|state|read|mean|cover|require)\b)", after):
            return [Reference((Step(None, match["number"]),))], [match.span()]
    return [], []


def _is_number(match: re.Match[str]) -> bool:
    """Whether what follows the word is a number: a small letter is one in brackets, or at the end of a list's name only."""
    number = match["number"]
    if number is None:
        return True
    if number.isalpha() and number.lower() not in WORD_NUMBERS and not number.isupper():
        kind = kind_of(match["kind"])
        return bool(re.fullmatch(r"[ivxlc]{2,}", number)) or (kind.name in NUMBERED and number not in ("a", "i"))
    return not (number == "I" and match.string[match.end() :].lstrip()[:4] in ("have", "need", "want", "find", "saw "))


def _step(match: re.Match[str]) -> Step:
    if match["ordinal"]:
        return Step(kind_of(match["ordered"]).name, WORD_NUMBERS[match["ordinal"].lower()])
    number = match["number"]
    shown = WORD_NUMBERS.get(number.lower(), number.strip("()") if number.startswith("(") and number.count("(") == 1 else number)
    return Step(kind_of(match["kind"]).name, shown)


def _before(core: str, start: int) -> re.Match[str] | None:
    """The instrument named in front: "the Convention's Article 5", "UNCLOS Article 5", "In the contract, what does …"."""
    before = core[:start]
    led = re.match(r"\s*(?:in|under|according to|from)\s+(?P<name>(?:the|this|that|our)\s[^,?]{3,80}?),\s", before, re.IGNORECASE)
    return _OWNER.search(before) or _BESIDE.search(before) or led


_ASKING = r"(?:what|does|do|did|is|are|was|in|of|under|quote|read|show|me|by|at|cite|give|tell|how|and|so|then|that|it|he|she)\b"
_OWNER = re.compile(rf"(?<![\w-])(?P<name>(?!{_ASKING})(?:[\w.-]+ (?!{_ASKING})){{0,6}}[\w.-]+)['’]s?\s*$", re.IGNORECASE)
_BESIDE = re.compile(rf"(?<![\w-])(?P<name>(?!(?i:{_ASKING}|(?:under|quote|show|read|according)\b))(?:[A-Z][\w-]*\s+)+)$")


def _without_article(name: str) -> str:
    return re.sub(rf"^(?:{_DETERMINER})\s+", "", name.strip(" .’'"), flags=re.IGNORECASE)


def shown(references: Sequence[Reference]) -> str:
    """The references as people write them: "Article 5 and Article 7"."""
    names = [str(reference) for reference in references]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
