from __future__ import annotations

import html
import re
from importlib.resources import files
from typing import Any, get_args

import pytest

from assistant.domain import Standing, Supported
from assistant.web import render, standings
from tests.assistant.web.test_render import FIRST, briefing, text

CSS = (files("assistant.web") / "static" / "answer.css").read_text(encoding="utf-8")
STANDINGS = get_args(Standing)


def said(words: str = "It was so.", **told: Any) -> Supported:
    return Supported(text=words, citations=(FIRST,), **told)


def line(claim: Supported) -> str | None:
    """The line over a claim as it is heard; None when there is none."""
    found = re.search(r'<p class="who">(.*?)</p>', render.outcome(briefing(claims=(claim,))))
    return text(found[1]) if found else None


@pytest.mark.parametrize("standing", STANDINGS)
def test_every_standing_has_its_word_its_meaning_and_its_shape(standing: Standing) -> None:
    claim = said(standing=standing, speaker="Jane Doe")
    shown = html.unescape(render.outcome(briefing(claims=(claim,))))

    assert (line(claim) or "").startswith(f"Standing: {standings.LABELS[standing]}, ")
    assert f'class="shape {standing}"' in shown
    assert f"{standings.LABELS[standing]}: {standings.MEANINGS[standing]}" in text(shown)


def test_no_two_standings_share_a_word_or_a_shape() -> None:
    shapes = [re.findall(rf"\.shape\.{one} {{ (clip-path: [^}}]*) }}", CSS) for one in STANDINGS]
    assert all(len(found) == 1 for found in shapes)
    assert len({found[0] for found in shapes}) == len(set(standings.LABELS.values())) == len(STANDINGS)


def test_the_speaker_and_whom_they_speak_to_stand_beside_the_standing() -> None:
    claim = said(standing="request", speaker="Professor  Fraser Sampson", addressee="Dahua")
    assert line(claim) == "Standing: Request, Professor Fraser Sampson to Dahua"
    assert standings.in_line(claim) == "request, Professor Fraser Sampson to Dahua"
    assert line(said(standing="denial", addressee="the Committee")) == "Standing: Denial, to the Committee"


def test_an_allegation_says_by_whom_or_that_nobody_is_known() -> None:
    assert line(said(standing="allegation", speaker="A")) == "Standing: Allegation, by A"
    assert line(said(standing="allegation")) == "Standing: Allegation, by whom is not known"
    assert ".claim.allegation { border-left: 3px dashed" in CSS
    assert 'class="claim allegation"' in render.outcome(briefing(claims=(said(standing="allegation"),)))


def test_a_standing_is_shown_with_its_speaker_even_where_the_sentence_names_them() -> None:
    assert line(said("Acme denied it.", standing="denial", speaker="Acme")) == "Standing: Denial, Acme"


@pytest.mark.parametrize(
    "told",
    [
        {"standing": "statement_of_fact"},
        {"standing": "statement_of_fact", "time": "2021"},
        {"standing": "statement_of_fact", "time": "last spring"},
        {"standing": "statement_of_fact", "speaker": "Acme"},
        {"speaker": "Acme"},
        {},
    ],
)
def test_a_plain_statement_whose_sentence_says_it_all_bears_no_line(told: dict[str, Any]) -> None:
    claim = said("Acme sold it in 2021.", **told)
    assert line(claim) is None and standings.in_line(claim) is None


def test_somebody_elses_statement_is_called_a_statement_not_a_fact() -> None:
    assert line(said(standing="statement_of_fact", speaker="Acme")) == "Standing: Statement, Acme"
    assert line(said(speaker="Acme", addressee="us")) == "Said, Acme to us"


def test_a_date_is_shown_only_where_the_words_do_not_tell_it() -> None:
    relative = "The government found it last July."
    assert line(said(relative, standing="finding", time="2021-07")) == "Standing: Finding, speaks of July 2021"
    assert line(said("It found so in Feb 2021.", standing="finding", time="2021-02")) == "Standing: Finding"
    assert (
        line(said("On the 6th of October, 2025, it did.", standing="finding", time="2025-10-06")) == "Standing: Finding"
    )
    assert line(said(relative, standing="finding", time="last July")) == "Standing: Finding"
    assert (
        line(said(relative, standing="statement_of_fact", time="2021-07")) == "Standing: Statement, speaks of July 2021"
    )


def test_a_stretch_of_time_is_told_from_its_first_day_to_its_last() -> None:
    assert standings.time_in_words("2021-07-12/2021-07-18") == "12 July 2021 to 18 July 2021"
    assert standings.time_in_words("the  week\nbefore 1/2") == "the week before 1/2"


@pytest.mark.parametrize("time", ["2021", "2021-07", "2021-07-12", "2021/2022-03"])
def test_a_settled_time_is_told_from_a_sources_own_words(time: str) -> None:
    assert standings.is_date(time)
    assert not standings.is_date(f"about {time}") and not standings.is_date("2021-99-99")
