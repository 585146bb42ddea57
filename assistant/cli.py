"""`briefing ask` and `briefing serve`."""

from __future__ import annotations

import json
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from assistant.answering import Assistant
    from assistant.domain import Outcome, Question
    from assistant.settings import Settings
    from assistant.web.holdings import Answers
    from ingest.library import Library

LibraryOption = Annotated[
    Path | None, typer.Option("--library", help="Folder of the library. Default: your data folder.")
]

ASK_HELP = """Answer QUESTION from the library, with a citation for every claim.

[bold]Examples[/bold]

  briefing ask "What did the commissioner ask Dahua to confirm?"

  briefing ask "What did Hikvision deny?" --publisher "Knoxville Times" --since 2021

  briefing ask "Who resigned?" --json | jq .claims

  briefing ask "What did Hikvision deny?" --out answer.docx      also .pdf .md .html .json .csv

  briefing ask "What did Hikvision deny?" --model openai:gpt-5-mini

A language model's claims are shown only when the sources bear them out; `--model none` does without one. Its key stays
in the environment (OPENAI_API_KEY); a server of your own is named by BRIEFING_MODEL__BASE_URL.

  briefing ask "What did the ICO say about Clearview?" --conversation new

  briefing ask "and what did it reply?" --conversation last

Exit code 0 for an answer, 3 when the library does not hold it, 4 when it asks back, 1 for a fault, 2 for misuse.
"""

EXIT_CODES = {"abstention": 3, "clarification": 4}
"""Of what is no answer."""

SERVE_HELP = """Serve the web page and the HTTP interface, on this computer only, until stopped with Ctrl+C.

[bold]Examples[/bold]

  briefing serve --open

  briefing serve --library /srv/briefing --port 8080

  briefing serve --model ollama:llama3.2

The HTTP interface is described at /api.

There is no login: whoever reaches a --host can change the library.
"""

ModelOption = Annotated[
    str | None,
    typer.Option(
        "--model", help="Language model that words the answer, such as openai:NAME; `none` for the sources' own words."
    ),
]


def register(app: typer.Typer) -> None:
    """Add the sub-commands of this package to the `briefing` command."""
    from assistant.conversation.cli import register as conversations
    from assistant.desk.cli import register as desk
    from assistant.desk.dossiers.cli import register as dossiers
    from assistant.desk.lines.cli import register as drafts
    from assistant.desk.recheck.cli import register as rechecks

    app.command("ask", help=ASK_HELP)(ask)
    conversations(app)
    desk(app)
    dossiers(app)
    drafts(app)
    rechecks(app)
    app.command("serve", help=SERVE_HELP)(serve)


def ask(
    question: Annotated[str, typer.Argument(metavar="QUESTION", help="The question, in quotation marks.")],
    library: LibraryOption = None,
    publisher: Annotated[list[str] | None, typer.Option(help="Only this publisher (may be repeated).")] = None,
    entity: Annotated[list[str] | None, typer.Option(help="Only documents that name this.")] = None,
    source_type: Annotated[list[str] | None, typer.Option("--type", help="Only this source type.")] = None,
    since: Annotated[str | None, typer.Option(help="Published on or after (YYYY, YYYY-MM or YYYY-MM-DD).")] = None,
    until: Annotated[str | None, typer.Option(help="Published on or before.")] = None,
    as_of: Annotated[str | None, typer.Option(help="Leave out what was published later.")] = None,
    model: ModelOption = None,
    out: Annotated[Path | None, typer.Option("--out", help="Also write it: .docx .pdf .md .html .json .csv.")] = None,
    template: Annotated[Path | None, typer.Option("--template", help="A .docx whose styles a .docx takes.")] = None,
    conversation: Annotated[
        str | None,
        typer.Option("--conversation", help="Ask in this conversation and keep it: its id, `new` or `last`."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The outcome as JSON on standard output.")] = False,
) -> None:
    """See ASK_HELP."""
    from assistant import wiring
    from assistant.desk.cli import writing
    from assistant.progress import watched
    from assistant.terminal import show

    among = {"publishers": publisher, "entities": entity, "source_types": source_type}
    dates = {"since": _date(since, "--since"), "until": _date(until, "--until"), "as_of": _date(as_of, "--as-of")}
    asked = _question(question, {name: tuple(given or ()) for name, given in among.items()} | dates)
    write = writing(out, template)
    assistant = wiring.build(_settings(library, model))
    with assistant.library as opened:
        answers, kept = _followed(assistant), None
        if conversation is None:
            outcome = watched(answers, asked)
        else:
            outcome, kept = _in_conversation(opened, answers, asked, conversation)
    write(outcome)
    if as_json:
        told = outcome.model_dump(mode="json") | ({"conversation": kept} if kept else {})
        sys.stdout.write(json.dumps(told, indent=2) + "\n")
    else:
        show(outcome)
        if kept:
            sys.stderr.write(f"Kept in conversation {kept}. Go on with `--conversation last`.\n")
    if outcome.outcome in EXIT_CODES:
        raise typer.Exit(EXIT_CODES[outcome.outcome])


def _in_conversation(opened: Library, answers: Answers, asked: Question, conversation: str) -> tuple[Outcome, str]:
    """The outcome of a question in a conversation, a new one or one that is kept, and that one's id."""
    from assistant.conversation.keeping import LOCAL, Conversations
    from assistant.conversation.talking import Talk
    from assistant.progress import watched

    talk = Talk(Conversations(opened.ledger.engine), LOCAL, None if conversation == "new" else conversation)
    outcome = watched(answers, talk.follow_up(asked, every_filter=asked.scope.is_everything))
    return outcome, talk.keep(asked, outcome)


def serve(
    library: LibraryOption = None,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = 7860,
    model: ModelOption = None,
    open_browser: Annotated[bool, typer.Option("--open", help="Open the page in a browser.")] = False,
) -> None:
    """See SERVE_HELP."""
    from assistant import wiring
    from assistant.web.server import serve as run

    assistant = wiring.build(_settings(library, model), create=True)
    with assistant.library:
        # The index is checked, and repaired if need be, beside the first questions; they are searched exactly meanwhile.
        threading.Thread(target=assistant.library.warm, name="checking the index", daemon=True).start()
        run(assistant, host=host, port=port, open_browser=open_browser, answers=_followed(assistant))


def _settings(library: Path | None, model: str | None) -> Settings:
    from assistant.settings import load

    return load(overrides={"library": library, "model.name": model})


def _followed(assistant: Assistant) -> Answers:
    """The assistant, as a run that LangSmith sees where that was asked for."""
    if not assistant.traced:
        return assistant
    from assistant.chain import briefing_chain

    return briefing_chain(assistant)


def _question(text: str, scope: object) -> Question:
    from pydantic import ValidationError

    from assistant.domain import Question

    try:
        return Question.model_validate({"text": text.strip(), "scope": scope})
    except ValidationError:
        raise typer.BadParameter(
            "it is empty or longer than 2,000 characters. Ask one thing at a time.", param_hint="QUESTION"
        ) from None


def _date(value: str | None, option: str) -> str | None:
    from assistant.web.filters import is_a_date

    try:
        return None if value is None else is_a_date(value)
    except ValueError:
        raise typer.BadParameter(
            f"`{value}` is not a date. Write YYYY, YYYY-MM or YYYY-MM-DD.", param_hint=option
        ) from None
