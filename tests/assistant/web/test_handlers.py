from __future__ import annotations

import html
import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from assistant.conversation.keeping import Conversations
from assistant.web.filters import from_page
from assistant.web.handlers import Handlers, Narrowing
from ingest.documents import Metadata
from ingest.errors import BadSettings, LibraryBusy, ModelUnavailable
from ingest.library import Library
from tests.assistant.web.scripted import MemoryLedger, ScriptedAssistant, holdings, stored
from tests.ingest.libraries import opened

LETTER = stored("I ask Example Ltd to confirm it.", metadata=Metadata(title="A letter", publisher="Office"))
NONE = Narrowing()


def made(*held: object, examples: Sequence[str] = ()) -> tuple[Handlers, ScriptedAssistant, MemoryLedger]:
    ledger = MemoryLedger(*held)  # type: ignore[arg-type]
    assistant = ScriptedAssistant(ledger)
    return Handlers(assistant, holdings(ledger), lambda: examples), assistant, ledger


def text(markup: object) -> str:
    return html.unescape(re.sub(r"<[^>]*>", "", str(markup)))


def test_an_answer_grows_step_by_step_and_claim_by_claim() -> None:
    handlers, _, _ = made(LETTER)
    turns = [text(messages[-1]["content"]) for messages in handlers.ask("What did Example confirm?", NONE, [])]

    assert turns[0].startswith("Reading the question")
    assert turns[1].startswith("Searching the library")
    assert "I ask Example Ltd to confirm it." in turns[2]
    assert turns[-1].startswith("Answer")


def test_the_conversation_before_is_kept() -> None:
    handlers, _, _ = made(LETTER)
    before = [{"role": "user", "content": "earlier"}]
    *_, messages = handlers.ask("What did Example confirm?", NONE, before)
    assert [one["role"] for one in messages] == ["user", "user", "assistant"]


def test_a_long_conversation_loses_its_beginning() -> None:
    handlers, _, _ = made(LETTER)
    *_, messages = handlers.ask("Example?", NONE, [{"role": "user", "content": str(n)} for n in range(100)])
    assert len(messages) == 41 and messages[0]["content"] == "61"


def test_an_empty_question_asks_nothing() -> None:
    handlers, assistant, _ = made(LETTER)
    assert list(handlers.ask("  ", NONE, [])) == [[]]
    assert assistant.asked == []


def test_a_question_that_is_too_long_is_refused_not_cut() -> None:
    handlers, assistant, _ = made(LETTER)
    *_, messages = handlers.ask("x" * 1_000_000, NONE, [])
    assert "at most 2,000 are read" in text(messages[-1]["content"])
    assert assistant.asked == [] and len(str(messages)) < 1_000


def test_the_filters_reach_the_question() -> None:
    handlers, assistant, _ = made(LETTER)
    list(handlers.ask("Example?", Narrowing(["Office"], "Dahua, Hikvision ", ["letter"], "2021", "", None), []))
    scope = assistant.asked[0].scope
    assert (scope.publishers, scope.entities, scope.source_types) == (("Office",), ("Dahua", "Hikvision"), ("letter",))
    assert (scope.since, scope.until, scope.as_of) == ("2021", None, None)


@pytest.mark.parametrize("since", ["yesterday", "2021-13", "2021-02-30", "21", "2021-1-1", "\u0662\u0660\u0662\u0661"])
def test_a_filter_that_is_no_date_is_refused_with_an_example(since: str) -> None:
    with pytest.raises(BadSettings, match="2022-04-11"):
        from_page(None, None, None, since, None, None)
    handlers, _, _ = made(LETTER)
    *_, messages = handlers.ask("Example?", Narrowing(since=since), [])
    assert "The filter \u201cPublished since\u201d cannot be read" in text(messages[-1]["content"])


def test_names_that_are_too_many_are_refused_by_their_own_rule() -> None:
    with pytest.raises(BadSettings, match="at most 200 characters, separated by commas"):
        from_page(None, ",".join("abcdefghijklmnopqrstuvwxy"), None, None, None, None)


def test_the_filters_of_a_question_are_shown_with_it() -> None:
    handlers, _, _ = made(LETTER)
    first, *_ = handlers.ask("Example?", Narrowing(["Office", "Paper"], " ", ["press_release"], "2021", "", None), [])
    assert text(first[0]["content"]) == (
        "Example?Only documents published by Office or Paper; type press release; published since 2021"
    )
    first, *_ = handlers.ask("Example?", NONE, [])
    assert text(first[0]["content"]) == "Example?"


def test_a_follow_up_is_asked_with_the_questions_before_it() -> None:
    handlers, assistant, _ = made(LETTER)
    said: list[dict[str, object]] = []
    for asked in ("What did <Example> & Co confirm?", "zzz", "And when?"):
        *_, said = handlers.ask(asked, NONE, said)
    assert [one.previous for one in assistant.asked] == [
        (), ("What did <Example> & Co confirm?",), ("What did <Example> & Co confirm?", "zzz"),
    ]  # fmt: skip


def test_what_a_client_makes_up_is_no_earlier_question() -> None:
    handlers, assistant, _ = made(LETTER)
    long = "x" * 3000
    made_up = [
        {"role": "user", "content": "plain"},
        {"role": "assistant", "content": '<div class="asked"><p class="asked-text" dir="auto">no question</p>'},
        {"role": "user", "content": f'<div class="asked"><p class="asked-text" dir="auto">{long}</p>'},
    ]
    list(handlers.ask("Example?", NONE, made_up))
    assert assistant.asked[0].previous == ()


def test_only_the_latest_questions_are_carried_along() -> None:
    handlers, assistant, _ = made(LETTER)
    said: list[dict[str, object]] = []
    for number in range(10):
        *_, said = handlers.ask(f"Example {number}?", NONE, said)
    assert assistant.asked[-1].previous == tuple(f"Example {number}?" for number in range(3, 9))


def test_a_question_that_is_refused_stays_in_the_field_to_be_mended() -> None:
    handlers, _, _ = made(LETTER)
    assert handlers.kept("Example?", NONE) == ""
    assert handlers.kept("Example?", Narrowing(since="yesterday")) == "Example?"
    assert handlers.kept("x" * 2001, NONE) == "x" * 2001


def test_a_foreseen_failure_shows_its_remedy() -> None:
    handlers, assistant, _ = made(LETTER)
    assistant.fails_with = ModelUnavailable("The model did not answer.", remedy="Try again later.")
    *_, messages = handlers.ask("Example?", NONE, [])
    assert "Try again later." in text(messages[-1]["content"])


def test_an_unforeseen_failure_shows_nothing_of_its_insides(caplog: pytest.LogCaptureFixture) -> None:
    handlers, assistant, _ = made(LETTER)
    assistant.fails_with = RuntimeError("secret/path")
    *_, messages = handlers.ask("Example?", NONE, [])
    assert "secret" not in str(messages) and "Something went wrong" in text(messages[-1]["content"])
    assert "secret/path" in caplog.text


def test_what_the_page_sends_back_is_brought_down_to_text() -> None:
    handlers, _, _ = made(LETTER)
    before = [
        {"role": "system", "content": [{"type": "text", "text": "a"}, {"type": "text", "text": "b"}]},
        {"role": "user", "content": [{"type": "file", "file": {"path": "/etc/passwd"}}]},
        {"role": "user", "metadata": {"title": "<b>"}},
    ]
    *_, messages = handlers.ask("Example?", NONE, before)
    assert messages[:3] == [
        {"role": "assistant", "content": "ab"}, {"role": "user", "content": ""}, {"role": "user", "content": ""},
    ]  # fmt: skip


def test_a_second_batch_waits_and_is_refused_when_the_first_goes_on() -> None:
    ledger = MemoryLedger()
    busy = holdings(ledger, wait_seconds=0.01)
    from ingest.documents import Source

    first = busy.add([Source("a.txt", "a.txt", b"a"), Source("b.txt", "b.txt", b"b")], {})
    next(first)
    with pytest.raises(LibraryBusy):
        next(busy.add([Source("c.txt", "c.txt", b"c")], {}))
    list(first)
    assert len(list(busy.add([Source("c.txt", "c.txt", b"c")], {}))) == 1


def test_the_list_can_be_searched_and_filtered() -> None:
    other = stored("x", name="b.txt", metadata=Metadata(title="A report", source_type="report"))
    handlers, _, _ = made(LETTER, other)
    assert "2 documents." in text(handlers.documents("", None))
    assert "A report" in text(handlers.documents("rep", "")) and "A letter" not in text(handlers.documents("rep", ""))
    assert "A letter" in text(handlers.documents("office", ""))
    assert "A letter" not in text(handlers.documents("", "report"))
    assert "No document fits" in text(handlers.documents("zzz", ""))


def test_an_empty_library_says_what_to_do() -> None:
    handlers, _, _ = made()
    assert "Add the letters" in text(handlers.status())
    assert "Add files or addresses" in text(handlers.documents("", ""))


def test_what_the_filters_offer_comes_from_the_library() -> None:
    handlers, _, _ = made(LETTER, examples=["What was asked?"])
    assert handlers.choices() == (["Office"], [])
    assert "What was asked?" in text(handlers.status())


def test_a_library_in_order_is_said_to_be() -> None:
    handlers, _, _ = made(LETTER)
    assert "as it should be" in text(handlers.verify())


def test_a_conversation_that_is_kept_is_opened_as_it_was_shown(tmp_path: Path) -> None:
    with opened(tmp_path) as library:
        handlers = _keeping(library)
        talk = handlers.talk("ann", "")
        *_, shown = handlers.ask("What did Example confirm?", NONE, [], talk)
        assert talk is not None and talk.id == talk.planned
        assert handlers.opened("ann", talk.id) == shown
        assert [one["role"] for one in handlers.opened("bob", talk.id)] == ["assistant"]
        assert "There is no conversation" in handlers.opened("bob", talk.id)[0]["content"]


def test_a_follow_up_of_a_kept_conversation_knows_its_turns_and_not_what_the_client_says(tmp_path: Path) -> None:
    with opened(tmp_path) as library:
        handlers = _keeping(library)
        talk = handlers.talk("ann", "")
        list(handlers.ask("What did Example confirm?", NONE, [], talk))
        again = handlers.talk("ann", talk.id if talk else "")
        list(handlers.ask("And when?", NONE, [], again))
        asked = handlers.assistant.asked[-1]  # type: ignore[attr-defined]
        assert [one.question for one in asked.earlier] == ["What did Example confirm?"]


def test_a_question_that_fails_begins_no_conversation(tmp_path: Path) -> None:
    with opened(tmp_path) as library:
        handlers = _keeping(library)
        handlers.assistant.fails_with = RuntimeError("broken")  # type: ignore[attr-defined]
        talk = handlers.talk("ann", "")
        list(handlers.ask("What did Example confirm?", NONE, [], talk))
        assert talk is not None and talk.id is None
        assert handlers.conversations is not None and handlers.conversations.listed("ann") == []


def _keeping(library: Library) -> Handlers:
    ledger = MemoryLedger(LETTER)
    return Handlers(ScriptedAssistant(ledger), holdings(ledger), kept=Conversations(library.ledger.engine))
