"""A real Chromium that writes down every request, every console message and everything that goes wrong."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def executable() -> str:
    """The browser's path; without one the test is skipped, or fails where one is insisted on."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None:
        reason = "no Chromium is installed (Debian: apt-get install chromium)"
        if os.environ.get("BRIEFING_REQUIRE_BROWSER") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    return found


@dataclass
class Watched:
    """A browser page and what was seen of it."""

    page: Any
    address: str
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def heard(self, message: Any) -> None:
        """Keep what the console warns of."""
        if message.type in {"error", "warning"}:
            self.complaints.append(message.text)

    def dismissed(self, dialog: Any) -> None:
        """No dialog should ever open."""
        self.complaints.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    @property
    def outside(self) -> list[str]:
        """Requests that went, or tried to go, anywhere but to the server under test."""
        own = (self.address, "data:", "blob:" + self.address)
        return [one for one in self.requests if not one.startswith(own)]

    def open(self, query: str = "") -> Any:
        """Load the page and wait until a question can be asked."""
        self.page.goto(self.address + query)
        self.page.locator("#question textarea").wait_for()
        self.page.locator("#status p").first.wait_for()
        return self.page

    def ask(self, question: str) -> Any:
        """Ask with the keyboard, and return the finished answer."""
        answers = self.page.locator("article.answer, .failure")
        before = answers.count()
        self.page.locator("#question textarea").fill(question)
        self.page.keyboard.press("Enter")
        answers.nth(before).wait_for()
        return answers.nth(before)

    def wait_until(self, condition: str, seconds: float = 20.0) -> None:
        """Wait for a JavaScript expression; Playwright's own way compiles text, which the page's policy forbids."""
        deadline = time.monotonic() + seconds
        while not self.page.evaluate(condition):
            assert time.monotonic() < deadline, f"{condition} did not become true"
            self.page.wait_for_timeout(30)


@contextmanager
def chromium() -> Iterator[Any]:
    """A browser."""
    from playwright.sync_api import sync_playwright

    path = executable()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def watched(browser: Any, address: str, **context: Any) -> Iterator[Watched]:
    """A fresh session of `browser`; `context` is what Playwright's `new_context` takes."""
    made = browser.new_context(**{"viewport": {"width": 1280, "height": 860}, **context})
    page = made.new_page()
    page.set_default_timeout(20_000)
    seen = Watched(page, address)
    made.on("request", lambda request: seen.requests.append(request.url))
    made.on("page", lambda other: seen.complaints.append(f"another page: {other.url}"))
    page.on("pageerror", lambda error: seen.complaints.append(f"error: {error}"))
    page.on("dialog", seen.dismissed)
    page.on("console", seen.heard)
    try:
        yield seen
    finally:
        made.close()
