from __future__ import annotations

import pytest

from assistant.spelling import Respelt, candidates, distance, respellings, rewritten

TEXTS = [
    "The committee recommends that Cressen Vale-Holm answer. The Harbour Committee met.",
    "Borealis and Boreal Ltd sell lamps.",
]


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [("comittee", "committee", 1), ("recieve", "receive", 1), ("lamp", "lamb", 1), ("harbour", "tribunal", 3)],
)
def test_the_distance_counts_slips_of_the_pen(one: str, other: str, apart: int) -> None:
    assert distance(one, other, 2) == apart


@pytest.mark.parametrize(
    ("asked", "read"),
    [("comittee", "committee"), ("Cresen", "Cressen"), ("Vail-Holm", "Vale-Holm"), ("Borealsi", "Borealis")],
)
def test_a_misspelt_word_is_read_as_the_library_writes_it(asked: str, read: str) -> None:
    assert respellings([asked], TEXTS) == (Respelt(asked, read),)


@pytest.mark.parametrize("asked", ["tribunal", "lamp", "Zorealis", "committed", "wet", "answers"])
def test_a_word_that_none_is_near_to_is_left_alone(asked: str) -> None:
    assert respellings([asked], TEXTS) == ()


@pytest.mark.parametrize(
    ("asked", "held"),
    [
        ("Huntsmen", "Huntsman"),
        ("Petersen", "Peterson"),
        ("Marin", "Martin"),
        ("Roberts", "Robert"),
        ("appeal", "appear"),
    ],
)
def test_a_name_or_word_of_its_own_is_read_as_no_other(asked: str, held: str) -> None:
    assert respellings([asked], [f"Here {held} speaks."]) == ()


@pytest.mark.parametrize(
    ("asked", "held"), [("Tarnvison", "Tarnvision"), ("Qauyside", "Quayside"), ("confrm", "confirm")]
)
def test_a_letter_dropped_or_swapped_is_a_slip(asked: str, held: str) -> None:
    assert respellings([asked], [f"Here {held} it."]) == (Respelt(asked, held),)


def test_a_word_between_two_is_left_alone() -> None:
    assert respellings(["marten"], ["The Marton lamp.", "The martin lamp."]) == ()


def test_short_words_small_words_and_figures_are_never_read_otherwise() -> None:
    assert candidates("What about the 2021st lamp, whose comittee’s vote was void?") == ()
    assert candidates("What did the comittee say about 12.5m?") == ("comittee",)


def test_only_whole_words_are_rewritten() -> None:
    assert (
        rewritten("The comittee and subcomittee", [Respelt("comittee", "committee")]) == "The committee and subcomittee"
    )


def test_a_word_is_read_with_a_capital_only_where_it_was_asked_with_one() -> None:
    texts = ["The Committee met.", "A committee met."]
    assert respellings(["comittee", "Comittee"], texts) == (
        Respelt("comittee", "committee"),
        Respelt("Comittee", "Committee"),
    )
