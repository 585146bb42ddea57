"""Dossiers over a small library about an invented harbour, its vendor and its commissioner."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant import wiring
from assistant.answering import Assistant
from assistant.command import application
from assistant.desk.dossiers import composing, pictures
from assistant.desk.dossiers.entries import Dossier, Entry
from assistant.desk.dossiers.grid import make as grid_of
from assistant.desk.dossiers.making import Dossiers, NobodyNamed
from assistant.desk.exports import FORMATS, export
from assistant.domain import Scope
from assistant.settings import Settings
from ingest.documents import Source
from ingest.pipeline import ingest

MADE = datetime(2026, 1, 1, tzinfo=UTC)
DOCUMENTS = {
    "letter.md": """---
title: Letter to Northgate Cameras
publisher: Office of the Harbour Commissioner
published: 2022-02-14
source_type: letter
---

Dame Ana Ruiz, the Harbour Commissioner, wrote to Northgate Cameras on 14 February 2022. Ruiz asked Northgate Cameras to \
confirm by 1 March 2022 that it supplied the harbour of Felmouth. Ruiz asked Northgate Cameras to publish its list of \
subcontractors.
""",
    "news.md": """---
title: Northgate answers the Commissioner
publisher: Felmouth Herald
published: 2022-03-02
source_type: news
---

Councillor Tom Bale alleged that Northgate Cameras has sold recordings to a rival port. Northgate Cameras denied that it \
has sold recordings to a rival port. Northgate Cameras confirmed to the Harbour Commissioner that it supplied the \
harbour of Felmouth with cameras. Nurses of Northgate Hospital asked the ministry for more beds.
""",
    "copy.md": """---
title: The same words in another paper
publisher: Leith Courier
published: 2022-03-03
source_type: news
---

Councillor Tom Bale alleged that Northgate Cameras has sold recordings to a rival port. It rained on the quay all day.
""",
    "decision.md": """---
title: Decision on Northgate Cameras
publisher: Office of the Harbour Commissioner
published: 2022-09-01
source_type: decision
---

The Harbour Commissioner found that Northgate Cameras stored 4,200 recordings without a licence. The Harbour \
Commissioner ordered Northgate Cameras to delete the recordings.
""",
    "union.md": """---
title: Cameras on the piers
publisher: Leith Courier
published: 2023-05-05
source_type: news
---

A spokesman for the dockers alleged that Northgate Cameras tracks them on their breaks. Northgate Cameras did not respond \
to a request for comment. The Northgate Hospital trust said that it has no cameras.
""",
    "undated.md": """---
title: An old post
---

Northgate Cameras said that last spring it moved its office to Leith.
""",
}


@pytest.fixture(scope="module")
def quay(tmp_path_factory: pytest.TempPathFactory, model_cache: Path) -> Iterator[Assistant]:
    settings = Settings(library=tmp_path_factory.mktemp("dossiers") / "library", cache=model_cache)
    assistant = wiring.build(settings, create=True)
    with assistant.library as library:
        sources = [Source(name, name, text.encode(), "text/markdown") for name, text in DOCUMENTS.items()]
        assert {one.status for one in ingest(library, sources)} == {"ingested"}
        yield assistant


@pytest.fixture(scope="module")
def dossiers(quay: Assistant) -> Dossiers:
    return wiring.dossiers(quay)


@pytest.fixture(scope="module")
def northgate(dossiers: Dossiers) -> Dossier:
    return dossiers.make("northgate cameras")


def entry(dossier: Dossier, words: str) -> Entry:
    return next(one for one in dossier.entries if words in one.claim.text)


def test_every_entry_is_a_claim_whose_quotes_are_exact(northgate: Dossier, quay: Assistant) -> None:
    assert northgate.entries
    for one in northgate.entries:
        for cited in one.claim.citations:
            text = quay.library.ledger.text(cited.document, cited.version).text
            assert text[cited.start : cited.end] == cited.quote
            assert one.claim.text == cited.quote or len(one.claim.citations) > 1


def test_entries_stand_by_date_and_those_without_one_last(northgate: Dossier) -> None:
    dates = [one.date or "9999" for one in northgate.entries]
    assert dates == sorted(dates)
    assert [one.number for one in northgate.entries] == list(range(1, len(dates) + 1))


def test_its_own_words_are_told_apart_from_what_is_said_of_it(northgate: Dossier) -> None:
    assert entry(northgate, "denied that it has sold").relation == "by"
    assert entry(northgate, "alleged that Northgate Cameras has sold").relation == "of"


def test_another_that_shares_a_word_of_the_name_is_not_taken_for_it(northgate: Dossier) -> None:
    assert not any("Hospital" in one.claim.text for one in northgate.entries)


def test_the_same_words_in_two_papers_are_one_entry_with_both_cited(northgate: Dossier) -> None:
    told = [one for one in northgate.entries if "rival port" in one.claim.text and one.claim.standing == "allegation"]
    assert len(told) == 1
    assert {cited.publisher for cited in told[0].claim.citations} == {"Felmouth Herald", "Leith Courier"}


@pytest.mark.parametrize(
    ("charge", "status", "reply"),
    [
        ("confirm by 1 March 2022", "reply_held", "confirmed to the Harbour Commissioner"),
        ("publish its list of subcontractors", "no_reply_held", None),
        ("has sold recordings to a rival port", "reply_held", "denied that it has sold"),
        ("tracks them on their breaks", "said_not_to_have_replied", "did not respond"),
    ],
)
def test_each_charge_stands_beside_the_reply_that_is_held(
    northgate: Dossier, charge: str, status: str, reply: str | None
) -> None:
    put = entry(northgate, charge)
    found = next(one for one in northgate.exchanges if one.entry == put.number)
    assert found.status == status
    beside = [northgate.entry(number).claim.text for number in composing.beside(found)]
    assert (reply is None and not beside) or any(reply in text for text in beside if reply)


def test_a_missing_reply_is_said_of_the_library_and_not_of_the_vendor(northgate: Dossier) -> None:
    lines = [line.text for section in composing.of_dossier(northgate, MADE).sections for line in section.lines]
    assert "No reply to this is held in the library." in lines
    assert not any("has not replied" in line for line in lines)


def test_a_change_from_request_to_decision_is_marked(northgate: Dossier) -> None:
    held = next(one for one in northgate.positions if one.body == "Harbour Commissioner")
    assert [step.standing for step in held.steps] == ["request", "decision"]
    assert held.steps[0].change is None
    assert held.steps[1].change == "From request to decision."


def test_the_denial_and_the_allegation_are_told_as_a_disagreement(northgate: Dossier) -> None:
    pairs = [
        {northgate.entry(one.one).claim.standing, northgate.entry(one.other).claim.standing}
        for one in northgate.disagreements
    ]
    assert {"allegation", "denial"} in pairs


def test_a_relative_date_without_a_date_of_publication_stays_open(northgate: Dossier) -> None:
    moved = entry(northgate, "moved its office")
    assert moved.date is None
    assert moved.number in northgate.undated
    assert any(gap.kind == "relative_date" and "last spring" in gap.detail for gap in northgate.gaps)
    assert {"undated_document", "unknown_publisher"} <= {gap.kind for gap in northgate.gaps}


def test_a_deadline_is_not_taken_for_the_day_of_the_request(northgate: Dossier) -> None:
    assert entry(northgate, "confirm by 1 March 2022").date == "2022-02-14"


def test_filters_and_another_name_narrow_it(dossiers: Dossiers) -> None:
    until = dossiers.make("Northgate Cameras", Scope(as_of="2022-08-01"))
    assert not any("4,200" in one.claim.text for one in until.entries)
    papers = dossiers.make("Northgate Cameras", Scope(publishers=("Leith",)))
    assert {one.publisher for one in papers.documents} == {"Leith Courier"}
    both = dossiers.make("Northgate Cameras", Scope(entities=("Harbour Commissioner",)))
    assert len(both.documents) == 3
    with pytest.raises(NobodyNamed):
        dossiers.make("Northgate Cameras", Scope(since="2024"))


def test_a_body_has_its_own_words_and_its_positions_on_vendors(dossiers: Dossiers) -> None:
    held = dossiers.make("the Office of the Harbour Commissioner")
    assert entry(held, "found that Northgate Cameras stored").relation == "by"
    assert held.kind == "public_body"


def test_the_grid_shows_the_last_word_of_a_body_and_an_empty_cell_for_none(dossiers: Dossiers) -> None:
    grid = grid_of(dossiers, ["Northgate Cameras"])
    cell = next(one for one in grid.rows[0].cells if one.body == "Harbour Commissioner")
    assert cell.date == "2022-09-01"
    assert cell.claims[0].standing == "decision"
    assert cell.claims[0].citations


@pytest.mark.parametrize("form", list(FORMATS))
def test_a_dossier_is_exported_in_every_format(northgate: Dossier, form: str) -> None:
    content = export(composing.of_dossier(northgate, MADE), form)
    assert len(content) > 500
    if form == "json":
        assert Dossier.model_validate(json.loads(content)) == northgate


def test_the_timeline_is_drawn_with_words_for_every_mark(northgate: Dossier) -> None:
    drawn = pictures.drawn(northgate, "svg").decode()
    assert 'role="img"' in drawn
    assert '<title id="timeline-title">' in drawn
    assert drawn.count("<g><title>") == drawn.count("</g>") > 3
    assert pictures.drawn(northgate, "png").startswith(b"\x89PNG")


def test_an_export_shows_the_timeline_with_words_for_who_does_not_see_it(northgate: Dossier) -> None:
    paper = composing.of_dossier(northgate, MADE, pictures.picture(northgate))
    with zipfile.ZipFile(io.BytesIO(export(paper, "docx"))) as packed:
        assert any(name.startswith("word/media/") for name in packed.namelist())
        assert "Timeline of Northgate Cameras" in packed.read("word/document.xml").decode()
    assert '<figure><svg xmlns="http://www.w3.org/2000/svg"' in export(paper, "html").decode()
    assert export(paper, "pdf").startswith(b"%PDF")


def test_the_command_prints_it_and_says_who_is_near_an_unknown_name(quay: Assistant, tmp_path: Path) -> None:
    library = ["--library", str(quay.library.folder)]
    run = CliRunner().invoke(application(), ["dossier", "Northgate Cameras", *library, "--out", str(tmp_path / "d.md")])
    assert run.exit_code == 0
    assert "No reply to this is held in the library." in run.stdout
    assert (tmp_path / "d.md").read_text().startswith("# Dossier: Northgate Cameras")
    nobody = CliRunner().invoke(application(), ["dossier", "Northgate", *library])
    assert nobody.exit_code == 3
    assert "Northgate Cameras" in nobody.stderr
    assert CliRunner().invoke(application(), ["dossier", *library]).exit_code == 2
    told = CliRunner().invoke(application(), ["dossier", "--grid", *library, "--json"])
    assert set(json.loads(told.stdout)) >= {"bodies", "rows"}
