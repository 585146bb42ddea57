from __future__ import annotations

from pathlib import Path

import pytest

from eval.linting import lint
from eval.suite import SuiteUnreadable, load
from eval.web.own_cases import add
from eval.web.ratings import RATINGS, Rating, agreements, claims, keep, ratings
from tests.eval.desk.material import FINE, GOOD, abstention
from tests.eval.desk.test_reports import held

A, B, C = "a" * 16, "b" * 16, "c" * 16


def rate(folder: Path, rater: str, **said: str) -> None:
    for claim, word in said.items():
        keep(folder, Rating.model_validate({"rater": rater, "claim": claim * 16, "said": word}))


def test_every_claim_of_a_run_is_rated_once_by_each_rater(tmp_path: Path) -> None:
    made = held(tmp_path / "run", GOOD)

    assert [one.case for one in claims(made)] == ["fine", "denial"]
    assert len({one.key for one in claims(made)}) == 2
    rate(made.run.folder, "first", a="supported", b="not supported")
    rate(made.run.folder, "first", a="cannot tell")
    assert ratings(made.run.folder) == {"first": {A: "cannot tell", B: "not supported"}}


def test_agreement_is_cohens_kappa_over_what_both_have_rated(tmp_path: Path) -> None:
    rate(tmp_path, "first", a="supported", b="supported", c="not supported", d="not supported", e="supported")
    rate(tmp_path, "second", a="supported", b="not supported", c="not supported", d="not supported")

    (made,) = agreements(ratings(tmp_path))

    assert (made.raters, made.count, made.share) == (("first", "second"), 4, 0.75)
    assert made.kappa == pytest.approx(0.5)


def test_two_who_always_say_the_same_have_no_kappa(tmp_path: Path) -> None:
    rate(tmp_path, "first", a="supported", b="supported")
    assert agreements(ratings(tmp_path)) == ()
    rate(tmp_path, "second", a="supported", b="supported")

    (made,) = agreements(ratings(tmp_path))
    assert (made.share, made.kappa) == (1.0, None)


def test_a_rating_torn_by_a_kill_is_left_out(tmp_path: Path) -> None:
    rate(tmp_path, "first", a="supported")
    with (tmp_path / RATINGS).open("a") as file:
        file.write('{"rater": "first", "cl')

    assert ratings(tmp_path) == {"first": {A: "supported"}}


def test_an_answer_that_was_right_must_come_again(tmp_path: Path) -> None:
    file = tmp_path / "my-cases.yaml"
    shown = FINE.model_copy(update={"question": "How much was the fine?"})

    assert add(file, shown, right=True) == "how-much-was-the-fine"
    assert add(file, shown, right=True) == "how-much-was-the-fine-2"
    assert lint(file) == ()
    first = load(file)[0].cases[0]
    assert first.expect.cites[0].quote == shown.claims[0].citations[0].quote


def test_an_answer_that_was_wrong_must_not_come_again(tmp_path: Path) -> None:
    file = tmp_path / "my-cases.yaml"
    add(file, FINE.model_copy(update={"question": "How much?"}), right=False, should_say="£900")
    add(file, abstention("Who paid?"), right=False)
    told, refused = load(file)[0].cases

    assert lint(file) == ()
    assert str(told.expect.includes[0]) == "£900"
    assert str(told.expect.excludes[0]) == FINE.claims[0].text
    assert refused.expect.outcome == ("briefing", "clarification")


def test_a_suite_that_cannot_be_read_is_left_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "my-cases.yaml"
    file.write_text("suite: my-cases\ncases: none\n", encoding="utf-8")

    with pytest.raises(SuiteUnreadable, match="is no suite"):
        add(file, FINE, right=True)
    assert file.read_text(encoding="utf-8") == "suite: my-cases\ncases: none\n"
