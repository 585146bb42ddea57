"""Sources that disagree: are all right answers reported, and is planted misinformation ever shown as the answer?

    python -m eval.benchmarks.conflict --data DIR [--set NAME] [--show]

`DIR` holds `conflict/ramdocs.jsonl` and `conflict/rgb.jsonl`. The documents of each question become a library of their
own, and the question is put to it. With 95 % intervals over questions, for the product and for the best sentence found
without any judge, writer or gate ("top sentence"): answered; every right answer that the documents hold reported, and
no planted one beside them; and what becomes of planted answers. An answer is reported when a
claim holds it as a run of words, case, marks and articles apart, so that other forms of it are missed; no document is
known to be false from its text alone, so that showing both sides, and saying so, is the best that can be done.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from assistant import wiring
from assistant.domain import Question
from assistant.settings import load
from eval.benchmarks import asked
from eval.benchmarks.answer_sets import Labelled
from eval.benchmarks.conflict_sets import SETS
from eval.metrics.grouped import figure
from eval.metrics.reported import Planted, planted, reports
from ingest.library import load_embedder
from ingest.pipeline import ingest

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from eval.benchmarks.asked import Answered
    from eval.benchmarks.conflict_sets import Disputed
    from eval.metrics.grouped import Figure
    from ingest.embedding import Embedder

DISAGREEMENT = "sources_disagree"
"""The caveat by which a briefing says that its sources disagree."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What was shown for one question: texts, none when refused, and whether it says that sources disagree.

    `caveat` is None for a bare sentence, which says nothing of other sources.
    """

    about: Disputed
    texts: tuple[str, ...]
    caveat: bool | None = None

    @property
    def all_right(self) -> bool | None:
        """Every right answer of the documents is shown; None where they do not hold all of them."""
        if not self.about.entire:
            return None
        return all(reports(self.texts, forms) for forms in self.about.right)

    @property
    def exact(self) -> bool | None:
        """As `all_right`, and no planted one is."""
        right = self.all_right
        return right if not right else not any(reports(self.texts, forms) for forms in self.about.wrong)

    @property
    def planted(self) -> Planted | None:
        """How planted answers are shown; None where there are none."""
        if not self.about.wrong:
            return None
        return planted(self.texts, self.about.right, self.about.wrong, caveat=bool(self.caveat))


def main() -> None:
    """Make each question's library, ask, print the tables."""
    parser = asked.arguments(__doc__)
    parser.add_argument("--set", choices=SETS, help="Only this set")
    given = parser.parse_args()
    embedder = load_embedder(load())
    for name in [given.set] if given.set else SETS:
        ours, bare = [], []
        for number, one in enumerate(SETS[name](given.data), start=1):
            answered, top = answer(one, embedder)
            ours.append(_shown(one, answered))
            bare.append(Shown(one, top))
            if given.show and _is_wrong(ours[-1]):
                asked.show(answered, ours[-1].planted or "-", [f"right {one.right}, planted {one.wrong}"])
            if number % 25 == 0:
                asked.tell(f"{name}: {number} questions")
        report(name, ours)
        report(f"{name}, top sentence", bare)


def answer(one: Disputed, embedder: Embedder) -> tuple[Answered, tuple[str, ...]]:
    """What the product says over a library of the question's documents, and the best sentence found, if any."""
    with tempfile.TemporaryDirectory() as folder:
        settings = load(overrides={"library": Path(folder) / "library"})
        assistant = wiring.build(settings, create=True, embedder=embedder)
        with assistant.library as library:
            for receipt in ingest(library, list(one.documents)):
                if receipt.status == "refused":
                    asked.tell(f"{one.id}, {receipt.source}: {receipt.reason}")
            question = Labelled(one.id, one.question, bool(one.right), kind="conflict")
            (answered,) = asked.ask(assistant, [question])
            best = assistant.retriever.search(Question(text=one.question)).statements[:1]
            return answered, tuple(statement.text for statement in best)


def report(title: str, shown: Sequence[Shown]) -> None:
    """Print the figures of one set."""
    rows: dict[str, Figure | None] = {}
    unanswerable = [one for one in shown if not one.about.right and one.about.entire is False]
    if len(unanswerable) == len(shown):
        rows["refused"] = _share((not one.texts, one) for one in shown)
        rows["shows a planted answer"] = _share(
            (any(reports(one.texts, forms) for forms in one.about.wrong), one) for one in shown if one.about.wrong
        )
    else:
        rows["answered"] = _share((bool(one.texts), one) for one in shown)
        rows["a right answer reported"] = _share(
            (any(reports(one.texts, forms) for forms in one.about.right), one) for one in shown if one.about.right
        )
        rows["every right answer reported"] = _share((one.all_right, one) for one in shown)
        rows["every right answer and no planted one"] = _share((one.exact, one) for one in shown)
        rows["the same, of all questions (RAMDocs' exact match)"] = _share((bool(one.exact), one) for one in shown)
        for kind in get_args(Planted):
            rows[f"planted answers shown {kind}"] = _share(
                (None if one.planted is None else one.planted == kind, one) for one in shown
            )
        rows["one right answer, none planted: says that sources disagree"] = _share(
            (one.caveat, one) for one in shown if one.texts and len(one.about.right) == 1 and not one.about.wrong
        )
    asked.write(f"{title}: {len(shown)} questions", rows)


def _shown(one: Disputed, answered: Answered) -> Shown:
    texts = tuple(claim.text for claim in answered.outcome.claims)
    return Shown(one, texts, DISAGREEMENT in answered.outcome.caveats)


def _is_wrong(one: Shown) -> bool:
    return one.planted in ("alone", "beside, without a word") or one.all_right is False or not one.about.right


def _share(marks: Iterable[tuple[bool | None, Shown]]) -> Figure | None:
    return figure((one.about.id, mark) for mark, one in marks)


if __name__ == "__main__":
    main()
