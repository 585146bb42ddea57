"""What the page and the HTTP interface need of a library, and nothing of how it is kept."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from assistant.web.markup import web_address
from ingest.errors import LibraryBusy
from ingest.receipts import Receipt

if TYPE_CHECKING:
    from assistant.answering import Step
    from assistant.domain import Outcome, Question, Scope, Supported, Withheld
    from ingest.documents import Source
    from ingest.ledger.records import DocumentRecord, DocumentText

_WAIT_SECONDS = 60.0


class Answers(Protocol):
    """Answers questions; `assistant.answering.Assistant` is one."""

    def answer(self, question: Question) -> Outcome:
        """The outcome of `question`."""
        ...

    def steps(self, question: Question) -> Iterator[Step | Supported | Withheld | Outcome]:
        """What is being done, claims as they pass, and the outcome last."""
        ...


class Reads(Protocol):
    """The part of `ingest.ledger.ledger.Ledger` that is read here."""

    def documents(self, *, live_only: bool = True, scope: Scope = ...) -> list[DocumentRecord]:
        """Documents by title; every version with `live_only=False`."""
        ...

    def document(self, id: str, version: int | None = None) -> DocumentRecord:  # noqa: A002 - the house's word
        """One version of a document, the live one for None."""
        ...

    def text(self, id: str, version: int | None = None) -> DocumentText:  # noqa: A002 - the house's word
        """Its text with its blocks."""
        ...

    def original(self, id: str, version: int | None = None) -> bytes:  # noqa: A002 - the house's word
        """The bytes it was made from."""
        ...

    def counts(self, scope: Scope = ...) -> tuple[int, int]:
        """Live documents and passages inside a scope."""
        ...


Adds = Callable[[Sequence["str | Source"], Mapping[str, str]], Iterator["Receipt"]]
"""Puts sources into the library, given what is known of all of them; receipts as each is done."""


class Holdings:
    """A library as its readers see it. One instance serves all sessions; it keeps nothing of any of them.

    Sources go in one batch at a time: a second batch waits for the first, and is refused after a minute.
    """

    def __init__(
        self,
        ledger: Reads,
        *,
        add: Adds,
        remove: Callable[[str], object],
        verify: Callable[[], Sequence[str]],
        snapshot: Callable[[], str],
        wait_seconds: float = _WAIT_SECONDS,
    ) -> None:
        self.ledger = ledger
        self.snapshot = snapshot
        self.verify = verify
        self._add = add
        self._remove = remove
        self._writing = threading.Lock()
        self._wait = wait_seconds

    def versions(self, document: str) -> list[DocumentRecord]:
        """Every version of one document, oldest first."""
        held = self.ledger.documents(live_only=False)
        return sorted((one for one in held if one.id == document), key=lambda one: one.version)

    def version_numbers(self) -> dict[str, int]:
        """How many versions of each document are held, by id."""
        numbers: dict[str, int] = {}
        for one in self.ledger.documents(live_only=False):
            numbers[one.id] = numbers.get(one.id, 0) + 1
        return numbers

    def find(self, words: str = "", source_type: str = "", scope: Scope | None = None) -> list[DocumentRecord]:
        """Live documents whose title, publisher or file name holds every one of `words`."""
        wanted = words.casefold().split()
        held = self.ledger.documents() if scope is None else self.ledger.documents(scope=scope)
        return [
            one
            for one in held
            if (not source_type or one.metadata.source_type == source_type)
            and all(word in _described(one) for word in wanted)
        ]

    def publishers(self) -> list[str]:
        """The publishers of live documents, each once."""
        return sorted({one.metadata.publisher for one in self.ledger.documents() if one.metadata.publisher})

    def source_types(self) -> list[str]:
        """The source types of live documents, each once."""
        return sorted({one.metadata.source_type for one in self.ledger.documents() if one.metadata.source_type})

    def add(self, sources: Sequence[str | Source], given: Mapping[str, str]) -> Iterator[Receipt]:
        """Receipts, one as soon as each source is done.

        A string is a web address and nothing else: the pipeline would read a file of the server's as gladly.

        Raises:
            LibraryBusy: another batch went on for too long.
        """
        allowed: list[str | Source] = []
        for source in sources:
            if isinstance(source, str) and web_address(source) is None:
                yield _no_address(source)
            else:
                allowed.append(source)
        if allowed:
            with self._turn():
                yield from self._add(allowed, given)

    def remove(self, document: str) -> DocumentRecord:
        """Take a document out of what can be asked about, and return what it was.

        Raises:
            DocumentMissing: there is no live document with exactly this id.
        """
        record = self.ledger.document(document)
        with self._turn():
            self._remove(record.id)
        return record

    def _turn(self) -> _Turn:
        return _Turn(self._writing, self._wait)


class _Turn:
    def __init__(self, lock: threading.Lock, wait: float) -> None:
        self._lock = lock
        self._wait = wait

    def __enter__(self) -> None:
        if not self._lock.acquire(timeout=self._wait):
            raise LibraryBusy("Other sources are being added.", remedy="Try again when they are done.")

    def __exit__(self, *_: object) -> None:
        self._lock.release()


def _no_address(given: str) -> Receipt:
    return Receipt(
        source=given[:200],
        status="refused",
        reason="This is no web address.",
        remedy="Write it in full, with http:// or https:// in front.",
    )


def _described(record: DocumentRecord) -> str:
    known = record.metadata
    return " ".join(filter(None, (known.title, known.publisher, known.author, record.name))).casefold()
