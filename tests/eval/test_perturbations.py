from __future__ import annotations

import json
from random import Random

import pytest

from assistant.domain import Supported
from assistant.drafting import Draft, DraftClaim, Reference
from assistant.gate import Gate
from eval.benchmarks import alterations, rewordings
from eval.benchmarks.perturbations import PAIRS, Shelf

SENTENCES = (
    "The Harbour Council said that most of the 1,200,000 scanners may have failed in Leeds on 8 July 2021.",
    "Nordvale Systems accused Halden Optics of hiding more than 40% of the faults (all of them small).",
    "“The reply of the firm was late, as the board feared, and short,” said Jane Roe.",
    "The licence was granted by the council in 2019.",
    "The Harwick Records Office (HRO) began its review in Leeds in 2019.",
)
PAIR_FILES = sorted(PAIRS.glob("*.jsonl"))


@pytest.mark.parametrize("kind", alterations.MAKERS)
def test_every_alteration_changes_a_sentence_it_applies_to(kind: str) -> None:
    made = [alterations.MAKERS[kind](one, SENTENCES, Random(0)) for one in SENTENCES]
    assert any(made)
    assert all(claim != one for claim, one in zip(made, SENTENCES, strict=True))


@pytest.mark.parametrize("kind", rewordings.MAKERS)
def test_every_rewording_applies_to_a_sentence_or_leaves_it_alone(kind: str) -> None:
    more = (*SENTENCES, "The council approved the plan in 2019.", "“We expect an answer this week,” said Jane Roe.")
    made = [rewordings.MAKERS[kind](one, more, Random(0)) for one in more]
    assert any(made)
    assert all(claim != one for claim, one in zip(made, more, strict=True))


def shown(claim: str, evidence: list[str]) -> bool:
    shelf = Shelf()
    document = shelf.put("pair", evidence)
    text = shelf.documents[document].text
    references = []
    for sentence in evidence:
        start = text.index(sentence)
        references.append(Reference(document, 1, start, start + len(sentence), sentence))
    (decided,) = Gate(shelf).admit(Draft((DraftClaim(claim, tuple(references)),)))
    return isinstance(decided, Supported)


@pytest.mark.parametrize("path", PAIR_FILES, ids=lambda path: path.stem)
def test_of_the_pairs_written_by_hand_the_altered_are_stopped_and_the_faithful_shown(path: object) -> None:
    rows = [json.loads(line) for line in PAIRS.joinpath(str(path)).read_text(encoding="utf-8").splitlines()]
    altered = [not shown(one["claim"], one["evidence"]) for one in rows if one["kind"] != "faithful"]
    faithful = [shown(one["claim"], one["evidence"]) for one in rows if one["kind"] == "faithful"]
    assert sum(altered) / len(altered) >= 0.95
    assert sum(faithful) / len(faithful) >= 0.8
