from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread

import pytest

from assistant.conversation.keeping import Conversations
from assistant.conversation.recalling import earlier
from assistant.domain import Abstention, Briefing, Question, Scope, Searched, Supported
from ingest.errors import BadSettings, ConversationMissing
from ingest.library import Library
from ingest.lock import WriterLock
from tests.assistant.web.scripted import TRACE, cite, stored
from tests.ingest.libraries import opened

PAPER = stored("Northgate Cameras denied it. The harbour paid.")
ASKED = Question(text="What did Northgate deny?", scope=Scope(since="2022"))


class Clock:
    """A minute later each time."""

    def __init__(self) -> None:
        self.now = datetime(2026, 1, 5, 10, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now


def answer(text: str = ASKED.text, said: str = "Northgate Cameras denied it.") -> Briefing:
    claim = Supported(
        text=said, citations=(cite(PAPER, "Northgate Cameras denied it."),), speaker="Northgate Cameras", time="2022-04"
    )
    searched = Searched(documents=1, passages=1)
    return Briefing(
        question=text,
        standalone_question=text,
        scope=Scope(since="2022"),
        claims=(claim,),
        searched=searched,
        trace=TRACE,
    )


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with opened(tmp_path) as made:
        yield made


@pytest.fixture
def kept(library: Library) -> Conversations:
    return Conversations(library.ledger.engine, Clock())


def test_a_conversation_is_there_again_when_the_library_is_opened_again(tmp_path: Path) -> None:
    with opened(tmp_path) as first:
        kept = Conversations(first.ledger.engine, Clock())
        made = kept.start("ann", "  What did   Northgate deny? ")
        kept.add("ann", made.id, ASKED, answer())
    with opened(tmp_path) as second:
        kept = Conversations(second.ledger.engine)
        assert [(one.name, one.turns) for one in kept.listed("ann")] == [("What did Northgate deny?", 1)]
        (turn,) = kept.turns("ann", made.id)
        assert turn.outcome == answer() and turn.scope == Scope(since="2022") and turn.question == ASKED.text


def test_there_are_none_before_the_first(kept: Conversations) -> None:
    assert kept.listed("ann") == []
    with pytest.raises(ConversationMissing):
        kept.turns("ann", "0" * 16)
    with pytest.raises(ConversationMissing):
        kept.find("ann", "last")


def test_another_owner_s_conversation_is_not_found(kept: Conversations) -> None:
    made = kept.start("ann", "Hers")
    kept.add("ann", made.id, ASKED, answer())
    assert kept.listed("bob") == [] and kept.listed("bob", "northgate") == []
    for attempt in (
        lambda: kept.find("bob", made.id),
        lambda: kept.turns("bob", made.id),
        lambda: kept.add("bob", made.id, ASKED, answer()),
        lambda: kept.rename("bob", made.id, "His"),
        lambda: kept.delete("bob", made.id),
    ):
        with pytest.raises(ConversationMissing) as raised:
            attempt()
        assert raised.value.message == f"There is no conversation `{made.id}`."
    assert kept.find("ann", made.id).name == "Hers" and len(kept.turns("ann", made.id)) == 1


def test_the_one_used_last_comes_first(kept: Conversations) -> None:
    one, two = kept.start("ann", "One"), kept.start("ann", "Two")
    assert kept.find("ann", "last").id == two.id
    kept.add("ann", one.id, ASKED, answer())
    assert [held.name for held in kept.listed("ann")] == ["One", "Two"]
    assert kept.find("ann", "last").id == one.id


def test_a_search_reads_names_questions_and_answers_whatever_the_case(kept: Conversations) -> None:
    one, two = kept.start("ann", "Fines of 100% in the Harbour"), kept.start("ann", "Something else")
    kept.add("ann", two.id, ASKED, answer())
    assert [held.id for held in kept.listed("ann", "harbour FINES")] == [one.id]
    assert [held.id for held in kept.listed("ann", "DENIED it")] == [two.id]
    assert [held.id for held in kept.listed("ann", "100%")] == [one.id]
    assert kept.listed("ann", "%") == [kept.find("ann", one.id)] and kept.listed("ann", "zebra") == []


def test_a_renamed_conversation_keeps_its_turns_and_an_empty_name_is_refused(kept: Conversations) -> None:
    made = kept.start("ann", "One")
    kept.add("ann", made.id, ASKED, answer())
    assert kept.rename("ann", made.id, "x" * 500).name == "x" * 119 + "…"
    assert len(kept.turns("ann", made.id)) == 1
    with pytest.raises(BadSettings):
        kept.rename("ann", made.id, " \n ")


def test_nothing_is_left_of_a_deleted_conversation(kept: Conversations, library: Library) -> None:
    made = kept.start("ann", "One")
    kept.add("ann", made.id, ASKED, answer(said="Northgate Cameras denied it."))
    kept.delete("ann", made.id)
    assert kept.listed("ann") == []
    with pytest.raises(ConversationMissing):
        kept.turns("ann", made.id)


def test_turns_asked_at_the_same_time_are_all_kept_and_numbered(kept: Conversations) -> None:
    made = kept.start("ann", "One")
    threads = [Thread(target=kept.add, args=("ann", made.id, ASKED, answer())) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [turn.number for turn in kept.turns("ann", made.id)] == list(range(1, 13))


def test_a_turn_is_kept_while_another_process_holds_the_library_for_writing(
    kept: Conversations, library: Library
) -> None:
    generation = library.ledger.generation()
    with WriterLock(library.folder).held("taking in a thousand files", wait_seconds=5):
        made = kept.start("ann", "One")
        kept.add("ann", made.id, ASKED, answer())
    assert library.ledger.generation() == generation


def test_a_follow_up_is_given_what_the_answer_was_about_and_its_date(kept: Conversations) -> None:
    made = kept.start("ann", "One")
    kept.add("ann", made.id, ASKED, answer())
    (before,) = earlier(kept.turns("ann", made.id), every_filter=True)
    assert before.names[0] == "Northgate Cameras" and before.time == "2022-04" and before.scope == Scope(since="2022")
    (before,) = earlier(kept.turns("ann", made.id), every_filter=False)
    assert before.scope == Scope()


def test_an_abstention_is_kept_too_and_is_about_nobody(kept: Conversations) -> None:
    made = kept.start("ann", "One")
    nothing = Abstention(
        question="Who?",
        standalone_question="Who?",
        reason="nothing_found",
        detail="Nothing.",
        searched=Searched(documents=0, passages=0),
        trace=TRACE,
    )
    kept.add("ann", made.id, Question(text="Who?"), nothing)
    (before,) = earlier(kept.turns("ann", made.id), every_filter=True)
    assert (before.names, before.time) == ((), None)
