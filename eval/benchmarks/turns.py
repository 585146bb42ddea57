"""Turns of a conversation: answered, answered in part, asked back or refused, and which of these was right.

    python -m eval.benchmarks.turns --data DIR [--cache DIR] [--domain govt ...] [--show]

`DIR` holds `mtrag-govt/`. The turns before one are handed over as the page hands them over. For every domain it prints
what became of each kind of turn, and shares with 95 % intervals: answerable turns answered; unanswerable ones refused;
partly answerable ones answered with the caveat that a part is missing; underspecified ones asked back or refused; and
of the turns that were answered, those that cite one of the passages labelled as holding the answer.
"""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING

from eval.benchmarks import asked
from eval.benchmarks.answer_sets import assistant_over, mtrag
from eval.metrics.grouped import figure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eval.benchmarks.asked import Answered

DOMAINS = ("govt", "clapnq", "fiqa", "ibmcloud")
OUTCOMES = ("answered", "answered in part", "asked back", "refused")
RIGHT = {
    "answerable": ("answered", "answered in part"),
    "unanswerable": ("refused",),
    "partial": ("answered in part",),
    "underspecified": ("asked back", "refused"),
}
"""What may become of a turn of each kind. A full answer that warns of a missing part is still an answer."""


def main() -> None:
    """Take each domain's pages in, hand over the turns, print the tables."""
    parser = asked.arguments(__doc__)
    parser.add_argument("--domain", nargs="*", choices=DOMAINS, default=DOMAINS, help="Only these (default: all)")
    given = parser.parse_args()
    others: list[Answered] = []
    with asked.kept(given.cache) as cache:
        for domain in given.domain:
            chosen = mtrag(given.data, domain)
            with assistant_over(chosen, cache) as assistant:
                turns = list(asked.ask(assistant, chosen.questions))
            report(f"{domain}: {len(turns)} turns over {len(chosen.documents)} pages", turns)
            others += turns if domain != "govt" else []
            for one in turns if given.show else ():
                if not is_right(one):
                    asked.show(one, became(one))
    if len(given.domain) > 1 and others:
        report(f"all but govt: {len(others)} turns", others)


def became(one: Answered) -> str:
    """One of `OUTCOMES`."""
    if one.answered:
        return "answered in part" if "partial_answer" in one.outcome.caveats else "answered"
    return "asked back" if one.outcome.outcome == "clarification" else "refused"


def is_right(one: Answered) -> bool:
    """Whether that is what the turn's kind calls for."""
    return became(one) in RIGHT[one.question.kind]


def cites_its_passage(one: Answered) -> float | None:
    """Whether a labelled passage is cited; None without an answer or a label."""
    if not one.answered or not one.question.documents:
        return None
    return float(any(name in one.question.documents for name, _ in one.quotes))


def report(title: str, turns: Sequence[Answered]) -> None:
    """Print the table of what became of the turns, and the shares."""
    counts = Counter((one.question.kind, became(one)) for one in turns)
    sys.stdout.write(f"\n{'kind of turn':<16}{'n':>5}" + "".join(f"{name:>18}" for name in OUTCOMES) + "\n")
    for kind in RIGHT:
        row = [counts[kind, name] for name in OUTCOMES]
        sys.stdout.write(f"{kind:<16}{sum(row):>5}" + "".join(f"{count:>18}" for count in row) + "\n")
    rows = {
        f"{kind}: {' or '.join(RIGHT[kind])}": figure(
            (one.question.group, is_right(one)) for one in turns if one.question.kind == kind
        )
        for kind in RIGHT
    }
    rows["right by kind, all turns"] = figure((one.question.group, is_right(one)) for one in turns)
    for kind in ("answerable", "partial"):
        held = [one for one in turns if one.question.kind == kind]
        rows[f"{kind}, answered: cites a labelled passage"] = figure(
            (one.question.group, cites_its_passage(one)) for one in held
        )
    asked.write(title, rows)


if __name__ == "__main__":
    main()
