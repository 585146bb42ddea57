"""The support checker that the settings name, loaded when the first claim needs one.

Most claims are decided by the rules alone, and those in a source's own words always; asking must not wait for a model
that nobody needs. Without its weights the built-in checker carries nothing: what the rules withhold stays withheld.
"""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

from assistant.support import Support
from assistant.support.built_in import WEIGHTS, with_model
from ingest.errors import ModelUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from assistant.support import SupportChecker

BUILT_IN, OFF = "built-in", "off"
"""What a setting may say besides the name or folder of a model."""


class WhenNeeded:
    """A support checker that is made at its first claim; where there is none to be had, nothing is carried."""

    def __init__(self, make: Callable[[], SupportChecker | None]) -> None:
        self._make = make
        self._made: tuple[SupportChecker | None] | None = None
        self._last: tuple[str, tuple[str, ...], Support] | None = None
        self._lock = Lock()

    @property
    def name(self) -> str:
        """The name of the checker, which is made for it; "none" where there is none."""
        checker = self._checker()
        return "none" if checker is None else checker.name

    def check(self, claim: str, evidence_sentences: Sequence[str]) -> Support:
        """See `SupportChecker`. The same question asked again, as for each sentence of one citation, costs nothing."""
        evidence, last = tuple(evidence_sentences), self._last
        if last is not None and last[:2] == (claim, evidence):
            return last[2]
        checker = self._checker()
        if checker is None:
            return Support(0.0, 1.0, "No claim checker has read this.")
        found = checker.check(claim, evidence)
        self._last = (claim, evidence, found)
        return found

    def _checker(self) -> SupportChecker | None:
        with self._lock:
            if self._made is None:
                self._made = (self._make(),)
            return self._made[0]


def support_checker(
    name: str, *, offline: bool, say: Callable[[str], None], weights: Path = WEIGHTS
) -> SupportChecker | None:
    """The checker of that name, not loaded yet: `built-in`, or a model's folder or name; None for `off`.

    Without the weights of the built-in one `say` is told so once, when a claim would have needed it. A model named
    by the user that cannot be loaded raises `ModelUnavailable` then.
    """
    if name == OFF:
        return None
    if name == BUILT_IN:
        return WhenNeeded(lambda: _bundled(say, weights))
    return WhenNeeded(lambda: _named(name, offline=offline))


def _bundled(say: Callable[[str], None], weights: Path) -> SupportChecker | None:
    try:
        return with_model(strict=True, weights=weights)
    except ModelUnavailable as error:
        say(f"Claims are held to the words of their sources alone. {error}")
        return None


def _named(name: str, *, offline: bool) -> SupportChecker:
    from assistant.support.by_name import NamedModel  # torch takes seconds to import

    return NamedModel(name, offline=offline)
