from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from assistant.support import Support
from assistant.support.built_in import WEIGHTS
from assistant.support.chosen import WhenNeeded, support_checker
from ingest.errors import ModelUnavailable

EVIDENCE = ["The council fined Northgate Water 9 million pounds."]


class Counts:
    """A checker that carries everything and keeps what it was asked."""

    name = "counting"

    def __init__(self) -> None:
        self.asked: list[str] = []

    def check(self, claim: str, evidence_sentences: Sequence[str]) -> Support:
        self.asked.append(claim)
        return Support(0.9, 0.8, "scripted", tuple(range(len(evidence_sentences))))


def test_nothing_is_loaded_before_a_claim_needs_it() -> None:
    made: list[Counts] = []

    def make() -> Counts:
        made.append(Counts())
        return made[-1]

    checker = WhenNeeded(make)
    assert made == []
    assert checker.check("The company was fined.", EVIDENCE).carried
    assert checker.name == "counting"
    assert len(made) == 1


def test_the_same_question_asked_again_is_answered_from_memory() -> None:
    counts = Counts()
    checker = WhenNeeded(lambda: counts)
    for claim in ("It was fined.", "It was fined.", "It was praised.", "It was fined."):
        checker.check(claim, EVIDENCE)
    assert counts.asked == ["It was fined.", "It was praised.", "It was fined."]


def test_off_is_no_checker_at_all() -> None:
    assert support_checker("off", offline=True, say=lambda _: None) is None


def test_without_its_weights_the_built_in_checker_carries_nothing_and_says_so_once(tmp_path: Path) -> None:
    said: list[str] = []
    checker = support_checker("built-in", offline=True, say=said.append, weights=tmp_path / "none.onnx")
    assert checker is not None
    assert said == []
    assert not checker.check(EVIDENCE[0], EVIDENCE).carried
    assert not checker.check("The company was fined.", EVIDENCE).carried
    assert checker.name == "none"
    assert len(said) == 1
    assert said[0].startswith("Claims are held to the words of their sources alone.")


def test_a_model_that_is_not_there_is_named_when_it_is_needed(tmp_path: Path) -> None:
    checker = support_checker(str(tmp_path / "no-model"), offline=True, say=lambda _: None)
    assert checker is not None
    with pytest.raises(ModelUnavailable, match="no-model"):
        checker.check("The company was fined.", EVIDENCE)


def test_the_shipped_weights_are_those_of_this_version_and_read_a_claim() -> None:
    said: list[str] = []
    checker = support_checker("built-in", offline=True, say=said.append, weights=WEIGHTS)
    assert checker is not None
    right = checker.check("Northgate Water had to pay a fine of 9 million pounds.", EVIDENCE)
    wrong = checker.check("The council praised Southgate Power.", EVIDENCE)
    assert right.score > wrong.score
    assert not wrong.carried
    assert said == []
