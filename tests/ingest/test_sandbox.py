from __future__ import annotations

import io
import os
import time
from typing import TYPE_CHECKING

import pytest

from ingest import sandbox_wire as wire
from ingest.documents import Block, Box, Metadata, Reading, Source
from ingest.errors import RefusedSource, SourceTooLarge, UnreadableSource
from ingest.sandbox import Limits, Parser
from tests.ingest.hostile_files import pdf_bomb, pdf_with_forms_that_double, plain_pdf
from tests.ingest.libraries import opened
from tests.ingest.readers.material import REQUEST

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CAPS = Limits(seconds=1.0, memory_bytes=400_000_000, bytes=1_000_000, characters=10_000)


@pytest.fixture(scope="module")
def parser() -> Iterator[Parser]:
    with Parser(CAPS, reader="tests.ingest.misbehaving:read") as made:
        yield made


def told(parser: Parser, order: str) -> str:
    return parser.parse(Source("/given/a.txt", "a.txt", order.encode())).blocks[0].text


def refused(parser: Parser, order: str) -> RefusedSource:
    with pytest.raises(RefusedSource) as found:
        told(parser, order)
    assert found.value.remedy
    assert "\n" not in str(found.value)
    assert told(parser, "say well") == "well"  # the next file is read
    return found.value


@pytest.mark.parametrize("order", ["sleep", "spin"])
def test_a_file_that_takes_too_long_is_stopped_in_time(parser: Parser, order: str) -> None:
    told(parser, "say warm")
    started = time.monotonic()
    with pytest.raises(SourceTooLarge, match=r"`a.txt` took longer than 1 s to read") as found:
        told(parser, order)
    assert time.monotonic() - started < 5
    assert "limit on seconds" in found.value.remedy


def test_a_file_that_needs_too_much_memory_is_refused_and_the_machine_keeps_its_own(parser: Parser) -> None:
    error = refused(parser, "eat")
    assert isinstance(error, SourceTooLarge)
    assert error.message == "`a.txt` needed more than 0.373 GiB of memory."


@pytest.mark.parametrize("order", ["die SIGSEGV", "die SIGABRT", "leave"])
def test_a_crash_of_the_parser_costs_one_file_and_is_one_line(parser: Parser, order: str) -> None:
    error = refused(parser, order)
    assert error.message == "`a.txt` cannot be read: its parser crashed."


def test_a_child_killed_from_outside_is_said_to_have_lacked_memory(parser: Parser) -> None:
    assert "than this machine has free" in refused(parser, "die SIGKILL").message


def test_an_error_of_the_parser_is_named_without_its_own_words(parser: Parser) -> None:
    assert refused(parser, "raise").message == "`a.txt` cannot be read: its parser failed (ZeroDivisionError)."


def test_a_refusal_crosses_the_pipe_with_its_kind_and_remedy(parser: Parser) -> None:
    error = refused(parser, "refuse It is broken.")
    assert (type(error), error.message, error.remedy) == (UnreadableSource, "It is broken.", "Mend it.")


def test_a_parser_may_neither_write_nor_call_out_nor_start_programs(parser: Parser, tmp_path: Path) -> None:
    path = tmp_path / "out.txt"
    for order in (f"write {path}", "connect", "run true"):
        assert refused(parser, order).message.endswith("(PermissionError).")
    assert not path.exists()


def test_a_parser_sees_no_key_of_the_environment(parser: Parser) -> None:
    assert set(told(parser, "environment").split()) <= {
        "PATH", "LANG", "LC_ALL", "TESSDATA_PREFIX", "PYTHONPATH", "OMP_THREAD_LIMIT", "LC_CTYPE",
    }  # fmt: skip


def test_what_a_library_prints_does_not_reach_the_pipe(parser: Parser) -> None:
    assert told(parser, "print hello") == "hello"


def test_the_child_is_kept_from_file_to_file_and_ends_with_the_parser(parser: Parser) -> None:
    assert told(parser, "process") == told(parser, "process")
    with Parser(CAPS, reader="tests.ingest.misbehaving:read") as other:
        number = told(other, "process")
        assert number != told(parser, "process")
    with pytest.raises(ProcessLookupError):
        os.kill(int(number), 0)


def test_caps_on_bytes_and_characters_are_kept(parser: Parser) -> None:
    with pytest.raises(SourceTooLarge, match="larger than 1 MB"):
        told(parser, "say " + "x" * 1_000_000)
    assert "more than 10000 characters" in refused(parser, "repeat 3000").message


def test_a_file_with_too_many_pages_is_refused_before_they_are_read() -> None:
    with Parser(Limits(pages=3)) as parser, pytest.raises(SourceTooLarge, match="has 4 pages; at most 3"):
        parser.parse(Source("/given/a.pdf", "a.pdf", plain_pdf(4)))


def test_a_page_picture_is_drawn_in_the_child_and_a_missing_page_is_refused() -> None:
    with Parser() as parser:
        assert parser.render(plain_pdf(), 1, [Box(1, 72, 80, 200, 100)]).startswith(b"\x89PNG")
        with pytest.raises(UnreadableSource, match="There is no page 2"):
            parser.render(plain_pdf(), 2)
        with pytest.raises(UnreadableSource, match="cannot be opened"):
            parser.render(b"%PDF-1.4 nothing", 1)


def test_a_page_that_never_ends_does_not_hold_the_renderer_for_ever() -> None:
    with Parser(Limits(seconds=1.0)) as parser, pytest.raises(SourceTooLarge, match="took longer"):
        parser.render(pdf_with_forms_that_double(), 1)


def test_bad_files_never_stop_the_batch(tmp_path: Path) -> None:
    from ingest.pipeline import ingest

    folder = tmp_path / "given"
    folder.mkdir()
    contents = {
        "1.txt": REQUEST.encode(),
        "2.txt": b"",
        "3.pdf": b"%PDF-1.7 broken",
        "4.pdf": pdf_with_forms_that_double(),
        "5.docx": b"PK\x03\x04 broken",
        "6.txt": REQUEST.replace("April", "May").encode(),
    }
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    with opened(tmp_path, limits={"seconds": 2.0}) as library:
        receipts = list(ingest(library, [folder]))
    assert [receipt.status for receipt in receipts] == ["ingested", *["refused"] * 4, "ingested"]
    for receipt in receipts[1:5]:
        assert receipt.reason
        assert receipt.remedy


READING = Reading(
    "pdf",
    (
        Block("heading", "Title", 1, 1, (Box(1, 0.5, 1.0, 2.0, 3.0),), ((0, 5),)),
        Block("paragraph", "Text.", furniture="menu"),
    ),
    Metadata(title="Title", extra=(("a", "b"),)),
    2,
    (2,),
    ("warned",),
    (Source("/given/a.eml#b.txt", "b.txt", b"bytes", "text/plain", None, "digest"),),
)


def test_a_reading_survives_the_pipe_whole() -> None:
    stream = io.BytesIO()
    header, content = wire.reading_to_wire(READING)
    wire.send(stream, {"reading": header}, content)
    stream.seek(0)
    received, raw = wire.receive(stream)
    assert wire.reading_from_wire(received["reading"], raw) == READING


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("format", None),
        ("blocks", [["shout", "x", 0, None, [], [], None]]),
        ("blocks", [["paragraph", "x", -1, None, [], [], None]]),
        ("blocks", [["paragraph", "x", 0, 1, [[1, 0, 0, float("inf"), 1]], [], None]]),
        ("blocks", [["paragraph", "xy", 0, 1, [[1, 0, 0, 1, 1]], [[0, 1]], None]]),
        ("blocks", [["paragraph", "x", 0, 1, [], [[0, 1]], None]]),
        ("pages", True),
        ("warnings", [1]),
        ("metadata", {}),
        ("attachments", []),
    ],
)
def test_what_a_child_under_a_file_s_control_sends_is_checked(field: str, value: object) -> None:
    header, content = wire.reading_to_wire(READING)
    with pytest.raises(wire.WireError):
        wire.reading_from_wire({**header, field: value}, content)


@pytest.mark.parametrize(
    "frame", [b"\xff" * 16, b"\x00" * 7 + b"\x02" + b"\x00" * 8 + b"[]", b"\x00" * 7 + b"\x02" + b"\x00" * 8 + b"{]"]
)
def test_frames_that_are_none_are_refused(frame: bytes) -> None:
    with pytest.raises(wire.WireError):
        wire.receive(io.BytesIO(frame))


def test_a_pdf_that_unpacks_without_end_is_refused_within_the_caps() -> None:
    with Parser(Limits(seconds=10.0, memory_bytes=600_000_000)) as parser:
        with pytest.raises(RefusedSource) as found:
            parser.parse(Source("/given/a.pdf", "a.pdf", pdf_bomb(64)))
        assert found.value.remedy
        assert parser.parse(Source("/given/b.txt", "b.txt", b"Words.")).blocks
