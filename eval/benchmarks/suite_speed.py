"""How long a suite of 500 cases takes over the starter library, without a language model.

    python -m eval.benchmarks.suite_speed [--cases 500] [--jobs 2] [--cache DIR]

The cases are those of the shipped suite `starter`, again and again until there are enough; each is asked anew, since no
answer is remembered. The library is built before the clock starts. Goal: 500 cases in 90 seconds on two cores. The load
of the machine when it starts is printed beside the figure: on a busy one the time by the clock says little, and the
processor time of this process says more.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from itertools import cycle, islice
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.settings import load as load_settings
from assistant.support.built_in import built_in
from eval.evaluating import Plan, target_of
from eval.record import Header, Run
from eval.running import answer, ask_all
from eval.shipped import suite_file
from eval.suite import load

if TYPE_CHECKING:
    from assistant.settings import Settings

GOAL_SECONDS, GOAL_CASES = 90.0, 500


def main() -> None:
    """Ask, and print how long it took."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=GOAL_CASES)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--cache", type=Path, help="Where model and library are kept (default: as the settings say)")
    given = parser.parse_args()
    settings = load_settings(overrides={"cache": given.cache} if given.cache else None)
    load_before, processors = os.getloadavg()[0], os.cpu_count()
    clock, processor, answers = _asked(given.cases, given.jobs, settings)
    share = given.cases / GOAL_CASES
    sys.stdout.write(
        f"{answers} cases in {clock:.1f} s by the clock, {processor:.1f} s of processor time, {given.jobs} at once "
        f"(goal {GOAL_SECONDS * share:.0f} s); load {load_before:.1f} on {processors} processors at the start\n"
    )


def _asked(cases: int, jobs: int, settings: Settings) -> tuple[float, float, int]:
    file = suite_file("starter")
    suite, digest = load(file)
    wanted = [
        case.model_copy(update={"id": f"{case.id[:60]}-{number}"})
        for number, case in enumerate(islice(cycle(suite.cases), cases))
    ]
    with (
        tempfile.TemporaryDirectory() as folder,
        target_of(Plan(file, Path(folder)), suite, settings, _say) as target,
    ):
        answer(suite.cases[0], 0, target)
        run = Run.create(
            Path(folder) / "run",
            Header(
                suite=suite.suite,
                suite_file=file.name,
                suite_digest=digest,
                cases=tuple(case.id for case in wanted),
                repeats=1,
                about=target.about,
                documents={},
                started="",
            ),
        )
        clock, processor = time.perf_counter(), time.process_time()
        ask_all(run, wanted, target, jobs=jobs, checker=built_in(say=_say))
        return time.perf_counter() - clock, time.process_time() - processor, len(run.answers())


def _say(words: str) -> None:
    sys.stderr.write(f"{words}\n")


if __name__ == "__main__":
    main()
