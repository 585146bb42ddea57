from __future__ import annotations

import re

import pytest

from assistant import gate
from assistant.domain import Supported
from assistant.web import citing, explaining, render
from ingest.documents import Metadata
from tests.assistant.web.scripted import cite, stored
from tests.assistant.web.test_render import FIRST, SECOND, briefing, text

OWN = Supported(text=FIRST.quote, citations=(FIRST,), standing="request", speaker="A. Person")
REWORDED = Supported(text="Example Ltd is asked to confirm it.", citations=(FIRST,), support=0.83)


def reasons(claim: Supported) -> str:
    """The section as it is read."""
    return text(explaining.why(claim, 1))


def test_every_claim_can_be_asked_why_and_is_closed_at_first() -> None:
    shown = render.outcome(briefing())
    assert len(re.findall(r'<details class="aside why"><summary>', shown)) == 2
    assert [text(one) for one in re.findall(r"<summary>(Why.*?)</summary>", shown)] == [
        "Why was this shown? Claim 1",
        "Why was this shown? Claim 2",
    ]


def test_every_quote_stands_there_with_its_place_and_opens_its_source() -> None:
    told = reasons(Supported(text="Both.", citations=(FIRST, SECOND)))
    shown = explaining.why(Supported(text="Both.", citations=(FIRST, SECOND)), 1)

    assert FIRST.quote in told and SECOND.quote in told
    assert "A letter" in told and "characters 0 to 32" in told and "date unknown" in told
    assert f'value="{citing.address_of(FIRST)}"' in shown
    paged = cite(stored("It was so."), "It was so.", page=3)
    assert "page 3" in reasons(Supported(text="It was so.", citations=(paged,)))


@pytest.mark.parametrize(
    ("source_type", "words"),
    [("regulator letter", "the document itself"), ("news", "an account, not the document itself"), (None, None)],
)
def test_a_source_is_told_from_an_account_of_it_where_its_type_is_known(
    source_type: str | None, words: str | None
) -> None:
    held = stored("It was so.", metadata=Metadata(title="A title", source_type=source_type))
    told = reasons(Supported(text="It was so.", citations=(cite(held, "It was so."),)))
    assert words in told if words else "itself" not in told


def test_a_claim_in_the_sources_words_says_so() -> None:
    assert "Its words are the source\u2019s own, in their order; the speaker named is the source\u2019s." in reasons(
        OWN
    )
    assert explaining.support(OWN) == "Full: its sentence stands in the source."
    quoted = Supported(text="A. Person: \u201cThe company denies it.\u201d", citations=(SECOND,))
    assert explaining.in_own_words(quoted)


def test_a_claim_in_other_words_names_what_was_checked() -> None:
    assert not explaining.in_own_words(REWORDED)
    assert {"figures agree", "dates agree", "names agree"} <= set(explaining.checks(REWORDED))
    assert "what it quotes is exact" not in explaining.checks(REWORDED)


def test_a_claim_that_the_support_checker_carried_is_not_said_to_add_no_word() -> None:
    added = explaining.CHECKS["wording.check"]
    assert added not in explaining.checks(REWORDED)
    assert added in explaining.checks(REWORDED.model_copy(update={"support": 1.0}))


def test_a_word_that_only_begins_alike_is_not_the_sources_own() -> None:
    assert not explaining.in_own_words(Supported(text="he company denies it.", citations=(SECOND,)))


@pytest.mark.parametrize("check", dict.fromkeys((*gate.CHECKS, *gate.OWN_WORDS)), ids=explaining.check_name)
def test_every_check_of_the_gate_has_words(check: object) -> None:
    assert explaining.check_name(check) in explaining.CHECKS  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("score", "words"),
    [(1.0, "Full: every"), (0.95, "Strong (95"), (0.83, "Good (83"), (0.6, "Enough to be shown (60"), (0.999, "Strong (99 ")],
)  # fmt: skip
def test_support_is_told_in_words_and_never_rounded_up(score: float, words: str) -> None:
    assert explaining.support(REWORDED.model_copy(update={"support": score})).startswith(words)


@pytest.mark.parametrize(
    ("time", "words"),
    [
        (
            "2022-05-01",
            "1 May 2022: worked out from the source\u2019s words and its dates, published 14 February 2022.",
        ),
        ("last May", "\u201clast May\u201d, as the source words it; nothing in it settles the date."),
        (None, None),
    ],
)
def test_a_time_is_told_with_what_settles_it(time: str | None, words: str | None) -> None:
    assert explaining.time(OWN.model_copy(update={"time": time})) == words


def test_a_time_that_the_source_writes_out_rests_on_the_source() -> None:
    dated = cite(stored("It was sent on 14 March 2022."), "It was sent on 14 March 2022.")
    claim = Supported(text="It was sent.", citations=(dated,), time="2022-03-14")
    assert explaining.time(claim) == "14 March 2022, as the source says it."
    undated = claim.model_copy(update={"time": "last March"})
    assert explaining.time(undated) == (
        "\u201clast March\u201d, as the source words it; the source bears no date that would settle it."
    )


def test_what_the_ledger_holds_of_a_claim_is_told_with_it() -> None:
    held = {"cue": "ask", "account": "reported", "time": "2021-07"}
    basis = "\u201clast July\u201d, counted from the date of publication, 14 February 2022"
    told = text(explaining.why(OWN.model_copy(update={**held, "time_basis": basis}), 1))
    assert "Read off \u201cask\u201d." in told
    assert "The document cited tells of it; it is not the thing itself." in told
    assert f"July 2021: {basis}." in told
    primary = text(explaining.why(OWN.model_copy(update={"account": "primary"}), 1))
    assert "is the thing itself" in primary


def test_a_correction_is_told_with_the_claim_that_it_corrects() -> None:
    told = text(explaining.why(OWN.model_copy(update={"corrected_by": SECOND}), 1))
    assert "Corrected" in told and SECOND.quote in told
