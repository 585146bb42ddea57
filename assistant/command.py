"""The `briefing` command: collects the sub-commands that the packages register, and is the face that catches.

Each package names a `register(app)` under the entry-point group `briefing.commands`, so that this package need
not import those above it.
"""

from __future__ import annotations

import io
import os
import sys
from importlib.metadata import entry_points

import typer

from ingest.errors import BriefingError

GROUP = "briefing.commands"

QUIET = {
    "ANONYMIZED_TELEMETRY": "False",
    "GRADIO_ANALYTICS_ENABLED": "False",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "DO_NOT_TRACK": "1",
    "TOKENIZERS_PARALLELISM": "false",
    "OPENBLAS_NUM_THREADS": "1",
}
"""Switches of libraries that would otherwise call out or spawn threads of their own; set before they are imported."""


def application() -> typer.Typer:
    """The command with every registered sub-command."""
    app = typer.Typer(
        name="briefing",
        help="Answers briefing questions from stored sources, with a citation for every claim.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode="rich",
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    for entry in sorted(entry_points(group=GROUP), key=lambda entry: entry.name):
        entry.load()(app)
    return app


def main() -> None:
    """Run the command. A foreseeable fault is one line and its remedy on standard error, exit code 1."""
    os.environ.update({name: value for name, value in QUIET.items() if name not in os.environ})
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal that knows few letters gets `?` for the others
            stream.reconfigure(errors="replace")
    try:
        application()()
    except BriefingError as error:
        sys.stderr.write(f"{error.message}\n{error.remedy}\n")
        sys.exit(1)
    except BrokenPipeError:  # `briefing ask ... | head` is no fault
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
