"""`parley users`: who may log in to a server started with `--users`."""

from __future__ import annotations

import argparse
import sys
from getpass import getpass
from pathlib import Path

from parley import ExtraMissingError
from parley.ui.access.roles import ROLES
from parley.ui.cli.console import write


class UsersCommand:
    """`parley users add|role|key|revoke|list|remove`."""

    name = "users"
    help = "keep the file of those who may log in to `parley serve --users FILE` (extra chat)"
    example = "parley users add ann --file users.tsv"

    def configure(self, parser: argparse.ArgumentParser) -> None:
        """Declare the arguments."""
        actions = parser.add_subparsers(metavar="ACTION", required=True, dest="action")
        add = actions.add_parser("add", help="add a user; the password is asked for, or read from standard input")
        add.add_argument("--replace", action="store_true", help="give a user who is there this password")
        add.add_argument("--role", choices=ROLES, help="default: administrator for the first user of a file, editor for others")
        add.add_argument("--no-password", action="store_true", help="for one who comes through a proxy, or with a key only")
        role = actions.add_parser("role", help="give a user another role, which holds at once")
        role.add_argument("role", metavar="ROLE", choices=ROLES, help="reader: asks; editor: changes documents; administrator")
        key = actions.add_parser("key", help="make a key for a user's programs (HTTP, MCP); it is shown once")
        revoke = actions.add_parser("revoke", help="take a key back, which holds at once")
        for action in (key, revoke):
            action.add_argument("--label", metavar="LABEL", default="default", help="which of the user's keys")
        remove = actions.add_parser("remove", help="remove a user, whose sessions end at once")
        for action in (add, remove, role, key, revoke):
            action.add_argument("user", metavar="NAME")
        for action in (add, remove, role, key, revoke, actions.add_parser("list", help="list the names and roles")):
            action.add_argument("--file", metavar="FILE", default="users.tsv", help="the file (default: users.tsv)")

    def run(self, arguments: argparse.Namespace) -> int:
        """Change the file, or list it. Raises ExtraMissingError where passwords cannot be hashed."""
        ExtraMissingError.unless_installed("argon2", extra="chat", purpose="`parley users`")
        from parley.ui.access.accounts import UserFile

        users = UserFile(Path(arguments.file))
        if arguments.action == "add":
            password = None if arguments.no_password else _password()
            users.add(arguments.user, password, replace=arguments.replace, role=arguments.role)
            write(f"{arguments.user} may log in where the server is started with --users {arguments.file}")
        elif arguments.action == "remove":
            users.remove(arguments.user)
            write(f"removed: {arguments.user}")
        elif arguments.action == "role":
            users.set_role(arguments.user, arguments.role)
            write(f"{arguments.user} is now {arguments.role}")
        elif arguments.action == "key":
            write(users.add_key(arguments.user, arguments.label))
        elif arguments.action == "revoke":
            users.remove_key(arguments.user, arguments.label)
            write(f"taken back: the key {arguments.label} of {arguments.user}")
        else:
            for name in users.names():
                account = users.account(name)
                write(f"{name}\t{account.role if account else ''}")
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
