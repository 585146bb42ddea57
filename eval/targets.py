"""What a suite is asked of: an assistant in this process, or a server by its address."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, Self

import httpx2 as httpx
from pydantic import TypeAdapter, ValidationError

from assistant.desk.drafts import from_text
from assistant.domain import Outcome, Question
from eval.record import Checked
from ingest.errors import BriefingError, DocumentMissing

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType

    from assistant.answering import Assistant
    from assistant.desk.checking import Checker
    from assistant.web.filters import Filters

_SECONDS = 300.0
_OUTCOME: TypeAdapter[Outcome] = TypeAdapter(Outcome)


class TargetGone(BriefingError):
    """What is asked does not answer (any more): there is no verdict on it."""


class Held(NamedTuple):
    """A document of the library that was asked."""

    id: str
    name: str
    title: str | None


class Timed(NamedTuple):
    """An outcome and how long it took, in seconds by the clock."""

    outcome: Outcome
    seconds: float


class TimedDraft(NamedTuple):
    """The verdicts on a draft's sentences and how long they took, in seconds by the clock."""

    sentences: tuple[Checked, ...]
    seconds: float


class Target(Protocol):
    """Asked by several threads at once."""

    @property
    def about(self) -> dict[str, str]:
        """What was asked, in words: `where`, and what it said of its library and model."""
        ...

    def ask(self, question: str, previous: Sequence[str], filters: Filters) -> Timed:
        """The outcome of a question; raises `TargetGone`."""
        ...

    def check(self, draft: str) -> TimedDraft:
        """The verdicts on a draft; raises `TargetGone`."""
        ...

    def documents(self) -> list[Held]:
        """What the library holds."""
        ...

    def text(self, document: str, version: int) -> str | None:
        """The canonical text of a version; None when there is none."""
        ...

    def found(self, outcome: Outcome) -> tuple[str, ...] | None:
        """The documents that `outcome` was chosen from, best first, each once; None where that cannot be told."""
        ...


class InProcess:
    """An assistant in this process, with what checks drafts against its library."""

    def __init__(self, assistant: Assistant, checker: Checker) -> None:
        self._assistant = assistant
        self._checker = checker

    @property
    def about(self) -> dict[str, str]:
        """See `Target`."""
        library = self._assistant.library
        answering = self._assistant.settings.model_dump(mode="json")
        return {
            "where": "in process",
            "library": library.snapshot(),
            "embedder": library.embedder.fingerprint,
            "answering": ", ".join(f"{name} {value}" for name, value in answering.items()),
        }

    def ask(self, question: str, previous: Sequence[str], filters: Filters) -> Timed:
        """See `Target`."""
        asked = Question(text=question, scope=filters.scope(), previous=tuple(previous))
        began = time.perf_counter()
        outcome = self._assistant.answer(asked)
        return Timed(outcome, time.perf_counter() - began)

    def check(self, draft: str) -> TimedDraft:
        """See `Target`."""
        began = time.perf_counter()
        checked = self._checker.check(from_text(draft))
        seconds = time.perf_counter() - began
        return TimedDraft(
            tuple(Checked(text=one.text, verdict=one.verdict, detail=one.detail) for one in checked.sentences), seconds
        )

    def documents(self) -> list[Held]:
        """See `Target`."""
        return [Held(one.id, one.name, one.metadata.title) for one in self._assistant.library.ledger.documents()]

    def text(self, document: str, version: int) -> str | None:
        """See `Target`."""
        try:
            return self._assistant.library.ledger.text(document, version).text
        except DocumentMissing:
            return None

    def found(self, outcome: Outcome) -> tuple[str, ...] | None:
        """See `Target`."""
        passages = self._assistant.library.ledger.passages(outcome.trace.passages)
        return tuple(dict.fromkeys(one.document.id for one in passages))


class Server:
    """A `briefing serve` at an address, over its HTTP interface."""

    def __init__(self, address: str) -> None:
        self._address = address.rstrip("/")
        # A proxy of the environment has no business between an evaluator and a server that is named.
        self._client = httpx.Client(base_url=self._address, timeout=_SECONDS, trust_env=False)

    @property
    def about(self) -> dict[str, str]:
        """See `Target`."""
        return {"where": self._address, "library": str(self._get("/api/library")["snapshot"])}

    def ask(self, question: str, previous: Sequence[str], filters: Filters) -> Timed:
        """See `Target`."""
        body = {"question": question, "previous": list(previous), "filters": filters.model_dump(mode="json")}
        began = time.perf_counter()
        told = self._answered("POST", "/api/ask", body)
        seconds = time.perf_counter() - began
        try:
            return Timed(_OUTCOME.validate_python(told), seconds)
        except ValidationError:
            raise TargetGone(
                f"{self._address} answers in a way this release does not know.", remedy="Use one release on both sides."
            ) from None

    def check(self, draft: str) -> TimedDraft:
        """See `Target`."""
        began = time.perf_counter()
        told = self._answered("POST", "/api/check", {"text": draft})
        seconds = time.perf_counter() - began
        return TimedDraft(
            tuple(Checked(text=one["text"], verdict=one["verdict"], detail=one["detail"]) for one in told["sentences"]),
            seconds,
        )

    def documents(self) -> list[Held]:
        """See `Target`."""
        return [Held(one["id"], one["name"], one.get("title")) for one in self._get("/api/documents")]

    def text(self, document: str, version: int) -> str | None:
        """See `Target`."""
        try:
            told = self._client.get(f"/api/documents/{document}/text", params={"version": version})
        except httpx.HTTPError as error:
            raise self._gone(error) from None
        return str(told.json()["text"]) if told.is_success else None

    def found(self, outcome: Outcome) -> None:
        """See `Target`; passages have no address."""

    def _get(self, path: str) -> Any:
        return self._answered("GET", path)

    def _answered(self, method: str, path: str, body: Any = None) -> Any:
        try:
            told = self._client.request(method, path, json=body)
        except httpx.HTTPError as error:
            raise self._gone(error) from None
        if not told.is_success:
            raise TargetGone(f"{self._address} answered {told.status_code} to {path}.", remedy="Look at its log.")
        try:
            return told.json()
        except ValueError:
            raise self._gone("no JSON") from None

    def _gone(self, said: object) -> TargetGone:
        return TargetGone(
            f"{self._address} does not answer ({said or type(said).__name__}).",
            remedy="Start it with `briefing serve`, or correct the address. What was answered is kept: run it again.",
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._client.close()
