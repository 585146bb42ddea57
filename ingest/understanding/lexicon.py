"""The names that are known before any document is read: a file of the package, and one of the user's own.

vendors:
  - {name: Example Cameras, aliases: [Example, Example Cameras Ltd]}
public_bodies: ...   organisations: ...   people: ...   places: ...
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from importlib import resources
from typing import TYPE_CHECKING

from ingest.errors import BadSettings
from ingest.understanding.statement import Entity

if TYPE_CHECKING:
    from pathlib import Path

    from ingest.understanding.statement import EntityKind

_SECTIONS: dict[str, EntityKind] = {
    "vendors": "vendor",
    "public_bodies": "public_body",
    "organisations": "organisation",
    "people": "person",
    "places": "place",
}


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Known entities by name. `by_form` holds for every name and alias, plain apostrophes, whoever bears it."""

    entries: tuple[Entity, ...]
    digest: str
    by_form: dict[str, tuple[Entity, ...]] = field(default_factory=dict)


def plain(name: str) -> str:
    """A name as it is compared: straight apostrophes, single blanks, no article before it."""
    return re.sub(r"\s+", " ", name.replace("’", "'")).strip().removeprefix("The ").removeprefix("the ")


def load(own: Path | None = None) -> Lexicon:
    """The package's lexicon, with the entries of `own` added or put in the place of those with the same name.

    Raises:
        BadSettings: `own` cannot be read, or is not in the form above.
    """
    bundled = resources.files("ingest.understanding").joinpath("lexicon.yaml").read_text(encoding="utf-8")
    entries = {one.name: one for one in _entries(bundled, "the bundled lexicon")}
    text = ""
    if own is not None:
        try:
            text = own.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise BadSettings(
                f"The lexicon {own} cannot be read: {error}.", remedy="Correct `understanding.lexicon`."
            ) from error
        entries |= {one.name: one for one in _entries(text, str(own))}
    forms: dict[str, list[Entity]] = {}
    for one in entries.values():
        for form in (one.name, *one.aliases):
            forms.setdefault(plain(form), []).append(one)
    digest = hashlib.sha256(f"{bundled}\n{text}".encode()).hexdigest()
    return Lexicon(tuple(entries.values()), digest, {form: tuple(who) for form, who in forms.items()})


def _entries(text: str, where: str) -> list[Entity]:
    import yaml

    try:
        told = yaml.safe_load(text) or {}
    except yaml.YAMLError as error:
        raise BadSettings(f"{where} is no YAML: {error}.", remedy="Correct the file.") from error
    if not isinstance(told, dict):
        raise BadSettings(f"{where} holds no sections.", remedy=f"Its sections are {', '.join(_SECTIONS)}.")
    found = []
    for section, rows in told.items():
        if section not in _SECTIONS or not isinstance(rows, list):
            raise BadSettings(
                f"{where} has no section `{section}`.", remedy=f"Its sections are {', '.join(_SECTIONS)}."
            )
        found += [_entry(row, _SECTIONS[section], where) for row in rows]
    return found


def _entry(row: object, kind: EntityKind, where: str) -> Entity:
    if not isinstance(row, dict) or not isinstance(row.get("name"), str) or set(row) - {"name", "aliases"}:
        raise BadSettings(f"{where}: `{row}` is no entry.", remedy="Write {name: ..., aliases: [...]}.")
    aliases = row.get("aliases") or []
    if not isinstance(aliases, list) or not all(isinstance(one, str) for one in aliases):
        raise BadSettings(f"{where}: the aliases of `{row['name']}` are no list.", remedy="Write aliases: [..., ...].")
    return Entity(row["name"], kind, tuple(aliases))
