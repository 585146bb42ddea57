from __future__ import annotations

import pytest

from assistant.wording import content_words, stem, stems


@pytest.mark.parametrize(
    ("one", "other"),
    [("questions", "questioned"), ("U.K.", "UK"), ("Committee’s", "committee"), ("Committee's", "Committees")],
)
def test_forms_of_one_word_share_a_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


def test_an_acronym_or_the_month_may_is_no_stop_word() -> None:
    assert [word.text for word in content_words("Did the US sanction it in May?")] == ["US", "sanction", "May"]


def test_words_keep_their_place_in_the_text() -> None:
    text = "What did Dahua’s letter ask?"
    assert [text[word.start : word.end] for word in content_words(text)] == ["Dahua’s", "letter", "ask"]


def test_parts_of_a_hyphenated_word_are_words_too() -> None:
    assert {"extra-judici", "judici"} <= stems("extra-judicial")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("organisation", "organization"),
        ("recognised", "recognizes"),
        ("colours", "color"),
        ("labour", "labor"),
        ("theatre", "theaters"),
        ("defence", "defense"),
        ("licence", "license"),
        ("programmes", "programs"),
        ("Nov", "November"),
        ("Sept.", "September"),
    ],
)
def test_two_spellings_of_a_word_have_one_stem(one: str, other: str) -> None:
    assert stem(one.rstrip(".")) == stem(other)


@pytest.mark.parametrize(("one", "other"), [("four", "for"), ("hour", "hor"), ("there", "ther"), ("more", "moer")])
def test_words_that_only_look_alike_keep_their_stems(one: str, other: str) -> None:
    assert stem(one) != stem(other)


@pytest.mark.parametrize("text", ["It holds 19%.", "It holds 19 per cent.", "It holds 19 percent."])
def test_a_share_is_called_in_one_way(text: str) -> None:
    assert {"percent", "percentag"} <= stems(text)
