"""Reading prompt files, and filling in their variables: all of them, and no others.

A file starts with `version: N`, then has a part under `# System` and one under `# User`. A variable is written `{{name}}`.
Values are put in once and never read as templates, so that a document cannot bring variables of its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent
_LAYOUT = re.compile(r"\Aversion: (?P<version>\d+)\s*\n+# System\n(?P<system>.*?)\n# User\n(?P<user>.*)\Z", re.DOTALL)
_VARIABLE = re.compile(r"\{\{(\w+)\}\}")


class PromptError(ValueError):
    """A prompt does not exist, is not laid out as one, or was given other variables than it has."""


@dataclass(frozen=True, slots=True)
class RenderedPrompt:
    """The two messages of a request, and which prompt they came from: `name` and `version`."""

    name: str
    version: int
    system: str
    user: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt with variables.

    Attributes:
        name: of its file, without the ending.
        version: raised with every change of wording.
        system: the standing instructions; the same for all requests unless they hold variables.
        user: the request itself.
    """

    name: str
    version: int
    system: str
    user: str

    @property
    def variables(self) -> frozenset[str]:
        """The names that `render` wants."""
        return frozenset(_VARIABLE.findall(self.system) + _VARIABLE.findall(self.user))

    def render(self, **values: str) -> RenderedPrompt:
        """The messages with the values in place. Raises PromptError naming all missing or all unknown variables."""
        missing = sorted(self.variables - values.keys())
        if missing:
            raise PromptError(f"The prompt {self.name!r} lacks values for: {', '.join(missing)}.")
        unknown = sorted(values.keys() - self.variables)
        if unknown:
            raise PromptError(f"The prompt {self.name!r} has no variables named: {', '.join(unknown)}.")

        def filled(text: str) -> str:
            return _VARIABLE.sub(lambda match: values[match.group(1)], text)

        return RenderedPrompt(self.name, self.version, filled(self.system), filled(self.user))


def parse_prompt(name: str, text: str) -> Prompt:
    """The prompt that a file's text holds. Raises PromptError where it is not laid out as one."""
    layout = _LAYOUT.match(text)
    if layout is None:
        raise PromptError(f"The prompt {name!r} must start with “version: N” and have the parts “# System” and “# User”.")
    return Prompt(name, int(layout["version"]), layout["system"].strip(), layout["user"].strip())


def prompt_names() -> tuple[str, ...]:
    """The prompts that there are, in alphabetical order."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.md")))


@cache
def load_prompt(name: str) -> Prompt:
    """The prompt of that name. Raises PromptError where there is none."""
    path = _FOLDER / f"{name}.md"
    if name not in prompt_names():
        raise PromptError(f"There is no prompt {name!r}. There are: {', '.join(prompt_names())}.")
    return parse_prompt(name, path.read_text(encoding="utf-8"))
