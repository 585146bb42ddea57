"""Citation recall and precision of our own answers, as ALCE defines them, and how often the right thing is cited.

    python -m eval.benchmarks.citations --data DIR [--cache DIR] [--set NAME] [--checker NAME_OR_PATH]

`DIR` holds `policy/`, `clapnq/` and `dragonball/`. Recall: the share of claims that their citations together carry.
Precision: the share of citations that carry their claim or without which it would not be carried. Both are means over
answers, each the mean over its claims, judged by the claim checker that is named in the output: the built-in one, or
any cross-encoder by name or path.

Claims are the sources' own sentences, so that both are near 1 whatever was asked. They say nothing about whether the
answer is the right one; the figures below them do: the share of answerable questions that are answered, of answers that
cite a labelled sentence, and of claims that do. Intervals of 95 % are drawn over the documents asked about.
"""

from __future__ import annotations

from statistics import fmean
from typing import TYPE_CHECKING, NamedTuple

from assistant.support.built_in import built_in
from assistant.support.by_name import NamedModel
from eval.benchmarks import asked
from eval.benchmarks.answer_sets import SETS, assistant_over
from eval.metrics.citations import rests
from eval.metrics.grouped import figure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.domain import Supported
    from assistant.support import SupportChecker
    from eval.benchmarks.asked import Answered

SETS_ASKED = ("policy", "clapnq", "dragonball")


class Marks(NamedTuple):
    """One answer: means over its claims and its citations."""

    recall: float
    precision: float
    verbatim: float


def main() -> None:
    """Ask every question of each set, judge the answers, print the figures."""
    parser = asked.arguments(__doc__)
    parser.add_argument("--set", choices=SETS_ASKED, help="Only this set")
    parser.add_argument("--checker", help="A cross-encoder or entailment model by name or path (default: the built-in)")
    given = parser.parse_args()
    checker: SupportChecker = NamedModel(given.checker) if given.checker else built_in(say=asked.tell)
    everything: list[Answered] = []
    with asked.kept(given.cache) as cache:
        for name in [given.set] if given.set else SETS_ASKED:
            chosen = SETS[name](given.data)
            with assistant_over(chosen, cache) as assistant:
                answers = list(asked.ask(assistant, chosen.questions))
            report(name, answers, checker)
            everything += answers
            for one in answers if given.show else ():
                if one.is_right is False:
                    asked.show(one, "no labelled sentence", [wanted for _, wanted in one.question.gold])
                elif one.question.answerable is not None and one.answered != one.question.answerable:
                    asked.show(one, one.outcome.outcome)
    if not given.set:
        report("all sets", everything, checker)


def mark(claims: Sequence[Supported], checker: SupportChecker) -> Marks:
    """The marks of an answer made of these claims, of which there is at least one."""
    read = [(claim.text, [citation.quote for citation in claim.citations]) for claim in claims]
    return Marks(*rests(read, checker), fmean(text in quotes for text, quotes in read))


def report(title: str, answers: Sequence[Answered], checker: SupportChecker) -> None:
    """Print citation figures of the answers given, and beside them how many are given and right."""
    given = [(mark(one.outcome.claims, checker), one.question.group) for one in answers if one.answered]
    wanted = [one for one in answers if one.question.answerable and one.question.gold]
    right = [(one.question.group, one.is_right) for one in wanted]
    claims = sum(len(one.outcome.claims) for one in answers)
    asked.write(
        f"{title}: {len(given)} answers of {len(answers)} questions, {claims} claims, checker `{checker.name}`",
        {
            "citation recall (goal .95)": figure((group, one.recall) for one, group in given),
            "citation precision (goal .95)": figure((group, one.precision) for one, group in given),
            "claims that are a cited sentence, word for word": figure((group, one.verbatim) for one, group in given),
            "answerable questions answered (goal .88)": figure(
                (one.question.group, one.answered) for one in answers if one.question.answerable
            ),
            "answers that cite a labelled sentence": figure(right),
            "claims that cite a labelled sentence": figure(
                (one.question.group, _right_claims(one)) for one in wanted if one.answered
            ),
            "answerable questions answered with a labelled sentence": figure(
                (group, bool(cited)) for group, cited in right
            ),
            "unanswerable questions refused": figure(
                (one.question.group, not one.answered) for one in answers if one.question.answerable is False
            ),
        },
    )


def _right_claims(one: Answered) -> float:
    """The share of an answer's claims that cite a labelled sentence."""
    place, right = 0, []
    for claim in one.outcome.claims:
        cited = one.quotes[place : place + len(claim.citations)]
        place += len(cited)
        right.append(any(one.question.is_gold(*quote) for quote in cited))
    return fmean(right)


if __name__ == "__main__":
    main()
