"""The layout of the page, and the only module that imports gradio. Nothing is decided here.

Chat messages and lists are HTML made by `assistant.web.render` and its siblings, shown by components that do not
read Markdown (the chat) or are given blocks without a line break that Markdown passes over (the lists). `gr.HTML`
is not used: it compiles its template in the browser, which the content security policy forbids.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import gradio as gr

from assistant.web import wording
from assistant.web.handlers import Narrowing
from assistant.web.palette import COLOURS

if TYPE_CHECKING:
    from fastapi import FastAPI

    from assistant.web.handlers import Handlers, Messages

EXAMPLES = 4
ASKING_AT_ONCE = 4
QUEUED = 40
_HOUR = 3600
"""Uploaded files that were never added are deleted after an hour; the others as soon as they are read."""

_HIDDEN: dict[str, Any] = {"api_visibility": "private"}
_ONE_AT_A_TIME: dict[str, Any] = {"concurrency_limit": 1, "concurrency_id": "ingest"}
_ALL_TYPES = ("All types", "")
_PLAIN: dict[str, Any] = {"latex_delimiters": [], "buttons": []}


def layout(handlers: Handlers) -> gr.Blocks:
    """The page's components, tied to `handlers`."""
    with gr.Blocks(title="Policy briefing assistant", analytics_enabled=False, delete_cache=(_HOUR, _HOUR)) as page:
        with gr.Tabs(elem_id="tabs"):
            with gr.Tab("Ask"):
                refreshed = _ask_tab(handlers)
            with gr.Tab("Library", elem_id="library-tab") as library:
                listed = _library_tab(handlers)
        for outputs, fill in (refreshed, listed):
            page.load(fill, None, outputs, show_progress="hidden", **_HIDDEN)
            library.select(fill, None, outputs, show_progress="hidden", **_HIDDEN)
    page.queue(max_size=QUEUED, default_concurrency_limit=ASKING_AT_ONCE)
    return page


def _ask_tab(handlers: Handlers) -> tuple[list[Any], Any]:
    status = gr.Markdown(elem_id="status", **_PLAIN)
    with gr.Column(elem_id="examples"):
        examples = [gr.Button(visible=False, elem_classes="example") for _ in range(EXAMPLES)]
    chat = gr.Chatbot(
        label="Conversation",
        show_label=False,
        elem_id="conversation",
        render_markdown=False,
        latex_delimiters=[],
        feedback_options=None,
        buttons=[],
        height=None,
        group_consecutive_messages=False,
        container=False,
    )
    with gr.Column(elem_id="composer"):
        with gr.Row(elem_id="question-row"):
            question = gr.Textbox(
                label="Your question",
                placeholder="Ask about the library",
                lines=1,
                max_lines=6,
                max_length=None,
                elem_id="question",
                scale=8,
            )
            send = gr.Button("Ask", variant="primary", elem_id="send", scale=1, min_width=88)
        with gr.Accordion("Filters", open=False, elem_id="filters"):
            narrowing, choices = _filters()
    _wire_asking(handlers, (question, send), narrowing, chat, examples)

    def refresh() -> list[Any]:
        today = handlers.choices()
        shown = [gr.update(value=example, visible=True) for example in today.examples[:EXAMPLES]]
        shown += [gr.update(visible=False)] * (EXAMPLES - len(shown))
        kinds = [
            gr.update(choices=today.publishers),
            gr.update(choices=[(wording.kind(name), name) for name in today.source_types]),
        ]
        return [str(handlers.status()), *shown, *kinds]

    return [status, *examples, *choices], refresh


def _filters() -> tuple[list[Any], list[Any]]:
    with gr.Row():
        publishers = gr.Dropdown([], multiselect=True, label="Publisher", min_width=200)
        kinds = gr.Dropdown([], multiselect=True, label="Type of document", min_width=200)
        entity = gr.Textbox(label="Names", placeholder="Dahua, Hikvision", min_width=200)
    with gr.Row():
        since, until, as_of = (
            gr.Textbox(label=label, placeholder="YYYY-MM-DD", min_width=120, max_lines=1)
            for label in ("Published since", "Published until", "As of")
        )
    return [publishers, entity, kinds, since, until, as_of], [publishers, kinds]


def _wire_asking(
    handlers: Handlers, asking: tuple[Any, Any], narrowing: list[Any], chat: Any, examples: list[Any]
) -> None:
    def ask(text: str, said: Messages, *fields: Any) -> Iterator[tuple[Any, ...]]:
        # The field is emptied with the first update, so that the next question can be typed meanwhile.
        for number, messages in enumerate(handlers.ask(text, Narrowing(*fields), said)):
            yield ("" if number == 0 else gr.skip(), messages)

    question, send = asking
    settings: dict[str, Any] = {
        "concurrency_limit": ASKING_AT_ONCE,
        "concurrency_id": "ask",
        "show_progress": "hidden",
        **_HIDDEN,
    }
    for trigger, source in ((question.submit, question), (send.click, question)):
        trigger(ask, [source, chat, *narrowing], [question, chat], **settings)
    for example in examples:
        example.click(ask, [example, chat, *narrowing], [question, chat], **settings)


def _library_tab(handlers: Handlers) -> tuple[list[Any], Any]:
    added = _adding(handlers)
    gr.Markdown("## Documents", **_PLAIN)
    with gr.Row(elem_id="finding"):
        words = gr.Textbox(label="Search titles and publishers", elem_id="find", scale=3, max_lines=1)
        only = gr.Dropdown([_ALL_TYPES], value="", label="Type of document", elem_id="find-type", scale=1)
    listing = gr.Markdown(elem_id="documents", **_PLAIN)
    with gr.Row(elem_id="upkeep"):
        refresh = gr.Button("Refresh the list", elem_id="refresh", size="sm")
        verify = gr.Button("Verify the library", elem_id="verify", size="sm")
    found = gr.Markdown(elem_id="verified", **_PLAIN)

    def shown(*search: Any) -> str:
        return str(handlers.documents(*search))

    def checked() -> str:
        return str(handlers.verify())

    def fill() -> list[Any]:
        kinds = [_ALL_TYPES, *((wording.kind(name), name) for name in handlers.choices().source_types)]
        return [shown("", ""), gr.update(choices=kinds)]

    for trigger in (words.change, only.change, refresh.click, added.then):
        trigger(shown, [words, only], [listing], show_progress="hidden", **_HIDDEN)
    verify.click(checked, None, [found], show_progress="minimal", **_ONE_AT_A_TIME, **_HIDDEN)
    return [listing, only], fill


def _adding(handlers: Handlers) -> Any:
    """The form that adds sources; returns the event that all of them are in."""
    with gr.Column(elem_id="adding"):
        gr.Markdown("## Add to the library", **_PLAIN)
        with gr.Row():
            uploads = gr.File(label="Files", file_count="multiple", elem_id="uploads", height=140, scale=1)
            addresses = gr.Textbox(
                label="Web addresses, one a line",
                placeholder="https://www.example.gov/letter",
                lines=4,
                elem_id="addresses",
                scale=1,
            )
        with gr.Accordion("What is known of all of these (optional)", open=False), gr.Row():
            publisher = gr.Textbox(label="Publisher", elem_id="given-publisher")
            published = gr.Textbox(label="Date", placeholder="YYYY-MM-DD")
            kind = gr.Textbox(label="Type", placeholder="letter, report, statement")
        add = gr.Button("Add to the library", variant="primary", elem_id="add")
        receipts = gr.Markdown(elem_id="receipts", **_PLAIN)

    def added(*given: Any) -> Iterator[tuple[Any, ...]]:
        for receipt in handlers.add(*given):
            yield str(receipt), gr.skip(), gr.skip()
        yield gr.skip(), None, ""

    known = [uploads, addresses, publisher, published, kind]
    return add.click(added, known, [receipts, uploads, addresses], show_progress="hidden", **_ONE_AT_A_TIME, **_HIDDEN)


def mount(server: FastAPI, handlers: Handlers, *, upload_bytes: int) -> None:
    """Put the page's machinery at `/` of `server`; the page itself is `assistant.web.shell`."""
    # Outside of an event loop Gradio makes some of its own, and never closes them.
    asyncio.run(_mounted(server, handlers, upload_bytes))


async def _mounted(server: FastAPI, handlers: Handlers, upload_bytes: int) -> None:
    gr.mount_gradio_app(
        server,
        layout(handlers),
        path="/",
        footer_links=[],
        run_history=False,
        show_error=False,
        max_file_size=upload_bytes,
        ssr_mode=False,
        enable_monitoring=False,
        pwa=False,
        mcp_server=False,
        theme=_theme(),
    )


def _theme() -> gr.themes.Base:
    """Gradio's own parts in the colours of `page.css`, which knows light from dark."""
    base = gr.themes.Base(font=["system-ui", "sans-serif"], font_mono=["ui-monospace", "monospace"])
    # Gradio's theme has one value for light and one for dark; ours are variables that know for themselves.
    light = {name: f"var(--{colour})" for name, colour in COLOURS.items()}
    return base.set(**light, **{f"{name}_dark": value for name, value in light.items()}, input_border_width="1px")


def frontend() -> str:
    """Gradio's own page, for the addresses of its script and style sheet (see `assistant.web.shell`)."""
    return (files("gradio") / "templates" / "frontend" / "index.html").read_text(encoding="utf-8")
