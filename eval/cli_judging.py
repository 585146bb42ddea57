"""`briefing eval judge` and `briefing eval agreement`: a chat model's verdicts, and how far they are people's."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from eval.judging import Frozen, Judge, agreement, judged
from eval.metrics.grouped import figure
from ingest.errors import BadSettings

if TYPE_CHECKING:
    from eval.judging import Verdict

VERDICTS = "verdicts.jsonl"
ModelOption = Annotated[str | None, typer.Option(help="Chat model that judges, e.g. openai:NAME.")]
FrozenOption = Annotated[
    Path | None, typer.Option("--verdicts", help="File of frozen verdicts. Default: beside the run.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="JSON on standard output, and nothing else there.")]


def judge(
    run: Annotated[Path, typer.Argument(help="Folder of a run.")],
    model: ModelOption = None,
    verdicts: FrozenOption = None,
    as_json: JsonOption = False,
) -> None:
    """Have a chat model judge every claim of a run; verdicts are frozen, so that again is free and the same."""
    from eval.cli import guarded, run_folder
    from eval.record import Run
    from eval.results import scored

    def work() -> int:
        folder = run_folder(run)
        made = judge_of(model, verdicts or folder / VERDICTS)
        found = figure(judged(scored(Run.load(folder)), made))
        told = {"judge": made.name, "asked": made.asked, "supported": asdict(found) if found else None}
        if as_json:
            sys.stdout.write(json.dumps(told, indent=2) + "\n")
        else:
            sys.stdout.write(f"{made.name}: claims judged supported {found or 'none'}; {made.asked} new verdicts.\n")
        return 0

    raise typer.Exit(guarded(work))


def measure_agreement(
    labels: Annotated[Path, typer.Argument(help="JSONL with `claim`, `evidence` and a person's `label`.")],
    verdicts: Annotated[Path, typer.Option("--verdicts", help="File of frozen verdicts.")],
    model: ModelOption = None,
    limit: Annotated[int, typer.Option(min=1, help="Lines of the file that are judged.")] = 200,
    as_json: JsonOption = False,
) -> None:
    """Measure how often a judge agrees with people's labels, and how far beyond chance."""
    from eval.cli import guarded

    def work() -> int:
        made = judge_of(model, verdicts)
        pairs: list[tuple[Verdict, Verdict]] = []
        for line in labels.read_text(encoding="utf-8").splitlines()[:limit]:
            row = json.loads(line)
            people: Verdict = "supported" if row["label"] == "supported" else "unsupported"
            pairs.append((people, made.judge(row["claim"], [row["evidence"]])))
        found = agreement(pairs)
        if as_json:
            told = {"count": found.count, "share": found.share, "kappa": found.kappa} if found else None
            sys.stdout.write(json.dumps({"judge": made.name, "agreement": told}, indent=2) + "\n")
        elif found:
            kappa = "none" if found.kappa is None else f"{found.kappa:.2f}"
            sys.stdout.write(f"{made.name}: agrees on {found.share:.2f} of {found.count}, kappa {kappa}.\n")
        else:
            sys.stdout.write(f"{made.name}: no clear verdict.\n")
        return 0

    raise typer.Exit(guarded(work))


def judge_of(model: str | None, frozen: Path) -> Judge:
    """The judge that is named, or else the chat model of the settings.

    Raises:
        BadSettings, MissingExtra: there is none, or it cannot be used as it is set.
    """
    from assistant.chat.provider import chat_model
    from assistant.settings import load

    settings = load(overrides={"model.name": model} if model else None)
    if settings.model.name is None:
        raise BadSettings("No chat model is set to judge.", remedy="Name one with `--model`.")
    made = chat_model(settings.model.name, settings.model, offline=settings.offline, environ=os.environ)
    return Judge(made, settings.model.name, Frozen(frozen))
