"""`parley feedback export`: what people said of answers, as a question set for `parley eval`."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from parley.ui.cli.command import add_library_option
from parley.ui.cli.console import open_assistant, write


class FeedbackCommand:
    """`parley feedback export FILE`."""

    name = "feedback"
    help = "turn what people said of answers in the chat into a question set that `parley eval` asks"
    example = "parley feedback export questions.jsonl"

    def configure(self, parser: argparse.ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument("action", choices=["export"], help="write the question set")
        parser.add_argument("file", metavar="QUESTIONS.jsonl", help="the file to write; one that is there is replaced")
        add_library_option(parser)

    def run(self, arguments: argparse.Namespace) -> int:
        """Write the set and say how many questions it has; 1 if nobody has said anything."""
        from parley.assistant import ParleyError
        from parley.assistant.forgetting import CONVERSATIONS_FILE
        from parley.ui.conversations.database import Database
        from parley.ui.conversations.feedback_questions import feedback_questions

        with open_assistant(arguments) as assistant:
            path = assistant.library.path / CONVERSATIONS_FILE
            questions = []
            if path.exists():
                database = Database(path)
                questions = feedback_questions(database, assistant)
                database.close()
        if not questions:
            write("No feedback has been given on this library's answers.")
            return 1
        lines = "".join(json.dumps(question, ensure_ascii=False) + "\n" for question in questions)
        try:
            Path(arguments.file).write_text(lines, encoding="utf-8", errors="backslashreplace")
        except OSError as error:
            msg = f"The question set could not be written to {arguments.file}: {error.strerror}. Name another file."
            raise ParleyError(msg) from error
        write(f"{len(questions)} questions written to {arguments.file}")
        return 0
