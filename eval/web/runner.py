"""Runs that are started from the page: one at a time, in the background, with its progress."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from assistant import wiring
from assistant.settings import load as load_settings
from eval import evaluating
from eval.library_for import HELD
from eval.record import Run, RunUnreadable
from eval.results import scored
from eval.shipped import shipped, suite_file
from eval.suite import SuiteUnreadable, load
from eval.targets import InProcess
from ingest.errors import BriefingError, LibraryBusy

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from assistant.answering import Assistant
    from eval.results import Results
    from eval.targets import Target

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class State:
    """What is under way. `fault` is what ended the last run before its time; `run` the folder's name of the last one."""

    running: bool = False
    suite: str = ""
    says: str = ""
    done: int = 0
    every: int = 0
    fault: str = ""
    run: str = ""


class Runner:
    """Starts runs over `assistant`'s library, or a suite's own, and finds those that are kept under `root`."""

    def __init__(self, assistant: Assistant, root: Path, own: Path) -> None:
        self.assistant = assistant
        self.root = root
        self.own = own
        self._state = State()
        self._changing = threading.Lock()

    @property
    def state(self) -> State:
        """As of now."""
        return self._state

    def suites(self) -> list[str]:
        """Names of the suites that can be run: the shipped ones, and the user's own where there is one."""
        return [*shipped(), *([self.own.stem] if self.own.is_file() else [])]

    def folders(self) -> list[Path]:
        """Whole runs that are kept, newest first."""
        return evaluating.runs(self.root)[::-1]

    def folder(self, name: str) -> Path:
        """The kept run of that name.

        Raises:
            RunUnreadable: there is none.
        """
        found = next((one for one in self.folders() if one.name == name), None)
        if found is None:
            raise RunUnreadable("There is no such run.", remedy="Choose one of those that are listed.")
        return found

    def results(self, name: str) -> Results:
        """The kept run of that name with its scores."""
        return scored(Run.load(self.folder(name)))

    def start(self, suite: str, overrides: dict[str, Any]) -> None:
        """Run `suite` in the background, with settings that differ from the usual ones by `overrides`.

        Raises:
            LibraryBusy: another run is under way.
            SuiteUnreadable, BadSettings: there is no such suite, or it or a setting cannot be used.
        """
        if suite not in self.suites():
            raise SuiteUnreadable("There is no such suite.", remedy="Choose one of those that are listed.")
        file = self.own if suite == self.own.stem else suite_file(suite)
        load(file)
        load_settings(overrides=overrides)
        with self._changing:
            if self._state.running:
                raise LibraryBusy("Another run is under way.", remedy="Start this one when it is done.")
            self._state = State(running=True, suite=suite)
        threading.Thread(target=self._run, args=[file, suite, overrides], name="evaluation", daemon=True).start()

    def _run(self, file: Path, suite: str, overrides: dict[str, Any]) -> None:
        folder = evaluating.next_folder(suite, self.root, datetime.now(UTC))
        try:
            settings = load_settings(overrides=overrides)
            plan = evaluating.Plan(suite_file=file, folder=folder)
            target = self._target(file, overrides)
            evaluating.evaluate(plan, settings, target=target, say=self._say, progress=self._progress)
            self._state = State(suite=suite, run=folder.name)
        except BriefingError as error:
            self._state = State(suite=suite, fault=f"{error.message} {error.remedy}")
        except Exception:  # a thread's fault is seen by nobody else
            _log.exception("The evaluation failed.")
            self._state = State(suite=suite, fault="The run failed. The server's log says why.")

    def _target(self, file: Path, overrides: dict[str, Any]) -> Target | None:
        """The library of the page, with the settings of this run; None for a suite that brings its own."""
        if load(file)[0].documents != (HELD,):
            return None
        assistant = self.assistant
        if overrides:
            assistant = wiring.over(assistant.library, load_settings(overrides=overrides))
        return InProcess(assistant, wiring.checker(assistant))

    def _say(self, words: str) -> None:
        self._state = replace(self._state, says=words)

    def _progress(self, done: int, every: int) -> None:
        self._state = replace(self._state, says="", done=done, every=every)
