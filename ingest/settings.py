"""What can be set on the write side: typed sections with bounds that refuse unknown keys.

`load_settings` is the one place of this package that reads the environment or a settings file. Later wins:

1. the defaults below
2. `briefing.toml` in the user's configuration folder, then `briefing.toml` beside the library folder
   (or the one file named by `BRIEFING_CONFIG`)
3. the environment: `BRIEFING_OFFLINE=1`, and `BRIEFING_EMBEDDING__MODEL=...` for a key of a section
4. what the caller passes (command line options)
"""

from __future__ import annotations

import contextlib
import difflib
import tomllib
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any, Literal, TypeVar

from platformdirs import user_cache_path, user_config_path, user_data_path
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from ingest.errors import BadSettings

APPLICATION = "policy-briefing-assistant"
PREFIX = "BRIEFING_"
ELSEWHERE = frozenset({"retrieval", "answering", "model", "tracing"})
"""Sections of the read side, which checks them itself."""


class Section(BaseModel):
    """Base of every section: immutable, unknown keys refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class EmbeddingSettings(Section):
    """The model that turns passages and questions into vectors."""

    model: str = "all-MiniLM-L6-v2"
    """The bundled model's name, or the path of a folder that holds one."""

    engine: Literal["onnx", "torch"] = "onnx"
    precision: Literal["fp32", "int8"] = "fp32"
    """`int8` is about twice as fast and a little less exact; only the onnx engine has it."""

    threads: int | None = Field(default=None, ge=1, le=256)
    """Threads per model; None takes what the machine has."""

    batch: int = Field(default=8, ge=1, le=256)
    """Passages per model call; 8 is fastest for the bundled model on a processor."""

    @model_validator(mode="after")
    def _precision_suits_the_engine(self) -> EmbeddingSettings:
        if self.engine == "torch" and self.precision != "fp32":
            raise ValueError("the torch engine has fp32 only")
        return self


class PassageSettings(Section):
    """How long a passage is, in tokens of the embedding model, its context included."""

    target_tokens: int = Field(default=160, ge=16, le=8192)
    max_tokens: int = Field(default=240, ge=24, le=8192)

    @model_validator(mode="after")
    def _target_fits(self) -> PassageSettings:
        if self.target_tokens > self.max_tokens:
            raise ValueError("target_tokens is above max_tokens")
        return self


class LimitSettings(Section):
    """Caps on one source. A source that reaches one is refused; the batch goes on."""

    bytes: int = Field(default=100_000_000, ge=1_000)
    pages: int = Field(default=5_000, ge=1)
    characters: int = Field(default=20_000_000, ge=1_000)
    memory_megabytes: int = Field(default=2_048, ge=256)
    seconds: float = Field(default=60.0, gt=0, le=3_600)
    attachments: int = Field(default=100, ge=0)


class FetchSettings(Section):
    """How addresses are fetched, when they are named and `offline` is not set."""

    seconds: float = Field(default=30.0, gt=0, le=600)
    redirects: int = Field(default=5, ge=0, le=20)
    hosts: tuple[str, ...] = ()
    """When not empty, only these hosts (and their subdomains) may be fetched."""

    private_hosts: tuple[str, ...] = ()
    """Hosts on a private network that may be fetched all the same. None unless named here."""

    user_agent: str = "policy-briefing-assistant"

    @field_validator("hosts", "private_hosts", mode="before")
    @classmethod
    def _from_a_list_with_commas(cls, value: object) -> object:
        return _split(value)


class UnderstandingSettings(Section):
    """How documents are understood: who says what."""

    lexicon: Path | None = None
    """A file of names in the form of the bundled `ingest/understanding/lexicon.yaml`, added to it."""

    @field_validator("lexicon", mode="after")
    @classmethod
    def _absolute(cls, value: Path | None) -> Path | None:
        return value.expanduser().absolute() if value is not None else None


class IndexSettings(Section):
    """The vector index, which is derived from the ledger."""

    exact_up_to: int = Field(default=50_000, ge=0)
    """A process that has not opened the index searches a library of up to this many passages exactly, from
    the ledger's vectors. Opening Chroma costs a process over a second, more than the exact search of that
    many; a long-lived process opens it once (`Library.warm`). 0 always opens it at the first search."""

    repair_automatically: bool = True
    """Rebuild a damaged or stale index as soon as the writer's lock can be had."""


class IngestSettings(Section):
    """Everything the write side can be told.

    Nothing is fetched unless an address is named, and then only when `offline` is not set. Models are never
    downloaded unless `allow_model_downloads` is set. With `chroma_url` the index is on a Chroma server; the folder still
    holds the ledger and the writer's lock. A `database_url` is refused when the library is opened.
    """

    library: Path = Field(default_factory=lambda: user_data_path(APPLICATION) / "library")
    cache: Path = Field(default_factory=lambda: user_cache_path(APPLICATION))
    offline: bool = False
    allow_model_downloads: bool = False
    lock_seconds: float = Field(default=10.0, ge=0, le=86_400)
    """How long a second writer waits before it is refused."""

    free_megabytes: int = Field(default=64, ge=0)
    """Room that must stay free on the library's disk; nothing is written when there is less."""

    database_url: str | None = Field(default=None, repr=False)
    chroma_url: str | None = Field(default=None, repr=False)
    chroma_token: str | None = Field(default=None, repr=False)
    embedding: EmbeddingSettings = EmbeddingSettings()
    passages: PassageSettings = PassageSettings()
    understanding: UnderstandingSettings = UnderstandingSettings()
    limits: LimitSettings = LimitSettings()
    fetch: FetchSettings = FetchSettings()
    index: IndexSettings = IndexSettings()

    @field_validator("library", "cache", mode="after")
    @classmethod
    def _absolute(cls, value: Path) -> Path:
        try:
            return value.expanduser().absolute()
        except RuntimeError as error:
            raise ValueError("there is no such user") from error


SettingsT = TypeVar("SettingsT", bound=BaseModel)


def load_settings(
    environ: Mapping[str, str],
    *,
    overrides: Mapping[str, Any] | None = None,
    others: Collection[str] = ELSEWHERE,
    model: type[SettingsT] = IngestSettings,  # type: ignore[assignment]
) -> SettingsT:
    """The settings of one run; `environ` is usually `os.environ`.

    `overrides` holds values by key, sections as mappings or dotted (`{"embedding.engine": "torch"}`); None
    values are left out. `others` names top-level keys that belong to another package; where `model` does not know
    them they are passed over.

    Raises:
        BadSettings: a key is unknown (the nearest valid one is named), a value is out of bounds or
            contradicts another, or a settings file cannot be read.
    """
    given = _nested({key: value for key, value in (overrides or {}).items() if value is not None}, ".")
    surroundings = _from_environment(environ)
    values: dict[str, Any] = {}
    for path in _files(environ, given.get("library") or surroundings.get("library")):
        _merge(values, _from_file(path))
    _merge(values, surroundings)
    _merge(values, given)
    own = {key: value for key, value in values.items() if key in model.model_fields or key not in others}
    return _validated(model, own)


def _from_environment(environ: Mapping[str, str]) -> dict[str, Any]:
    # BRIEFING_REQUIRE_... is for tests: what must be installed, lest they be skipped.
    found = {
        name.removeprefix(PREFIX).lower(): value
        for name, value in environ.items()
        if name.startswith(PREFIX)
        and value != ""
        and name != PREFIX + "CONFIG"
        and not name.startswith(PREFIX + "REQUIRE_")
    }
    return _nested(found, "__")


def _nested(flat: Mapping[str, Any], separator: str) -> dict[str, Any]:
    nested: dict[str, Any] = {}
    for key, value in flat.items():
        *sections, last = key.split(separator)
        place = nested
        for section in sections:
            place = place.setdefault(section, {})
            if not isinstance(place, dict):
                raise BadSettings(
                    f"`{key}` names a key of `{section}`, which is set to a value.", remedy="Set one of them."
                )
        _merge(place, {last: dict(value) if isinstance(value, Mapping) else value})
    return nested


def _files(environ: Mapping[str, str], library: object) -> list[Path]:
    if named := environ.get(PREFIX + "CONFIG"):
        if not Path(named).is_file():
            raise BadSettings(f"There is no settings file at {named}.", remedy="Correct BRIEFING_CONFIG.")
        return [Path(named)]
    folder = Path(str(library)) if library else user_data_path(APPLICATION) / "library"
    with contextlib.suppress(RuntimeError):  # `~nobody` is refused when all settings are checked
        folder = folder.expanduser()
    folder = folder.absolute()
    candidates = [user_config_path(APPLICATION) / "briefing.toml", folder.parent / "briefing.toml"]
    return [path for path in candidates if path.is_file()]


def _from_file(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadSettings(f"{path} cannot be read: {error}.", remedy="Correct the file or remove it.") from error


def _merge(target: dict[str, Any], extra: Mapping[str, Any]) -> None:
    for key, value in extra.items():
        if isinstance(value, Mapping) and isinstance(target.get(key), dict):
            _merge(target[key], value)
        else:
            target[key] = dict(value) if isinstance(value, Mapping) else value


def _validated(model: type[SettingsT], values: dict[str, Any]) -> SettingsT:
    try:
        return model.model_validate(values)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        if first["type"] == "extra_forbidden":
            raise BadSettings(f"There is no setting `{place}`.", remedy=_nearest(model, first["loc"])) from None
        message = str(first["msg"]).removeprefix("Value error, ")
        where = f"`{place}` is not right" if place else "The settings are not right"
        raise BadSettings(f"{where}: {message}.", remedy="Correct it and try again.") from None


def _nearest(model: type[BaseModel], place: tuple[int | str, ...]) -> str:
    fields, prefix = model.model_fields, ""
    for part in place[:-1]:
        section = fields[str(part)].annotation
        if not (isinstance(section, type) and issubclass(section, BaseModel)):
            break
        fields, prefix = section.model_fields, f"{prefix}{part}."
    near = difflib.get_close_matches(str(place[-1]), fields, n=1, cutoff=0.5)
    if near:
        return f"Did you mean `{prefix}{near[0]}`?"
    return "Valid here: " + ", ".join(f"`{prefix}{name}`" for name in sorted(fields)) + "."


def _split(value: object) -> object:
    if isinstance(value, str):
        return tuple(part.strip() for part in value.split(",") if part.strip())
    return value
