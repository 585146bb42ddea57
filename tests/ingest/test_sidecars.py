from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ingest.documents import Source
from ingest.errors import RefusedSource
from ingest.preparing import Refused
from ingest.sidecars import is_sidecar, sidecar_for
from ingest.sources import expand

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text("Text.")
    return path


def test_without_a_file_beside_it_nothing_is_said(report: Path) -> None:
    assert sidecar_for(report) is None


@pytest.mark.parametrize(
    "name",
    ["report.txt.meta.yaml", "report.meta.yaml", "report.txt.meta.yml", "report.meta.json", "report.txt.meta.json"],
)
def test_fields_are_read_from_every_name_a_sidecar_may_have(report: Path, name: str) -> None:
    text = "publisher: ICO\npublished: 2022-04\nShelf mark: A12\n"
    if name.endswith("json"):
        text = '{"publisher": "ICO", "published": "2022-04", "Shelf mark": "A12"}'
    report.with_name(name).write_text(text)
    found = sidecar_for(report)
    assert found is not None
    assert (found.publisher, found.published, found.extra) == ("ICO", "2022-04", (("Shelf mark", "A12"),))
    assert is_sidecar(report.with_name(name))


def test_values_stay_the_words_they_were_written_as(report: Path) -> None:
    report.with_name("report.meta.yaml").write_text(
        "title: no\npublished: 2022\nauthor: [Jane Doe, Joe Bloggs]\nnumber: 007\n"
    )
    found = sidecar_for(report)
    assert found is not None
    assert (found.title, found.published, found.author) == ("no", "2022", "Jane Doe; Joe Bloggs")
    assert found.extra == (("number", "007"),)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("published: 3/4/2022", "is no date"),
        ("published: 2022-02-30", "there is no such day"),
        ("just words", "no list of keys and values"),
        ("title: [", "neither YAML nor JSON"),
        ("title: {a: {b: c}}", "neither text nor a list of texts"),
        ("a" * 200_000, "too long"),
    ],
)
def test_a_sidecar_that_cannot_be_read_refuses_the_source_rather_than_be_passed_over(
    report: Path, text: str, why: str
) -> None:
    report.with_name("report.meta.yaml").write_text(text)
    with pytest.raises(RefusedSource, match=why) as refused:
        sidecar_for(report)
    assert "report.meta.yaml" in refused.value.message
    assert refused.value.remedy == "Correct it, or take it away."


def test_aliases_in_aliases_do_not_fill_the_memory(report: Path) -> None:
    lines = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    lines += [
        f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]"
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    ]
    report.with_name("report.meta.yaml").write_text("\n".join(lines))
    with pytest.raises(RefusedSource, match="neither text nor a list of texts"):
        sidecar_for(report)


def test_a_sidecar_in_a_folder_is_no_source_of_its_own(report: Path) -> None:
    report.with_name("report.meta.yaml").write_text("publisher: ICO")
    found = list(expand([report.parent]))
    assert [one.name for one in found if isinstance(one, Source)] == ["report.txt"]
    assert not [one for one in found if isinstance(one, Refused)]
