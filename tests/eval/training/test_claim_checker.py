from __future__ import annotations

import argparse
import json
from pathlib import Path
from random import Random

import numpy as np
import pytest
import torch

from eval.training.claim_checker import alterations
from eval.training.claim_checker.batches import Pairs
from eval.training.claim_checker.calibrate import Scored, fit, strict, weights
from eval.training.claim_checker.data import as_read, changed, write
from eval.training.claim_checker.lengthened import Neighbours, among, around, from_articles, joined, two
from eval.training.claim_checker.mix import SECOND, SOURCES
from eval.training.claim_checker.model import ClaimModel
from eval.training.claim_checker.pair import Pair
from eval.training.claim_checker.train import Training, loss_of

SAID = "In March 2021 the Lyndon Council said that Northgate Water may not have paid most of the 9 million pounds."


@pytest.mark.parametrize("kind", sorted(alterations.ALTERATIONS))
def test_every_alteration_changes_a_claim_it_applies_to(kind: str) -> None:
    evidence = f"{SAID} Its rival Southgate Power had paid."
    claim = alterations.ALTERATIONS[kind](SAID, evidence, Random(3))
    assert claim is not None
    assert claim != SAID


@pytest.mark.parametrize("kind", ["number", "month", "name", "roles", "certainty"])
def test_an_alteration_that_does_not_apply_makes_nothing(kind: str) -> None:
    assert alterations.ALTERATIONS[kind]("it rained a lot.", "it rained a lot.", Random(3)) is None


def test_a_statement_put_into_a_mouth_does_not_carry_the_bare_statement() -> None:
    made = [alterations.attributed("The harbour will be closed.", Random(seed)) for seed in range(40)]
    assert all(not right for _, claim, right in made if claim == "The harbour will be closed.")
    assert {right for _, _, right in made} == {True, False}


def test_the_same_seed_makes_the_same_changed_claims() -> None:
    pairs = [Pair(SAID, SAID, "supported", "fever", f"fever/{n}") for n in range(8)]
    assert list(changed(pairs, Random(5), 20)) == list(changed(pairs, Random(5), 20))


def test_long_evidence_is_cut_to_what_the_checker_would_read() -> None:
    long = " ".join(f"Item {n} of the agenda was noted by the meeting and left for another day." for n in range(30))
    read = as_read("Northgate Water paid a fine.", f"{long} Northgate Water paid the fine. {long}")
    assert "Northgate Water paid the fine." in read
    assert len(read.split()) < 100


def test_every_set_of_the_mix_names_its_licence() -> None:
    for mix in (SOURCES, SECOND):
        assert all(source.licence for source in mix)
        assert len({source.name for source in mix}) == len(mix)


def test_no_set_is_both_weighed_on_and_trained_on() -> None:
    weighed = {source.name for source in SECOND if source.weighing}
    assert weighed
    assert weighed.isdisjoint(source.name for source in SOURCES)


@pytest.fixture
def arrays(tmp_path: Path) -> Path:
    texts = [(f"The fee rose in town {n}.", f"The fee {'rose' if n % 2 else 'fell'} in town {n}.") for n in range(120)]
    labels = ["supported" if n % 2 else ("refuted" if n % 4 else "not_supported") for n in range(120)]
    pairs = [
        Pair(claim, evidence, label, "set", f"set/{number}")
        for number, ((claim, evidence), label) in enumerate(zip(texts, labels, strict=True))
    ]
    write(pairs, tmp_path / "pairs.npz")
    return tmp_path / "pairs.npz"


def test_batches_hold_every_pair_once_and_keep_to_their_room(arrays: Path) -> None:
    pairs = Pairs(arrays)
    plan = pairs.plan(pairs.training, 200, 1)
    assert sorted(np.concatenate(plan).tolist()) == sorted(pairs.training.tolist())
    assert all(pairs.batch(one).input_ids.size <= 200 for one in plan)
    assert set(pairs.training.tolist()).isdisjoint(pairs.held_out.tolist())


def test_only_knowing_that_a_claim_is_not_carried_asks_for_no_more(arrays: Path) -> None:
    pairs = Pairs(arrays)
    place = np.flatnonzero(pairs.arrays["label"] == 3)[:1]
    batch = pairs.batch(place)
    refuted, neither = torch.tensor([[-9.0, 9.0, -9.0]]), torch.tensor([[-9.0, -9.0, 9.0]])
    assert float(loss_of(refuted, batch)) == pytest.approx(0.0, abs=1e-4)
    assert float(loss_of(neither, batch)) == pytest.approx(0.0, abs=1e-4)
    assert float(loss_of(torch.tensor([[9.0, -9.0, -9.0]]), batch)) > 9


def _given(arrays: Path, epochs: float) -> argparse.Namespace:
    out = arrays.parent / "run"
    out.mkdir(exist_ok=True)
    return argparse.Namespace(
        pairs=arrays, out=out, minutes=10.0, epochs=epochs, tokens=400, rate=1e-3, seed=1, start=None, level=True
    )


def test_a_run_goes_on_where_it_was_stopped(arrays: Path) -> None:
    torch.manual_seed(1)
    first = Training(_given(arrays, 1.0), ClaimModel(width=16, heads=2, layers=1, inner=32))
    first.run()
    again = Training(_given(arrays, 2.0), ClaimModel(width=16, heads=2, layers=1, inner=32))
    assert again.step == first.step > 0
    assert all(
        torch.equal(one, other) for one, other in zip(first.model.parameters(), again.model.parameters(), strict=True)
    )
    again.run()
    assert again.step > first.step


def test_the_fitted_model_puts_carried_claims_above_the_others() -> None:
    random = np.random.default_rng(1)
    right = random.random(400) < 0.5
    told = np.column_stack([4 * right - 2 + random.normal(0, 2, 400), random.normal(0, 1, 400)])
    source = np.where(np.arange(400) < 300, "one", "two")
    words, both = fit(Scored(random.normal(0, 1, (400, 9)), told, np.zeros(400), np.zeros(400), right, source))
    assert both.short.weights[1] > abs(both.short.weights[2])
    assert both.balanced <= both.strict
    assert words.balanced <= words.strict


def test_every_set_weighs_the_same_and_in_it_right_and_wrong_do() -> None:
    right = np.arange(40) % 4 == 0
    source = np.where(np.arange(40) < 32, "one", "two")
    weight = weights(source, right)
    assert weight[source == "one"].sum() == pytest.approx(0.5)
    assert weight[right].sum() == pytest.approx(0.5)


def test_the_strict_threshold_keeps_nine_in_ten_right() -> None:
    score = np.linspace(0, 1, 200)
    right = np.arange(200) % 10 < np.arange(200) / 20
    threshold = strict(score, right, np.full(200, 0.01))
    assert right[score >= threshold].mean() >= 0.89


def _carried(number: int) -> list[Pair]:
    return [
        Pair(f"Town {n} fined its water firm.", f"The council of town {n} fined the water firm {n} pounds in May.",
             "supported", "fever", f"fever/{n}")
        for n in range(number)
    ]  # fmt: skip


def test_a_claim_keeps_its_evidence_among_others_or_loses_it() -> None:
    pairs = _carried(40)
    made = list(among(pairs, Neighbours(pairs), Random(2)))
    held = {pair.claim: pair.evidence for pair in pairs}
    assert {pair.source for pair in made} == {"made/among", "made/gone"}
    assert all((held[pair.claim] in pair.evidence) == (pair.label == "supported") for pair in made)
    assert all(held[pair.claim] in pair.evidence for pair in around(pairs, Neighbours(pairs), Random(2)))


def test_two_claims_in_one_are_carried_only_when_both_have_their_evidence() -> None:
    pairs = _carried(60)
    for made in (
        list(joined(pairs, Neighbours(pairs), Random(3))),
        list(two(pairs, pairs, Neighbours(pairs), Random(3))),
    ):
        assert {pair.label for pair in made} == {"supported", "not_supported"}
    for pair in joined(pairs, Neighbours(pairs), Random(3)):
        if pair.label == "supported":
            named = [one for one in pairs if one.claim[:-1] in pair.claim]
            assert sum(one.evidence in pair.evidence for one in named) >= 2


def test_sentences_of_an_article_become_claims_about_it() -> None:
    article = " ".join(f"The council of town {n} fined the water firm {n} pounds in May." for n in range(2, 12))
    made = list(from_articles([Pair("It.", article, "supported", "defacto", "defacto/1")], Random(1)))
    assert {pair.label for pair in made} == {"supported", "not_supported"}
    assert all(pair.claim not in article for pair in made if pair.label == "not_supported")


def test_levelled_pairs_weigh_no_more_than_thrice(arrays: Path) -> None:
    pairs = Pairs(arrays)
    pairs.level()
    assert 1 / 3 <= pairs.arrays["weight"].min() <= pairs.arrays["weight"].max() <= 3


def test_arrays_keep_no_text(arrays: Path) -> None:
    with np.load(arrays) as held:
        assert json.dumps(sorted(held.files))
        assert all(held[name].dtype.kind != "U" for name in held.files if name != "sources")
