from __future__ import annotations

import pytest

from assistant.aliases import aliases, known_as


@pytest.mark.parametrize(
    ("text", "name", "other"),
    [
        ("“So,” wrote Professor Ana Ruiz, ports and cameras commissioner.", {"ana", "ruiz"}, {"port", "commission"}),
        ("Information Commissioner Ivo Lund said so.", {"ivo", "lund"}, {"inform", "commission"}),
        ("Home Secretary Mia Stone wrote.", {"mia", "stone"}, {"home", "secretari"}),
        ("The Ports Inspection Office (PIO) wrote.", {"pio"}, {"port", "inspect", "offic"}),
        ("In its reply the Committee on Public Ports (CPP) wrote.", {"cpp"}, {"committe", "public", "port"}),
    ],
)
def test_a_text_that_gives_two_names_joins_them(text: str, name: set[str], other: set[str]) -> None:
    assert any(name <= one.name and other <= one.other for one in aliases([text]))


def test_a_text_that_gives_one_name_joins_nothing() -> None:
    assert aliases(["Ana Ruiz wrote to the commissioner.", "The cost (five pounds) rose."]) == ()


def test_a_surname_is_known_by_the_role_of_its_bearer_and_others_are_not() -> None:
    known = aliases(["Dr Ana Ruiz, ports commissioner, wrote."])
    assert "commission" in known_as(frozenset({"ruiz"}), known)
    assert known_as(frozenset({"ana", "lund"}), known) >= {"ana", "lund"}
    assert known_as(frozenset({"lund"}), known) == {"lund"}


def test_a_role_alone_is_known_by_the_name_of_its_bearer() -> None:
    known = aliases(["The Ports Inspection Office (PIO) wrote."])
    assert "pio" in known_as(frozenset({"port", "inspect", "offic"}), known)
