"""Files that stop readers, each in the child with its caps: a reason and a remedy in one line, in time, or its words."""

from __future__ import annotations

import os
import socket
import time
from typing import TYPE_CHECKING

import pytest

from ingest.describe import describe
from ingest.documents import Source
from ingest.errors import RefusedSource
from ingest.preparing import Refused
from ingest.sandbox import Limits, Parser
from ingest.sources import expand, read_file
from tests.ingest.hostile_files import WORD, kinds, plain_pdf, zip_of
from tests.ingest.readers.material import REQUEST

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from ingest.documents import Document

SECONDS = 3.0

# What is odd and yet holds words that a person could read in it; all else must be refused.
READABLE = {
    "pdf_with_a_reference_table_that_names_itself.pdf": "The commissioner asked",
    "pdf_that_would_run_programs.pdf": "The commissioner asked",
    "html_of_open_brackets.html": "words",
    "eml_of_many_parts.eml": "many",
    "text_of_one_line.txt": "word word",
    "text_in_half_a_code.txt": "Words and words.",
    "markdown_of_quotes_in_quotes.md": "Title",
    "rtf_nested_deeply.rtf": "words",
    "rtf_with_a_picture_of_noise.rtf": "words",
}

MORE: dict[str, tuple[str, bytes, str]] = {
    "an empty file": ("a.pdf", b"", "is empty"),
    "white space": ("a.txt", b" \r\n\t ", "is empty"),
    "a byte order mark": ("a.txt", b"\xef\xbb\xbf", "is empty"),
    "NUL bytes": ("a.pdf", b"\0" * 100_000, "is empty"),
    "NUL bytes in a text": ("a.txt", b"The\0commissioner\0wrote\0to the company.\0\x01\x02", "not text"),
    "punctuation": ("a.md", b"# ---\n\n... !!!", "holds no text"),
    "a page of pictures": ("a.html", b"<html><body><img src='a.png'><p> </p></body></html>", "holds no text"),
    "a page deep in itself": ("a.html", b"<html><body><p>Up.</p>" + b"<div>" * 5000 + b"Down.", "nested too deeply"),
    "an entity bomb in a page": ("a.xml", b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "ha">]><a>&a;</a>', "XML"),
    "a cut off PDF": ("a.pdf", plain_pdf(3)[:900], "damaged"),
    "a PDF's name on a picture": ("a.pdf", b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "PNG image"),
    "an encrypted Word file": (
        "a.docx",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"),
        "encrypted",
    ),
    "a Word file without its parts": (
        "a.docx",
        zip_of({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w:document %s/>" % WORD}),
        "no complete Word document",
    ),
    "a Word file that is no XML": (
        "a.docx",
        zip_of({"[Content_Types].xml": b"<Types", "word/document.xml": b"<w:doc"}),
        "damaged XML",
    ),
    "a mail of brackets": (
        "a.eml",
        b"From: a@b.example\r\nTo: " + b"(" * 100_000 + b"\r\nSubject: x\r\n\r\nHello there.\r\n",
        "headers beyond any mail's size",
    ),
    "a mail in a mail in a mail": (
        "a.eml",
        b"From: a@b.example\r\nContent-Type: message/rfc822\r\n\r\n" * 3_000 + b"Hello.",
        "nested too deeply",
    ),
    "noise with a Word file's name": ("a.docx", bytes(range(256)) * 40, "neither a docx file nor text"),
    "a rich text that is cut off": ("a.rtf", b"{\\rtf1\\ansi Some", "is cut off"),
}


@pytest.fixture(scope="module")
def parser() -> Iterator[Parser]:
    with Parser(Limits(seconds=SECONDS, memory_bytes=1 << 30)) as made:
        yield made


def outcome(parser: Parser, name: str, content: bytes) -> Document | RefusedSource:
    """The document, or why there is none; either within the time allowed."""
    source = Source(f"/given/{name}", name, content)
    started = time.monotonic()
    try:
        made: Document | RefusedSource = describe(parser.parse(source), source, given={})
    except RefusedSource as error:
        made = error
    assert time.monotonic() - started < SECONDS + 5
    return made


@pytest.mark.parametrize(("name", "make"), kinds().items(), ids=kinds())
def test_a_hostile_file_is_refused_in_one_line_or_read(parser: Parser, name: str, make: Callable[[], bytes]) -> None:
    found = outcome(parser, name, make())
    if isinstance(found, RefusedSource):
        # On a busy machine what can be read may also take too long.
        assert name not in READABLE or "took longer" in found.message
        assert found.message
        assert found.remedy
        assert "\n" not in str(found)
        assert len(str(found)) < 400
    else:
        assert name in READABLE
        assert READABLE[name] in found.text


@pytest.mark.parametrize("kind", MORE)
def test_a_file_without_words_to_read_says_why(parser: Parser, kind: str) -> None:
    name, content, why = MORE[kind]
    found = outcome(parser, name, content)
    assert isinstance(found, RefusedSource)
    assert why in found.message
    assert found.remedy
    assert "\n" not in str(found)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", REQUEST.encode("utf-16-le")),
        ("a.txt", REQUEST.encode("utf-16-be")),
        ("a.pdf", f"<!doctype html><html><body><p>{REQUEST}</p></body></html>".encode()),
        ("a.txt", plain_pdf(text=REQUEST[:90])),
    ],
)
def test_a_file_that_is_not_what_it_seems_is_read_as_what_it_is(parser: Parser, name: str, content: bytes) -> None:
    found = outcome(parser, name, content)
    assert not isinstance(found, RefusedSource)
    assert REQUEST.startswith(found.text)


def test_lone_surrogates_come_through_the_pipe_as_damage(parser: Parser) -> None:
    found = outcome(parser, "a.txt", "The commissioner \ud83d wrote.".encode("utf-8", "surrogatepass"))
    assert not isinstance(found, RefusedSource)
    found.text.encode("utf-8")
    assert found.warnings


def refusals(folder: Path, *names: str, limits: Limits | None = None) -> list[RefusedSource]:
    """Why each of the names in the folder was not taken; all of them must have been refused."""
    found = list(expand([folder / name for name in names], limits=limits))
    assert all(isinstance(one, Refused) for one in found)
    return [one.error for one in found if isinstance(one, Refused)]


def test_a_fifo_a_socket_and_a_device_are_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.pdf")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "s.pdf"))
        started = time.monotonic()
        errors = refusals(tmp_path, "pipe.pdf", "s.pdf", "/dev/zero")
    assert time.monotonic() - started < 2
    assert len(errors) == 3
    assert all(error.remedy for error in errors)


def test_a_folder_called_like_a_file_is_a_folder(tmp_path: Path) -> None:
    (tmp_path / "letter.pdf").mkdir()
    assert "holds no files" in refusals(tmp_path, "letter.pdf")[0].message
    with pytest.raises(RefusedSource, match="letter.pdf"):
        read_file(tmp_path / "letter.pdf", Limits())


def test_links_that_lead_in_circles_or_nowhere_are_refused(tmp_path: Path) -> None:
    (tmp_path / "one.txt").symlink_to(tmp_path / "two.txt")
    (tmp_path / "two.txt").symlink_to(tmp_path / "one.txt")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    errors = refusals(tmp_path, "one.txt", "gone.txt")
    assert len(errors) == 2
    assert all(error.message and error.remedy for error in errors)


def test_a_folder_that_links_to_itself_is_walked_once(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(REQUEST)
    (tmp_path / "again").symlink_to(tmp_path, target_is_directory=True)
    found = list(expand([tmp_path]))
    assert [one.name for one in found if isinstance(one, Source)] == ["a.txt"]


def test_a_file_over_the_limit_is_not_read_into_memory(tmp_path: Path) -> None:
    with (tmp_path / "huge.pdf").open("wb") as file:
        file.truncate(50_000_000_000)
    (error,) = refusals(tmp_path, "huge.pdf")
    assert "larger than 100 MB" in error.message
    assert "limit on bytes" in error.remedy
