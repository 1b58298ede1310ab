"""`parley users`: who may log in to a server started with `--users`."""

from __future__ import annotations

import argparse
import sys
from getpass import getpass
from pathlib import Path

from parley import ExtraMissingError
from parley.ui.cli.console import write


class UsersCommand:
    """`parley users add|list|remove`."""

    name = "users"
    help = "keep the file of those who may log in to `parley serve --users FILE` (extra chat)"

    def configure(self, parser: argparse.ArgumentParser) -> None:
        """Declare the arguments."""
        actions = parser.add_subparsers(metavar="ACTION", required=True, dest="action")
        add = actions.add_parser("add", help="add a user; the password is asked for, or read from standard input")
        add.add_argument("--replace", action="store_true", help="give a user who is there this password")
        remove = actions.add_parser("remove", help="remove a user, whose sessions end at once")
        for action in (add, remove):
            action.add_argument("user", metavar="NAME")
        for action in (add, remove, actions.add_parser("list", help="list the names")):
            action.add_argument("--file", metavar="FILE", default="users.tsv", help="the file (default: users.tsv)")

    def run(self, arguments: argparse.Namespace) -> int:
        """Change the file, or list it. Raises ExtraMissingError where passwords cannot be hashed."""
        ExtraMissingError.unless_installed("argon2", extra="chat", purpose="`parley users`")
        from parley.ui.access.accounts import UserFile

        users = UserFile(Path(arguments.file))
        if arguments.action == "add":
            users.add(arguments.user, _password(), replace=arguments.replace)
            write(f"{arguments.user} may log in where the server is started with --users {arguments.file}")
        elif arguments.action == "remove":
            users.remove(arguments.user)
            write(f"removed: {arguments.user}")
        else:
            for name in users.names():
                write(name)
        return 0


def _password() -> str:
    """What is typed, twice the same, without being shown; or the first line of standard input where that is no terminal."""
    from parley.ui.access.accounts import AccountError

    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    password = getpass("Password: ")
    if getpass("The same again: ") != password:
        raise AccountError("The two are not the same. Nothing was changed; try again.")
    return password
