"""What can be set on the read side. `load` is the one place here that reads the environment."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from pydantic import Field, field_validator, model_validator

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

    support: str = Field(default="built-in", min_length=1)
    """What may carry a claim that only lacks a word of its source: `built-in`, `off`, or an entailment model's folder
    or name. It outweighs no other check."""


class ModelSettings(Section):
    """The language model that words answers, if any. Keys are no settings: they stay in the environment."""

    name: str | None = None
    """As LangChain names it, `openai:NAME`, `anthropic:NAME`, `ollama:NAME`; None or `none` for the sources' own words."""

    base_url: str | None = None
    """The address of a server that speaks OpenAI's protocol; the model's name is then the server's own."""

    key_from: str | None = Field(default=None, pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")
    """The environment variable that holds the key, where it is not the provider's usual one."""

    fallback: str | None = None
    """Another model, asked when the first does not answer; at the same `base_url`, where one is set."""

    timeout: float = Field(default=30.0, gt=0, le=3_600)
    """Seconds to wait for the next words of a reply."""

    deadline: float = Field(default=120.0, gt=0, le=7_200)
    """Seconds for a whole reply, with all pauses and attempts."""

    retries: int = Field(default=2, ge=0, le=10)
    """Further attempts when the server is busy, fails or cannot be reached."""

    temperature: float = Field(default=0.0, ge=0, le=2)
    max_tokens: int = Field(default=1_500, ge=50, le=100_000)
    statements: int = Field(default=24, ge=1, le=200)
    """Most statements that the model is shown."""

    streaming: bool = True
    """False for servers that only give whole replies."""

    structured: bool = False
    """Ask for JSON instead of lines; what comes is read either way."""

    repair: bool = True
    """Ask once more about claims that did not pass, before they are withheld."""

    price_read: float | None = Field(default=None, ge=0)
    """What a million tokens cost that the model reads, in your currency; with `price_written` it gives a cost."""

    price_written: float | None = Field(default=None, ge=0)

    @field_validator("name", "fallback", mode="after")
    @classmethod
    def _none_is_none(cls, value: str | None) -> str | None:
        return None if value is None or value.casefold() in ("", "none") else value

    @field_validator("base_url", mode="after")
    @classmethod
    def _is_an_address(cls, value: str | None) -> str | None:
        if value is None:
            return None
        try:
            parts = urlsplit(value)
            host = parts.hostname
        except ValueError:
            raise ValueError("it is no address") from None
        if parts.scheme not in ("http", "https") or not host:
            raise ValueError("it is no address; write it like http://127.0.0.1:8000/v1")
        if parts.username or parts.password or parts.query:
            raise ValueError("an address holds no key; put the key into the environment")
        return value


class TracingSettings(Section):
    """Who may follow what the assistant does, apart from its own traces."""

    langsmith: bool = False
    """Send runs to LangSmith, as its own variables say. Without this nothing is sent, whatever they say."""


class Settings(IngestSettings):
    """Everything: the write side's settings and the read side's."""

    retrieval: RetrievalSettings = RetrievalSettings()
    answering: AnsweringSettings = AnsweringSettings()
    model: ModelSettings = ModelSettings()
    tracing: TracingSettings = TracingSettings()

    @model_validator(mode="after")
    def _sends_nothing_when_offline(self) -> Settings:
        if self.offline and self.tracing.langsmith:
            raise ValueError("LangSmith is on the network and the assistant is offline; unset tracing.langsmith")
        return self


def load(environ: Mapping[str, str] | None = None, *, overrides: Mapping[str, Any] | None = None) -> Settings:
    """The settings in force: file, then environment, then `overrides` (dotted keys).

    Raises:
        BadSettings: a key is unknown or a value out of bounds; the message names it.
    """
    return load_settings(os.environ if environ is None else environ, overrides=overrides, model=Settings)
