"""One evaluation from beginning to end: library, target, answers, scores. The command line and the page call it."""

from __future__ import annotations

import shutil
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING

from platformdirs import user_data_path

from assistant import wiring
from assistant.support.built_in import built_in
from eval.library_for import HELD, opened, prepared
from eval.record import Header, Run, RunUnreadable
from eval.results import SUITE, Results, scored
from eval.running import ask_all
from eval.suite import Case, Suite, SuiteUnreadable, load
from eval.targets import InProcess, Server
from ingest.settings import APPLICATION

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from assistant.settings import Settings
    from eval.targets import Target


@dataclass(frozen=True, slots=True)
class Plan:
    """What to evaluate. `library` None builds the suite's own; `server` asks an address instead.

    `narrowed` are words: a case stays when its id, kind or a tag matches one of them (`*` stands for anything).
    """

    suite_file: Path
    folder: Path
    library: Path | None = None
    server: str | None = None
    repeats: int = 1
    jobs: int = 2
    narrowed: tuple[str, ...] = ()
    only: frozenset[str] | None = None
    clock: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))


def evaluate(
    plan: Plan,
    settings: Settings,
    *,
    target: Target | None = None,
    say: Callable[[str], None] = lambda _: None,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> Results:
    """Ask what is missing and score all of it; a `target` that is open already is asked in place of the plan's.

    Raises:
        SuiteUnreadable, RunUnreadable: the plan cannot be carried out.
        TargetGone: what is asked does not answer; the answers so far are kept, and the same plan goes on from them.
    """
    suite, digest = load(plan.suite_file)
    cases = chosen(suite, plan.narrowed, plan.only)
    with nullcontext(target) if target else target_of(plan, suite, settings, say) as asked:
        header = Header(
            suite=suite.suite,
            suite_file=plan.suite_file.name,
            suite_digest=digest,
            cases=tuple(case.id for case in cases),
            repeats=plan.repeats,
            about=asked.about,
            documents={one.id: (one.name, one.title) for one in asked.documents()},
            model=settings.model.name if plan.server is None else None,
            started=plan.clock().isoformat(timespec="seconds"),
        )
        run = Run.create(plan.folder, header)
        shutil.copyfile(plan.suite_file, run.folder / SUITE)
        ask_all(run, cases, asked, jobs=plan.jobs, checker=built_in(say=say), progress=progress)
    return scored(run, suite)


def chosen(suite: Suite, narrowed: Sequence[str], only: frozenset[str] | None = None) -> list[Case]:
    """The cases of `suite` that are wanted, in its order.

    Raises:
        SuiteUnreadable: none is.
    """
    wanted = [
        case
        for case in suite.cases
        if (only is None or case.id in only)
        and (
            not narrowed
            or any(fnmatchcase(name, word) for word in narrowed for name in (case.id, case.kind, *case.tags))
        )
    ]
    if not wanted:
        said = ", ".join(narrowed) or "the cases that did not pass"
        raise SuiteUnreadable(f"No case of `{suite.suite}` fits {said}.", remedy="Name an id, a kind or a tag.")
    return wanted


@contextmanager
def target_of(plan: Plan, suite: Suite, settings: Settings, say: Callable[[str], None]) -> Iterator[Target]:
    """What the plan asks, open."""
    if plan.server is not None:
        with Server(plan.server) as server:
            yield server
        return
    held = settings.library if suite.documents == (HELD,) else None
    folder = plan.library or held or prepared(suite, plan.suite_file, settings, say)
    with opened(folder, settings) as (library, named):
        assistant = wiring.over(library, named)
        yield InProcess(assistant, wiring.checker(assistant))


def runs_folder() -> Path:
    """Where runs are kept unless another folder is named."""
    return user_data_path(APPLICATION) / "evaluations"


def next_folder(suite: str, root: Path, now: datetime) -> Path:
    """A new folder for a run of `suite`, named by the time so that runs sort by age."""
    stem = f"{suite}-{now.strftime('%Y%m%d-%H%M%S')}"
    names = [stem, *(f"{stem}-{number}" for number in range(2, 100))]
    return next(root / name for name in names if not (root / name).exists())


def unfinished(suite: str, root: Path) -> Path | None:
    """The newest run of `suite` under `root` that was broken off."""
    for folder in reversed(runs(root)):
        run = Run.load(folder)
        if run.header.suite == suite:
            return None if run.complete() else folder
    return None


def runs(root: Path) -> list[Path]:
    """The folders under `root` that hold a run that can be read, oldest first."""
    found: list[tuple[str, Path]] = []
    for folder in root.iterdir() if root.is_dir() else ():
        try:
            found.append((Run.load(folder).header.started, folder))
        except RunUnreadable:
            continue
    return [folder for _, folder in sorted(found)]


def history(suite: str, root: Path) -> list[tuple[str, float]]:
    """When each whole run of `suite` was started and the share of its cases that passed, oldest first."""
    told = []
    for folder in runs(root):
        run = Run.load(folder)
        if run.header.suite == suite and run.complete():
            cases = scored(run).cases
            told.append(
                (run.header.started[:16].replace("T", " "), sum(one.came == "passed" for one in cases) / len(cases))
            )
    return told
