from __future__ import annotations

import pytest

from assistant.aliases import aliases
from assistant.checks import wording
from assistant.checks.case import Case
from assistant.gate import CHECKS


def reason(claim: str, *cited: str, about: tuple[str, ...] = ("",)) -> str | None:
    """Why the claim is withheld, held against the last of `cited`; None when nothing speaks against it."""
    held = Case(claim, cited, len(cited) - 1, lambda: aliases(cited), about)
    return next((finding.reason for check in CHECKS if (finding := check(held))), None)


@pytest.mark.parametrize(
    ("claim", "cited"),
    [
        ("The firm gave no reply.", "The firm did not give any reply."),
        ("The board could revoke the licence.", "The board may revoke the licence."),
        ("The police bought the scanners.", "The police purchased the scanners at a fair in Leeds."),
        ("The scanners were bought by the police.", "The police bought the scanners."),
        ("The police bought the scanners.", "The scanners were bought by the police."),
        ("The scanners failed, the mayor said.", "The mayor said that the scanners failed."),
        ("According to the mayor, the scanners failed.", "The mayor said the scanners failed."),
        ("Residents claimed that the scanners failed.", "Residents alleged that the scanners failed."),
        ("The mayor said that the scanners failed.", "“The scanners failed,” the mayor said."),
        ("The firm was asked by the mayor to reply.", "The mayor asked the firm to reply."),
        ("Complaints dropped to 412 in 2022.", "In 2022 complaints fell to 412."),
        ("The HRO opened the case.", "The Harwick Records Office (HRO) opened the case."),
        ("The Harwick Records Office opened a case.", "The HRO opened a case."),
        ("The bank’s director resigned.", "The director of the bank resigned."),
        ("The mayor approved the plan.", "The mayor (then in his second term) approved the plan."),
        ("Unless it pays, the firm will be fined.", "The firm will be fined unless it pays."),
        ("Only licensed pilots may land.", "Only licensed pilots may land at the site."),
        ("The board made sure that the data was kept.", "The board ensured that the data was kept."),
    ],
)
def test_a_faithful_rewording_passes(claim: str, cited: str) -> None:
    held = [
        Case(claim, (cited,), 0, lambda: aliases([cited]), ("",)),
        Case(claim, (cited,), 0, lambda: aliases([cited]), ("",), bracketless=True),
    ]
    assert any(all(check(one) is None for check in CHECKS) for one in held)


@pytest.mark.parametrize(
    ("claim", "cited", "why"),
    [
        ("The firm replied.", "The firm did not reply.", "negation_changed"),
        ("The firm never replied.", "The firm replied.", "negation_changed"),
        ("The firm replied.", "The firm failed to reply.", "negation_changed"),
        ("The firm paid without a receipt.", "The firm paid with a receipt.", "negation_changed"),
        (
            "The mayor did not approve the plan but refused the budget.",
            "The mayor approved the plan but did not refuse the budget.",
            "negation_changed",
        ),
        ("The firm had shared data.", "The firm denied that it had shared data.", "negation_changed"),
        ("The board will revoke the licence.", "The board may revoke the licence.", "hedge_changed"),
        ("The leak was caused by a fault.", "The leak was probably caused by a fault.", "hedge_changed"),
        ("The firm will be fined.", "The firm will be fined unless it pays.", "hedge_changed"),
        ("The firm will be fined.", "If it does not pay, the firm will be fined.", "hedge_changed"),
        ("The firm opened an office.", "The firm plans to open an office.", "hedge_changed"),
        ("The state banned the cameras.", "The state is considering whether to ban the cameras.", "hedge_changed"),
        ("All councils use it.", "Some councils use it.", "quantifier_changed"),
        ("Councils use it.", "Few councils use it.", "quantifier_changed"),
        ("Pilots may land.", "Only pilots may land.", "quantifier_changed"),
        ("Halden paid less than Bright.", "Halden paid more than Bright.", "comparison_changed"),
        ("It closed after the vote.", "It closed before the vote.", "comparison_changed"),
        ("The scanners failed.", "Residents alleged that the scanners failed.", "standing_changed"),
        ("The scanners failed.", "The scanners failed, residents said.", "standing_changed"),
        ("The state hacked the bank.", "The union accused the state of hacking the bank.", "standing_changed"),
        ("The union said the scanners failed.", "The union alleged that the scanners failed.", "standing_changed"),
        ("The app was tested.", "The committee asked whether the app was tested.", "standing_changed"),
        ("The firm removed the listing.", "The mayor asked the firm to remove the listing.", "standing_changed"),
        ("The mayor said the scanners failed.", "The scanners failed.", "wrong_speaker"),
        ("Tom Dunne said it failed.", "Ann Bright said it failed.", "wrong_speaker"),
        ("Councillor Dunne said it failed.", "“It failed,” said Councillor Bright.", "wrong_speaker"),
        ("Bright sued Halden.", "Halden sued Bright.", "roles_changed"),
        ("The firm asked the mayor to reply.", "The mayor asked the firm to reply.", "wrong_speaker"),
        ("The bank was fined by the firm.", "The bank fined the firm.", "roles_changed"),
        ("The speaking provided the actor voice.", "The actor provided the speaking voice.", "roles_changed"),
        ("Sir Paul Denning led the inquiry.", "Sir Peter Denning led the inquiry.", "name_not_in_source"),
        ("The firm sold drones.", "The firm sold cameras.", "not_supported"),
        ("The firm was fined and left the country.", "The firm was fined.", "not_supported"),
    ],
)
def test_an_alteration_is_found_and_called_by_its_kind(claim: str, cited: str, why: str) -> None:
    assert reason(claim, cited) == why


def test_a_pronoun_of_the_source_may_be_named_by_the_sentence_cited_beside_it() -> None:
    assert reason("ICO said it was safe.", "ICO said so in June.", "It said it was safe.") is None


def test_a_pronoun_of_the_source_is_no_name_of_anybody_else() -> None:
    cited = ("ICO said so in June.", "It said it was safe.")
    assert reason("The FCA said it was safe.", *cited) == "wrong_speaker"


def test_a_letters_author_may_be_named_as_the_speaker_of_what_it_says() -> None:
    about = ("Letter to Dahua", "Office of the Commissioner", "Fraser Sampson")
    assert reason("Fraser Sampson said we expect answers.", "We expect answers.", about=about) is None
    assert reason("Mary Roe said we expect answers.", "We expect answers.", about=about) == "wrong_speaker"


@pytest.mark.parametrize(
    "claim",
    ["1" * 1400, "1,111" * 280, "“" * 1400, '"a" ' * 350, "one hundred and " * 90, "([" * 700, "x" * 100_000],
    ids=["digits", "commas", "marks", "quotes", "numbers", "brackets", "long"],
)
def test_a_hostile_claim_is_withheld_in_no_time(claim: str) -> None:
    assert reason(claim, "The firm did not reply to the letter of 3 May. " * 100) is not None


def test_a_quotation_of_many_gaps_or_brackets_is_withheld_in_no_time() -> None:
    source = "The firm said the cameras were safe and the council replied. " * 40
    assert reason(f"The firm said “{' … '.join(['the'] * 40)}”.", source) is not None
    assert reason(f"The firm said “{' '.join(['[the]'] * 40)}”.", source) is not None


def test_a_claim_that_says_nothing_is_withheld() -> None:
    assert reason("It is so.", "The firm did not reply.") == "not_supported"


def test_a_sentence_in_the_sources_words_is_known_as_such() -> None:
    assert wording.in_its_own_words(Case("The firm did not reply.", ("The firm did not reply.",)))
    assert wording.in_its_own_words(Case("Jane Doe: “We wait.”", ("“We wait.”",)))
    assert not wording.in_its_own_words(Case("The deal cost $40.", ("The deal cost £40.",)))
