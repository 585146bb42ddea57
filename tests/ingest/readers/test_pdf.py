from __future__ import annotations

import io
import re
import shutil
from typing import TYPE_CHECKING

import numpy as np
import pypdf
import pytest
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader

from ingest.documents import Source
from ingest.errors import UnreadableSource
from ingest.page_image import boxes_for, render
from ingest.readers import pdf as pdf_reader
from tests.ingest.readers.material import REPLY, REQUEST, aside, document, kept, pdf, prose, read, texts, wrapped

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reportlab.pdfgen.canvas import Canvas

    from ingest.documents import Box

LETTER_WITH_HEADINGS = [("The cameras", 20), ("Findings", 15)]


def letter(canvas: Canvas) -> None:
    for number, (text, size) in enumerate(LETTER_WITH_HEADINGS):
        canvas.setFont("Helvetica-Bold", size)
        canvas.drawString(72, 780 - 30 * number, text)
    prose(REQUEST, top=720)(canvas)
    prose(REPLY, top=640)(canvas)


def picture(text: str) -> Image.Image:
    """A scanned page."""
    made = Image.new("L", (1240, 1754), 255)
    drawing = ImageDraw.Draw(made)
    for number, line in enumerate(wrapped(text, 55)):
        drawing.text((120, 160 + 60 * number), line, fill=0, font=ImageFont.load_default(36))
    return made


def scanned(canvas: Canvas) -> None:
    canvas.drawImage(ImageReader(picture(REQUEST)), 0, 0, *A4)


def changed(content: bytes, change: Callable[[pypdf.PdfWriter], object]) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(content))
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def boxes_of(content: bytes, quote: str) -> tuple[Box, ...]:
    made = document("a.pdf", content)
    start = made.text.index(quote)
    block = next(block for block in made.blocks if block.start <= start < block.end)
    return boxes_for(block, start, start + len(quote))


def test_headings_and_paragraphs_are_told_apart_and_lines_are_joined() -> None:
    made = read("a.pdf", pdf(letter))
    assert kept(made) == [
        ("heading", "The cameras"),
        ("heading", "Findings"),
        ("paragraph", REQUEST),
        ("paragraph", REPLY),
    ]
    assert [block.level for block in made.blocks] == [1, 2, 0, 0]


def test_the_information_dictionary_is_metadata_but_its_dates_are_no_publication_date() -> None:
    made = read("a.pdf", changed(pdf(letter), lambda w: w.add_metadata({"/Title": "On cameras", "/Author": "Typist"})))
    assert (made.metadata.title, made.metadata.author, made.metadata.published) == ("On cameras", None, None)
    assert ("pdf_author", "Typist") in made.metadata.extra


@pytest.mark.parametrize("title", ["Microsoft Word - letter.docx", "untitled", "scan0001.pdf"])
def test_a_title_that_a_program_put_there_gives_way_to_the_largest_heading(title: str) -> None:
    assert (
        read("a.pdf", changed(pdf(letter), lambda w: w.add_metadata({"/Title": title}))).metadata.title == "The cameras"
    )


def test_an_author_whom_the_document_itself_names_is_its_author() -> None:
    content = pdf(prose(f"By Jane Doe. {REQUEST}"))
    assert (
        read("a.pdf", changed(content, lambda w: w.add_metadata({"/Author": "Jane Doe"}))).metadata.author == "Jane Doe"
    )


def test_every_block_knows_its_page_and_a_sentence_goes_on_over_the_page_s_end() -> None:
    made = read(
        "a.pdf", pdf(prose(REQUEST), prose(REPLY), prose("which no one had expected of a company of its kind."))
    )
    assert made.pages == 3
    assert [(block.page, block.text) for block in made.blocks[:2]] == [(1, REQUEST), (2, REPLY)]
    split = read(
        "b.pdf", pdf(prose("The company answered that it had sold"), prose("no cameras at all. That was in May."))
    )
    assert texts(split) == ["The company answered that it had sold no cameras at all. That was in May."]
    assert [box.page for box in split.blocks[0].boxes] == [1, 2]


@pytest.mark.parametrize("across", [False, True])
def test_two_columns_are_read_one_after_the_other_however_they_were_written(across: bool) -> None:
    left, right = wrapped(REQUEST, 40), wrapped(REPLY, 40)

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        places = [(72, at, line) for at, line in enumerate(left)] + [(310, at, line) for at, line in enumerate(right)]
        for x, at, line in sorted(places, key=lambda place: (place[1], place[0])) if across else places:
            canvas.drawString(x, 740 - 14 * at, line)

    assert " ".join(texts(read("a.pdf", pdf(draw)))) == f"{REQUEST} {REPLY}"


def test_rows_of_a_table_keep_their_cells_apart() -> None:
    def draw(canvas: Canvas) -> None:
        prose(REQUEST)(canvas)
        for row, (year, number) in enumerate((("2020", "12"), ("2021", "7"))):
            canvas.drawString(72, 600 - 16 * row, f"Cameras in {year}")
            canvas.drawRightString(400, 600 - 16 * row, number)

    assert kept(read("a.pdf", pdf(draw)))[1:] == [
        ("table_row", "Cameras in 2020 | 12"),
        ("table_row", "Cameras in 2021 | 7"),
    ]


def test_running_headers_and_page_numbers_are_set_aside() -> None:
    def page(number: int) -> Callable[[Canvas], None]:
        def draw(canvas: Canvas) -> None:
            canvas.drawString(72, 810, "Office of the Commissioner")
            prose(f"Section {'one two three four'.split()[number]}. {REQUEST}")(canvas)
            canvas.drawCentredString(300, 30, str(number + 1))

        return draw

    made = read("a.pdf", pdf(*(page(number) for number in range(4))))
    assert all(text.endswith(REQUEST) for text in texts(made))
    assert aside(made)[:2] == [("page_header", "Office of the Commissioner"), ("page_footer", "1")]
    assert len(aside(made)) == 8


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("The com-", "missioner wrote to the company.", "The commissioner wrote to the company."),
        ("Signed by twenty-", "two members of the house.", "Signed by twenty-two members of the house."),
        ("It is a business-to-", "everyone approach to it.", "It is a business-to-everyone approach to it."),
        ("They offer distance-", "and blended-learning to all.", "They offer distance- and blended-learning to all."),
        ("It rests on section-", "889 of the act.", "It rests on section-889 of the act."),
    ],
)
def test_a_hyphen_at_a_line_s_end_stays_where_it_belongs_to_the_word(first: str, second: str, joined: str) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(72, 740, first)
        canvas.drawString(72, 726, second)

    assert texts(read("a.pdf", pdf(draw))) == [joined]


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-128", "AES-256"])
def test_a_file_encrypted_with_an_empty_password_is_opened(algorithm: str) -> None:
    content = changed(pdf(prose(REQUEST)), lambda w: w.encrypt("", "owner", algorithm=algorithm))
    assert texts(read("a.pdf", content)) == [REQUEST]


def test_a_file_locked_with_a_password_is_refused_with_the_remedy() -> None:
    content = changed(pdf(prose(REQUEST)), lambda w: w.encrypt("sesame", "owner", algorithm="AES-256"))
    with pytest.raises(UnreadableSource, match="locked with a password") as refused:
        read("a.pdf", content)
    assert "without a password" in refused.value.remedy


def test_scanned_pages_are_reported_and_read_where_tesseract_is_installed() -> None:
    made = read("a.pdf", pdf(prose(REPLY), scanned))
    assert made.pages_without_text == (2,)
    if shutil.which("tesseract"):
        assert made.warnings == ("OCR: page 2",)
        assert [block.page for block in made.blocks][1:].count(2) == len(made.blocks) - 1
        words = set(re.findall(r"\w+", " ".join(block.text for block in made.blocks if block.page == 2)))
        assert len(words & set(re.findall(r"\w+", REQUEST))) > 25
        assert all(
            0 <= box.x0 < box.x1 <= A4[0] and 0 <= box.y0 < box.y1 <= A4[1] for b in made.blocks for box in b.boxes
        )
    else:
        assert "tesseract-ocr" in made.warnings[0]


def test_a_scan_of_nothing_is_refused_with_what_to_do() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawImage(ImageReader(Image.new("L", (600, 800), 255)), 0, 0, *A4)

    with pytest.raises(UnreadableSource, match="holds pictures of pages and no text") as refused:
        read("a.pdf", pdf(draw))
    assert ("tesseract" in refused.value.remedy) == (shutil.which("tesseract") is None)


def invisible(canvas: Canvas, text: str = "Obey me.") -> None:
    drawn = canvas.beginText(72, 300)
    drawn.setTextRenderMode(3)
    drawn.textLine(text)
    canvas.drawText(drawn)


def white(canvas: Canvas) -> None:
    canvas.setFillColorRGB(1, 1, 1)
    canvas.drawString(72, 300, "Obey me.")


def tiny(canvas: Canvas) -> None:
    canvas.setFont("Helvetica", 1)
    canvas.drawString(72, 300, "Obey me.")


@pytest.mark.parametrize("hide", [invisible, white, tiny, lambda canvas: canvas.drawString(72, 2000, "Obey me.")])
def test_words_that_cannot_be_seen_on_the_page_are_set_aside(hide: Callable[[Canvas], object]) -> None:
    def draw(canvas: Canvas) -> None:
        prose(REQUEST)(canvas)
        hide(canvas)

    made = read("a.pdf", pdf(draw))
    assert texts(made) == [REQUEST]
    assert aside(made) == [("hidden", "Obey me.")]


def test_white_words_on_a_dark_ground_and_the_text_layer_of_a_scan_are_text() -> None:
    def banner(canvas: Canvas) -> None:
        canvas.rect(60, 290, 300, 30, fill=1)
        white(canvas)

    def layered(canvas: Canvas) -> None:
        scanned(canvas)
        invisible(canvas, "The commissioner wrote to the company in April and asked it to reply.")

    assert texts(read("a.pdf", pdf(banner))) == ["Obey me."]
    assert texts(read("b.pdf", pdf(layered))) == [
        "The commissioner wrote to the company in April and asked it to reply."
    ]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_the_boxes_of_a_quote_lie_on_its_ink_and_on_no_other(turn: int) -> None:
    """The quote is the only text drawn in red. Pages are turned as scanners and landscape tables turn them."""
    quote = "It gave the company ten days in which to reply"

    def draw(canvas: Canvas) -> None:
        canvas.translate(*{0: (0, 0), 90: (A4[0], 0), 180: A4, 270: (0, A4[1])}[turn])
        canvas.rotate(turn)
        canvas.translate(0, -200)
        canvas.setFont("Helvetica", 11)
        canvas.drawString(72, 700, "The commissioner wrote to the company in April.")
        canvas.setFillColorRGB(1, 0, 0)
        canvas.drawString(72, 686, quote[:28])
        canvas.drawString(72, 672, quote[28:].strip())
        canvas.setFillColorRGB(0, 0, 0)
        width = canvas.stringWidth(quote[28:].strip(), "Helvetica", 11)
        canvas.drawString(72 + width, 672, " and said so.")

    content = changed(pdf(draw), lambda w: [page.rotate(turn) for page in w.pages])
    boxes = boxes_of(content, quote)
    assert len(boxes) == 2
    plain, marked = pixels(content, ()), pixels(content, boxes)
    red = (plain[..., 0] > 150) & (plain[..., 1] < 120)
    black = plain.sum(axis=2) < 150
    covered = (plain != marked).any(axis=2)
    assert red.sum() > 500
    assert (red & covered).sum() > 0.98 * red.sum()
    assert (black & covered).sum() < 0.05 * black.sum()
    for box in boxes:
        edges = [round(2 * edge) for edge in (box.y0, box.y1, box.x0, box.x1)]
        assert red[edges[0] : edges[1], edges[2] : edges[3]].sum() > 100


def pixels(content: bytes, boxes: Sequence[Box]) -> np.ndarray:
    """Page 1 at two pixels a point: rows, columns, red-green-blue."""
    return np.asarray(Image.open(io.BytesIO(render(content, 1, boxes, scale=2))).convert("RGB")).astype(int)


def test_lines_in_front_of_the_file_s_own_mark_do_no_harm() -> None:
    assert texts(read("a.pdf", b"Received: by gateway\r\n\r\n" + pdf(prose(REQUEST)))) == [REQUEST]


def test_what_one_parser_refuses_is_left_to_the_other() -> None:
    """Without its cross-reference table and trailer."""
    whole = pdf(prose(REQUEST))
    broken = whole[: whole.rindex(b"xref\n0")] + b"trailer\n<< /Root 99 0 R >>\nstartxref\n7\n%%EOF"
    with pytest.raises(UnreadableSource, match="damaged"):
        pdf_reader.read(Source("/given/a.pdf", "a.pdf", broken))


def test_files_embedded_in_it_are_mentioned() -> None:
    content = changed(pdf(prose(REQUEST)), lambda w: w.add_attachment("letter.txt", b"More words."))
    assert "1 file is embedded in it and not read" in read("a.pdf", content).warnings[0]


@pytest.mark.parametrize(("value", "said"), [("Twelve cameras", 1), ("", 0)])
def test_a_form_that_somebody_filled_in_is_not_read_in_silence(value: str, said: int) -> None:
    def draw(canvas: Canvas) -> None:
        prose(REQUEST)(canvas)
        canvas.acroForm.textfield(name="answer", value=value, x=72, y=500)

    warnings = read("a.pdf", pdf(draw)).warnings
    assert len([warning for warning in warnings if "form fields was not read" in warning]) == said


def test_a_raised_figure_does_not_become_part_of_the_number_before_it() -> None:
    def draw(canvas: Canvas) -> None:
        drawn = canvas.beginText(72, 700)
        for text, rise, size in (
            ("In 2022", 0, 10),
            ("3", 4, 6),
            (" it sold 5 m", 0, 10),
            ("2", 4, 6),
            (" on the 3", 0, 10),
        ):
            drawn.setRise(rise)
            drawn.setFont("Helvetica", size)
            drawn.textOut(text)
        drawn.setRise(4)
        drawn.setFont("Helvetica", 6)
        drawn.textOut("rd")
        canvas.drawText(drawn)

    assert texts(read("a.pdf", pdf(draw))) == ["In 2022³ it sold 5 m² on the 3rd"]


@pytest.mark.parametrize("turn", [45, 90, 270])
def test_figures_on_labels_set_askew_stay_figures(turn: int) -> None:
    def draw(canvas: Canvas) -> None:
        prose(REQUEST)(canvas)
        canvas.translate(200, 400)
        canvas.rotate(turn)
        canvas.drawString(0, 0, "Aug-12")

    assert texts(read("a.pdf", pdf(draw))) == [REQUEST, "Aug-12"]


def test_a_stamp_across_the_page_is_neither_text_nor_its_title() -> None:
    def draw(canvas: Canvas) -> None:
        prose(REQUEST)(canvas)
        canvas.translate(200, 300)
        canvas.rotate(45)
        canvas.setFont("Helvetica-Bold", 60)
        canvas.drawString(0, 0, "DRAFT")

    made = read("a.pdf", pdf(draw))
    assert (texts(made), aside(made), made.metadata.title) == ([REQUEST], [("watermark", "DRAFT")], None)


def test_paragraphs_numbered_with_points_begin_anew_and_a_decimal_number_does_not() -> None:
    def draw(canvas: Canvas) -> None:
        for number, line in enumerate(("3.1 The appeal was dismissed.", "3.2 The fine of", "3.1 million stands.")):
            canvas.drawString(72, 740 - 14 * number, line)

    assert texts(read("a.pdf", pdf(draw))) == ["3.1 The appeal was dismissed.", "3.2 The fine of 3.1 million stands."]
