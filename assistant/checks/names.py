"""Every name of a claim stands in what it cites, whole, or is another name of what stands there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.checks import Finding
from assistant.checks.alignment import name_runs
from assistant.checks.reading import ANAPHORS
from assistant.checks.saying import governors
from assistant.word_classes import is_generic

if TYPE_CHECKING:
    from assistant.checks.case import Case
    from assistant.checks.reading import Reading

_APART = 3
"""Parts of one name stand no further from each other."""


def check(case: Case) -> Finding | None:
    """See `assistant.checks`."""
    stands_in = anaphors(case.source)
    speakers = {i for one in governors(case.said) for i in one.speaker}
    for run in name_runs(case.said):
        places = [case.alignment.places[i] for i in run if i in case.alignment.places]
        shown = case.said.text[case.said.tokens[run[0]].start : case.said.tokens[run[-1]].end]
        if set(run) <= speakers:
            continue  # whether it is theirs is decided with the standing
        if len(places) < len(run):
            if not stands_in or not named_beside(case, run):
                return Finding("name_not_in_source", f"“{shown}” does not stand in what the claim cites.")
            stands_in -= 1
        elif not set(run) & case.alignment.named and max(places) - min(places) > _APART * len(run):
            return Finding("name_not_in_source", f"“{shown}” joins parts of different names of the source.")
    return None


def anaphors(source: Reading) -> int:
    """How many words of the source stand for somebody it does not name: "it", "the company"."""
    return sum(
        one.text.casefold() in ANAPHORS or (one.kind == "word" and is_generic(one.text)) for one in source.tokens
    )


def named_beside(case: Case, run: tuple[int, ...]) -> bool:
    """Whether another cited sentence, a title, a publisher or an author bears the name."""
    wanted = {case.said.tokens[i].lemma for i in run}
    return any(wanted <= {one.lemma for one in other.tokens} for other in case.beside)
