from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from eval.benchmarks.answer_sets import SETS, says
from eval.benchmarks.conflict_sets import ramdocs, rgb_negatives
from eval.benchmarks.reports import is_said
from tests.eval import miniature

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    for make in (miniature.mtrag, miniature.dragonball, miniature.conflict):
        make(folder)
    return folder


def run(data: Path, model_cache: Path, name: str, *arguments: str) -> str:
    ran = subprocess.run(
        [sys.executable, "-m", f"eval.benchmarks.{name}", "--data", str(data), *arguments],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "BRIEFING_CACHE": str(model_cache)},
        timeout=300,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def line(shown: str, label: str) -> str:
    return next(line for line in shown.splitlines() if line.strip().startswith(label))


def test_turns_of_every_kind_are_counted_and_judged(data: Path, model_cache: Path) -> None:
    shown = run(data, model_cache, "turns", "--domain", "govt", "--show")
    assert "govt: 4 turns over 2 pages" in shown
    assert line(shown, "answerable  ").split()[1:] == ["1", "1", "0", "0", "0"]
    assert line(shown, "unanswerable  ").split()[1:] == ["1", "0", "0", "0", "1"]
    assert "1.000 [0.025, 1.000] of 1" in line(shown, "answerable, answered: cites a labelled passage")
    assert "answered: partial [partial]" in shown


def test_reports_are_judged_by_sentences_and_keypoints(data: Path, model_cache: Path) -> None:
    shown = run(data, model_cache, "reports")
    assert "Factual: 1 questions" in shown
    assert "1.000" in line(shown, "reference sentences cited")
    assert "1.000" in line(shown, "keypoints said, in words")
    assert "1.000" in line(shown, "refused")


def test_citation_figures_stand_beside_how_often_the_right_sentence_is_cited(data: Path, model_cache: Path) -> None:
    shown = run(data, model_cache, "citations", "--set", "dragonball")
    for label in ("citation recall", "citation precision", "answers that cite a labelled sentence"):
        assert "1.000 [0.025, 1.000] of 1" in line(shown, label)
    assert "of 1" in line(shown, "unanswerable questions refused")


def test_conflicting_documents_are_asked_in_a_library_of_their_own(data: Path, model_cache: Path) -> None:
    shown = run(data, model_cache, "conflict", "--set", "ramdocs")
    assert "ramdocs: 1 questions" in shown
    assert "ramdocs, top sentence: 1 questions" in shown
    assert "1.000" in line(shown, "every right answer reported")
    assert "0.000" in line(shown, "planted answers shown alone")


def test_only_answers_that_some_document_reports_are_asked_for(data: Path) -> None:
    (one,) = ramdocs(data)
    assert (one.right, one.wrong, one.entire) == ((("1,200 berths",),), (("9,000 berths",),), True)
    (bare,) = rgb_negatives(data)
    assert (bare.right, bare.wrong, bare.entire) == ((), (), False)
    assert len(bare.documents) == 1


def test_a_turn_keeps_the_questions_before_it_and_its_passages(data: Path) -> None:
    first = SETS["mtrag-govt"](data).questions[0]
    assert first.question == "Who was its first chairman?"
    assert first.previous == ("When was the Harwick Ferry Board founded?",)
    assert first.documents == ("ferry-0-1.md",)
    assert first.kind == "answerable"


def test_a_sentence_says_a_labelled_one_when_it_holds_half_of_its_words() -> None:
    assert says("Nordvale opened a factory in Leeds.", miniature.OPENED)
    assert not says("Nordvale Systems hired engineers.", miniature.OPENED)


def test_a_keypoint_needs_its_figures_and_nearly_all_of_its_words() -> None:
    assert is_said("Nordvale opened a factory in March 2020.", [miniature.OPENED, miniature.HIRED])
    assert not is_said("Nordvale opened a factory in March 2021.", [miniature.OPENED, miniature.HIRED])
    assert not is_said("Nordvale closed a mine near Hull.", [miniature.OPENED])
    assert not is_said("Nordvale opened a factory.", [])
