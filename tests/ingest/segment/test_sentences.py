from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.segment.sentences import sentences
from tests.ingest.segment.sentence_cases import COURTS_AND_PRESS, LETTERS_AND_NOTICES, LISTS_AND_LAYOUT, OFFICIAL


def cut(text: str) -> list[str]:
    return [text[span.start : span.end] for span in sentences(text, 0, len(text))]


@pytest.mark.parametrize("marked", [*OFFICIAL, *COURTS_AND_PRESS, *LETTERS_AND_NOTICES, *LISTS_AND_LAYOUT])
def test_a_text_is_cut_where_a_careful_reader_would(marked: str) -> None:
    parts = [part.strip() for part in marked.split("⏐")]
    text = marked.replace("⏐", " ")
    assert cut(text) == [part for part in parts if part]


def test_offsets_point_into_the_whole_text_and_not_beyond_the_part_asked_for() -> None:
    text = "Before. The letter was sent. It was read. After."
    start, end = text.index("The"), text.index(" After")
    assert [text[span.start : span.end] for span in sentences(text, start, end)] == [
        "The letter was sent.",
        "It was read.",
    ]


def test_a_bracket_that_is_never_closed_does_not_swallow_what_follows() -> None:
    sentence = "The office was told of it in writing. "
    assert len(cut("The list (see below is long. " + sentence * 40)) == 41


def test_a_quotation_that_is_never_closed_does_not_swallow_what_follows() -> None:
    assert cut("He said: “The list is long. It was read by the board. It was kept.") == [
        "He said: “The list is long.",
        "It was read by the board.",
        "It was kept.",
    ]


def test_a_very_long_paragraph_is_cut_in_a_moment() -> None:
    text = "The office wrote to Acme Ltd. on 3 May (see p. 4). “It did not reply. We asked again,” it said. " * 3000
    started = time.process_time()
    assert len(cut(text)) == 9000
    assert time.process_time() - started < 10


def test_a_text_without_an_end_is_one_sentence() -> None:
    assert cut("word " * 20_000) == [("word " * 20_000).strip()]


WRITTEN = st.sampled_from(
    "The Commissioner wrote to Dahua. It did not reply! Why? “We deny it,” he said. He asked: “Is it so? Rt. Hon. Mr. "
    "J. R. Okafor s. 889 No. 10 et seq. Pub. L. No. 115-232 v. (see p. 4) [12] 3.2 ... … Act.12 U.S. a.m. Inc. Q. A. "
    "委員会は公表した。 政府は。 – - • (a) 1. \n \n\n \r\n \t ' ’ \" ” ) ] . ! ? a B 9 é І ।".split(" ")
)
TEXTS = st.one_of(
    st.lists(st.one_of(WRITTEN, st.sampled_from([" ", "\n", "\r\n", "\n\n"])), max_size=60).map(" ".join),
    st.lists(WRITTEN, max_size=40).map("".join),
    st.text(max_size=200),
)


@given(TEXTS, st.integers(0, 20), st.integers(0, 20))
@settings(max_examples=400, deadline=None)
def test_every_character_that_is_not_white_space_is_in_exactly_one_sentence(text: str, skip: int, leave: int) -> None:
    start, end = min(skip, len(text)), max(min(skip, len(text)), len(text) - leave)
    spans = sentences(text, start, end)
    at = start
    for span in spans:
        assert at <= span.start < span.end <= end
        assert not text[at : span.start].strip()
        assert text[span.start : span.end] == text[span.start : span.end].strip()
        at = span.end
    assert not text[at:end].strip()


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_cutting_a_text_again_gives_the_same_sentences(text: str) -> None:
    assert sentences(text, 0, len(text)) == sentences(text, 0, len(text))


@pytest.mark.parametrize("unit", ["委。", "a.\n \n", '"Aa bb cc dd. "', "(", "“", "A. ", "! ", "x", "a.b.", "(a. B) "])
def test_no_text_takes_long_to_cut_however_odd(unit: str) -> None:
    started = time.process_time()
    sentences(unit * 20_000, 0, len(unit) * 20_000)
    assert time.process_time() - started < 10


def test_a_paragraph_of_many_windows_is_cut_as_a_short_one_is() -> None:
    text = "The office wrote to Mr. Reid of Acme Ltd. on 3 May. "
    assert set(cut(text * 1000)) == {text.strip()}
