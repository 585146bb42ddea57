from __future__ import annotations

from assistant.support.selection import select

FILLER = [f"Item {n} of the agenda was noted by the meeting and left for another day." for n in range(20)]


def test_short_evidence_is_read_whole() -> None:
    assert select("The fee rose.", ["The fee rose to 40 pounds.", "Nobody objected."]) == (0, 1)


def test_no_evidence_selects_nothing() -> None:
    assert select("The fee rose.", []) == ()


def test_of_long_evidence_the_sentence_about_the_claim_is_read() -> None:
    evidence = [*FILLER, "The regulator fined Northgate Water in March.", *FILLER]
    assert 20 in select("Northgate Water was fined by the regulator.", evidence, 30)


def test_sentences_that_together_cover_the_claim_are_read_in_their_order() -> None:
    evidence = ["Northgate Water serves two counties.", *FILLER, "A fine of nine million pounds was set in March."]
    chosen = select("Northgate Water was set a fine of nine million pounds.", evidence, 30)
    assert {0, 21} <= set(chosen)
    assert list(chosen) == sorted(chosen)


def test_what_is_read_fits_into_the_room() -> None:
    evidence = ["The fine was paid by Northgate Water in March of that year.", *FILLER]
    chosen = select("The fine was noted by the meeting.", evidence, 40)
    assert sum(len(evidence[place].split()) for place in chosen) <= 40


def test_one_sentence_longer_than_the_room_is_still_read() -> None:
    assert select("The fine was paid.", [" ".join(["fine"] * 90), "Nothing else was said."], 40) != ()
