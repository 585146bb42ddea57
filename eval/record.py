"""What a run leaves behind: a folder with `run.json` (what was asked of what) and `answers.jsonl` (one line an answer).

Answers are written as they come, so that a run that is killed can go on, and are all that scores are made from: a run
is scored anew without asking again.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.domain import Outcome
from ingest.errors import BadSettings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

RUN, ANSWERS = "run.json", "answers.jsonl"


class RunUnreadable(BadSettings):
    """A folder holds no run, or one that this release cannot read."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Checked(_Part):
    """One sentence of a draft and the verdict on it."""

    text: str
    verdict: str
    detail: str = ""


class Rests(_Part):
    """How far claims rest on what they cite, by ALCE's definition (`eval.metrics.citations`), judged by `checker`."""

    recall: float
    precision: float
    checker: str


class Answer(_Part):
    """What became of one case in one repeat; `seconds` by the clock.

    `exact` is the share of its quotes that stand, to the character, where they are said to stand; `rests` how far its
    claims rest on them; both None without any. `found` are the documents it was chosen from, best first, each once; None
    where what was asked does not tell.
    """

    case: str
    repeat: int
    outcome: Annotated[Outcome, Field(discriminator="outcome")] | None = None
    checked: tuple[Checked, ...] | None = None
    exact: float | None = None
    rests: Rests | None = None
    found: tuple[str, ...] | None = None
    seconds: float


class Header(_Part):
    """What a run is a run of. Runs with one `fingerprint` ask the same of the same."""

    suite: str
    suite_file: str
    suite_digest: str
    cases: tuple[str, ...]
    repeats: int
    about: dict[str, str]
    documents: dict[str, tuple[str, str | None]]
    """By id: file name and title."""

    model: str | None = None
    started: str

    @property
    def fingerprint(self) -> tuple[object, ...]:
        """Everything but the time."""
        return (self.suite, self.suite_digest, self.cases, self.repeats, sorted(self.about.items()), self.model)


class Run:
    """A run on the disk; see `create` and `load`."""

    def __init__(self, folder: Path, header: Header) -> None:
        self.folder = folder
        self.header = header

    @classmethod
    def create(cls, folder: Path, header: Header) -> Run:
        """A new run in `folder`, or the one that was begun there, when it asks the same of the same.

        Raises:
            RunUnreadable: `folder` holds another run, or something else.
        """
        if (folder / RUN).is_file():
            begun = cls.load(folder)
            if begun.header.fingerprint != header.fingerprint:
                raise RunUnreadable(
                    f"{folder} holds a run of something else (suite, library, model or cases differ).",
                    remedy="Name another folder with `--out`.",
                )
            return begun
        if folder.is_dir() and any(folder.iterdir()):
            raise RunUnreadable(f"{folder} is not empty and holds no run.", remedy="Name another with `--out`.")
        folder.mkdir(parents=True, exist_ok=True)
        draft = folder / f"{RUN}.draft"
        draft.write_text(header.model_dump_json(indent=2) + "\n", encoding="utf-8")
        draft.replace(folder / RUN)
        return cls(folder, header)

    @classmethod
    def load(cls, folder: Path) -> Run:
        """The run in `folder`.

        Raises:
            RunUnreadable: there is none that can be read.
        """
        try:
            return cls(folder, Header.model_validate_json((folder / RUN).read_bytes()))
        except FileNotFoundError:
            raise RunUnreadable(f"{folder} holds no run.", remedy="`briefing eval list` names those that do.") from None
        except (OSError, ValidationError) as error:
            said = str(error).splitlines()[0]
            raise RunUnreadable(f"The run in {folder} cannot be read: {said}.", remedy="Make it anew.") from None

    def answers(self) -> list[Answer]:
        """Answers in the order of cases and repeats, the last one where one was given twice.

        A last line that was torn by a kill is left out; any other that cannot be read is a fault.

        Raises:
            RunUnreadable: a line in the middle cannot be read.
        """
        place = {case: number for number, case in enumerate(self.header.cases)}
        found = {(one.case, one.repeat): one for one in self._lines() if one.case in place}
        return sorted(found.values(), key=lambda one: (place[one.case], one.repeat))

    def keep(self, answers: Iterable[Answer]) -> Iterator[Answer]:
        """Each of `answers`, once it is on the disk."""
        path = self.folder / ANSWERS
        self._mend(path)
        with path.open("a", encoding="utf-8") as file:
            for one in answers:
                file.write(one.model_dump_json() + "\n")
                file.flush()
                yield one

    def complete(self) -> bool:
        """Whether every case was answered in every repeat."""
        return len(self.answers()) == len(self.header.cases) * self.header.repeats

    def _lines(self) -> Iterator[Answer]:
        path = self.folder / ANSWERS
        lines = path.read_bytes().split(b"\n") if path.is_file() else []
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                yield Answer.model_validate_json(line)
            except ValidationError as error:
                if number == len(lines):
                    return
                raise RunUnreadable(
                    f"Line {number} of {path} cannot be read: {str(error).splitlines()[0]}.",
                    remedy="Make the run anew.",
                ) from None

    @staticmethod
    def _mend(path: Path) -> None:
        """Take away a torn last line, so that the next answer begins one of its own."""
        content = path.read_bytes() if path.is_file() else b""
        if content and not content.endswith(b"\n"):
            path.write_bytes(content[: content.rfind(b"\n") + 1])


def as_json(value: Any) -> str:
    """JSON for people and for `diff`: keys in order, two spaces."""
    return json.dumps(value, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
