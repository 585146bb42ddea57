"""The schema.org statements of a page, from its JSON-LD."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

_TYPES = {
    "newsarticle": "news",
    "reportagenewsarticle": "news",
    "analysisnewsarticle": "news",
    "opinionnewsarticle": "opinion",
    "article": None,
    "blogposting": "blog",
    "report": "report",
    "legislation": "legislation",
    "governmentservice": None,
    "scholarlyarticle": "scholarly article",
    "techarticle": None,
    "digitaldocument": None,
    "creativework": None,
    "webpage": None,
}
_LONGEST = 500_000


def statements(root: Any) -> Iterator[tuple[str, str]]:
    """(name, value) of what the page's main thing says: an article before a mere page, the first of each."""
    things = [thing for script in root.iter("script") if _is_json(script) for thing in _things(script.text or "")]
    known = [(name, thing) for thing in things if (name := _type(thing)) is not None]
    if not known:
        return
    known.sort(key=lambda pair: pair[0] in ("webpage", "creativework"))
    name, thing = known[0]
    yield from _of(thing)
    if kind := _TYPES[name]:
        yield "source_type", kind


def _is_json(script: Any) -> bool:
    return "ld+json" in (script.get("type") or "").lower()


def _things(text: str) -> Iterator[dict[str, Any]]:
    if len(text) > _LONGEST:
        return
    try:
        value = json.loads(text.strip().removeprefix("<!--").removesuffix("-->").rstrip("; \n"), strict=False)
    except (ValueError, RecursionError):
        return
    waiting = [value]
    for _ in range(200):
        if not waiting:
            return
        at = waiting.pop(0)
        if isinstance(at, list):
            waiting.extend(at[:100])
        elif isinstance(at, dict):
            yield at
            if isinstance(at.get("@graph"), list):
                waiting.extend(at["@graph"][:100])


def _type(thing: dict[str, Any]) -> str | None:
    types = thing.get("@type")
    for name in types if isinstance(types, list) else [types]:
        if isinstance(name, str) and name.rpartition("/")[2].lower() in _TYPES:
            return name.rpartition("/")[2].lower()
    return None


def _of(thing: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for field, names in (
        ("title", ("headline", "name")),
        ("publisher", ("publisher", "sourceOrganization")),
        ("author", ("author", "creator")),
        ("published", ("datePublished",)),
        ("modified", ("dateModified",)),
        ("address", ("url", "mainEntityOfPage")),
        ("language", ("inLanguage",)),
        ("licence", ("license",)),
    ):
        for name in names:
            values = list(_names(thing.get(name), field))
            if values:
                yield from ((field, value) for value in values)
                break


def _names(value: Any, field: str) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for part in value[:20]:
            if not isinstance(part, list):
                yield from _names(part, field)
    elif isinstance(value, dict):
        name = value.get("@id" if field in ("address", "licence") else "name") or value.get("url")
        if isinstance(name, str):
            yield name
