from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from eval.judging import Frozen, Judge, JudgeUnavailable, agreement, judged
from eval.metrics.grouped import figure
from tests.eval.desk.material import GOOD
from tests.eval.desk.test_reports import held


@dataclass
class Piece:
    content: str


class Says:
    """A model that says one thing, in pieces, and keeps what it was asked."""

    def __init__(self, said: str) -> None:
        self.said = said
        self.heard: list[Any] = []

    def stream(self, input: Any) -> Iterator[Piece]:
        self.heard.append(input)
        yield from (Piece(self.said[:3]), Piece(self.said[3:]))


class Silent:
    def stream(self, input: Any) -> Iterator[Piece]:
        raise ConnectionError("refused, key sk-123")


@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        ("SUPPORTED", "supported"),
        ("Unsupported.", "unsupported"),
        ("I would say: unclear", "unclear"),
        ("SUPPORTED or UNSUPPORTED", "unclear"),
        ("", "unclear"),
    ],
)
def test_one_word_decides_and_two_decide_nothing(tmp_path: Path, said: str, verdict: str) -> None:
    assert Judge(Says(said), "one", Frozen(tmp_path / "v.jsonl")).judge("A claim.", ["A quote."]) == verdict


def test_a_verdict_is_frozen_for_its_claim_evidence_and_model(tmp_path: Path) -> None:
    file = tmp_path / "v.jsonl"
    first = Judge(Says("SUPPORTED"), "one", Frozen(file))
    assert first.judge("A claim.", ["A quote."]) == "supported"

    changed = Says("UNSUPPORTED")
    again = Judge(changed, "one", Frozen(file))
    assert again.judge("A claim.", ["A quote."]) == "supported"
    assert again.asked == 0 and not changed.heard
    assert again.judge("A claim.", ["Another quote."]) == "unsupported"
    assert Judge(changed, "two", Frozen(file)).judge("A claim.", ["A quote."]) == "unsupported"


def test_a_judge_that_does_not_answer_says_so_without_what_the_server_said(tmp_path: Path) -> None:
    with pytest.raises(JudgeUnavailable, match="does not answer") as caught:
        Judge(Silent(), "one", Frozen(tmp_path / "v.jsonl")).judge("A claim.", [])
    assert "sk-123" not in str(caught.value)


def test_every_claim_of_a_run_is_judged_once(tmp_path: Path) -> None:
    model = Says("SUPPORTED")
    shares = judged(held(tmp_path / "run", GOOD), Judge(model, "one", Frozen(tmp_path / "v.jsonl")))
    found = figure(shares)

    assert len(model.heard) == 2
    assert found is not None and (found.mean, found.count) == (1.0, 2)


def test_agreement_beyond_chance_is_told_apart_from_agreement() -> None:
    always = agreement([("supported", "supported")] * 9 + [("unsupported", "supported")])
    half = agreement(
        [
            ("supported", "supported"),
            ("unsupported", "unsupported"),
            ("supported", "unsupported"),
            ("unsupported", "supported"),
        ]
    )
    none = agreement([("unclear", "supported")])

    assert always is not None and (always.share, always.kappa) == (0.9, 0.0)
    assert half is not None and (half.share, half.kappa) == (0.5, 0.0)
    assert none is None
