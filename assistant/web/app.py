"""The layout of the page, and the only module that imports gradio. Nothing is decided here.

Chat messages and lists are HTML made by `assistant.web.render` and its siblings, shown by components that do not
read Markdown (the chat) or are given blocks without a line break that Markdown passes over (the lists). `gr.HTML`
is not used: it compiles its template in the browser, which the content security policy forbids.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import gradio as gr

from assistant.web import wording
from assistant.web.filters import LABELS
from assistant.web.handlers import Messages, Narrowing  # noqa: TC001 - Gradio reads the annotations
from assistant.web.palette import COLOURS

if TYPE_CHECKING:
    from fastapi import FastAPI

    from assistant.web.handlers import Handlers
    from assistant.web.tabs import Tab

Owner = Callable[[Any], str]
"""Whose a request is, Gradio's or the server's own."""

ASKING_AT_ONCE = 32
"""A question waits for a language model most of its time, so that many wait side by side."""
QUEUED = 40
_HIDDEN: dict[str, Any] = {"api_visibility": "private"}
_HINT = "\u201cAs of\u201d leaves out what was published later, as if that day were today."
_ALL_TYPES = ("All types", "")
_PLAIN: dict[str, Any] = {"latex_delimiters": [], "buttons": []}


def layout(handlers: Handlers, owner: Owner, tabs: Sequence[Tab] = ()) -> gr.Blocks:
    """The page's components, tied to `handlers`; `owner` tells whose a request is; `tabs` are those of other packages."""
    with gr.Blocks(title="Policy briefing assistant", analytics_enabled=False) as page:
        with gr.Tabs(elem_id="tabs"):
            with gr.Tab("Ask"):
                refreshed = _ask_tab(handlers, owner)
            with gr.Tab("Library", elem_id="library-tab") as library:
                listed = _library_tab(handlers)
            with gr.Tab("Check", elem_id="check-tab"):
                gr.Column(elem_id="checking")  # `desk.js` puts the form here
            with gr.Tab("Draft", elem_id="draft-tab"):
                gr.Column(elem_id="drafting")  # `lines.js` puts the form here
            with gr.Tab("Dossier", elem_id="dossier-tab"):
                gr.Column(elem_id="dossiers")  # `dossier.js` puts the form here
            for tab in tabs:
                with gr.Tab(tab.title, elem_id=f"{tab.name}-tab"):
                    gr.Column(elem_id=f"{tab.name}-room")  # the tab's own script fills it
        for inputs, outputs, fill in (refreshed, listed):
            page.load(fill, inputs, outputs, show_progress="hidden", **_HIDDEN)
            library.select(fill, inputs, outputs, show_progress="hidden", **_HIDDEN)
    page.queue(max_size=QUEUED, default_concurrency_limit=ASKING_AT_ONCE)
    return page


def _ask_tab(handlers: Handlers, owner: Owner) -> tuple[list[Any], list[Any], Any]:
    status = gr.Markdown(elem_id="status", **_PLAIN)
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
        again = gr.Button("Start a new conversation", elem_id="again", size="sm")
    # What the page's script and the server tell one another; nobody sees it.
    with gr.Column(elem_id="talking-in"):
        conversation = gr.Textbox(elem_id="conversation-id", label="Conversation", max_lines=1)
        as_asked = gr.Textbox(elem_id="as-asked", label="As asked", max_lines=1)
        reopen = gr.Button("Open the conversation", elem_id="reopen")
    _wire_asking(handlers, (question, send), narrowing, (chat, conversation, as_asked), owner)
    again.click(lambda: ([], ""), None, [chat, conversation], show_progress="hidden", **_HIDDEN)

    def opened(request: gr.Request, name: str) -> Messages:
        return handlers.opened(owner(request), name)

    reopen.click(opened, [conversation], [chat], show_progress="hidden", **_HIDDEN)

    def refresh() -> list[Any]:
        today = handlers.choices()
        kinds = [(wording.kind(name), name) for name in today.source_types]
        return [str(handlers.status()), gr.update(choices=today.publishers), gr.update(choices=kinds)]

    return [], [status, *choices], refresh


def _filters() -> tuple[list[Any], list[Any]]:
    with gr.Row():
        publishers = gr.Dropdown([], multiselect=True, label=LABELS["publishers"], min_width=200)
        kinds = gr.Dropdown([], multiselect=True, label=LABELS["source_types"], min_width=200)
        entity = gr.Textbox(label=LABELS["entities"], placeholder="People, bodies", min_width=200, max_lines=1)
    with gr.Row():
        since, until, as_of = (
            gr.Textbox(label=LABELS[field], placeholder="YYYY-MM-DD", min_width=120, max_lines=1)
            for field in ("since", "until", "as_of")
        )
    gr.Markdown(_HINT, elem_id="filters-hint", **_PLAIN)
    fields = [publishers, entity, kinds, since, until, as_of]
    clear = gr.Button("Clear the filters", elem_id="clear-filters", size="sm")
    clear.click(lambda: [[], "", [], "", "", ""], None, fields, show_progress="hidden", **_HIDDEN)
    return fields, [publishers, kinds]


def _wire_asking(
    handlers: Handlers,
    asking: tuple[Any, Any],
    narrowing: list[Any],
    talking: tuple[Any, Any, Any],
    owner: Owner,
) -> None:
    def ask(
        request: gr.Request, text: str, said: Messages, name: str, as_asked: str, *fields: Any
    ) -> Iterator[tuple[Any, ...]]:
        # The field is emptied with the first update, so that the next question can be typed meanwhile; the id of a new
        # conversation is told with it, so that the next question cannot come before it.
        narrowing = Narrowing(*fields)
        talk = handlers.talk(owner(request), name)
        for number, messages in enumerate(handlers.ask(text, narrowing, said, talk, as_asked=bool(as_asked))):
            left = handlers.kept(text, narrowing) if number == 0 else gr.skip()
            yield left, messages, (talk.id or talk.planned) if talk else "", ""
        if talk and talk.id is None:  # nothing came of it that could be kept
            yield gr.skip(), gr.skip(), "", gr.skip()

    question, send = asking
    chat, conversation, as_asked = talking
    # One event for both ways of asking, so that a second question waits in its field until the first is answered.
    gr.on(
        [question.submit, send.click],
        ask,
        [question, chat, conversation, as_asked, *narrowing],
        [question, chat, conversation, as_asked],
        concurrency_limit=ASKING_AT_ONCE,
        concurrency_id="ask",
        show_progress="hidden",
        **_HIDDEN,
    )


def _library_tab(handlers: Handlers) -> tuple[list[Any], list[Any], Any]:
    # `page.js` puts the form that adds sources here; see `assistant.web.incoming` for why it is not Gradio's.
    gr.Column(elem_id="adding")
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

    def fill(*search: Any) -> list[Any]:
        kinds = [_ALL_TYPES, *((wording.kind(name), name) for name in handlers.choices().source_types)]
        return [shown(*search), gr.update(choices=kinds)]

    for trigger in (words.change, only.change, refresh.click):
        trigger(shown, [words, only], [listing], show_progress="hidden", **_HIDDEN)
    verify.click(
        checked, None, [found], show_progress="minimal", concurrency_limit=1, concurrency_id="verify", **_HIDDEN
    )
    return [words, only], [listing, only], fill


def mount(server: FastAPI, handlers: Handlers, owner: Owner, tabs: Sequence[Tab] = ()) -> None:
    """Put the page's machinery at `/` of `server`; the page itself is `assistant.web.shell`."""
    # Outside of an event loop Gradio makes loops of its own, and never closes them.
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        asyncio.run(_mounted(server, handlers, owner, tabs))
    else:
        _mount(server, handlers, owner, tabs)


async def _mounted(server: FastAPI, handlers: Handlers, owner: Owner, tabs: Sequence[Tab]) -> None:
    _mount(server, handlers, owner, tabs)


def _mount(server: FastAPI, handlers: Handlers, owner: Owner, tabs: Sequence[Tab]) -> None:
    page = layout(handlers, owner, tabs)
    gr.mount_gradio_app(
        server,
        page,
        path="/",
        footer_links=[],
        run_history=False,
        show_error=False,
        max_file_size="1kb",
        ssr_mode=False,
        enable_monitoring=False,
        pwa=False,
        mcp_server=False,
        theme=_theme(),
    )
    # Gradio asks whose a file is only once a page has launched, and a mounted page never does.
    page.has_launched = True


def _theme() -> gr.themes.Base:
    """Gradio's own parts in the colours of `page.css`, which knows light from dark."""
    base = gr.themes.Base(font=["system-ui", "sans-serif"], font_mono=["ui-monospace", "monospace"])
    # Gradio's theme has one value for light and one for dark; ours are variables that know for themselves.
    light = {name: f"var(--{colour})" for name, colour in COLOURS.items()}
    return base.set(**light, **{f"{name}_dark": value for name, value in light.items()}, input_border_width="1px")


def frontend() -> str:
    """Gradio's own page, for the addresses of its script and style sheet (see `assistant.web.shell`)."""
    return (files("gradio") / "templates" / "frontend" / "index.html").read_text(encoding="utf-8")
