from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from eval.benchmarks import furniture
from eval.benchmarks.furniture_pages import Page, judge

if TYPE_CHECKING:
    from pathlib import Path

ARTICLE = """---
title: Station cameras
---

The regulator said on Tuesday that it had opened an inquiry into the cameras at four railway stations.

The operator replied that the trial had ended in March, and that no image of a passenger had been kept.

Share this article

Related stories

Council votes to switch off face matching
"""


def run(folder: Path, quote: str) -> int:
    policy = folder / "policy"
    for name in ("library", "seed"):
        (policy / name).mkdir(parents=True)
        (policy / name / "cameras.md").write_text(ARTICLE, encoding="utf-8")
    row = {"id": "q1", "evidence": [{"file": "cameras.md", "quote": quote}]}
    (policy / "questions.jsonl").write_text(json.dumps(row), encoding="utf-8")
    return furniture.main(["--data", str(folder)])


def test_what_is_set_aside_is_shown_and_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, "the trial had ended in March") == 0
    shown = capsys.readouterr().out
    assert "share           18  Share this article" in shown
    assert "ends, as indexed: " in shown
    assert "no image of a passenger had been kept.\n" in shown
    assert "library: 1 files, 38 of 50 words kept; 12 set aside in 1 files; 0 words not read" in shown
    assert "standing whole in what is indexed: 1 of 1, 1 exact" in shown


def test_a_labelled_quote_that_was_set_aside_fails_the_benchmark(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, "Council votes to switch off face matching") == 1
    assert "not whole: cameras.md: Council votes" in capsys.readouterr().out


def test_words_lost_and_words_let_in_are_told_apart() -> None:
    text = "The regulator said on Tuesday that it had opened an inquiry into cameras."
    verdict = judge(Page("made", ".txt", f"{text}\n\nShare this article\n\n~ An unmarked line of text here"))
    assert not verdict.right
    assert sorted(verdict.lost) == ["Share", "article", "this"]
    assert set(verdict.let_in) == {"An", "unmarked", "line", "of", "text", "here"}
