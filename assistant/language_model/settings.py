"""Which language model to use: an address, a model and a key; and whether text may leave this machine.

All of it is kept in the user's own configuration, by the library's path, so that a library that comes from somebody else
brings neither an address nor a permission. A key belongs to the server that it was given for.
"""

from __future__ import annotations

import ipaddress
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

from parley.assistant.language_model.generator import Destination
from parley.index.errors import LanguageModelError, ParleyError, RemoteModelError
from parley.index.user_settings import UserFile, library_key

FILE, KEYS_FILE = "language-models.json", "keys.json"
LEFT_BEHIND = "language-model.json"
"""What earlier versions kept in a library's folder; it is told, never obeyed."""

URL_VARIABLE, MODEL_VARIABLE, KEY_VARIABLE = "PARLEY_LLM_URL", "PARLEY_LLM", "PARLEY_LLM_KEY"


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """How to reach a language model, as far as it is set.

    Attributes:
        base_url: of a server that speaks OpenAI's protocol, with its "/v1"; "" for none.
        model: the name by which the server knows the model; "" for the first one it offers.
        allow_remote: whether questions and passages may be sent to `base_url` although it is outside this machine.
        context_tokens: of request and reply together; 0 asks the server.
        timeout_seconds: for a whole reply.
        key: for the server at `base_url` and no other.
    """

    base_url: str = ""
    model: str = ""
    allow_remote: bool = False
    context_tokens: int = 0
    timeout_seconds: float = 180.0
    key: str = ""

    @classmethod
    def stored(cls, library: Path) -> Self:
        """What this user has set for the library in a folder. Raises LanguageModelError if it cannot be read."""
        entry = _entry(library)
        if not entry:
            return cls()
        try:
            found = cls(
                base_url=str(entry["base_url"]),
                model=str(entry["model"]),
                context_tokens=int(entry["context_tokens"]),
                timeout_seconds=float(entry["timeout_seconds"]),
            )
            return replace(found, allow_remote=permits(library, found.base_url))
        except (ValueError, KeyError, TypeError) as error:
            path = UserFile(FILE).path
            msg = f"The settings {path} cannot be read ({error!r}). Delete the file, or set the model anew with `parley model`."
            raise LanguageModelError(msg) from error

    def store(self, library: Path) -> None:
        """Keep the settings, without the key, for the library in a folder; a permission holds for this address alone."""
        fields: dict[str, Any] = {
            "base_url": self.base_url,
            "model": self.model,
            "context_tokens": self.context_tokens,
            "timeout_seconds": self.timeout_seconds,
            "permitted": origin_of(self.base_url) if self.allow_remote and self.base_url else "",
        }
        file = UserFile(FILE)
        file.write(file.read() | {library_key(library): fields})

    def with_environment(self, environment: Mapping[str, str] = os.environ) -> ModelSettings:
        """These settings, with the address and the model that the environment gives in their place.

        A permission was given for an address: it does not go over to another one.
        """
        url = environment.get(URL_VARIABLE) or self.base_url
        return replace(self.at(url), model=environment.get(MODEL_VARIABLE) or self.model)

    def at(self, url: str) -> ModelSettings:
        """These settings with another address; permission and key stay behind where the server is another."""
        same = bool(self.base_url) and bool(url) and origin_of(url) == origin_of(self.base_url)
        return replace(self, base_url=url, allow_remote=self.allow_remote and same, key=self.key if same else "")

    def with_key(self, environment: Mapping[str, str] = os.environ) -> ModelSettings:
        """These settings with the key that was given for their server: kept by the user, or given beside its address."""
        return replace(self, key=(key_for(self.base_url, environment) if self.base_url else "") or self.key)

    @property
    def destination(self) -> Destination:
        """Where text would go. Raises LanguageModelError if the address is none."""
        return destination_of(self.base_url)


def permits(library: Path, url: str | None) -> bool:
    """Whether this user lets text of the library in a folder go to the server at `url`."""
    permitted = _entry(library).get("permitted")
    return bool(permitted) and bool(url) and permitted == origin_of(url or "")


def key_for(url: str, environment: Mapping[str, str] = os.environ) -> str:
    """The key that was given for the server at `url`; "" where there is none.

    `$PARLEY_LLM_KEY` was given for the server of `$PARLEY_LLM_URL`, a key that is kept for the server it was kept with.
    """
    origin = origin_of(url)
    beside = environment.get(URL_VARIABLE)
    if beside and origin_of(beside) == origin and environment.get(KEY_VARIABLE):
        return environment[KEY_VARIABLE]
    return str(UserFile(KEYS_FILE).read().get(origin, ""))


def keep_key(url: str, key: str) -> None:
    """Keep a key for the server at `url` in the user's configuration; an empty one is forgotten. Raises ParleyError."""
    file = UserFile(KEYS_FILE)
    kept = {origin: value for origin, value in file.read().items() if origin != origin_of(url)}
    file.write(kept | {origin_of(url): key} if key else kept)


def known_keys(environment: Mapping[str, str] = os.environ) -> tuple[str, ...]:
    """Every key that is to be kept out of what people read."""
    try:
        kept = [str(value) for value in UserFile(KEYS_FILE).read().values()]
    except ParleyError:
        kept = []
    return tuple(key for key in (environment.get(KEY_VARIABLE, ""), *kept) if key)


def address_left_behind(library: Path) -> str:
    """The address that a library's own folder names, which is not used; "" where it names none."""
    try:
        fields = json.loads((library / LEFT_BEHIND).read_text(encoding="utf-8"))
        return without_credentials(str(fields["base_url"]))
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def origin_of(url: str) -> str:
    """Scheme, host and port of an address, in one writing. Raises LanguageModelError if it is none."""
    parts = _parts(url)
    port = parts.port or {"http": 80, "https": 443}[parts.scheme]
    return f"{parts.scheme}://{(parts.hostname or '').rstrip('.')}:{port}"


def destination_of(url: str) -> Destination:
    """Where text sent to `url` goes; only loopback addresses and "localhost" count as this machine.

    Raises:
        LanguageModelError: `url` is not an address that begins with http:// or https://, or it holds a password or a key.
    """
    return Destination(url.strip().rstrip("/"), is_local=_is_loopback(_parts(url).hostname or ""))


def without_credentials(url: str) -> str:
    """An address without what may be a password or a key in it."""
    bare = url.partition("?")[0].partition("#")[0]
    scheme, slashes, rest = bare.partition("//")
    host, slash, path = rest.partition("/")
    return f"{scheme}{slashes}{host.rpartition('@')[2]}{slash}{path}" if slashes else bare.rpartition("@")[2]


def _parts(url: str) -> Any:  # noqa: ANN401  (what urlsplit gives has no public name)
    try:
        parts = urlsplit(url.strip())
        is_address = parts.scheme in {"http", "https"} and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        is_address = False
    if not is_address:
        msg = f"{without_credentials(url)!r} is not the address of a language model. Write it like http://127.0.0.1:8080/v1."
        raise LanguageModelError(msg)
    if "@" in parts.netloc or "?" in url or "#" in url:
        msg = (
            f"The address of the language model at {parts.hostname} holds a name, a password or a key, and addresses are shown. "
            "Leave out what stands before @ and behind ?, and keep the key with `parley model --url URL --key`."
        )
        raise LanguageModelError(msg)
    return parts


def _entry(library: Path) -> dict[str, Any]:
    entry = UserFile(FILE).read().get(library_key(library), {})
    return entry if isinstance(entry, dict) else {}


def _is_loopback(host: str) -> bool:
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def check_permitted(destination: Destination, *, allow_remote: bool) -> None:
    """Raises RemoteModelError if text would leave this machine and the user has not permitted it."""
    if destination.is_local or allow_remote:
        return
    given = (
        f"run `parley model --url {destination.address} --allow-remote`" if destination.address else "pass `allow_remote=True`"
    )
    msg = (
        f"The language model is {destination.told}: questions and passages of your documents would be sent there. "
        f"If you want that for this library, {given}, or use a model on this machine."
    )
    raise RemoteModelError(msg)
