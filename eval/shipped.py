"""The suites and baselines that come with this program."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from eval.suite import SuiteUnreadable


def shipped() -> list[str]:
    """Names of the suites that are shipped."""
    return sorted(path.stem for path in _folder().glob("*.yaml"))


def suite_file(named: str) -> Path:
    """The file of the suite `named`: a path, or the name of one that is shipped.

    Raises:
        SuiteUnreadable: it is neither.
    """
    path = Path(named)
    if path.is_file():
        return path
    here = _folder() / f"{named}.yaml"
    if here.is_file() and path.name == named:
        return here
    raise SuiteUnreadable(f"There is no suite `{named}`.", remedy=f"Name a file, or one of: {', '.join(shipped())}.")


def baseline_file(name: str) -> Path | None:
    """The committed baseline of a shipped suite; None when it has none."""
    path = _folder() / "baselines" / f"{name}.json"
    return path if path.is_file() else None


def _folder() -> Path:
    return Path(str(files("eval.suites")))
