"""A regression suite as data: documents, cases, and what is expected of each. Read from YAML.

A suite is a contract with people who do not read code, so unknown keys are refused, every expectation is optional and
means one thing, and `eval.linting` names the line of what is wrong. Sentences are compared without regard to case,
kind of quotation marks and runs of blanks.
"""

from __future__ import annotations

import hashlib
import re
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from assistant.domain import Caveat, Standing
from assistant.web.filters import Filters
from eval.kinds import KINDS
from ingest.errors import BadSettings

Severity = Literal["critical", "high", "medium", "low"]
OutcomeName = Literal["briefing", "abstention", "clarification"]
Phrase = Annotated[str, Field(min_length=1, max_length=1000)]
Words = Annotated[tuple[Phrase, ...], Field(min_length=1)]


class SuiteUnreadable(BadSettings):
    """A suite cannot be read, or says something that no suite can say."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Wanted(_Part):
    """Words that must, or must not, stand in the claims: any one of `any`, or what `regex` matches."""

    any: Words | None = None
    regex: str | None = None

    @model_validator(mode="after")
    def _one_of_the_two(self) -> Wanted:
        if (self.any is None) == (self.regex is None):
            raise ValueError("give either `any` or `regex`")
        return self

    @field_validator("regex")
    @classmethod
    def _compiles(cls, value: str | None) -> str | None:
        if value is not None:
            try:
                re.compile(value)
            except re.error as error:
                raise ValueError(f"the regular expression cannot be read: {error}") from None
        return value

    def __str__(self) -> str:
        return f"/{self.regex}/" if self.regex is not None else " | ".join(self.any or ())


class Place(_Part):
    """A citation that must, or must not, be among those of the answer.

    `document` is a document's file name, title, address or id; `quote` words that the cited quote holds; `page` its page.
    """

    document: Phrase
    quote: Phrase | None = None
    page: int | None = Field(default=None, ge=1)

    def __str__(self) -> str:
        page = f", page {self.page}" if self.page else ""
        return f"{self.document}{page}" + (f", \u201c{self.quote}\u201d" if self.quote else "")


class Expectation(_Part):
    """What is expected of one answer; what is left out is not looked at."""

    outcome: Annotated[tuple[OutcomeName, ...], Field(min_length=1)] | None = None
    includes: tuple[Wanted, ...] = ()
    excludes: tuple[Wanted, ...] = ()
    cites: tuple[Place, ...] = ()
    cites_not: tuple[Place, ...] = ()
    speaker: Words | None = None
    standing: Annotated[tuple[Standing, ...], Field(min_length=1)] | None = None
    caveats: tuple[Caveat, ...] = ()
    premise_corrected: bool = False
    standalone: tuple[Wanted, ...] = ()
    max_claims: int | None = Field(default=None, ge=0)
    max_latency: float | None = Field(default=None, gt=0)
    verdicts: tuple[Phrase, ...] | None = None

    @field_validator("outcome", "speaker", "standing", mode="before")
    @classmethod
    def _one_or_several(cls, value: Any) -> Any:
        return (value,) if isinstance(value, str) else value

    @field_validator("includes", "excludes", "standalone", mode="before")
    @classmethod
    def _plain_words(cls, value: Any) -> Any:
        return _listed(value, lambda one: {"any": (one,)} if isinstance(one, str) else one)

    @field_validator("cites", "cites_not", mode="before")
    @classmethod
    def _plain_names(cls, value: Any) -> Any:
        return _listed(value, lambda one: {"document": one} if isinstance(one, str) else one)

    @model_validator(mode="after")
    def _says_something(self) -> Expectation:
        if self == Expectation.model_construct():
            raise ValueError("nothing is expected; give at least an outcome")
        return self


class Case(_Part):
    """One thing to try: a question, a conversation (its last question is judged), or a draft to check."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,79}$")]
    kind: str
    ask: Annotated[str, Field(min_length=1, max_length=2000)] | None = None
    conversation: Annotated[tuple[str, ...], Field(min_length=2, max_length=20)] | None = None
    draft: Annotated[str, Field(min_length=1)] | None = None
    filters: Filters = Filters()
    expect: Expectation
    severity: Severity = "medium"
    tags: tuple[str, ...] = ()
    why: str = ""
    source: str | None = None
    """Groups cases that rest on the same source, for intervals; by default the first document that `expect.cites` names."""

    @field_validator("kind")
    @classmethod
    def _is_named(cls, value: str) -> str:
        if value not in KINDS:
            near = get_close_matches(value, KINDS, n=1)
            known = f"did you mean `{near[0]}`?" if near else f"there are: {', '.join(sorted(KINDS))}"
            raise ValueError(f"`{value}` is no kind; {known}")
        return value

    @model_validator(mode="after")
    def _one_thing(self) -> Case:
        if sum(one is not None for one in (self.ask, self.conversation, self.draft)) != 1:
            raise ValueError("give one of `ask`, `conversation` and `draft`")
        if (self.expect.verdicts is not None) != (self.draft is not None):
            raise ValueError("`verdicts` are expected of a `draft`, and only of one")
        return self

    @property
    def text(self) -> str:
        """What is asked, or checked, last."""
        return self.ask or (self.conversation or ("",))[-1] or self.draft or ""

    @property
    def group(self) -> str:
        """The source that the case rests on, or the case itself."""
        return self.source or (self.expect.cites[0].document if self.expect.cites else self.id)


class Suite(_Part):
    """Cases over the documents of one library.

    `documents` are paths and globs relative to the suite's file, `starter` for the bundled notes. `quarantine` names cases
    whose failures are shown and do not decide anything, each with the reason.
    """

    suite: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,59}$")]
    about: str = ""
    documents: Annotated[tuple[str, ...], Field(min_length=1)]
    quarantine: dict[str, str] = {}
    cases: Annotated[tuple[Case, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _names_are_unique_and_known(self) -> Suite:
        ids = [case.id for case in self.cases]
        twice = sorted({one for one in ids if ids.count(one) > 1})
        if twice:
            raise ValueError(f"the id `{twice[0]}` is given twice")
        unknown = sorted(set(self.quarantine) - set(ids))
        if unknown:
            raise ValueError(f"`quarantine` names `{unknown[0]}`, which is no case")
        return self


def load(path: Path) -> tuple[Suite, str]:
    """The suite in `path`, and the SHA-256 of what was read.

    Raises:
        SuiteUnreadable: it is not there, is no YAML, or is no suite; `briefing eval lint` names every fault.
    """
    try:
        content = path.read_bytes()
        suite = Suite.model_validate(yaml.safe_load(content))
    except OSError as error:
        raise SuiteUnreadable(f"{path} cannot be read: {error.strerror}.", remedy="Name a suite's file.") from None
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        line = " ".join(str(error).split())[:200]
        raise SuiteUnreadable(f"{path} is no YAML: {line}.", remedy="Correct it.") from None
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"]) or "the suite"
        raise SuiteUnreadable(
            f"{path}: `{place}`: {str(first['msg']).removeprefix('Value error, ')}.",
            remedy=f"`briefing eval lint {path}` names every fault with its line.",
        ) from None
    return suite, hashlib.sha256(content).hexdigest()


def _listed(value: Any, made: Any) -> Any:
    if isinstance(value, str | dict):
        value = [value]
    return [made(one) for one in value] if isinstance(value, list | tuple) else value
