"""A conversation as an immutable value: questions as asked, as understood, and their answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from parley.assistant.answer import Answer
from parley.assistant.dialogue.moves import read_message


@dataclass(frozen=True, slots=True)
class Turn:
    """One question and its answer.

    Attributes:
        question: as typed.
        standalone: as understood, with what the conversation supplied filled in.
        answer: the whole answer, or `None` where only its text is known (a conversation taken over from elsewhere).
        answer_text: the answer's text, with markers if it is ours.
    """

    question: str
    standalone: str
    answer: Answer | None
    answer_text: str


@dataclass(frozen=True, slots=True)
class Conversation:
    """Turns, oldest first. Adding one makes a new conversation."""

    turns: tuple[Turn, ...] = ()

    def with_turn(self, turn: Turn) -> Conversation:
        """This conversation and one more turn."""
        return Conversation((*self.turns, turn))

    def with_answer(self, answer: Answer) -> Conversation:
        """This conversation and the turn that `answer` makes."""
        return self.with_turn(Turn(answer.question, answer.standalone_question, answer, answer.text))

    def without_remarks(self) -> Conversation:
        """The turns that asked something of the documents, since the talk was last told to drop what came before.

        Thanks and the like are left out. A turn that only showed the answer before in another shape ("shorter") stands for the
        question that was answered, with what was shown last.
        """
        kept: list[Turn] = []
        for turn in self.turns:
            message = read_message(turn.question)
            if "never_mind" in message.moves:
                kept = []
            if not message.rest if turn.answer is None else turn.answer.status == "conversational":
                continue
            if kept and turn.standalone == kept[-1].standalone:
                kept[-1] = replace(kept[-1], answer=turn.answer, answer_text=turn.answer_text)
            else:
                kept.append(turn)
        return Conversation(tuple(kept))

    def messages(self) -> list[dict[str, str]]:
        """Alternating `{"role": "user" | "assistant", "text": …}`, oldest first."""
        pairs = [(("user", turn.question), ("assistant", turn.answer_text)) for turn in self.turns]
        return [{"role": role, "text": text} for pair in pairs for role, text in pair if text or role == "user"]

    @classmethod
    def from_messages(cls, messages: Sequence[Mapping[str, str]]) -> Conversation:
        """A conversation from `{"role": "user" | "assistant", "text": …}` items, oldest first.

        Each user message starts a turn; assistant messages up to the next one are its answer text. What an assistant
        says before the first question is dropped. Raises KeyError if an item lacks role or text.
        """
        turns: list[Turn] = []
        for message in messages:
            if message["role"] == "user":
                turns.append(Turn(message["text"], message["text"], None, ""))
            elif turns:
                last = turns[-1]
                text = f"{last.answer_text} {message['text']}".strip()
                turns[-1] = Turn(last.question, last.standalone, None, text)
        return cls(tuple(turns))
