from __future__ import annotations

from typing import Any

from assistant.domain import Outcome
from eval.metrics.suite import figures
from eval.record import Answer, Checked
from eval.scoring import Scored, score
from eval.suite import Case
from tests.eval.desk.material import DENIAL, FINE, abstention, briefing

DOCUMENTS = {"d1": ("harbour.txt", "Harbour notes")}


def scored(outcome: Outcome | None, expect: dict[str, Any], *, typical: float = 0.1, **answer: Any) -> Scored:
    case: dict[str, Any] = {"id": "one", "kind": "factoid", "ask": "?", "expect": expect}
    if "verdicts" in expect:
        case = {"id": "one", "kind": "draft", "draft": "?", "expect": expect}
    held = Answer.model_validate({"case": "one", "repeat": 0, "outcome": outcome, "seconds": 0.1, **answer})
    return score(Case.model_validate(case), held, DOCUMENTS, typical)


def missed(outcome: Outcome | None, expect: dict[str, Any], **answer: Any) -> list[str]:
    return [mark.name for mark in scored(outcome, expect, **answer).missed]


def test_everything_that_came_as_expected_passes() -> None:
    expect = {
        "outcome": "briefing",
        "includes": ["FINED example ltd", {"regex": r"£\d+"}, {"any": ["£700", "£500"]}],
        "excludes": ["£50"],
        "cites": ["harbour.txt", {"document": "Harbour notes", "page": 1, "quote": "fined Example Ltd £500"}],
        "cites_not": ["other.txt"],
        "max_claims": 1,
        "max_latency": 1.5,
    }
    assert scored(FINE, expect, exact=1.0).passed


def test_each_expectation_that_did_not_come_is_named() -> None:
    assert missed(FINE, {"outcome": "abstention"}) == ["outcome"]
    assert missed(FINE, {"includes": ["£700"]}) == ["includes"]
    assert missed(FINE, {"excludes": ["£500"]}) == ["excludes"]
    assert missed(FINE, {"cites": ["other.txt"]}) == ["cites document"]
    assert missed(FINE, {"cites": [{"document": "harbour.txt", "quote": "denied"}]}) == ["cites sentence"]
    assert missed(FINE, {"cites": [{"document": "harbour.txt", "page": 2}]}) == ["cites document"]
    assert missed(FINE, {"cites_not": ["harbour.txt"]}) == ["cites not"]
    assert missed(DENIAL, {"speaker": "Harbour office"}) == ["speaker"]
    assert missed(DENIAL, {"standing": "finding"}) == ["standing"]
    assert missed(FINE, {"caveats": ["single_source"]}) == ["caveat"]
    assert missed(FINE, {"max_claims": 0}) == ["max claims"]
    assert missed(FINE, {"premise_corrected": True}) == ["premise corrected"]
    assert missed(FINE, {"max_latency": 2.0}, typical=0.01) == ["latency"]
    assert missed(FINE, {"outcome": "briefing"}, exact=0.5) == ["exact quotes"]


def test_a_number_is_not_found_inside_another() -> None:
    assert missed(briefing("It was £5000.", quote="The"), {"includes": ["£500"]}) == ["includes"]


def test_a_false_premise_is_met_by_refusing_by_a_note_or_by_what_is_right() -> None:
    corrected = FINE.model_copy(update={"caveats": ("premise_not_found",)})

    assert missed(abstention(), {"premise_corrected": True}) == []
    assert missed(corrected, {"premise_corrected": True}) == []
    assert missed(FINE, {"premise_corrected": True, "includes": ["£500"]}) == []
    assert missed(FINE, {"premise_corrected": True, "includes": ["£700"]}) == ["includes", "premise corrected"]


def test_a_draft_is_marked_sentence_by_sentence() -> None:
    checked = (Checked(text="A.", verdict="supported"), Checked(text="B.", verdict="contradicted"))

    assert missed(None, {"verdicts": ["supported", "contradicted|out_of_date"]}, checked=checked) == []
    assert missed(None, {"verdicts": ["supported", "supported"]}, checked=checked) == ["verdict"]
    assert missed(None, {"verdicts": ["supported"]}, checked=checked) == ["verdict"]
    assert missed(None, {"verdicts": ["supported", "contradicted", "no_claim"]}, checked=checked) == ["verdict"]


def test_a_figure_that_does_not_apply_is_absent() -> None:
    made = figures([scored(FINE, {"outcome": "briefing", "includes": ["£500"]})])

    assert made["passed"].mean == 1.0
    assert made["answered"].count == 1
    assert not {"refused", "speaker", "standing", "verdict", "document", "exact_quotes", "premise"} & set(made)
