"""An answer that somebody was shown, made a case of a suite of the user's own."""

from __future__ import annotations

import re
import threading
from typing import TYPE_CHECKING, Any

import yaml
from filelock import FileLock
from platformdirs import user_data_path

from eval.linting import lint
from eval.suite import SuiteUnreadable
from ingest.settings import APPLICATION

if TYPE_CHECKING:
    from pathlib import Path

    from assistant.domain import Outcome

NAME = "my-cases"
_EMPTY: dict[str, Any] = {
    "suite": NAME,
    "about": "Answers that were shown on the page, kept as cases.",
    "documents": ["library"],
    "cases": [],
}
_LONGEST_QUOTE = 1_000
_adding = threading.Lock()


def own_file() -> Path:
    """Where the user's own suite is kept."""
    return user_data_path(APPLICATION) / "suites" / f"{NAME}.yaml"


def add(file: Path, outcome: Outcome, *, right: bool, should_say: str = "") -> str:
    """Add `outcome` to the suite in `file` and return the new case's id.

    What was right must come again: its kind of outcome, the quotes it cites, its speakers' standing. Of what was wrong its
    words must not come again, and what the answer `should_say` must.

    Raises:
        SuiteUnreadable: the suite has a fault, which is named; the file is left as it was.
    """
    with _adding:
        file.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(f"{file}.lock"):
            return _add(file, outcome, right=right, should_say=" ".join(should_say.split()))


def _add(file: Path, outcome: Outcome, *, right: bool, should_say: str) -> str:
    suite = yaml.safe_load(file.read_text(encoding="utf-8")) if file.is_file() else dict(_EMPTY, cases=[])
    if not isinstance(suite, dict) or not isinstance(suite.get("cases"), list):
        raise SuiteUnreadable(f"{file} is no suite.", remedy="Move it away, or correct it.")
    taken = {str(one.get("id")) for one in suite["cases"] if isinstance(one, dict)}
    case = {
        "id": _new_id(outcome.question, taken),
        "kind": _kind(outcome),
        "ask": outcome.standalone_question if outcome.understood else outcome.question,
        "filters": _filters(outcome),
        "expect": _as_shown(outcome) if right else _otherwise(outcome, should_say),
        "why": "It was shown and found right." if right else "It was shown and found wrong.",
    }
    suite["cases"].append({key: value for key, value in case.items() if value})
    draft = file.with_suffix(".draft")
    draft.write_text(yaml.safe_dump(suite, sort_keys=False, allow_unicode=True, width=110), encoding="utf-8")
    faults = lint(draft)
    if faults:
        draft.unlink()
        raise SuiteUnreadable(f"{file}: {faults[0].message}.", remedy=faults[0].remedy)
    draft.replace(file)
    return str(case["id"])


def _as_shown(outcome: Outcome) -> dict[str, Any]:
    cited = {
        (one.title or one.source, one.quote[:_LONGEST_QUOTE]): None
        for claim in outcome.claims
        for one in claim.citations
    }
    return {
        "outcome": outcome.outcome,
        **({"cites": [{"document": name, "quote": quote} for name, quote in cited]} if cited else {}),
    }


def _otherwise(outcome: Outcome, should_say: str) -> dict[str, Any]:
    told: dict[str, Any] = {"excludes": [claim.text for claim in outcome.claims]} if outcome.claims else {}
    if should_say:
        return {"outcome": "briefing", "includes": [should_say], **told}
    return told or {"outcome": [one for one in ("briefing", "clarification") if one != outcome.outcome]}


def _filters(outcome: Outcome) -> dict[str, Any]:
    scope = outcome.scope
    told = {name: list(getattr(scope, name)) for name in ("publishers", "entities", "source_types")}
    days = {name: getattr(scope, name) for name in ("since", "until", "as_of")}
    return {name: value for name, value in {**told, **days}.items() if value}


def _kind(outcome: Outcome) -> str:
    return {"briefing": "factoid", "abstention": "no_answer", "clarification": "ambiguous"}[outcome.outcome]


def _new_id(question: str, taken: set[str]) -> str:
    words = re.findall(r"[a-z0-9]+", question.casefold())
    stem = "-".join(words)[:60].strip("-") or "case"
    return next(name for name in [stem, *(f"{stem}-{n}" for n in range(2, len(taken) + 3))] if name not in taken)
