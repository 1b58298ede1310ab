"""What one user has decided on this machine: which models a library may load, and where its text may be sent.

It lies in the user's own configuration and never in a library, which may come from somebody else.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from parley.index.errors import NotTrustedError, ParleyError

FOLDER_VARIABLE = "PARLEY_CONFIG"
_MODELS_FILE = "embedding-models.json"


def user_folder(environment: Mapping[str, str] = os.environ) -> Path:
    """`$PARLEY_CONFIG`, else `parley` in `$XDG_CONFIG_HOME`, else in `~/.config`."""
    given = environment.get(FOLDER_VARIABLE)
    if given:
        return Path(given)
    base = environment.get("XDG_CONFIG_HOME")
    return (Path(base) if base else Path.home() / ".config") / "parley"


@dataclass(frozen=True, slots=True)
class UserFile:
    """A file of the user's configuration: a JSON object that nobody else on the machine may read."""

    name: str
    folder: Path | None = None

    @property
    def path(self) -> Path:
        """Where the file lies."""
        return (self.folder or user_folder()) / self.name

    def read(self) -> dict[str, Any]:
        """The object; empty where there is no file. Raises ParleyError if it cannot be read."""
        try:
            found = json.loads(self.path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError) as error:
            raise ParleyError(f"Your settings {self.path} cannot be read ({error}). Mend the file, or delete it.") from error
        if not isinstance(found, dict):
            raise ParleyError(f"Your settings {self.path} are not a JSON object. Mend the file, or delete it.")
        return found

    def write(self, fields: Mapping[str, Any]) -> None:
        """Put the object in place of the old one. Raises ParleyError if it cannot be written."""
        path = self.path
        temporary = path.with_name(path.name + ".new")
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                file.write(json.dumps(fields, indent=2, ensure_ascii=False) + "\n")
            temporary.replace(path)
        except OSError as error:
            msg = f"Your settings {path} cannot be written ({error.strerror or error}). Set $PARLEY_CONFIG to a folder of yours."
            raise ParleyError(msg) from error


def library_key(library: Path) -> str:
    """The name under which decisions about the library in a folder are kept: its real path."""
    return os.path.realpath(library)


def trust_model(library: Path, model: str) -> None:
    """Remember that this user lets the library in a folder load this embedding model. Raises ParleyError."""
    file = UserFile(_MODELS_FILE)
    known = file.read()
    trusted = known.get(library_key(library), [])
    if model not in trusted:
        file.write(known | {library_key(library): [*trusted, model]})


def is_trusted(library: Path, model: str) -> bool:
    """Whether this user lets the library in a folder load this embedding model. Raises ParleyError."""
    trusted = UserFile(_MODELS_FILE).read().get(library_key(library), [])
    return isinstance(trusted, list) and model in trusted


def check_trusted(library: Path, model: str) -> None:
    """Raises NotTrustedError unless this user has named the model for the library in a folder."""
    if not is_trusted(library, model):
        msg = (
            f"The library {library} names the embedding model {model!r}, which you have not named yourself. A model's folder may "
            f"hold code. If you know it: parley trust --library {library} {model}"
        )
        raise NotTrustedError(msg)
