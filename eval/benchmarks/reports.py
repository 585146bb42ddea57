"""Reports on invented companies, end to end: is everything said that a full answer says?

    python -m eval.benchmarks.reports --data DIR [--cache DIR] [--show]

`DIR` holds `dragonball/`. For every type of question it prints, with 95 % intervals over the companies asked about:
answered; reference sentences cited (one is when a quote from a labelled document holds half of its words); keypoints
said; and the claims an answer has. The unsolvable questions have one figure, refused. A question that is refused
cites and says nothing, and counts so.

A keypoint is said when the claims of the answer together hold nine in ten of its words that carry meaning and every
figure of it; or, in the second row, when the claim checker named there takes the claims to carry it. Both read words
more than meaning: a keypoint that only follows from the claims ("X was earlier than Y") is seldom counted by either.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from assistant.support.alignment import align
from assistant.support.built_in import built_in
from eval.benchmarks import asked
from eval.benchmarks.answer_sets import SETS, assistant_over, says
from eval.metrics.grouped import figure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.support import SupportChecker
    from eval.benchmarks.asked import Answered
    from eval.metrics.grouped import Figure

IN_WORDS = 0.9
"""Share of a keypoint's words that claims must hold to say it."""


class Marks(NamedTuple):
    """Shares of one question's reference sentences cited, and of its keypoints said; None where it has none of them."""

    references: float | None
    in_words: float | None
    by_checker: float | None


def main() -> None:
    """Take the reports in, ask, print the tables."""
    given = asked.arguments(__doc__).parse_args()
    checker = built_in(strict=False, say=asked.tell)
    chosen = SETS["dragonball"](given.data)
    with asked.kept(given.cache) as cache, assistant_over(chosen, cache) as assistant:
        answers = list(asked.ask(assistant, chosen.questions))
    kinds = list(dict.fromkeys(one.question.kind for one in answers if one.question.answerable))
    for kind in kinds:
        report(kind, [one for one in answers if one.question.kind == kind], checker)
    report("All that can be answered", [one for one in answers if one.question.answerable], checker)
    rest = [one for one in answers if not one.question.answerable]
    asked.write("Unsolvable", {"refused": figure((one.question.group, not one.answered) for one in rest)})
    for one in answers if given.show else ():
        if not one.question.answerable and one.answered:
            asked.show(one, "answered what the reports leave out")
        elif one.question.answerable and not one.is_right:
            asked.show(one, "no labelled sentence", [wanted for _, wanted in one.question.gold])


def mark(one: Answered, checker: SupportChecker) -> Marks:
    """The marks of an answerable question; 0 all through when it was refused."""
    documents = {name for name, _ in one.question.gold}
    quotes = [quote for name, quote in one.quotes if name in documents]
    wanted = dict.fromkeys(sentence for _, sentence in one.question.gold)
    claims = [claim.text for claim in one.outcome.claims]
    keypoints = one.question.keypoints
    return Marks(
        _mean([any(says(quote, sentence) for quote in quotes) for sentence in wanted]),
        _mean([is_said(point, claims) for point in keypoints]),
        _mean([bool(claims) and checker.check(point, claims).carried for point in keypoints]),
    )


def is_said(keypoint: str, claims: Sequence[str]) -> bool:
    """Whether the claims together hold the words and all figures of the keypoint."""
    found = align(keypoint, claims)
    return bool(claims) and found.coverage >= IN_WORDS and not found.missing_figures


def report(title: str, answers: Sequence[Answered], checker: SupportChecker) -> None:
    """Print the figures of answerable questions."""
    groups = [one.question.group for one in answers]
    marks = [mark(one, checker) for one in answers]
    rows: dict[str, Figure | None] = {
        "answered": figure(zip(groups, (one.answered for one in answers), strict=True)),
        "cites a labelled sentence": figure(zip(groups, (bool(one.is_right) for one in answers), strict=True)),
        "reference sentences cited": figure(zip(groups, (one.references for one in marks), strict=True)),
        "keypoints said, in words": figure(zip(groups, (one.in_words for one in marks), strict=True)),
        f"keypoints said, by `{checker.name}`": figure(zip(groups, (one.by_checker for one in marks), strict=True)),
    }
    claims = [len(one.outcome.claims) for one in answers if one.answered]
    each = f", {sum(claims) / len(claims):.1f} claims an answer" if claims else ""
    asked.write(f"{title}: {len(answers)} questions{each}", rows)


def _mean(marks: Sequence[bool]) -> float | None:
    return sum(marks) / len(marks) if marks else None


if __name__ == "__main__":
    main()
