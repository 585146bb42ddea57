"""Every failure a person can do something about, as one tree.

- BriefingError
  - BadSettings            a setting is unknown, out of bounds or contradicts another
  - MissingExtra           an optional package is not installed
  - RefusedSource          one source cannot become a document; the batch goes on
    - UnreadableSource     damaged, mislabelled, empty, encrypted or of an unknown format
    - SourceTooLarge       a cap on bytes, pages, memory or time was reached
    - RefusedAddress       an address that may not or could not be fetched
  - LibraryError
    - LibraryMissing       there is no library at that folder
    - LibraryBusy          another process is writing to it
    - ModelMismatch        it was built with another embedding model or engine
    - LibraryDamaged       the ledger itself cannot be read
    - StorageFull          the disk has no room for what was to be written
    - DocumentMissing      no such document or version
    - ConversationMissing  no such conversation, or it is somebody else's
  - ModelUnavailable       an embedding or chat model cannot be loaded or does not answer
  - IndexUnavailable       the vector index does not answer; the ledger still does

A failure is an exception with a remedy. A refusal to answer is a value (see `assistant.domain`).
Only the faces (command line, page, HTTP) catch `BriefingError`; the batch loop catches `RefusedSource`.
"""

from __future__ import annotations


class BriefingError(Exception):
    """A foreseeable failure: one sentence on what happened, one on what to do about it."""

    def __init__(self, message: str, *, remedy: str) -> None:
        super().__init__(message, remedy)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}".strip()

    def __reduce__(self) -> tuple[object, ...]:
        """Survive the trip back from the child process that parses files."""
        return (_restore, (type(self), self.message, self.remedy))


def _restore(kind: type[BriefingError], message: str, remedy: str) -> BriefingError:
    error = kind.__new__(kind)
    BriefingError.__init__(error, message, remedy=remedy)
    return error


class BadSettings(BriefingError):
    """A setting is unknown, out of bounds or contradicts another."""


class MissingExtra(BriefingError):
    """An optional package is not installed."""

    def __init__(self, module: str, *, extra: str) -> None:
        super().__init__(
            f"`{module}` is not installed.",
            remedy=f"Install it with: pip install 'policy-briefing-assistant[{extra}]'",
        )


class RefusedSource(BriefingError):
    """One source cannot become a document; the rest of the batch is not affected."""


class UnreadableSource(RefusedSource):
    """The source is damaged, mislabelled, empty, encrypted or of an unknown format."""


class SourceTooLarge(RefusedSource):
    """The source reached a cap on bytes, pages, memory or time."""


class RefusedAddress(RefusedSource):
    """The address may not be fetched (private network, offline mode) or did not answer."""


class LibraryError(BriefingError):
    """The library as a whole cannot do what was asked."""


class LibraryMissing(LibraryError):
    """There is no library at the folder named."""


class LibraryBusy(LibraryError):
    """Another process is writing to the library."""


class ModelMismatch(LibraryError):
    """The library was built with another embedding model or engine."""


class LibraryDamaged(LibraryError):
    """The ledger itself cannot be read."""


class StorageFull(LibraryError):
    """The disk has no room for what was to be written; nothing acknowledged was lost."""


class DocumentMissing(LibraryError):
    """No such document, or no such version of it."""


class ConversationMissing(LibraryError):
    """No such conversation, or it is somebody else's: whoever asks cannot tell which."""


class ModelUnavailable(BriefingError):
    """An embedding or chat model cannot be loaded or does not answer."""


class IndexUnavailable(BriefingError):
    """The vector index does not answer; the ledger still does."""
