from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import wiring
from assistant.answering import Assistant
from assistant.domain import Clarification, Earlier, Outcome, Question
from assistant.settings import Settings
from ingest.documents import Source
from ingest.pipeline import ingest

PAPERS = {
    "harbour": """---
title: Letter of the Harbour Commissioner
publisher: Office of the Harbour Commissioner
published: 2022-02-14
source_type: letter
---

The Harbour Commissioner said that Northgate Cameras Ltd had kept recordings of Felmouth for ninety days.

The Harbour Commissioner asked Northgate Cameras Ltd to delete the recordings of the quay by 1 March 2022.
""",
    "privacy": """---
title: Statement of the Coastal Privacy Commissioner
publisher: Coastal Privacy Commissioner
published: 2022-05-02
source_type: statement
---

The Coastal Privacy Commissioner said that Lumen Grid Ltd had scanned the faces of passengers without asking them.

The Coastal Privacy Commissioner fined Lumen Grid Ltd a sum of nine thousand pounds. The fine is due in June 2022.
""",
    "fined": """---
title: Northgate fined
publisher: The Felmouth Post
published: 2022-06-09
source_type: news
---

The court at Westerby imposed a fine of four thousand pounds on Northgate Cameras Ltd. The fine was paid in July 2022.

Mara Tarn, a lawyer of the harbour, said that the fine was just. Dr Owen Tarn, professor of law, said that it was too low.
""",
}


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory, model_cache: Path) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("asking-back") / "library"
    made = wiring.build(Settings(library=folder, cache=model_cache), create=True)
    with made.library as library:
        sources = [Source(f"{name}.md", f"{name}.md", text.encode(), None) for name, text in PAPERS.items()]
        assert all(receipt.searchable for receipt in ingest(library, sources))
        yield made


def asked(assistant: Assistant, text: str, *before: str) -> Outcome:
    earlier = tuple(Earlier(question=one, standalone=one) for one in before)
    return assistant.answer(Question(text=text, earlier=earlier))


def test_a_role_that_several_bear_is_asked_back_with_a_question_for_each(assistant: Assistant) -> None:
    outcome = asked(assistant, "What did the commissioner say?")
    assert isinstance(outcome, Clarification)
    assert set(outcome.choices) == {
        "What did the Harbour Commissioner say?",
        "What did the Coastal Privacy Commissioner say?",
    }
    assert outcome.detail == "“the commissioner” may mean several in this library." and not outcome.claims


def test_every_choice_is_a_question_that_is_answered(assistant: Assistant) -> None:
    outcome = asked(assistant, "What did the commissioner say?")
    assert {asked(assistant, choice).outcome for choice in outcome.choices} == {"briefing"}


@pytest.mark.parametrize(
    "question",
    [
        "What did the commissioner ask Northgate to delete?",
        "What did the commissioner say about the faces of passengers?",
        "What did the Harbour Commissioner say?",
        "What did the court at Westerby impose on Northgate Cameras?",
        "When was the fine of Lumen Grid due?",
    ],
)
def test_what_the_question_itself_settles_is_not_asked_back(assistant: Assistant, question: str) -> None:
    assert asked(assistant, question).outcome == "briefing"


def test_what_the_conversation_settles_is_not_asked_back(assistant: Assistant) -> None:
    before = "What did the Coastal Privacy Commissioner say about Lumen Grid?"
    outcome = asked(assistant, "Whom did the commissioner fine?", before)
    assert outcome.standalone_question == "Whom did the Coastal Privacy Commissioner fine?"
    assert outcome.outcome == "briefing"


def test_a_thing_that_is_told_of_several_is_asked_back(assistant: Assistant) -> None:
    outcome = asked(assistant, "When was the fine paid?")
    assert outcome.outcome in ("briefing", "clarification")
    outcome = asked(assistant, "What about the fine?")
    assert isinstance(outcome, Clarification)
    assert {
        "What is said of the fine for Lumen Grid Ltd?",
        "What is said of the fine for Northgate Cameras Ltd?",
    } <= set(outcome.choices)


def test_a_surname_that_two_people_bear_is_asked_back(assistant: Assistant) -> None:
    outcome = asked(assistant, "What did Tarn say?")
    assert isinstance(outcome, Clarification)
    assert set(outcome.choices) == {"What did Mara Tarn say?", "What did Dr Owen Tarn say?"}
    assert asked(assistant, "What did Owen Tarn say?").outcome == "briefing"


def test_what_no_reading_answers_is_refused_and_not_asked_back(assistant: Assistant) -> None:
    assert asked(assistant, "What did the ombudsman say?").outcome == "abstention"
    assert asked(assistant, "How many ships did the commissioner sink off Greenland?").outcome == "abstention"


def test_nobody_is_asked_back_over_an_empty_library(tmp_path: Path, model_cache: Path) -> None:
    made = wiring.build(Settings(library=tmp_path / "library", cache=model_cache), create=True)
    with made.library:
        assert made.answer(Question(text="What did the commissioner say?")).outcome == "abstention"


@pytest.mark.parametrize("question", ["What did the chief engineer say?", "What did this council decide?"])
def test_nothing_is_put_behind_a_word_that_does_not_end_its_phrase(assistant: Assistant, question: str) -> None:
    assert not any(" about " in choice for choice in asked(assistant, question).choices)
