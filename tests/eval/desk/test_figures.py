"""The figures of a run: what they are made of, and when they are absent."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from assistant.domain import Outcome
from assistant.support import Support
from eval.record import Run
from eval.results import Results, scored
from eval.running import ask_all
from eval.scoring import citing
from tests.eval.desk.material import FINE, GOOD, SUITE, ScriptedTarget, briefing, suite
from tests.eval.desk.test_running import header


class HoldsTheWords:
    """A checker that is content when one quote holds the claim."""

    name = "holds the words"

    def check(self, claim: str, evidence_sentences: Sequence[str]) -> Support:
        return Support(float(any(claim in one for one in evidence_sentences)), 0.5, "")


class Telling(ScriptedTarget):
    """A target that says which documents its answers were chosen from."""

    def __init__(self, found: tuple[str, ...] | None) -> None:
        super().__init__(GOOD)
        self._found = found

    def found(self, outcome: Outcome) -> tuple[str, ...] | None:
        return self._found


def held(folder: Path, target: ScriptedTarget, checker: HoldsTheWords | None = None) -> Results:
    run = Run.create(folder, header(documents={"d1": ("harbour.txt", "Harbour notes"), "d2": ("other.txt", None)}))
    ask_all(run, suite(SUITE).cases, target, checker=checker)
    return scored(run, suite(SUITE))


def test_citation_figures_name_their_checker_and_leave_out_abstentions(tmp_path: Path) -> None:
    answers = {**GOOD, "What did Example Ltd deny?": briefing("Example Ltd did.", quote="Example Ltd denied it.")}
    made = held(tmp_path / "run", ScriptedTarget(answers), HoldsTheWords())

    assert made.checkers == ("holds the words",)
    assert (made.figures["citation_recall"].mean, made.figures["citation_recall"].count) == (0.5, 2)
    assert made.figures["citation_precision"].mean == 0.5


def test_without_a_checker_citation_figures_are_absent(tmp_path: Path) -> None:
    made = held(tmp_path / "run", ScriptedTarget(GOOD))

    assert not {"citation_recall", "citation_precision"} & set(made.figures)
    assert made.checkers == ()


@pytest.mark.parametrize(
    ("found", "recall", "ndcg"), [(("d1", "d2"), 1.0, 1.0), (("d2", "d1"), 1.0, 0.6309), (("d2",), 0.0, 0.0)]
)
def test_retrieval_is_measured_where_a_case_names_what_to_cite(
    tmp_path: Path, found: tuple[str, ...], recall: float, ndcg: float
) -> None:
    made = held(tmp_path / "run", Telling(found))

    assert made.figures["retrieval_recall"].count == 1
    assert made.figures["retrieval_recall"].mean == recall
    assert made.figures["retrieval_ndcg"].mean == pytest.approx(ndcg, abs=1e-4)


def test_retrieval_is_absent_where_it_is_not_known(tmp_path: Path) -> None:
    assert "retrieval_recall" not in held(tmp_path / "run", Telling(None)).figures
    wanted = suite(SUITE.replace("document: harbour.txt", "document: elsewhere.txt")).cases[0].expect
    assert citing.ranked(wanted, ["d1"], {"d1": ("harbour.txt", None)}) is None


def test_of_two_documents_with_one_name_the_one_that_was_found_counts() -> None:
    wanted = suite(SUITE).cases[0].expect
    known: dict[str, tuple[str, str | None]] = {"d1": ("harbour.txt", None), "d2": ("harbour.txt", None)}

    assert citing.ranked(wanted, ["d2"], known) == (1.0, 1.0)


def test_tokens_and_cost_are_summed_and_absent_without_a_model(tmp_path: Path) -> None:
    trace = FINE.trace.model_copy(update={"tokens": {"input": 40, "output": 2}, "cost": 0.25})
    asked = {**GOOD, "How much was the fine?": FINE.model_copy(update={"trace": trace})}

    assert held(tmp_path / "none", ScriptedTarget(GOOD)).spent == {}
    made = held(tmp_path / "some", ScriptedTarget(asked))
    assert made.spent == {"tokens, input": 40.0, "tokens, output": 2.0, "cost": 0.25}
