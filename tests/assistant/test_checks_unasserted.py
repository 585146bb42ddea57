"""What a sentence only names is not told as said: what is called false, feared, offered, labelled, or was said once."""

from __future__ import annotations

import time

import pytest

from assistant.domain import Supported, Withheld
from assistant.drafting import Draft, DraftClaim, Reference
from assistant.gate import Gate
from tests.assistant.material import Shelf, document


def decide(claim: str, sentence: str, *, before: str = "") -> Supported | Withheld:
    """The gate's word on a claim that cites `sentence`; `before` stands before it in its document."""
    text = f"{before} {sentence}".strip()
    held = document(text)
    start = text.index(sentence)
    reference = Reference(held.document.id, 1, start, start + len(sentence), sentence)
    return next(iter(Gate(Shelf(held)).admit(Draft((DraftClaim(claim, (reference,)),)))))


NOT_SAID = [
    # called false
    ("Norvane is an arm of the state.", "Norvane said that to describe it as an arm of the state was simply untrue."),
    ("The agency ignored the warnings.", "It would be wrong to say that the agency ignored the warnings."),
    ("Orlen had shared the records.", "There was no truth in the claim that Orlen had shared the records."),
    ("The sensors were on.", "It is not true, the agency said, that the sensors were on."),
    ("The merger would close branches.", "Fears that the merger would close branches proved unfounded."),
    ("The trial was approved by the board.", "The claim that the trial was approved by the board was false."),
    ("The bishop had struck a bargain.", "The bishop contested the account that he had struck a bargain."),
    # only called so
    ("The database is a honeypot.", "Campaigners have branded the database a honeypot."),
    ("The rota is unlawful.", "The union labelled the rota as unlawful and left the room."),
    ("A routine update left four wards dark.", "What the supplier called a routine update left four wards dark."),
    ("The plan is reckless.", "The Deputy Mayor called the plan “reckless”, while traders welcomed it."),
    ("The minister called the scheme a failure.", "The minister stopped short of calling the scheme a failure."),
    # possible, feared, rumoured
    ("A second strike has alarmed rail operators.", "The prospect of a second strike has alarmed rail operators."),
    ("The software is biased.", "The risk of bias in the software was raised by two members of the panel."),
    ("The director was arrested.", "Rumours that the director had been arrested spread on social media."),
    ("Firms sold number-plate data.", "Two firms were accused of selling number-plate data to a broker."),
    # not done
    ("Mr Okoro resigned.", "Minutes record that Mr Okoro offered to resign and that the chair refused."),
    ("The board published the audit.", "The board agreed to publish the audit by the end of June."),
    ("The firm confirmed whether it stored them.", "The firm has yet to confirm whether it stored them."),
    ("The scheme was extended.", "Were the scheme to be extended, 3,000 more officers would carry it."),
    ("3,000 more officers would carry it.", "Were the scheme to be extended, 3,000 more officers would carry it."),
    # said once, or by another
    ("No voices were stored.", "The firm first said that no voices were stored, but later withdrew that statement."),
    ("The firm said that no voices were stored.", "The firm first said that no voices were stored, but withdrew it."),
    ("The department gave the number as 4,100.", "In an earlier version the department gave the number as 4,100."),
    ("The Courier said that 340 had been fitted.", "The Courier quoted the Herald as saying that 340 had been fitted."),
    ("The number of detainees was 78.", "The Gazette, citing the Tribune, put the number of detainees at 78."),
    ("The factory had been sold.", "It was reported in the Clarion, wrongly, that the factory had been sold."),
    (
        "The ministry conceded the point.",
        "In its draft response the ministry conceded the point; the final text does not.",
    ),
    # cleared of it
    ("Harlan Systems bribed officials.", "Harlan Systems was cleared of bribing officials in three states."),
    ("Mr Vance leaked the memo.", "The jury acquitted Mr Vance of leaking the memo."),
    ("She misled Parliament.", "The charge that she misled Parliament remains unproven."),
    ("The panel was independent.", "Far from being independent, the panel was appointed by the company."),
    # another's word
    (
        "Its director says the fund rewards failure.",
        "Critics say the fund rewards failure, a charge its director disputes.",
    ),
    ("The leaflet says that tenants are not covered.", "Contrary to what the leaflet says, tenants are not covered."),
    # of a part, as if of all
    ("Kestrel supplied the 6,400 cameras.", "Kestrel supplied 2,150 of the 6,400 cameras used by the port."),
    ("The panel raised the matter.", "The matter was raised by two members of the panel."),
]

SAID = [
    ("Tenants are not covered.", "Contrary to what the leaflet says, tenants are not covered."),
    (
        "The commander dismissed suggestions of a cover-up.",
        "Suggestions of a cover-up were dismissed by the commander.",
    ),
    ("Mr Vance was acquitted of leaking the memo by the jury.", "The jury acquitted Mr Vance of leaking the memo."),
    ("Fears that the merger would close branches proved unfounded.",) * 2,
    (
        "The union described the consultation as a sham.",
        "The union labelled the rota as unlawful and described the consultation as a sham.",
    ),
    (
        "The database has been branded a honeypot by campaigners.",
        "Campaigners have branded the database a honeypot.",
    ),
    (
        "Rail operators have been alarmed by the prospect of a second strike.",
        "The prospect of a second strike has alarmed rail operators.",
    ),
    (
        "The firm has not yet confirmed whether it stored them.",
        "The firm has yet to confirm whether it stored them.",
    ),
    (
        "If the scheme were extended, 3,000 more officers would carry it.",
        "Were the scheme to be extended, 3,000 more officers would carry it.",
    ),
    (
        "The board agreed that it would publish the audit by the end of June.",
        "The board agreed to publish the audit by the end of June.",
    ),
    (
        "The Home Office should suspend the trial, the panel recommended.",
        "The panel recommended that the Home Office suspend the trial.",
    ),
    (
        "Operators are not obliged to name the supplier of their cameras.",
        "Under the 2018 regulations, operators are under no obligation to name the supplier of their cameras.",
    ),
    (
        "No evidence was found by a review that staff had been pressed.",
        "A review found no evidence that staff had been pressed.",
    ),
    (
        "In spring 2022 Talvine was fined £1.34 million by the regulator.",
        "The regulator fined Talvine £1,340,000 on 12 April 2022.",
    ),
    (
        "The rink claimed that its software had a match.",
        "The rink stood by its guards, claiming that its software had a match.",
    ),
    (
        "Privacy Watch says that letters to Ellmark state that the firm broke the law.",
        "Privacy Watch says that letters to Ellmark, released under the Act, state that the firm broke the law.",
    ),
]


@pytest.mark.parametrize(("claim", "sentence"), NOT_SAID)
def test_what_a_sentence_only_names_is_not_told_as_said(claim: str, sentence: str) -> None:
    decided = decide(claim, sentence)
    assert isinstance(decided, Withheld), decided


@pytest.mark.parametrize(("claim", "sentence"), SAID)
def test_a_rewording_that_keeps_the_guarding_word_stands(claim: str, sentence: str) -> None:
    decided = decide(claim, sentence)
    assert isinstance(decided, Supported), decided


@pytest.mark.parametrize(
    ("claim", "kind"),
    [
        ("The Data Ombudsman asked Corvale to confirm that it had stopped.", Supported),
        ("Dame Ruth Ansell asked Corvale to confirm that it had stopped.", Supported),
        ("The Home Secretary asked Corvale to confirm that it had stopped.", Withheld),
    ],
)
def test_a_pronoun_is_whom_the_document_has_speak_by_name_or_role(claim: str, kind: type) -> None:
    decided = decide(
        claim,
        "She asked Corvale to confirm that it had stopped.",
        before="Dame Ruth Ansell, the Data Ombudsman, wrote to Corvale in May 2021.",
    )
    assert isinstance(decided, kind), decided


@pytest.mark.parametrize(
    ("claim", "sentence", "reason"),
    [
        (
            "The First-tier Tribunal ruled on whether the breaches stand.",
            "It did not rule on whether the breaches stand.",
            "negation_changed",
        ),
        (
            "Corvale accepts the findings on the camps.",
            "She asked Corvale to confirm that it accepts the findings on the camps.",
            "standing_changed",
        ),
    ],
)
def test_the_reason_given_is_what_the_claim_turns(claim: str, sentence: str, reason: str) -> None:
    decided = decide(claim, sentence)
    assert isinstance(decided, Withheld)
    assert decided.reason == reason, decided


@pytest.mark.parametrize(
    "sentence",
    [
        "the idea that " * 300 + "it was false.",
        "It was wrong to say that " * 150 + "it was so.",
        "called the a " * 400 + "a sham.",
        "had the " * 700 + "been.",
    ],
)
def test_a_hostile_sentence_is_decided_in_bounded_time(sentence: str) -> None:
    before = time.perf_counter()
    decide("The agency called it a sham and it was false.", sentence[0].upper() + sentence[1:])
    assert time.perf_counter() - before < 5
