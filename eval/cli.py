"""`briefing eval`: run suites, compare runs, write reports."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from ingest.errors import BriefingError

if TYPE_CHECKING:
    from collections.abc import Callable

    from eval.comparing import Comparison
    from eval.results import Results

FINE, REGRESSION, MISUSE, COULD_NOT_RUN = 0, 1, 2, 3

HELP = """Regression suites: ask, score, compare, report.

[bold]Examples[/bold]

  briefing eval run starter

  briefing eval run my-suite.yaml --repeat 3 --html report.html

  briefing eval run starter --baseline eval/suites/baselines/starter.json

  briefing eval compare RUN_A RUN_B

Exit code 0 when all is fine, 1 for a regression (or a failed case, where nothing is compared), 2 for misuse, 3 when it could not run.
"""

JsonOption = Annotated[bool, typer.Option("--json", help="JSON on standard output, and nothing else there.")]
HtmlOption = Annotated[Path | None, typer.Option("--html", help="Write the report as one HTML page.")]
JunitOption = Annotated[Path | None, typer.Option("--junit", help="Write the report as JUnit XML.")]
CsvOption = Annotated[Path | None, typer.Option("--csv", help="Write one row for each answer.")]
SuiteArgument = Annotated[str, typer.Argument(help="A suite's file, or the name of one that is shipped.")]
OutOption = Annotated[Path | None, typer.Option(help="Folder of the run. Default: a new one among your evaluations.")]
AskedLibraryOption = Annotated[
    Path | None, typer.Option("--library", help="Ask this library, not one built from the suite's documents.")
]
ServerOption = Annotated[str | None, typer.Option(help="Ask a `briefing serve` at this address.")]
ModelOption = Annotated[str | None, typer.Option(help="Chat model that words the answers, e.g. openai:NAME.")]
RepeatOption = Annotated[int, typer.Option(min=1, max=100, help="Ask every case so often.")]
FilterOption = Annotated[
    list[str] | None, typer.Option("--filter", help="Only cases whose id, kind or tag fits (* allowed).")
]
FailingOption = Annotated[Path | None, typer.Option(help="Only cases that did not pass in this run or baseline.")]
JobsOption = Annotated[int, typer.Option(min=1, max=64, help="Questions asked at once.")]
AnswersOption = Annotated[Path | None, typer.Option(help="Score the answers of this run again; ask nothing.")]
ResumeOption = Annotated[
    bool, typer.Option("--resume", help="Go on with the newest run of the suite that was broken off.")
]
BaselineOption = Annotated[Path | None, typer.Option("--baseline", help="Compare with this baseline or run.")]
RunArgument = Annotated[Path, typer.Argument(help="Folder of a run, or its name as `briefing eval list` prints it.")]


def register(app: typer.Typer) -> None:
    """Add `briefing eval` to the `briefing` command."""
    from eval.cli_judging import judge, measure_agreement

    commands = typer.Typer(no_args_is_help=True, help=HELP, rich_markup_mode="rich")
    named: dict[str, Callable[..., None]] = {
        "run": run,
        "compare": compare,
        "report": report,
        "list": list_runs,
        "baseline": baseline,
        "lint": lint,
        "schema": print_schema,
        "bench": bench,
        "judge": judge,
        "agreement": measure_agreement,
    }
    for name, command in named.items():
        commands.command(name)(command)
    app.add_typer(commands, name="eval")


def run(
    suite: SuiteArgument,
    out: OutOption = None,
    library: AskedLibraryOption = None,
    server: ServerOption = None,
    model: ModelOption = None,
    repeat: RepeatOption = 1,
    narrowed: FilterOption = None,
    failing: FailingOption = None,
    jobs: JobsOption = 2,
    answers: AnswersOption = None,
    resume: ResumeOption = False,
    against: BaselineOption = None,
    html: HtmlOption = None,
    junit: JunitOption = None,
    csv: CsvOption = None,
    as_json: JsonOption = False,
) -> None:
    """Ask every case of a suite and score the answers."""
    if library is not None and server is not None:
        raise typer.BadParameter("Name a library or a server, not both.", param_hint="--server")

    def work() -> int:
        from eval.record import Run
        from eval.results import scored
        from eval.shipped import suite_file
        from eval.suite import load

        file = suite_file(suite)
        if answers is not None:
            held = scored(Run.load(run_folder(answers)), load(file)[0])
        else:
            only = _not_passed(failing) if failing else None
            asked = _Asked(file, out, library, server, model, repeat, tuple(narrowed or ()), only, jobs, resume)
            held = asked.results(shown=not as_json)
        made = _against(held, against) if against else None
        _write(held, made, html=html, junit=junit, csv=csv)
        _tell(held, made, as_json=as_json)
        return _verdict_of(held, made)

    raise typer.Exit(guarded(work))


def compare(
    before: Annotated[Path, typer.Argument(help="A run or a baseline.")],
    after: Annotated[Path, typer.Argument(help="A run or a baseline of the same suite.")],
    html: HtmlOption = None,
    as_json: JsonOption = False,
) -> None:
    """Compare two runs case by case: regression, improvement or noise."""

    def work() -> int:
        from eval.comparing import compare as compared
        from eval.reports.page import comparison_page
        from eval.reports.terminal import show_comparison
        from eval.results import cases_of

        first, second = run_folder(before), run_folder(after)
        (old, _, old_model), (new, quarantine, new_model) = cases_of(first), cases_of(second)
        made = compared(old, new, quarantine, by_model=old_model or new_model)
        if html is not None:
            html.write_text(comparison_page(made, first.name, second.name), encoding="utf-8")
        if as_json:
            _print(made.model_dump(mode="json"))
        else:
            show_comparison(made)
        return REGRESSION if made.verdict == "regression" else FINE

    raise typer.Exit(guarded(work))


def report(
    run: RunArgument,
    html: HtmlOption = None,
    junit: JunitOption = None,
    csv: CsvOption = None,
    as_json: JsonOption = False,
) -> None:
    """Print a run's scores again, or write them as HTML, JUnit XML, CSV or JSON."""

    def work() -> int:
        from eval.record import Run
        from eval.results import scored

        held = scored(Run.load(run_folder(run)))
        _write(held, None, html=html, junit=junit, csv=csv)
        _tell(held, None, as_json=as_json)
        return FINE

    raise typer.Exit(guarded(work))


def list_runs(as_json: JsonOption = False) -> None:
    """List the suites that are shipped and the runs that are kept, oldest first."""

    def work() -> int:
        from eval import evaluating
        from eval.record import Run
        from eval.shipped import shipped

        kept = [(folder, Run.load(folder)) for folder in evaluating.runs(evaluating.runs_folder())]
        rows = [
            {
                "run": folder.name,
                "suite": held.header.suite,
                "started": held.header.started,
                "cases": len(held.header.cases),
                "answers": len(held.answers()),
                "complete": held.complete(),
                "model": held.header.model,
            }
            for folder, held in kept
        ]
        if as_json:
            _print({"suites": shipped(), "runs": rows})
            return FINE
        sys.stdout.write(f"Suites: {', '.join(shipped())}\n")
        for row in rows:
            state = "" if row["complete"] else f", broken off at {row['answers']} answers (`--resume`)"
            sys.stdout.write(f"{row['run']}  {row['started']}  {row['cases']} cases{state}\n")
        return FINE

    raise typer.Exit(guarded(work))


def baseline(
    run: RunArgument, out: Annotated[Path, typer.Option(help="The file to write, to be committed beside the suite.")]
) -> None:
    """Write a run's results as a baseline that later runs are compared with."""

    def work() -> int:
        from eval.record import Run
        from eval.results import baseline_of, scored

        held = scored(Run.load(run_folder(run)))
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(baseline_of(held), encoding="utf-8")
        return FINE

    raise typer.Exit(guarded(work))


def lint(suite: Annotated[str, typer.Argument(help="A suite's file, or the name of one that is shipped.")]) -> None:
    """Name every fault of a suite with its line and the remedy."""

    def work() -> int:
        from eval.linting import lint as faults_of
        from eval.shipped import suite_file

        file = suite_file(suite)
        faults = faults_of(file)
        for one in faults:
            sys.stdout.write(f"{file}:{one.line}: {one.message}. {one.remedy}\n")
        if not faults:
            sys.stdout.write(f"{file}: no faults.\n")
        return REGRESSION if faults else FINE

    raise typer.Exit(guarded(work))


def print_schema() -> None:
    """Print the JSON schema of a suite, for an editor."""
    from eval.linting import schema

    _print(schema())


def bench(
    name: Annotated[str | None, typer.Argument(help="The benchmark; without one they are listed.")] = None,
    data: Annotated[Path | None, typer.Option(help="Folder that holds the sets.")] = None,
    words: Annotated[
        list[str] | None, typer.Option("--with", help="A word passed on to it, e.g. --with=--show.")
    ] = None,
) -> None:
    """Run a public benchmark over data that you have, and print its figures."""

    def work() -> int:
        from assistant.settings import load as load_settings
        from eval.benches import BENCHES, OWN
        from eval.benches import run as run_bench

        if name is None:
            for known, (_, _, about) in BENCHES.items():
                sys.stdout.write(f"{known:<22}{about}\n")
            return FINE
        if data is None and name in BENCHES and BENCHES[name][0] not in OWN:
            raise typer.BadParameter("Name the folder that holds the sets.", param_hint="--data")
        run_bench(name, data, load_settings().cache, words or ())
        return FINE

    raise typer.Exit(guarded(work))


class _Asked(NamedTuple):
    """What `run` was told, where a target is to be asked."""

    file: Path
    out: Path | None
    library: Path | None
    server: str | None
    model: str | None
    repeats: int
    narrowed: tuple[str, ...]
    only: frozenset[str] | None
    jobs: int
    resume: bool

    def results(self, *, shown: bool) -> Results:
        """Ask and score."""
        from assistant.settings import load as load_settings
        from eval import evaluating
        from eval.progress import bar
        from eval.suite import load

        name, root = load(self.file)[0].suite, evaluating.runs_folder()
        begun = evaluating.unfinished(name, root) if self.resume else None
        plan = evaluating.Plan(
            suite_file=self.file,
            folder=self.out or begun or evaluating.next_folder(name, root, datetime.now(UTC)),
            library=self.library,
            server=self.server,
            repeats=self.repeats,
            jobs=self.jobs,
            narrowed=self.narrowed,
            only=self.only,
        )
        settings = load_settings(overrides={"model.name": self.model} if self.model else None)
        with bar(shown=shown) as show:
            return evaluating.evaluate(plan, settings, say=_say, progress=show)


def _not_passed(named: Path) -> frozenset[str]:
    from eval.results import failing

    return frozenset(failing(run_folder(named)))


def guarded(work: Callable[[], int]) -> int:
    """A foreseeable fault means that nothing was found out, which is no verdict: exit code 3."""
    try:
        return work()
    except BriefingError as error:
        sys.stderr.write(f"{error.message}\n{error.remedy}\n")
        return COULD_NOT_RUN


def run_folder(named: Path) -> Path:
    """The folder that is named, or the kept run of that name."""
    from eval.evaluating import runs_folder

    kept = runs_folder() / named
    return kept if not named.exists() and len(named.parts) == 1 and kept.is_dir() else named


def _against(held: Results, baseline: Path) -> Comparison:
    from eval.comparing import compare as compared
    from eval.results import cases_of

    old, _, old_model = cases_of(run_folder(baseline))
    return compared(old, held.cases, held.suite.quarantine, by_model=old_model or held.by_model)


def _verdict_of(held: Results, made: Comparison | None) -> int:
    if made is not None:
        return REGRESSION if made.verdict == "regression" else FINE
    return REGRESSION if held.failed else FINE


def _write(held: Results, made: Comparison | None, *, html: Path | None, junit: Path | None, csv: Path | None) -> None:
    from eval.evaluating import history, runs_folder
    from eval.reports import files, page

    if html is not None:
        told = history(held.suite.suite, runs_folder())
        html.write_text(page.page(held, made=made, history=told), encoding="utf-8")
    if junit is not None:
        junit.write_text(files.junit(held), encoding="utf-8")
    if csv is not None:
        csv.write_text(files.table(held), encoding="utf-8", newline="")


def _tell(held: Results, made: Comparison | None, *, as_json: bool) -> None:
    from eval.reports import files, terminal

    if as_json:
        told = files.summary(held)
        _print(told | ({"comparison": made.model_dump(mode="json")} if made else {}))
        return
    terminal.show(held)
    if made is not None:
        terminal.show_comparison(made)
    sys.stdout.write(f"Run: {held.run.folder}\n")


def _print(value: object) -> None:
    sys.stdout.write(json.dumps(value, indent=2, ensure_ascii=False, sort_keys=True) + "\n")


def _say(words: str) -> None:
    sys.stderr.write(f"{words}\n")
