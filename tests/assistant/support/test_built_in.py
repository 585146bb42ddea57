from __future__ import annotations

from pathlib import Path

import pytest

from assistant.support import Support
from assistant.support.built_in import BuiltIn, built_in
from assistant.support.calibration import Calibration, Weighing

BELIEVING = Weighing(intercept=0.0, weights=(0.0, 1.0, 0.0, 0.0, 0.0))
TRUSTING = Calibration(short=BELIEVING, long=BELIEVING, balanced=0.5, strict=0.9)
EVIDENCE = ["The council fined Northgate Water 9 million pounds.", "It was the largest fine of the year."]


class Believes:
    """Reads nothing and answers by a table from claims to log odds; keeps what it was asked."""

    def __init__(self, odds: dict[str, float]) -> None:
        self.odds = odds
        self.asked: list[tuple[str, str]] = []

    def log_odds(self, claim: str, evidence: str) -> tuple[float, bool]:
        self.asked.append((claim, evidence))
        odds = self.odds.get(claim, 0.0)
        return odds, odds < -2


def trusting(reader: Believes, strict: bool = True) -> BuiltIn:
    return BuiltIn(reader, "test", strict=strict, both=TRUSTING)


def test_what_the_model_believes_is_the_score() -> None:
    found = trusting(Believes({"Northgate was fined.": 3.0})).check("Northgate was fined.", EVIDENCE)
    assert found.score == pytest.approx(0.9526, abs=1e-4)
    assert found.carried
    assert found.read == (0, 1)


def test_the_strict_threshold_holds_back_what_the_balanced_one_passes() -> None:
    reader = Believes({"Northgate was fined.": 1.0})
    assert not trusting(reader, strict=True).check("Northgate was fined.", EVIDENCE).carried
    assert trusting(reader, strict=False).check("Northgate was fined.", EVIDENCE).carried


def test_without_evidence_nothing_is_carried_and_nothing_is_read() -> None:
    reader = Believes({})
    found = trusting(reader).check("Northgate was fined.", ["  "])
    assert found == Support(0.0, 0.9, "There is no evidence to read.")
    assert reader.asked == []


def test_a_long_claim_is_as_well_carried_as_its_weakest_sentence() -> None:
    first = "The council fined Northgate Water after a long inquiry into the state of its pipes and pumps in the north."
    second = (
        "The council also took away the licence of the company and gave it to a rival from another part of the country."
    )
    found = trusting(Believes({first: 5.0, second: -1.0})).check(f"{first} {second}", EVIDENCE)
    assert found.score == pytest.approx(0.2689, abs=1e-4)


@pytest.mark.parametrize(
    ("claim", "reason"),
    [
        ("The council fined Northgate Water 7 million pounds.", "The evidence does not hold the figure `7`."),
        ("The council fined Southgate Water.", "The evidence does not name `Southgate`."),
        ("The council never fined Northgate Water.", "One of claim and evidence denies what the other says."),
        ("The council praised the company.", "The evidence says otherwise."),
    ],
)
def test_the_reason_names_what_is_wrong(claim: str, reason: str) -> None:
    assert trusting(Believes({claim: -4.0})).check(claim, EVIDENCE).reason == reason


def test_without_a_model_file_words_are_compared_and_it_is_said(tmp_path: Path) -> None:
    said: list[str] = []
    checker = built_in(say=said.append, weights=tmp_path / "none.onnx")
    assert checker.name == "words"
    assert len(said) == 1
    assert said[0].startswith("Claims are checked by their words alone.")
    assert checker.check(EVIDENCE[0], EVIDENCE).carried


def test_words_alone_say_that_no_model_has_read_the_claim() -> None:
    reason = BuiltIn(None, "words", strict=False).check("The council fined the company.", EVIDENCE).reason
    assert "no model has read it" in reason


def test_a_claim_that_repeats_a_sentence_is_carried_whatever_the_model_believes() -> None:
    reader = Believes({EVIDENCE[1]: -9.0})
    found = trusting(reader).check("it was the largest fine of the  year", EVIDENCE)
    assert (found.score, found.read) == (1.0, (1,))
    assert reader.asked == []


def test_a_part_of_a_sentence_is_not_taken_for_the_sentence() -> None:
    evidence = ["It is not true that the council fined the company."]
    assert not trusting(Believes({})).check("The council fined the company.", evidence).carried


def test_of_several_sentences_the_best_reading_counts_too() -> None:
    class Drowns:
        def log_odds(self, claim: str, evidence: str) -> tuple[float, bool]:
            return (2.0 if evidence == EVIDENCE[0] else -2.0), False

    best = Weighing(intercept=0.0, weights=(0.0, 0.0, 1.0, 0.0, 0.0))
    checker = BuiltIn(Drowns(), "test", both=Calibration(best, best, 0.5, 0.8))
    assert checker.check("Northgate Water was fined.", EVIDENCE).carried


def test_a_damaged_model_file_is_not_run(tmp_path: Path) -> None:
    (tmp_path / "claim-checker.onnx").write_bytes(b"something else")
    said: list[str] = []
    assert built_in(say=said.append, weights=tmp_path / "claim-checker.onnx").name == "words"
    assert "not the claim checker" in said[0]


def test_words_alone_rank_a_repeated_sentence_above_a_changed_one() -> None:
    checker = BuiltIn(None, "words")
    same = checker.check(EVIDENCE[0], EVIDENCE).score
    assert same > checker.check("The council fined Southgate Water 7 million pounds.", EVIDENCE).score
