"""What can be set on the read side. `load` is the one place here that reads the environment."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from pydantic import Field

from ingest.settings import IngestSettings, Section, load_settings

if TYPE_CHECKING:
    from collections.abc import Mapping


class RetrievalSettings(Section):
    """How passages are found and put in order."""

    candidates: int = Field(default=50, ge=5, le=1000)
    """Passages taken from each of the two indexes before re-ranking."""

    statements_from: int = Field(default=12, ge=1, le=100)
    """Best passages whose sentences may become claims."""

    weight_meaning: float = Field(default=0.2, ge=0, le=1)
    """Share of the vector's similarity in the order of passages, ..."""

    weight_words: float = Field(default=0.2, ge=0, le=1)
    """...of full text, ..."""

    weight_phrases: float = Field(default=0.45, ge=0, le=1)
    """...of late interaction over phrases, ..."""

    weight_pairs: float = Field(default=0.15, ge=0, le=1)
    """...and of pairs of words that stand together. Only their ratios matter for the order."""


class AnsweringSettings(Section):
    """How much is answered, and when not."""

    claims: int = Field(default=3, ge=1, le=20)
    """Most claims for a question that one statement may answer."""

    claims_several: int = Field(default=6, ge=1, le=40)
    """Most claims for a comparison, a timeline or a list."""

    sufficiency: float = Field(default=0.4, ge=0, le=1)
    """Below this probability that the evidence answers the question, the assistant abstains. At the default nine in ten
    of the answerable questions of the labelled sets are answered (`eval/benchmarks/abstention.py`)."""

    nearest: int = Field(default=3, ge=0, le=10)
    """Passages shown with an abstention."""


class Settings(IngestSettings):
    """Everything: the write side's settings and the read side's."""

    retrieval: RetrievalSettings = RetrievalSettings()
    answering: AnsweringSettings = AnsweringSettings()


def load(environ: Mapping[str, str] | None = None, *, overrides: Mapping[str, Any] | None = None) -> Settings:
    """The settings in force: file, then environment, then `overrides` (dotted keys).

    Raises:
        BadSettings: a key is unknown or a value out of bounds; the message names it.
    """
    return load_settings(os.environ if environ is None else environ, overrides=overrides, model=Settings)
