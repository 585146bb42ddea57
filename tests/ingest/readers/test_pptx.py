from __future__ import annotations

import io

import pytest
from pptx import Presentation
from pptx.util import Inches

from ingest.errors import UnreadableSource
from tests.ingest.readers.material import document, kept, read

TITLE, BULLETS, BLANK = 0, 1, 6


def deck() -> Presentation:
    return Presentation()


def saved(made: Presentation) -> bytes:
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def with_text(made: Presentation, text: str, top: float = 1.0) -> object:
    slide = made.slides.add_slide(made.slide_layouts[BLANK])
    slide.shapes.add_textbox(Inches(1), Inches(top), Inches(4), Inches(1)).text_frame.text = text
    return slide


def test_a_slide_is_a_page_with_its_title_text_and_notes_in_order() -> None:
    made = deck()
    slide = made.slides.add_slide(made.slide_layouts[TITLE])
    slide.shapes.title.text, slide.placeholders[1].text = "The cameras", "A briefing"
    slide = made.slides.add_slide(made.slide_layouts[BULLETS])
    slide.shapes.title.text = "Findings"
    frame = slide.placeholders[1].text_frame
    frame.text = "First point"
    frame.add_paragraph().text = "Second point"
    slide.notes_slide.notes_text_frame.text = "Say this slowly."
    reading = read("a.pptx", saved(made))
    assert kept(reading) == [
        ("heading", "The cameras"),
        ("paragraph", "A briefing"),
        ("heading", "Findings"),
        ("list_item", "First point"),
        ("list_item", "Second point"),
        ("note", "Say this slowly."),
    ]
    assert [block.page for block in reading.blocks] == [1, 1, 2, 2, 2, 2]
    assert (reading.pages, reading.metadata.title, reading.metadata.author) == (2, "The cameras", None)
    assert reading.metadata.extra == ()


def test_shapes_are_read_from_the_top_down_and_tables_row_by_row() -> None:
    made = deck()
    slide = with_text(made, "Below", top=5)
    table = slide.shapes.add_table(2, 2, Inches(1), Inches(1), Inches(4), Inches(1)).table
    for row, column, text in ((0, 0, "Year"), (0, 1, "Cameras"), (1, 0, "2020"), (1, 1, "12")):
        table.cell(row, column).text = text
    assert kept(read("a.pptx", saved(made))) == [
        ("table_row", "Year | Cameras"),
        ("table_row", "2020 | 12"),
        ("paragraph", "Below"),
    ]


def test_text_inside_groups_is_read() -> None:
    made = deck()
    slide = made.slides.add_slide(made.slide_layouts[BLANK])
    group = slide.shapes.add_group_shape()
    group.shapes.add_textbox(Inches(1), Inches(1), Inches(2), Inches(1)).text_frame.text = "Grouped words"
    assert kept(read("a.pptx", saved(made))) == [("paragraph", "Grouped words")]


def test_a_hidden_slide_is_left_out_and_named() -> None:
    made = deck()
    with_text(made, "Shown words")
    with_text(made, "Kept back").element.set("show", "0")
    reading = read("a.pptx", saved(made))
    assert kept(reading) == [("paragraph", "Shown words")]
    assert reading.warnings == ("Slide 2 is hidden from the show and was left out.",)


def test_slides_without_words_are_reported() -> None:
    made = deck()
    with_text(made, "Words")
    made.slides.add_slide(made.slide_layouts[BLANK])
    assert read("a.pptx", saved(made)).pages_without_text == (2,)


def test_a_deck_without_words_is_refused_and_no_program_is_promised_to_help() -> None:
    made = deck()
    made.slides.add_slide(made.slide_layouts[BLANK])
    with pytest.raises(UnreadableSource, match="holds no text: page 1 has none") as refused:
        document("a.pptx", saved(made))
    assert refused.value.remedy == "Give a version whose text can be selected."
