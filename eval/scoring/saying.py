"""Marks on what an outcome is and on what stands beside its claims."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eval.scoring.marks import Mark
from eval.scoring.wording import holds, plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.domain import Outcome
    from eval.record import Checked
    from eval.suite import Expectation


def outcome(expect: Expectation, came: Outcome) -> list[Mark]:
    """Whether it is of a kind that was expected."""
    if expect.outcome is None:
        return []
    right = came.outcome in expect.outcome
    why = f" ({came.detail})" if came.detail else ""
    return [
        Mark("outcome", right, "" if right else f"{' or '.join(expect.outcome)} expected, {came.outcome} came{why}")
    ]


def speakers(expect: Expectation, came: Outcome) -> list[Mark]:
    """Whether some claim names one of the speakers."""
    if expect.speaker is None:
        return []
    named = [claim.speaker for claim in came.claims if claim.speaker]
    right = any(plain(one) in plain(name) for one in expect.speaker for name in named)
    came_instead = ", ".join(dict.fromkeys(named)) or "nobody"
    return [Mark("speaker", right, "" if right else f"{' | '.join(expect.speaker)} expected, {came_instead} named")]


def standings(expect: Expectation, came: Outcome) -> list[Mark]:
    """Whether some claim bears one of the standings."""
    if expect.standing is None:
        return []
    borne = [str(claim.standing or "none") for claim in came.claims]
    right = any(one in borne for one in expect.standing)
    instead = ", ".join(dict.fromkeys(borne)) or "no claim"
    return [Mark("standing", right, "" if right else f"{' or '.join(expect.standing)} expected, {instead} came")]


def caveats(expect: Expectation, came: Outcome) -> list[Mark]:
    """Whether each of the caveats stands by the answer."""
    return [
        Mark("caveat", one in came.caveats, "" if one in came.caveats else f"`{one}` is missing")
        for one in expect.caveats
    ]


def premise(expect: Expectation, came: Outcome) -> list[Mark]:
    """Whether a false premise is named as not found, refused, or met by what `includes` says is right."""
    if not expect.premise_corrected:
        return []
    said = "\n".join(claim.text for claim in came.claims)
    told = bool(expect.includes) and all(holds(said, one) for one in expect.includes)
    right = "premise_not_found" in came.caveats or came.outcome == "abstention" or told
    return [
        Mark(
            "premise corrected",
            right,
            "" if right else "the premise is neither named as not found, nor refused, nor put right",
        )
    ]


def size(expect: Expectation, came: Outcome) -> list[Mark]:
    """Whether there are no more claims than wanted."""
    if expect.max_claims is None:
        return []
    count = len(came.claims)
    right = count <= expect.max_claims
    return [Mark("max claims", right, "" if right else f"{count} claims, {expect.max_claims} at most expected")]


def verdicts(expect: Expectation, checked: Sequence[Checked]) -> list[Mark]:
    """Whether each sentence of a draft got the verdict expected of it, in order."""
    wanted = expect.verdicts or ()
    marks = []
    for place, verdict in enumerate(wanted):
        came = checked[place].verdict if place < len(checked) else "nothing"
        right = came in verdict.split("|")
        said = checked[place].text if place < len(checked) else "no such sentence"
        marks.append(Mark("verdict", right, "" if right else f"{verdict} expected, {came} came: {said}"))
    if len(checked) > len(wanted):
        marks.append(Mark("verdict", False, f"{len(checked)} sentences were found, {len(wanted)} expected"))
    return marks
