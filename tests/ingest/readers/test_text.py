from __future__ import annotations

import pytest

from ingest.errors import UnreadableSource
from tests.ingest.readers.material import REPLY, REQUEST, document, kept, read, texts


def test_hard_wrapped_lines_are_joined_and_blank_lines_end_paragraphs() -> None:
    made = read("note.txt", "The commissioner wrote to the company\nabout its cameras in April.\n\nIt did not reply.\n")
    assert texts(made) == ["The commissioner wrote to the company about its cameras in April.", "It did not reply."]


def test_lines_that_end_early_are_not_joined() -> None:
    made = read("letter.txt", f"{REQUEST[:90]}\n{REQUEST[91:170]}\n\nYours sincerely,\nJane Doe\nDirector\n")
    assert texts(made)[1:] == ["Yours sincerely,", "Jane Doe", "Director"]


def test_lists_keep_their_numbers_and_lose_their_bullets() -> None:
    made = read("list.txt", "  * a first point that\n    goes on\n  * a second\n\n1) one\n2) two\n")
    assert kept(made) == [
        ("list_item", "a first point that goes on"),
        ("list_item", "a second"),
        ("list_item", "1) one"),
        ("list_item", "2) two"),
    ]


def test_columns_set_apart_by_spaces_are_rows_of_a_table() -> None:
    made = read("table.txt", "Name          Count   Year\nAlpha         12      2020\nBeta          7       2021\n")
    assert kept(made) == [
        ("table_row", "Name | Count | Year"),
        ("table_row", "Alpha | 12 | 2020"),
        ("table_row", "Beta | 7 | 2021"),
    ]


def test_a_comma_separated_file_becomes_rows() -> None:
    made = read("table.csv", 'name,year,count,place\nAlpha,2020,12,Leeds\n"Beta, Inc",2021,7,York\n')
    assert texts(made)[2] == "Beta, Inc | 2021 | 7 | York"


def test_a_first_line_above_prose_is_the_title_and_a_salutation_is_none() -> None:
    assert document("a.txt", f"Commissioner writes to the company\n\n{REQUEST}\n").metadata.title == (
        "Commissioner writes to the company"
    )
    assert document("b.txt", f"Dear Mr Smith of the company\n\n{REQUEST}\n").metadata.title is None


def test_a_form_feed_begins_a_page() -> None:
    made = read("print.txt", f"{REQUEST}\x0c{REPLY}\n")
    assert made.pages == 2
    assert [block.page for block in made.blocks] == [1, 2]


@pytest.mark.parametrize("ends", ["\r\n", "\r", "\u2028"])
def test_every_kind_of_line_end_is_one(ends: str) -> None:
    assert texts(read("a.txt", f"One of them.{ends}{ends}Two of them.{ends}")) == ["One of them.", "Two of them."]


def test_characters_that_hide_text_are_removed_and_said() -> None:
    made = read("a.txt", "The com\u200bmis\u00adsioner wrote \u202eesrever\u202c text.")
    assert texts(made) == ["The commissioner wrote esrever text."]
    assert made.warnings == ("3 invisible characters that can hide text were removed.",)


def test_a_text_of_marks_alone_is_no_success() -> None:
    with pytest.raises(UnreadableSource, match="holds no text"):
        document("marks.txt", "...!!! --- ???")


def test_a_line_that_ends_on_a_small_word_goes_on_though_a_date_follows() -> None:
    made = read(
        "note.txt",
        "It collects what the company said after the ministerial statement of\n"
        "24 November 2022 on cameras. The order stands, and the company denies that it is a threat to anybody.\n",
    )
    (text,) = texts(made)
    assert "statement of 24 November 2022 on cameras." in text
