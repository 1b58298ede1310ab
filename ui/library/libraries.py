"""The libraries of one server: the one it was started with, and those of a folder of libraries, opened at first use."""

from __future__ import annotations

import re
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from parley.assistant import LibraryError
from parley.ui.html.where_text_goes import WithheldModel, none_withheld, where_text_goes_html
from parley.ui.interfaces import ChatAssistant
from parley.ui.library.workspace import Workspace

LONGEST_NAME = 60
MOST_LIBRARIES = 100
MOST_AWAKE = 16
"""Libraries that keep their files open and what they read in memory, those asked last. Each holds 6 files, of the 1,024 that a
process may usually have open, and 5 to 100 MB; the others take theirs again when they are asked."""

_MARK = "catalog.sqlite"
_NAME = re.compile(r"[^\W_](?:[\w .()-]*[\w)])?")


@dataclass(frozen=True, slots=True)
class LibraryFolders:
    """Where further libraries lie, a folder each, and how one of them is opened; it is made where there is none."""

    folder: Path
    open: Callable[[Path], ChatAssistant]


class Libraries:
    """Libraries by name. Safe to use from several threads."""

    def __init__(
        self,
        first: ChatAssistant,
        others: LibraryFolders | None = None,
        withheld: WithheldModel = none_withheld,
        *,
        most_awake: int = MOST_AWAKE,
    ) -> None:
        path = first.library.path
        self._others = others
        self._withheld = withheld
        self._lock = threading.Lock()
        self._opening: dict[str, threading.Lock] = {}
        self._first = path.name
        self._open = {self._first: Workspace(self._first, first)}
        self._most_awake = most_awake
        self._awake = OrderedDict.fromkeys([self._first])

    @property
    def several(self) -> bool:
        """Whether libraries can be made and chosen here."""
        return self._others is not None

    def names(self) -> list[str]:
        """The names of all libraries, that of the first one first."""
        found = {path.parent.name for path in self._others.folder.glob(f"*/{_MARK}")} if self._others else set()
        return [self._first, *sorted(name for name in found - {self._first} if _is_name(name))]

    def workspace(self, name: str = "") -> Workspace:
        """The library of that name, the first one without a name. Raises LibraryError if there is none or it cannot be opened."""
        wanted = name or self._first
        found = self._opened_one(wanted)
        for idle in self._put_out(wanted):
            idle.rest()
        return found

    def _opened_one(self, wanted: str) -> Workspace:
        with self._lock:
            if wanted in self._open:
                return self._open[wanted]
            if wanted not in self.names():
                raise LibraryError(f"There is no library {wanted!r} here. These are: {', '.join(self.names())}.")
            opening = self._opening.setdefault(wanted, threading.Lock())
        # Opening one takes a while, in which the others go on.
        with opening:
            with self._lock:
                if wanted in self._open:
                    return self._open[wanted]
            opened = self._opened(wanted)
            with self._lock:
                self._open[wanted] = opened
            return opened

    def _put_out(self, name: str) -> list[Workspace]:
        """Note that a library is asked now; where that wakes it, those that were not asked for longest have to rest."""
        with self._lock:
            was_awake = name in self._awake
            self._awake[name] = None
            self._awake.move_to_end(name)
            if was_awake:
                return []
            while len(self._awake) > self._most_awake:
                self._awake.popitem(last=False)
            # All that are not awake: one in the middle of an answer could not rest before, or woke itself again.
            return [workspace for other, workspace in self._open.items() if other not in self._awake]

    def awake(self) -> list[tuple[str, ChatAssistant]]:
        """Name and assistant of each library that was asked lately."""
        with self._lock:
            return [(name, self._open[name].assistant) for name in self._awake if name in self._open]

    def where_text_goes(self, name: str = "") -> str:
        """The page's line on it for the library of that name. Raises LibraryError as `workspace` does."""
        assistant = self.workspace(name).assistant
        return where_text_goes_html(assistant.language_model, self._withheld(assistant.library.path))

    def create(self, given: str) -> str:
        """Make a library and return its name. Raises LibraryError if it cannot be called that, or if it is there already."""
        name = " ".join(given.split())
        if self._others is None:
            raise LibraryError("This server has one library only. Start it with `--libraries DIR` to keep several.")
        if not _is_name(name):
            raise LibraryError(
                f"A library cannot be called {name!r}. Use 1 to {LONGEST_NAME} letters, digits, spaces, dots, hyphens and "
                "parentheses, beginning with a letter or a digit."
            )
        with self._lock:
            if len(self.names()) >= MOST_LIBRARIES:
                raise LibraryError(
                    f"There are {MOST_LIBRARIES} libraries, the most that one server opens. Start another server for more."
                )
            if name.casefold() in {other.casefold() for other in self.names()} or (self._others.folder / name).exists():
                raise LibraryError(f"There is a library or folder {name!r} already. Choose another name.")
            self._open[name] = self._opened(name)
        return self.workspace(name).name

    def close(self) -> None:
        """Close what was opened here, and the conversations of the first library."""
        with self._lock:
            for name, workspace in self._open.items():
                workspace.close()
                if name != self._first:
                    workspace.assistant.close()

    def _opened(self, name: str) -> Workspace:
        assert self._others is not None
        return Workspace(name, self._others.open(self._others.folder / name))


def _is_name(name: str) -> bool:
    return len(name) <= LONGEST_NAME and _NAME.fullmatch(name) is not None
