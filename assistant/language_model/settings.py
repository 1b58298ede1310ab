"""Which language model to use: an address, a model and a key; and whether text may leave this machine.

Address, model and that permission are kept in the library's folder, so that they hold for its documents and no others.
The key is read from the environment and never written anywhere.
"""

from __future__ import annotations

import ipaddress
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from parley.assistant.language_model.generator import Destination
from parley.index.errors import LanguageModelError, RemoteModelError

FILE = "language-model.json"
URL_VARIABLE, MODEL_VARIABLE, KEY_VARIABLE = "PARLEY_LLM_URL", "PARLEY_LLM", "PARLEY_LLM_KEY"


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """How to reach a language model, as far as it is set.

    Attributes:
        base_url: of a server that speaks OpenAI's protocol, with its "/v1"; "" for none.
        model: the name by which the server knows the model; "" for the first one it offers.
        allow_remote: whether questions and passages may be sent to an address outside this machine.
        context_tokens: of request and reply together; 0 asks the server.
        timeout_seconds: for a whole reply.
        key: as the environment has it; never stored.
    """

    base_url: str = ""
    model: str = ""
    allow_remote: bool = False
    context_tokens: int = 0
    timeout_seconds: float = 180.0
    key: str = ""

    @classmethod
    def stored(cls, folder: Path) -> Self:
        """The settings kept in a library's folder. Raises LanguageModelError if the file cannot be read."""
        path = folder / FILE
        if not path.is_file():
            return cls()
        try:
            fields = json.loads(path.read_text(encoding="utf-8"))
            return cls(
                base_url=str(fields["base_url"]),
                model=str(fields["model"]),
                allow_remote=fields["allow_remote"] is True,
                context_tokens=int(fields["context_tokens"]),
                timeout_seconds=float(fields["timeout_seconds"]),
            )
        except (OSError, ValueError, KeyError, TypeError) as error:
            msg = f"The settings {path} cannot be read ({error}). Delete the file, or set the model anew with `parley model`."
            raise LanguageModelError(msg) from error

    def store(self, folder: Path) -> None:
        """Keep the settings, without the key, in a library's folder."""
        fields = {name: value for name, value in asdict(self).items() if name != "key"}
        temporary = folder / f"{FILE}.new"
        temporary.write_text(json.dumps(fields, indent=2) + "\n", encoding="utf-8")
        temporary.replace(folder / FILE)

    def with_environment(self, environment: Mapping[str, str] = os.environ) -> ModelSettings:
        """These settings, with what the environment gives in their place: address, model and key.

        The permission to leave the machine stays what the library has, whatever address the environment gives.
        """
        return replace(
            self,
            base_url=environment.get(URL_VARIABLE) or self.base_url,
            model=environment.get(MODEL_VARIABLE) or self.model,
            key=environment.get(KEY_VARIABLE) or self.key,
        )

    def with_key(self, environment: Mapping[str, str] = os.environ) -> ModelSettings:
        """These settings with the environment's key, and nothing else of it."""
        return replace(self, key=environment.get(KEY_VARIABLE) or self.key)

    @property
    def destination(self) -> Destination:
        """Where text would go. Raises LanguageModelError if the address is none."""
        return destination_of(self.base_url)


def destination_of(url: str) -> Destination:
    """Where text sent to `url` goes; only loopback addresses and "localhost" count as this machine.

    Raises:
        LanguageModelError: `url` is not an address that begins with http:// or https://.
    """
    parts = urlsplit(url.strip())
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        msg = f"{url!r} is not the address of a language model. Write it like http://127.0.0.1:8080/v1."
        raise LanguageModelError(msg)
    return Destination(url.strip().rstrip("/"), is_local=_is_loopback(parts.hostname))


def _is_loopback(host: str) -> bool:
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def check_permitted(destination: Destination, *, allow_remote: bool) -> None:
    """Raises RemoteModelError if text would leave this machine and the library does not permit it."""
    if destination.is_local or allow_remote:
        return
    msg = (
        f"The language model is {destination.told}: questions and passages of your documents would be sent there. "
        "If you want that for this library, run `parley model --allow-remote`, or use a model on this machine."
    )
    raise RemoteModelError(msg)
