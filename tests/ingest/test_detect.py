from __future__ import annotations

import io
import zipfile

import pytest

from ingest import readers
from ingest.detect import claimed, sniff
from ingest.documents import Source
from ingest.errors import UnreadableSource
from tests.ingest.hostile_files import plain_pdf

MAIL = b"From: a@b.example\r\nTo: c@d.example\r\nSubject: x\r\n\r\nText.\r\n"
PAGE = b"<!doctype html><html><body><p>A page.</p></body></html>"


def office(part: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(part, "<a/>")
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (plain_pdf(), "pdf"),
        (b"Received: by x\r\n\r\n" + plain_pdf(), "pdf"),
        (office("word/document.xml"), "docx"),
        (office("ppt/presentation.xml"), "pptx"),
        (b"{\\rtf1\\ansi text}", "rtf"),
        (MAIL, "eml"),
        (b"From jane Mon Jan  1 00:00:00 2022\n" + MAIL.replace(b"\r", b""), "eml"),
        (PAGE, "html"),
        (b"\n<!-- saved from url -->\n" + PAGE, "html"),
        (PAGE.decode().encode("utf-16"), "html"),
        (PAGE.decode().encode("utf-16-le"), "html"),
        (b"---\ntitle: x\n---\nText.\n", "markdown"),
        (b"# One\n\ntext\n\n## Two\n", "markdown"),
        (b"Plain words of a letter.\n", "text"),
        (b"A note about %PDF-1.7 as a format.\n", "text"),
        (b"x < y and y > z in <this> text.\n", "text"),
    ],
)
@pytest.mark.parametrize("name", ["unnamed", "wrong.xyz"])
def test_a_format_is_told_by_its_content(content: bytes, kind: str, name: str) -> None:
    assert sniff(content, name) == kind


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (PAGE, "letter.pdf", "html"),
        (plain_pdf(), "letter.docx", "pdf"),
        (office("word/document.xml"), "letter.doc", "docx"),
        (MAIL.replace(b"Subject", b"Message-ID: <a@b>\r\nSubject"), "mail.txt", "eml"),
        (b"{\\rtf1\\ansi text}", "letter.doc", "rtf"),
        (b"Words.\n", "letter.pdf", "text"),
    ],
)
def test_a_wrong_suffix_does_not_mislead(content: bytes, name: str, kind: str) -> None:
    assert sniff(content, name) == kind


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (b"To: All staff\nFrom: The director\nSubject: Cameras\n\nPlease note.\n", "memo.txt", "text"),
        (b"# One\n\n## Two\n", "notes.txt", "text"),
        (b"Just words.\n", "notes.md", "markdown"),
        (b"<p>Only a fragment.</p>", "part.html", "html"),
        (b"<p>Markdown may begin with markup.</p>\n\n# One\n", "part.md", "markdown"),
        (b"Subject: only this\n\nText.\n", "mail.eml", "eml"),
    ],
)
def test_between_kinds_of_text_the_name_decides(content: bytes, name: str, kind: str) -> None:
    assert sniff(content, name) == kind


def test_between_kinds_of_text_the_media_type_decides_where_there_is_no_suffix() -> None:
    assert sniff(b"<p>Part of a page.</p>", "page", "text/html; charset=utf-8") == "html"
    assert sniff(b"<p>Part of a page.</p>", "page") == "text"
    assert claimed("page", "text/html; charset=utf-8") == "html"
    assert claimed("page.bin", "image/png") is None


def test_a_mail_whose_headers_are_longer_than_what_is_looked_at_is_still_a_mail() -> None:
    assert sniff(b"From: a@b.example\r\nTo: " + b"c@d.example, " * 20_000 + b"\r\n\r\nText.", "mail.eml") == "eml"


def test_a_page_whose_first_element_never_ends_is_not_taken_for_text() -> None:
    assert sniff(b"<p " + b"a=1 " * 50_000 + b">words</p>", "page.html") == "html"


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "is empty"),
        (b" \r\n\t\x00\x00", "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
        (b"\x89PNG\r\n\x1a\n123", "PNG image"),
        (b"\xff\xd8\xff\xe0123", "JPEG image"),
        (b"\x1f\x8b\x08123", "gzip archive"),
        (b"SQLite format 3\x00123", "a database"),
        (b"\x7fELF123", "a program"),
        (b"\x00\x00\x00\x18ftypmp42", "video or image"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "old .doc kind"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted office file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "__substg1.0_".encode("utf-16-le"), "Outlook .msg"),
        (office("xl/workbook.xml"), "spreadsheet"),
        (b"PK\x03\x04 cut", "damaged or incomplete"),
        (b"<?xml version='1.0'?><akomaNtoso/>", "XML of a kind"),
    ],
)
def test_what_no_reader_exists_for_is_refused_by_what_it_is_with_a_remedy(content: bytes, what: str) -> None:
    with pytest.raises(UnreadableSource, match=what) as refused:
        sniff(content, "letter.pdf")
    assert refused.value.remedy
    assert "\n" not in str(refused.value)


def test_a_reading_by_another_format_than_the_name_says_is_warned_of() -> None:
    made = readers.read(Source("/given/letter.pdf", "letter.pdf", PAGE))
    assert made.warnings == ("The name says pdf, the content is html; it was read as html.",)
