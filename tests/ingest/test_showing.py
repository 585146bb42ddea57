"""What is printed for people, where it could mislead them."""

from __future__ import annotations

import pytest

from ingest.receipts import Receipt
from ingest.showing import print_receipts, progress_bar, visible


def test_nothing_in_a_title_steers_a_terminal() -> None:
    assert visible("a\x1b[2Jb\x9bc\x07d\u202ee") == "a\ufffd[2Jb\ufffdc\ufffdd\ufffde"
    assert visible("Zoë\tsaid\n“no”") == "Zoë\tsaid\n“no”"


def test_a_receipt_prints_no_markup_and_no_control_characters(capsys: pytest.CaptureFixture[str]) -> None:
    print_receipts([Receipt(source="/given/a", status="ingested", document="d", title="[red]A[/red] \x1b[31mB")])
    assert "[red]A[/red] \ufffd[31mB" in capsys.readouterr().out


def test_a_receipt_names_copies_furniture_empty_pages_and_warnings(capsys: pytest.CaptureFixture[str]) -> None:
    receipt = Receipt(
        source="/given/report.pdf",
        status="new_version",
        document="3f2a9c",
        version=2,
        title="Report",
        format="pdf",
        pages=1,
        pages_without_text=(3, 4),
        characters=12_345,
        passages=2,
        furniture={"menu": 4, "page_footer": 1},
        near_duplicates=("81d07e",),
        missing=("author", "source_type"),
        warnings=("It is odd.",),
        searchable=False,
    )
    print_receipts([receipt])
    assert [line.strip() for line in capsys.readouterr().out.splitlines()] == [
        "new version  Report",
        "3f2a9c version 2 · report.pdf (pdf) · 1 page · 12,345 characters · 2 passages · NOT SEARCHABLE",
        "nearly the same text as document 81d07e",
        "set aside: 4 menu, 1 page footer",
        "no text on page 3, 4",
        "unknown: author, source type",
        "warning: It is odd.",
        "1 new version",
    ]


def test_nothing_is_printed_for_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    print_receipts([])
    assert capsys.readouterr().out == ""


def test_there_is_no_bar_where_there_is_no_terminal() -> None:
    with progress_bar(5) as show:
        assert show is None
