"""Every word a language model is told, as files, and the one way to read them.

`load("answer/draft").fill(question=..., evidence=...)`. A file declares its fields; a field that is declared and not
used, used and not declared, missing when filled or given too much is a fault, and is raised before any model is
called. Nothing but the standard library is imported here.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

__all__ = ["Prompt", "PromptError", "load", "names"]

_NAME = re.compile(r"[a-z0-9_]+(?:/[a-z0-9_]+)*")
_FRONT_MATTER = re.compile(r"---\n(.*?)^---\n", re.DOTALL | re.MULTILINE)
_FIELDS = re.compile(r"fields:[ ]*\[([^\]]*)\]")


class PromptError(ValueError):
    """A prompt file or the values given for its fields are wrong: a fault of the program, not of its user."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """One prompt as read from its file.

    `text` is the template without its front matter. `digest` is the SHA-256, in hexadecimal, of the whole file as
    it was read, line ends made one character; it goes into the trace of every answer that the prompt had part in.
    """

    name: str
    text: str
    fields: frozenset[str]
    digest: str

    def fill(self, **values: str) -> str:
        """The text with a value for each field; "$" in a value stays as it is.

        Raises:
            PromptError: a field is missing, or a value is given that is no field.
        """
        _require_same(self.name, self.fields, frozenset(values), declared="declared", other="given")
        return Template(self.text).substitute(values)


def load(name: str, *, folder: Path | None = None) -> Prompt:
    """The prompt in the file `name` + ".md", in `folder` or else among those that are installed.

    Raises:
        PromptError: there is none of that name, or its front matter and its text do not declare the same fields.
    """
    if not _NAME.fullmatch(name):
        raise PromptError(f"{name!r} is no name of a prompt")
    file = _root(folder).joinpath(f"{name}.md")
    if not file.is_file():
        raise PromptError(f"there is no prompt {name!r}; there are: {', '.join(names(folder=folder)) or 'none'}")
    whole = file.read_text(encoding="utf-8")
    text, fields = _split(name, whole)
    _require_same(name, fields, _used(name, text), declared="declared", other="used")
    return Prompt(name, text, fields, hashlib.sha256(whole.encode("utf-8")).hexdigest())


def names(*, folder: Path | None = None) -> tuple[str, ...]:
    """Names of all prompts, in order; a README is none."""
    return tuple(sorted(_found(_root(folder), "")))


def _root(folder: Path | None) -> Traversable:
    return folder if folder is not None else files(__name__)


def _found(folder: Traversable, prefix: str) -> list[str]:
    found: list[str] = []
    for entry in folder.iterdir():
        if entry.is_dir():
            found += _found(entry, f"{prefix}{entry.name}/")
        elif entry.name.endswith(".md") and _NAME.fullmatch(name := f"{prefix}{entry.name[:-3]}"):
            found.append(name)
    return found


def _split(name: str, whole: str) -> tuple[str, frozenset[str]]:
    front = _FRONT_MATTER.match(whole)
    declared = _FIELDS.fullmatch(front[1].strip()) if front else None
    if front is None or declared is None:
        raise PromptError(f"prompt {name!r} must begin with front matter that holds one line, `fields: [a, b]`")
    fields = [field.strip() for field in declared[1].split(",") if field.strip()]
    if len(set(fields)) != len(fields):
        raise PromptError(f"prompt {name!r} declares a field twice")
    return whole[front.end() :], frozenset(fields)


def _used(name: str, text: str) -> frozenset[str]:
    template = Template(text)
    if not template.is_valid():
        raise PromptError(f"prompt {name!r} holds a single `$`; write `$$` for the sign itself")
    return frozenset(template.get_identifiers())


def _require_same(name: str, fields: frozenset[str], others: frozenset[str], *, declared: str, other: str) -> None:
    missing, extra = sorted(fields - others), sorted(others - fields)
    faults = [f"{declared} but not {other}: {', '.join(missing)}"] if missing else []
    faults += [f"{other} but not {declared}: {', '.join(extra)}"] if extra else []
    if faults:
        raise PromptError(f"fields of prompt {name!r}: {'; '.join(faults)}")
