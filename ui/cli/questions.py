"""`parley ask`: questions as arguments, or one a line from standard input, and the answers as they come."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from parley import QuestionError
from parley.ui.cli.command import add_filter_options, add_library_option
from parley.ui.cli.console import open_wording_assistant, search_filter, write, write_answer, write_json, write_json_line
from parley.ui.cli.exporting import add_export_options, check_export, export_details
from parley.ui.cli.model_options import add_model_options
from parley.ui.cli.terminal import tell

if TYPE_CHECKING:
    from parley.assistant import Answer, Assistant, Conversation

STANDARD_INPUT = "-"


class AskCommand:
    """`parley ask QUESTION`."""

    name = "ask"
    help = "answer questions from the documents"
    example = 'parley ask "Who proposed the exchange?" --since 2031-03-01'

    def configure(self, parser: argparse.ArgumentParser) -> None:
        """Declare the arguments."""
        told = "the question; several in quotation marks are one conversation; - takes one a line from standard input"
        parser.add_argument("question", metavar="QUESTION", nargs="+", help=told)
        parser.add_argument("--conversation", action="store_true", help="take the lines of standard input as one conversation")
        add_library_option(parser)
        add_filter_options(parser)
        add_model_options(parser)
        told = "print the whole answer as JSON; of several questions, each answer on a line of its own (JSON Lines)"
        parser.add_argument("--json", action="store_true", help=told)
        add_export_options(parser, "the answer, or the conversation if there are several questions,")

    def run(self, arguments: argparse.Namespace) -> int:
        """Print the answers; 1 if the documents do not answer one of the questions, 3 if one could not be asked."""
        check_export(arguments)
        with open_wording_assistant(arguments) as assistant:
            return _Session(assistant, arguments).run()


class _Session:
    """The questions of one call, and what is printed of them."""

    def __init__(self, assistant: Assistant, arguments: argparse.Namespace) -> None:
        self._assistant = assistant
        self._arguments = arguments
        self._is_read = arguments.question == [STANDARD_INPUT]
        self._questions = _lines() if self._is_read else iter(_questions(arguments.question))
        self._is_single = not self._is_read and len(_questions(arguments.question)) == 1
        self._filter = search_filter(arguments, assistant)
        self._code = 0

    def run(self) -> int:
        from parley.assistant import Conversation

        conversation, last = Conversation(), None
        keeps = not self._is_read or self._arguments.conversation
        for question in self._questions:
            answer = self._ask(question, conversation if keeps else None)
            if answer is not None:
                conversation, last = conversation.with_answer(answer), answer
                self._code = max(self._code, 1 if answer.abstained else 0)
                self._print(answer)
        if last is not None and self._arguments.export:
            self._export(last, conversation)
        return self._code

    def _ask(self, question: str, conversation: Conversation | None) -> Answer | None:
        """The answer; `None` for a line that cannot be asked, which is told and does not stop the others."""
        try:
            return self._assistant.ask(question, conversation=conversation, filter=self._filter)
        except QuestionError as error:
            if not self._is_read:
                raise
            self._code = 3
            if self._arguments.json:
                write_json_line({"question": question, "error": str(error)})
            else:
                tell(str(error))
            return None

    def _print(self, answer: Answer) -> None:
        if self._arguments.json and self._is_single:
            write_json(answer.to_dict())
        elif self._arguments.json:
            write_json_line(answer.to_dict())
        else:
            if not self._is_single:
                write(f"> {answer.question}\n")
            write_answer(answer)
            if not self._is_single:
                write()
        sys.stdout.flush()

    def _export(self, last: Answer, conversation: Conversation) -> None:
        from parley.assistant import export_answer, export_conversation

        details = export_details(self._arguments, self._assistant)
        if len(conversation.turns) == 1:
            export_answer(last, self._arguments.export, **details)
        else:
            export_conversation(conversation, self._arguments.export, **details)


def _questions(words: list[str]) -> list[str]:
    """The questions typed; single words are one question, typed without quotation marks."""
    return words if any(" " in word.strip() for word in words) else [" ".join(words)]


def _lines() -> Iterator[str]:
    """The lines of standard input that are not empty, as they come."""
    for line in sys.stdin:
        if line.strip():
            yield line.strip()
