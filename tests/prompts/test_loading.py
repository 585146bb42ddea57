from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

import prompts

DRAFT = "---\nfields: [question, evidence]\n---\nQuestion: $question\n\nEvidence, at $$0:\n${evidence}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "answer").mkdir()
    (tmp_path / "answer" / "draft.md").write_text(DRAFT, encoding="utf-8")
    (tmp_path / "README.md").write_text("About $nothing.", encoding="utf-8")
    return tmp_path


def test_a_prompt_is_filled_with_a_value_for_each_field(folder: Path) -> None:
    filled = prompts.load("answer/draft", folder=folder).fill(question="Who paid?", evidence="[1] Nobody.")
    assert filled == "Question: Who paid?\n\nEvidence, at $0:\n[1] Nobody.\n"


def test_a_dollar_sign_in_the_text_of_a_source_is_not_a_field(folder: Path) -> None:
    filled = prompts.load("answer/draft", folder=folder).fill(question="q", evidence="It cost $question and ${x}.")
    assert "It cost $question and ${x}." in filled


def test_the_digest_is_of_the_whole_file_so_that_any_change_shows(folder: Path) -> None:
    before = prompts.load("answer/draft", folder=folder).digest
    assert before == hashlib.sha256(DRAFT.encode()).hexdigest()
    (folder / "answer" / "draft.md").write_text(DRAFT + " ", encoding="utf-8")
    assert prompts.load("answer/draft", folder=folder).digest != before


def test_line_ends_of_another_system_change_neither_text_nor_digest(folder: Path) -> None:
    before = prompts.load("answer/draft", folder=folder)
    (folder / "answer" / "draft.md").write_bytes(DRAFT.replace("\n", "\r\n").encode())
    assert prompts.load("answer/draft", folder=folder) == before


@pytest.mark.parametrize(
    ("values", "fault"),
    [
        ({"question": "q"}, "declared but not given: evidence"),
        ({"question": "q", "evidence": "e", "tone": "dry"}, "given but not declared: tone"),
        ({"tone": "dry"}, "declared but not given: evidence, question; given but not declared: tone"),
    ],
)
def test_a_missing_or_extra_value_fails_when_the_prompt_is_filled(
    folder: Path, values: dict[str, str], fault: str
) -> None:
    with pytest.raises(prompts.PromptError, match=fault):
        prompts.load("answer/draft", folder=folder).fill(**values)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("---\nfields: [a]\n---\n$a and $b\n", "used but not declared: b"),
        ("---\nfields: [a, b]\n---\n$a\n", "declared but not used: b"),
        ("---\nfields: [a, a]\n---\n$a\n", "declares a field twice"),
        ("---\nfields: [a]\n---\n$a costs 5$ today\n", r"single `\$`"),
        ("$a\n", "must begin with front matter"),
        ("---\ntone: dry\n---\nwords\n", "must begin with front matter"),
    ],
)
def test_a_file_whose_fields_do_not_agree_fails_when_loaded(tmp_path: Path, text: str, fault: str) -> None:
    (tmp_path / "wrong.md").write_text(text, encoding="utf-8")
    with pytest.raises(prompts.PromptError, match=fault):
        prompts.load("wrong", folder=tmp_path)


def test_a_prompt_without_fields_declares_none(tmp_path: Path) -> None:
    (tmp_path / "plain.md").write_text("---\nfields: []\n---\nBe brief.\n", encoding="utf-8")
    assert prompts.load("plain", folder=tmp_path).fill() == "Be brief.\n"


def test_names_are_sorted_and_leave_the_readme_out(folder: Path) -> None:
    (folder / "answer" / "ask_back.md").write_text("---\nfields: []\n---\n", encoding="utf-8")
    assert prompts.names(folder=folder) == ("answer/ask_back", "answer/draft")


def test_an_unknown_name_is_answered_with_the_names_there_are(folder: Path) -> None:
    with pytest.raises(prompts.PromptError, match="there are: answer/draft"):
        prompts.load("answer/none", folder=folder)


@pytest.mark.parametrize("name", ["../secret", "/etc/passwd", "answer//draft", "Answer", ""])
def test_a_name_cannot_leave_the_folder(folder: Path, name: str) -> None:
    with pytest.raises(prompts.PromptError, match="no name of a prompt"):
        prompts.load(name, folder=folder)


def test_every_prompt_that_ships_loads() -> None:
    for name in prompts.names():
        assert prompts.load(name).name == name
