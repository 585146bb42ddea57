from __future__ import annotations

from dataclasses import dataclass, replace

import pytest

from assistant.abstaining import why
from assistant.domain import Scope
from assistant.spelling import Respelt
from assistant.sufficiency import Verdict
from ingest.ledger.entity_index import NameAsked

from .material import document, evidence, passage

LETTER = document("The firm paid a fine of nine pounds.")
FOUND = evidence("What fine did the firm pay?", passage(LETTER, "The firm paid a fine of nine pounds."))


@dataclass
class Knowing:
    """A ledger that knows two people of one name."""

    def named(self, name: str) -> NameAsked:
        known = {"Thorne": NameAsked(name, "several", ("Ada Thorne", "Ben Thorne"))}
        return known.get(name, NameAsked(name, "none", ("Ada Thorne",)))


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Thorne", "“Thorne” stands for several here: “Ada Thorne” and “Ben Thorne”. Give one of them in full."),
        ("Ada Torne", "No document names “Ada Torne”. Near it, the library knows “Ada Thorne”."),
    ],
)
def test_a_filter_that_nobody_answers_to_names_whom_it_may_have_meant(name: str, told: str) -> None:
    nothing = replace(FOUND, scope=Scope(entities=(name,)))
    assert told in why("nothing_in_scope", Verdict("nothing_in_scope"), nothing, Knowing())


def test_a_word_that_was_read_otherwise_is_said() -> None:
    respelt = replace(FOUND, respelt=(Respelt("fien", "fine"),))
    told = why("part_not_found", Verdict("part_not_found"), respelt, Knowing())
    assert told.endswith("“fien” stands in no document; it was read as “fine”.")
