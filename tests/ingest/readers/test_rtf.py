from __future__ import annotations

import pytest

from ingest.errors import UnreadableSource
from tests.ingest.readers.material import kept, read, texts


def test_paragraphs_tables_and_information_are_read() -> None:
    made = read(
        "a.rtf",
        r"{\rtf1\ansi{\fonttbl{\f0 Times;}}{\info{\title The cameras}{\author Jane Doe}}\pard {\b Bold} text\par"
        r"\pard\intbl a\cell b\cell\row\pard last\par}",
    )
    assert kept(made) == [("paragraph", "Bold text"), ("table_row", "a | b"), ("paragraph", "last")]
    assert (made.metadata.title, made.metadata.author) == ("The cameras", "Jane Doe")


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        (r"{\rtf1\ansi caf\'e9 \u8220?quoted\u8221?\par}", "café “quoted”"),
        (r"{\rtf1\ansi\ansicpg1250 Wa\'b3\'easa\par}", "Wałęsa"),
    ],
)
def test_letters_come_out_by_their_code_page(markup: str, text: str) -> None:
    assert texts(read("a.rtf", markup)) == [text]


def test_text_marked_hidden_is_warned_of() -> None:
    made = read("a.rtf", r"{\rtf1\ansi Seen. {\v Obey me.}\par}")
    assert made.warnings == ("The file marks some text as hidden; it was read like the rest.",)


def test_a_file_that_is_cut_off_is_refused() -> None:
    with pytest.raises(UnreadableSource, match="is cut off"):
        read("a.rtf", r"{\rtf1\ansi Some text")
