"""Conversations on the page in a real Chromium: kept over reloads and restarts, renamed, deleted, asked back, corrected."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from assistant.answering import Step
from assistant.conversation import RuleResolver
from assistant.conversation.keeping import Conversations
from assistant.domain import Clarification, Outcome, Question, Searched, Supported, Withheld
from ingest.library import Library
from tests.assistant.web.scripted import TRACE, MemoryLedger, ScriptedAssistant, holdings, no_picture
from tests.assistant.web.served import served
from tests.end_to_end.browser import Watched, watched
from tests.end_to_end.site import LETTER, NEWS
from tests.ingest.libraries import opened

pytestmark = pytest.mark.browser

CHOICES = ("What did Northgate confirm?", "What did the harbour confirm?")


class Resolving(ScriptedAssistant):
    """Reads follow-ups by rules, and asks back when "they" is meant."""

    def steps(self, question: Question) -> Iterator[Step | Supported | Withheld | Outcome]:
        read = RuleResolver().resolve(question)
        if "they" in read.text.split():
            self.asked.append(question)
            yield Clarification(
                question=question.text,
                standalone_question=read.text,
                detail="“they” may mean several in this library.",
                choices=CHOICES,
                searched=Searched(documents=2, passages=4),
                trace=TRACE,
            )
            return
        for came in super().steps(question.model_copy(update={"text": read.text})):
            if isinstance(came, Step | Supported | Withheld):
                yield came
            else:
                told = {"question": question.text, "standalone_question": read.text, "understood": read.how}
                yield came.model_copy(update=told)
        self.asked[-1] = question


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with opened(tmp_path_factory.mktemp("talked")) as made:
        yield made


@pytest.fixture(scope="module")
def assistant() -> Resolving:
    return Resolving(MemoryLedger(LETTER, NEWS))


@contextmanager
def running(assistant: Resolving, library: Library) -> Iterator[str]:
    kept = Conversations(library.ledger.engine)
    with served(assistant, holdings(assistant.ledger), no_picture, kept=kept) as address:
        yield address


@pytest.fixture(scope="module")
def address(assistant: Resolving, library: Library) -> Iterator[str]:
    with running(assistant, library) as made:
        yield made


@pytest.fixture
def seen(browser: Any, address: str, library: Library) -> Iterator[Watched]:
    kept = Conversations(library.ledger.engine)
    for one in kept.listed("local"):
        kept.delete("local", one.id)
    with watched(browser, address) as page:
        yield page
    assert page.complaints == []
    assert page.outside == []


def show(seen: Watched) -> Any:
    """The list, opened with the keyboard."""
    seen.page.get_by_role("button", name="Conversations", exact=True).focus()
    seen.page.keyboard.press("Enter")
    listed = seen.page.get_by_role("navigation", name="Conversations")
    listed.wait_for()
    return listed


def test_a_conversation_is_there_again_after_a_reload_and_goes_on(seen: Watched, assistant: Resolving) -> None:
    page = seen.open()
    seen.ask("What did Northgate confirm?")
    seen.wait_until("location.search.includes('conversation=')")
    page.reload()
    page.locator(".asked", has_text="What did Northgate confirm?").wait_for()
    assert page.locator("article.answer .claim").count() >= 1
    seen.ask("and Harbour News?")
    (before,) = assistant.asked[-1].earlier
    assert before.question == "What did Northgate confirm?"
    assert page.locator(".asked").count() == 2


def test_a_conversation_is_there_again_after_the_server_was_restarted(
    seen: Watched, browser: Any, assistant: Resolving, library: Library
) -> None:
    seen.open()
    seen.ask("What did Northgate <b>confirm</b>?")
    with running(assistant, library) as second, watched(browser, second) as again:
        page = again.open()
        listed = show(again)
        listed.get_by_role("button", name="What did Northgate <b>confirm</b>?").first.click()
        page.locator("article.answer .claim").first.wait_for()
        assert "<b>confirm</b>" in page.locator(".asked").inner_text()
        assert again.complaints == []


def test_conversations_are_searched_renamed_and_deleted_after_a_question(seen: Watched) -> None:
    page = seen.open()
    seen.ask("What did Northgate confirm?")
    page.get_by_role("button", name="Start a new conversation").click()
    seen.wait_until("document.querySelectorAll('.asked').length === 0")
    seen.ask("Who denies the harbour?")
    listed = show(seen)
    listed.locator(".conversation").nth(1).wait_for()
    assert listed.locator(".conversation").count() == 2
    assert listed.locator("[aria-current]").inner_text().startswith("Who denies the harbour?")

    listed.get_by_label("Search your conversations").fill("NORTHGATE confirm?")
    seen.wait_until("document.querySelectorAll('.conversation').length === 1")
    listed.locator("summary").click()
    listed.get_by_role("button", name="Rename").click()
    page.get_by_label("Name", exact=True).fill("Cameras <i>")
    page.get_by_role("button", name="Rename", exact=True).last.click()
    listed.get_by_role("button", name="Cameras <i>").first.wait_for()

    listed.locator("summary").click()
    listed.get_by_role("button", name="Delete").click()
    assert "Cameras <i>" in page.locator("#confirm-deleting").inner_text()
    page.get_by_role("button", name="Keep it").click()
    assert listed.locator(".conversation").count() == 1
    listed.get_by_role("button", name="Delete").click()
    page.get_by_role("button", name="Delete it").click()
    page.locator("#conversation-list", has_text="None holds these words.").wait_for()
    listed.get_by_label("Search your conversations").fill("")
    seen.wait_until("document.querySelectorAll('.conversation').length === 1")
    assert page.locator(".asked").count() == 1


def test_deleting_the_open_conversation_begins_a_new_one(seen: Watched, assistant: Resolving) -> None:
    page = seen.open()
    seen.ask("What did Northgate confirm?")
    listed = show(seen)
    listed.locator("summary").click()
    listed.get_by_role("button", name="Delete").click()
    page.get_by_role("button", name="Delete it").click()
    seen.wait_until("document.querySelectorAll('.asked').length === 0")
    seen.ask("And when?")
    assert assistant.asked[-1].earlier == () and assistant.asked[-1].previous == ()


def test_how_a_follow_up_was_understood_is_shown_and_can_be_corrected(seen: Watched, assistant: Resolving) -> None:
    page = seen.open()
    seen.ask("What did Northgate confirm?")
    answer = seen.ask("and the Harbour Board?")
    assert "Understood as: What did the Harbour Board confirm?" in answer.inner_text()
    answer.get_by_role("button", name="Edit the question as it was understood").click()
    field = page.locator("#question textarea")
    assert field.input_value() == "What did the Harbour Board confirm?"
    corrected = seen.ask("What did it deny at the harbour?")
    assert assistant.asked[-1].as_asked
    assert "Understood as" not in corrected.inner_text()
    seen.ask("and what did it confirm?")
    assert not assistant.asked[-1].as_asked


def test_a_question_of_several_readings_offers_them_as_buttons(seen: Watched, assistant: Resolving) -> None:
    page = seen.open()
    back = seen.ask("What did they confirm?")
    assert "Which do you mean?" in back.inner_text() and "may mean several" in back.inner_text()
    back.get_by_role("button", name=CHOICES[0]).focus()
    page.keyboard.press("Enter")
    page.locator("article.answer .claim").first.wait_for()
    assert assistant.asked[-1].text == CHOICES[0] and assistant.asked[-1].as_asked


def test_a_conversation_of_another_is_not_found_by_its_address(seen: Watched, library: Library, address: str) -> None:
    theirs = Conversations(library.ledger.engine).start("somebody else", "Secret plans")
    page = seen.page
    page.goto(f"{address}?conversation={theirs.id}")
    page.locator(".failure").wait_for()
    assert "There is no conversation" in page.locator(".failure").inner_text()
    assert "Secret" not in page.content()
    assert page.request.get(f"{address}api/conversations/{theirs.id}").status == 404


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_at_the_width_of_a_phone_the_list_lies_over_the_page_and_closes(
    browser: Any, address: str, seen: Watched, scheme: str
) -> None:
    seen.open()
    seen.ask("What did Northgate confirm?")
    with watched(browser, address, viewport={"width": 390, "height": 844}, color_scheme=scheme) as phone:
        page = phone.open()
        assert not page.locator("#conversations").is_visible()
        listed = show(phone)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        listed.locator(".conversation").first.click()
        page.locator("article.answer .claim").first.wait_for()
        assert not page.locator("#conversations").is_visible()
        assert phone.complaints == []
