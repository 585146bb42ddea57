"""Every fault of a suite's file, each with its line and what to do; and the suite's JSON schema.

`Suite.model_validate` stops nobody from writing a case that can never fail or contradicts itself; these are looked for
as well.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

import yaml
from pydantic import BaseModel, ValidationError

from eval.library_for import HELD, sources
from eval.suite import Case, Expectation, Place, Suite, SuiteUnreadable, Wanted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_MODELS: tuple[type[BaseModel], ...] = (Suite, Case, Expectation, Place, Wanted)
_REMEDIES = {
    "missing": "Add it.",
    "string_type": "Write text here, in quotation marks where it looks like a number or a date.",
    "literal_error": "Use one of the words named.",
    "too_short": "Give at least one.",
    "string_pattern_mismatch": "Use lower case letters, digits and hyphens.",
}
_KEY = re.compile(r"Extra inputs")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong at a line (from 1), and what to do about it."""

    line: int
    message: str
    remedy: str


def lint(path: Path) -> tuple[Fault, ...]:
    """The faults of the suite in `path`, by line; none when it can be run.

    Raises:
        SuiteUnreadable: the file cannot be read at all.
    """
    try:
        content = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SuiteUnreadable(f"{path} cannot be read: {error}.", remedy="Name a suite's file, in UTF-8.") from None
    try:
        node = yaml.compose(content, Loader=yaml.SafeLoader)
        value = yaml.safe_load(content)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or str(error).splitlines()[0]
        return (Fault(mark.line + 1 if mark else 1, f"this is no YAML: {problem}", "Correct the line."),)
    if node is None:
        return (Fault(1, "the file is empty", "Begin with `suite:`, `documents:` and `cases:`."),)
    try:
        suite = Suite.model_validate(value)
    except ValidationError as error:
        faults = [_fault(node, one) for one in error.errors(include_url=False)]
        return tuple(sorted(faults, key=lambda fault: fault.line))
    return tuple(sorted([*_files(path, suite, node), *_sense(suite, node)], key=lambda fault: fault.line))


def schema() -> dict[str, Any]:
    """The JSON schema of a suite's file, as an editor understands it."""
    made = Suite.model_json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made}


def _fault(node: yaml.Node, error: Any) -> Fault:
    place = tuple(part for part in error["loc"])
    name = ".".join(str(part) for part in place) or "the suite"
    message = str(error["msg"]).removeprefix("Value error, ")
    if _KEY.match(message):
        known = sorted({field for model in _MODELS for field in model.model_fields})
        near = get_close_matches(str(place[-1]), known, n=1)
        remedy = f"Did you mean `{near[0]}`?" if near else f"Known here: {', '.join(known)}."
        return Fault(_line(node, place), f"`{name}` is no key of a suite", remedy)
    return Fault(
        _line(node, place), f"`{name}`: {message[:1].lower()}{message[1:]}", _REMEDIES.get(error["type"], "Correct it.")
    )


def _line(node: yaml.Node, place: tuple[int | str, ...]) -> int:
    """The line of the value at `place`, or of the nearest thing around it that stands in the file."""
    line = node.start_mark.line
    for part in place:
        if isinstance(node, yaml.MappingNode):
            found = next((pair for pair in node.value if pair[0].value == part), None)
            if found is None:
                break
            line, node = found[0].start_mark.line, found[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
            line = node.start_mark.line
        else:
            break
    return line + 1


def _files(path: Path, suite: Suite, node: yaml.Node) -> Iterator[Fault]:
    for place, pattern in enumerate(suite.documents):
        if pattern != HELD and not sources(path, (pattern,)):
            line = _line(node, ("documents", place))
            yield Fault(line, f"`{pattern}` names no file", "Write `starter`, `library`, or a path beside the suite.")


def _sense(suite: Suite, node: yaml.Node) -> Iterator[Fault]:
    for place, case in enumerate(suite.cases):
        at = _line(node, ("cases", place, "expect"))
        expect = case.expect
        if expect.outcome and "briefing" not in expect.outcome:
            claimed = [name for name in ("includes", "cites", "speaker", "standing") if getattr(expect, name)]
            if claimed:
                yield Fault(
                    at, f"`{case.id}` expects no briefing and yet `{claimed[0]}` of one", "Take one of them out."
                )
        both = {str(one) for one in expect.includes} & {str(one) for one in expect.excludes}
        if both:
            yield Fault(at, f"`{case.id}` must include and must not include `{min(both)}`", "Take one of them out.")
        if expect.outcome == ("briefing",) and not (expect.includes or expect.cites or expect.premise_corrected):
            yield Fault(at, f"`{case.id}` is content with any answer", "Say what it must include or cite.")
        if case.severity in ("critical", "high") and not case.why:
            yield Fault(_line(node, ("cases", place)), f"`{case.id}` is of weight and does not say why", "Add `why:`.")
