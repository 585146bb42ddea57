"""Asking a suite's cases of a target, several at once, and keeping each answer as it comes."""

from __future__ import annotations

from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from itertools import islice
from typing import TYPE_CHECKING

from eval.metrics.citations import rests
from eval.record import Answer, Rests

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from assistant.domain import Outcome
    from assistant.support import SupportChecker
    from eval.record import Run
    from eval.suite import Case
    from eval.targets import Target


def ask_all(
    run: Run,
    cases: Sequence[Case],
    target: Target,
    *,
    jobs: int = 1,
    checker: SupportChecker | None = None,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> None:
    """Ask what `run` lacks of `cases`; answers are kept in the order in which they come.

    `checker` judges whether claims rest on what they cite; without one that is not known.

    Raises:
        TargetGone: what is asked does not answer; what was answered before is kept.
    """
    held = {(one.case, one.repeat) for one in run.answers()}
    wanted = [(case, repeat) for repeat in range(run.header.repeats) for case in cases]
    missing = [(case, repeat) for case, repeat in wanted if (case.id, repeat) not in held]
    done = len(wanted) - len(missing)
    progress(done, len(wanted))
    for _ in run.keep(_answers(missing, lambda case, repeat: answer(case, repeat, target, checker), jobs)):
        done += 1
        progress(done, len(wanted))


def _answers(missing: Sequence[tuple[Case, int]], asked: Callable[[Case, int], Answer], jobs: int) -> Iterator[Answer]:
    """Few cases are under way at a time, so that a fault ends the run soon; what was answered by then is not lost."""
    left = iter(missing)
    faults: list[BaseException] = []
    with ThreadPoolExecutor(jobs, thread_name_prefix="asking") as pool:
        under_way: set[Future[Answer]] = set()
        while True:
            wanted = 0 if faults else 2 * jobs - len(under_way)
            under_way |= {pool.submit(asked, case, repeat) for case, repeat in islice(left, wanted)}
            if not under_way:
                break
            done, under_way = wait(under_way, return_when=FIRST_COMPLETED)
            for future in done:
                fault = future.exception()
                if fault is None:
                    yield future.result()
                else:
                    faults.append(fault)
    if faults:
        raise faults[0]


def answer(case: Case, repeat: int, target: Target, checker: SupportChecker | None = None) -> Answer:
    """What becomes of one case.

    Raises:
        TargetGone: what is asked does not answer.
    """
    if case.draft is not None:
        checked = target.check(case.draft)
        return Answer(case=case.id, repeat=repeat, checked=checked.sentences, seconds=checked.seconds)
    *previous, question = case.conversation or (case.ask or "",)
    timed = target.ask(question, previous, case.filters)
    return Answer(
        case=case.id,
        repeat=repeat,
        outcome=timed.outcome,
        exact=exact_share(timed.outcome, target),
        rests=_rests(timed.outcome, checker) if checker is not None else None,
        found=target.found(timed.outcome),
        seconds=timed.seconds,
    )


def exact_share(outcome: Outcome, target: Target) -> float | None:
    """Share of the quotes of `outcome` that are `text[start:end]` of the version they name; None without any."""
    quotes = [one for claim in outcome.claims for one in claim.citations]
    if not quotes:
        return None
    texts = {key: target.text(*key) for key in {(one.document, one.version) for one in quotes}}
    right = sum((texts[one.document, one.version] or "")[one.start : one.end] == one.quote for one in quotes)
    return right / len(quotes)


def _rests(outcome: Outcome, checker: SupportChecker) -> Rests | None:
    if not outcome.claims:
        return None
    claims = [(claim.text, [cited.quote for cited in claim.citations]) for claim in outcome.claims]
    recall, precision = rests(claims, checker)
    return Rests(recall=recall, precision=precision, checker=checker.name)
