"""Results and comparisons in the terminal: the verdict last, because that is what stays in sight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

from assistant.web.markup import visible
from eval.metrics.suite import NAMES

if TYPE_CHECKING:
    from eval.comparing import CaseResult, Changed, Comparison
    from eval.results import Results

_MOST = 40
"""Cases told in full; the rest are counted."""

_VERDICTS = {
    "regression": ("bold red", "Regression"),
    "improvement": ("bold green", "Improvement"),
    "noise": ("bold yellow", "Noise"),
    "same": ("bold", "The same"),
}


def show(held: Results, console: Console | None = None) -> None:
    """Figures, kinds, and each case that did not pass with what was missed."""
    console = console or Console(highlight=False)
    console.print(_figures(held))
    if held.checkers:
        console.print(Text(f"Citation recall and precision as `{', '.join(held.checkers)}` judges.", style="dim"))
    console.print(_kinds(held))
    for one in held.cases:
        if one.came != "passed":
            _case(one, held.suite.quarantine.get(one.case), console)
    passed = sum(one.came == "passed" for one in held.cases)
    said = [f"{passed} of {len(held.cases)} cases passed"]
    said += [f"{len(held.unsteady)} unsteady"] if held.unsteady else []
    quarantined = [one for one in held.cases if one.case in held.suite.quarantine and one.came != "passed"]
    said += [f"{len(quarantined)} quarantined"] if quarantined else []
    console.print(Text(f"{held.suite.suite}: {', '.join(said)}.", style="bold"))


def show_comparison(made: Comparison, console: Console | None = None) -> None:
    """Each changed case with what it says now and said before, then the verdict."""
    console = console or Console(highlight=False)
    for one in made.changed[:_MOST]:
        _changed(one, console)
    if len(made.changed) > _MOST:
        console.print(Text(f"... and {len(made.changed) - _MOST} more.", style="dim"))
    for name, missing in (("first", made.only_before), ("second", made.only_after)):
        if missing:
            console.print(Text(f"Only in the {name}: {', '.join(missing)}", style="dim"))
    style, word = _VERDICTS[made.verdict]
    counts = f"{made.compared} cases compared, {len(made.broken)} broken, {len(made.mended)} mended"
    console.print(Text(f"{word}: {counts}.", style=style))
    if made.difference is not None:
        change = made.difference
        told = f"Pass rate {change.mean:+.3f} [{change.low:+.3f}, {change.high:+.3f}], by chance {change.chance:.2f}."
        console.print(Text(told, style="dim"))
    if not made.steadiness_known:
        told = "Unsteady cases cannot be told without repeats (`--repeat 3`)."
        console.print(Text(told, style="dim"))


def _figures(held: Results) -> Table:
    table = Table(box=None, pad_edge=False)
    for name in ("figure", "mean", "95 % interval", "cases", "sources"):
        table.add_column(name, justify="left" if name == "figure" else "right")
    for name, one in held.figures.items():
        table.add_row(
            NAMES[name], f"{one.mean:.3f}", f"{one.low:.3f} to {one.high:.3f}", str(one.count), str(one.groups)
        )
    for name, seconds in held.latency.items():
        table.add_row(f"latency, {name}", f"{seconds * 1000:.0f} ms", "", str(len(held.scored)), "")
    for name, count in held.spent.items():
        table.add_row(name, f"{count:,.4g}" if name == "cost" else f"{count:,.0f}", "", str(len(held.scored)), "")
    return table


def _kinds(held: Results) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column("kind")
    table.add_column("passed", justify="right")
    for kind, (passed, known) in held.kinds.items():
        table.add_row(kind, f"{passed}/{known}")
    return table


def _case(one: CaseResult, quarantined: str | None, console: Console) -> None:
    how = f"{one.came}, {one.severity}" + (f", quarantined: {quarantined}" if quarantined else "")
    console.print(Text.assemble((one.case, "bold"), f" ({one.kind}; {how})"))
    for line in one.missed:
        console.print(Text(f"  {visible(line)}"))


def _changed(one: Changed, console: Console) -> None:
    how = f"{one.before.came} -> {one.after.came}" if one.before.came != one.after.came else f"{one.after.came} still"
    style = "red" if one in () or (one.decides and one.after.came == "failed") else "green" if one.decides else "yellow"
    console.print(Text.assemble((one.after.case, "bold"), " ", (f"{how} ({one.after.severity})", style)))
    for line in one.after.missed if one.after.came != "passed" else ():
        console.print(Text(f"  missed  {visible(line)}"))
    for line in one.lost:
        console.print(Text(f"  before  {visible(line)}", style="dim"))
    for line in one.gained:
        console.print(Text(f"  after   {visible(line)}"))
