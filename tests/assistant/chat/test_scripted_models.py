"""Language models that behave and misbehave, over real HTTP, as a reader of the answer meets them."""

from __future__ import annotations

import pytest

from assistant.domain import Briefing, Outcome, Question, Supported
from assistant.gate import Gate
from eval.doubles.model_server import ModelServer, model_server
from eval.doubles.scripts import SCRIPTS, Told
from tests.assistant.chat.asking import Asking
from tests.assistant.chat.papers import ALLEGED, ASKED, PAPERS, SAID

HELD = " ".join(" ".join(text.split()) for text in PAPERS.values())
QUESTIONS = (ASKED, ALLEGED, SAID)
OWN_WORDS = {"model_unavailable", "model_gave_nothing"}


def answer(asking: Asking, name: str | None, question: str = ASKED, **model: object) -> Outcome:
    return asking(name, **model).answer(Question(text=question))


def in_the_papers(claim: Supported) -> bool:
    """The scripts that tell the truth use whole sentences, so anything else that is shown is made up."""
    said = claim.text.partition(": ")[2] if claim.text.partition(": ")[2].startswith(("\u201c", '"')) else claim.text
    return " ".join(said.split()).strip('\u201c\u201d"') in HELD


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("name", [name for name in SCRIPTS if name != "slow"])
def test_no_script_gets_an_unsupported_claim_shown(asking: Asking, name: str, question: str) -> None:
    outcome = answer(asking, name, question)
    assert outcome.outcome == "briefing"
    assert all(in_the_papers(claim) for claim in outcome.claims)
    assert all(
        citation.quote in claim_source
        for claim in outcome.claims
        for citation in claim.citations
        for claim_source in [HELD_RAW[citation.document]]
    )


HELD_RAW: dict[str, str] = {}


@pytest.fixture(autouse=True, scope="module")
def _texts(asking: Asking) -> None:
    ledger = asking(None).library.ledger
    HELD_RAW.update({one.id: ledger.text(one.id).text for one in ledger.documents()})


@pytest.mark.parametrize("name", ["well-behaved", "structured", "prose-around", "repeats"])
def test_a_model_that_tells_the_truth_is_shown_in_whatever_form_it_writes(asking: Asking, name: str) -> None:
    outcome = answer(asking, name)
    assert outcome.trace.model == name and not OWN_WORDS & set(outcome.caveats)
    assert any("asked Northgate Cameras to confirm by 1 March 2022" in claim.text for claim in outcome.claims)
    assert len({claim.text for claim in outcome.claims}) == len(outcome.claims) and not outcome.withheld


REASONS = {
    "uncited": {"no_citation"},
    "wrong-token": {"no_citation", "not_supported", "name_not_in_source", "roles_changed", "number_not_in_source"},
    "altered-quote": {"quote_altered"},
    "invented-number": {"number_not_in_source"},
    "wrong-speaker": {"wrong_speaker", "name_not_in_source", "standing_changed"},
    "half-sentence": {"no_citation"},
}


@pytest.mark.parametrize("name", REASONS)
def test_what_a_model_makes_up_is_withheld_with_its_reason(asking: Asking, name: str) -> None:
    outcome = answer(asking, name)
    assert outcome.withheld and {one.reason for one in outcome.withheld} <= REASONS[name]
    assert isinstance(outcome, Briefing)


def test_an_allegation_worded_as_a_fact_is_withheld(asking: Asking) -> None:
    outcome = answer(asking, "allegation-as-fact", ALLEGED)
    assert [one.reason for one in outcome.withheld] == ["standing_changed"]
    assert "model_gave_nothing" in outcome.caveats


@pytest.mark.parametrize("name", ["uncited", "refusal", "empty", "invented-number", "obeys"])
def test_when_nothing_of_a_draft_passes_the_sources_own_words_are_shown_and_it_says_so(
    asking: Asking, name: str
) -> None:
    outcome = answer(asking, name)
    plain = answer(asking, None)
    assert [claim.text for claim in outcome.claims] == [claim.text for claim in plain.claims]
    assert "model_gave_nothing" in outcome.caveats and outcome.trace.model is None
    assert outcome.trace.attempts[0] == f"{name}: answered"


def test_a_busy_server_is_asked_again_after_the_pause_it_names(asking: Asking) -> None:
    outcome = answer(asking, "busy-twice", "What did the Harbour Commissioner ask the company to say?")
    assert outcome.trace.attempts == (
        "busy-twice: refused, status 429", "busy-twice: refused, status 429", "busy-twice: answered",
    )  # fmt: skip
    assert outcome.trace.model == "busy-twice"


def test_an_outage_degrades_to_the_sources_own_words(asking: Asking) -> None:
    outcome = answer(asking, "always-failing", retries=1)
    assert outcome.claims and "model_unavailable" in outcome.caveats and outcome.trace.model is None
    assert outcome.trace.attempts == ("always-failing: refused, status 500",) * 2
    assert any("did not answer (always-failing: refused, status 500)" in note for note in outcome.notes)


def test_a_fallback_model_answers_when_the_first_does_not(asking: Asking) -> None:
    outcome = answer(asking, "always-failing", retries=0, fallback="well-behaved")
    assert outcome.trace.model == "well-behaved" and "model_unavailable" not in outcome.caveats
    assert outcome.trace.attempts == ("always-failing: refused, status 500", "well-behaved: answered")


def test_a_server_that_cannot_be_reached_degrades_too(asking: Asking) -> None:
    outcome = answer(asking, "well-behaved", base_url="http://127.0.0.1:9/v1", retries=0)
    assert outcome.claims and outcome.trace.attempts == ("well-behaved: cannot be reached",)


def test_a_reply_that_breaks_off_keeps_its_whole_sentences_and_says_so(asking: Asking) -> None:
    outcome = answer(asking, "cut-mid-stream")
    assert len(outcome.claims) == 1 and outcome.withheld == ()
    assert "model_interrupted" in outcome.caveats and outcome.trace.model == "cut-mid-stream"


def test_a_reply_that_ends_at_its_cap_says_so(asking: Asking) -> None:
    assert "model_interrupted" in answer(asking, "length").caveats


def test_a_refused_claim_gets_one_second_wording_and_takes_its_place(asking: Asking, server: ModelServer) -> None:
    before = len(server.heard.bodies)
    outcome = answer(asking, "mends")
    assert outcome.trace.mended == 1 and outcome.withheld == () and len(outcome.claims) == 1
    assert "model_gave_nothing" not in outcome.caveats
    first, second = server.heard.bodies[before:]
    asked_again = second["messages"][-1]["content"]
    assert "Refused: a number is not in the source" in asked_again and "4,817" in asked_again
    assert {"answer/rules", "answer/question", "answer/lines", "answer/repair"} <= outcome.trace.prompts.keys()


def test_without_repair_a_refused_claim_is_withheld_at_once(asking: Asking, server: ModelServer) -> None:
    before = len(server.heard.bodies)
    outcome = answer(asking, "mends", repair=False)
    assert [one.reason for one in outcome.withheld] == ["number_not_in_source"]
    assert len(server.heard.bodies) == before + 1


def test_claims_are_shown_while_the_model_still_writes(asking: Asking) -> None:
    shown = []
    assistant = asking("slow")
    for came in assistant.steps(Question(text=ASKED)):
        shown.append(came)
    first = next(i for i, one in enumerate(shown) if isinstance(one, Supported))
    # The step behind the first claim is that of a model that goes on writing.
    assert shown[first + 1].label == "The language model is writing"  # type: ignore[union-attr]
    assert "Checking claim 1 against \u201cLetter to Northgate Cameras\u201d" in [
        getattr(one, "label", "") for one in shown
    ]
    outcome = shown[-1]
    assert isinstance(outcome, Briefing)
    assert 0 < (outcome.trace.first_claim_ms or 0) < sum(outcome.trace.timings_ms.values())


def test_a_step_never_shows_words_that_have_not_passed(asking: Asking) -> None:
    labels = [getattr(came, "label", "") for came in asking("invented-number").steps(Question(text=ASKED))]
    assert not any("4,817" in label for label in labels)


def test_a_model_never_sees_an_address_an_id_or_a_key(asking: Asking, server: ModelServer) -> None:
    before = len(server.heard.bodies)
    assistant = asking("well-behaved")
    outcome = assistant.answer(Question(text=ASKED))
    sent = str(server.heard.bodies[before])
    assert all(citation.document not in sent for claim in outcome.claims for citation in claim.citations)
    assert "http" not in sent


def test_the_trace_tells_model_evidence_tokens_and_cost(asking: Asking) -> None:
    trace = answer(asking, "well-behaved", price_read=2.0, price_written=8.0).trace
    assert trace.tokens["read"] == 900 and trace.tokens["written"] > 0
    assert trace.cost == pytest.approx((900 * 2 + trace.tokens["written"] * 8) / 1_000_000)
    assert trace.evidence and all("@1:" in place for place in trace.evidence)
    assert all(len(digest) == 64 for digest in trace.prompts.values())


def test_whole_replies_and_json_are_read_as_streams_are(asking: Asking) -> None:
    expected = [claim.text for claim in answer(asking, "well-behaved").claims]
    for settings in ({"streaming": False}, {"structured": True}):
        assert [claim.text for claim in answer(asking, "well-behaved", **settings).claims] == expected
    assert [claim.text for claim in answer(asking, "structured", structured=True, streaming=False).claims] == expected


def test_the_gate_is_the_same_for_a_model_as_for_the_sources_own_words(asking: Asking) -> None:
    assert type(asking("well-behaved").gate) is type(asking(None).gate) is Gate


def test_what_is_shown_already_is_not_shown_again_when_a_refused_claim_is_worded_so(asking: Asking) -> None:
    def says_it_twice(told: Told) -> str:
        first = told.lines[0]
        if told.refused:
            return f"1: {first.text} {first.token}"
        return f"{first.text} {first.token}\nThe council paid 4,817 pounds. {first.token}"

    with model_server(scripts={"says-it-twice": says_it_twice}) as server:
        outcome = asking("says-it-twice", base_url=server.address).answer(Question(text=ASKED))
    texts = [claim.text for claim in outcome.claims]
    assert len(texts) == len(set(texts)) > 0


def test_an_endless_reply_is_read_no_further_than_it_takes(asking: Asking) -> None:
    def endless(told: Told) -> str:
        first = told.lines[0]
        return f"{first.text} {first.token}\n" + "and so on " * 40_000

    with model_server(scripts={"endless": endless}) as server:
        outcome = asking("endless", base_url=server.address).answer(Question(text=ASKED))
    assert outcome.claims and outcome.trace.attempts[0] == "endless: answered, read in part"
