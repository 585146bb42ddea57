"""Vendors, public bodies, people and places that a document names, each with its other names there.

Known names come from the lexicon, others from what the document itself says: a title or role makes a person, a word of
a body makes a body, a company's form or an apposition ("Norvale, a maker of cameras") a vendor. Homonyms stay apart: an alias that several entries share stands for
one only where the document uses its full name, and a surname for the one person who bears it in the document.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from ingest.understanding.lexicon import plain
from ingest.understanding.origin import name_over_role
from ingest.understanding.phrases import bare, is_person, split_role
from ingest.understanding.statement import Entity
from ingest.understanding.vocabulary import BODY_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ingest.understanding.lexicon import Lexicon
    from ingest.understanding.naming import Names
    from ingest.understanding.statement import EntityKind

_COMPANY = frozenset("inc ltd limited plc llc co corp corporation technology technologies".split())
_PUBLIC = frozenset(
    "committee commission council court tribunal ministry department office agency authority parliament government "
    "congress senate police bureau treasury commissioner commons lords assembly".split()
)
_VENDOR = (
    r"(?:company|firm|vendor|supplier|manufacturer|maker|makers|producer|seller|retailer|provider|developer|contractor|giant|"
    r"start-?up|business)"
)
_VENDOR_BEHIND = re.compile(
    rf"(?: \([^()]{{1,40}}\))?(?:, (?:which is |which was )?| is | was )(?:an?|the|its|one of the) (?:[\w’'&-]+,? ){{0,6}}?{_VENDOR}s?\b(?!’s|'s)"
)
_VENDOR_BEFORE = re.compile(rf"\b{_VENDOR},? $", re.I)
_BEFORE = 16
"""Characters in front of a name in which a word such as "manufacturer" is looked for."""

_SHORT = re.compile(r"\b(?:[A-Z]\.){2,}|\b[A-Z]{2,6}\b")


def entities(names: Names, lexicon: Lexicon, text: str) -> tuple[Entity, ...]:
    """Everyone and every place that is named, in order of first use, known ones by their lexicon name."""
    forms = _forms(names, text)
    present = set(forms)
    vendors = _called_vendors(names, text)
    found: dict[str, tuple[EntityKind, dict[str, None]]] = {}
    for form in forms:
        known = _known(form, present, names, lexicon)
        if known is None and _is_pair(form, names, lexicon):
            continue
        name, kind = (known.name, known.kind) if known is not None else _by_shape(form, names, vendors)
        if not name or kind is None:
            continue
        aliases = found.setdefault(name, (kind, {}))[1]
        if form != name:
            aliases[form] = None
    return tuple(Entity(name, kind, tuple(aliases)) for name, (kind, aliases) in found.items())


def _forms(names: Names, text: str) -> list[str]:
    """Every name as the document writes it, in order, without roles, and with the names inside longer ones."""
    found: dict[str, None] = {}
    for one in names.spans:
        rest, _ = name_over_role(split_role(one.name)[0])
        found[rest] = None
        for part in re.split(r" and (?=[A-Z])|,", rest):
            found[part] = None
    for match in _SHORT.finditer(text):
        found[match.group()] = None
    return list(found)


def _is_pair(form: str, names: Names, lexicon: Lexicon) -> bool:
    """Whether "and" stands between two names here, one of them known; in "Equality and Rights Board" it does not."""
    parts = form.split(" and ")
    return len(parts) > 1 and any(plain(part) in lexicon.by_form or names.person(part) for part in parts)


def _known(form: str, present: set[str], names: Names, lexicon: Lexicon) -> Entity | None:
    """Whom the lexicon has under that name; what the document itself defines a short form as goes before."""
    own = names.long_forms.get(form)
    bearers = lexicon.by_form.get(plain(own or form), ())
    if len(bearers) <= 1:
        return bearers[0] if bearers else None
    full = [one for one in bearers if one.name in present]
    return full[0] if len(full) == 1 else None


def _called_vendors(names: Names, text: str) -> frozenset[str]:
    """Names that the document says are a company's: "Norvale, a maker of cameras", "the camera maker Norvale"."""
    found = set()
    for one in names.spans:
        rest, role = split_role(one.name)
        before = text[max(0, one.start - _BEFORE) : one.start]
        if role is None and (_VENDOR_BEHIND.match(text, one.end) or _VENDOR_BEFORE.search(before)):
            found.add(rest)
    return frozenset(found)


def _by_shape(form: str, names: Names, vendors: frozenset[str]) -> tuple[str, EntityKind | None]:
    if form in vendors and _kind(form) in (None, "organisation", "vendor") and names.person(form) is None:
        return form, "vendor"
    long = names.long_forms.get(form)
    if long is not None:
        return long, _kind(long)
    person = names.person(form)
    if person is not None:
        return person, "person"
    if len(form.split()) < 2:
        return form, None
    kind = _kind(form)
    return form, kind


def _kind(name: str) -> EntityKind | None:
    words = Counter(bare(word.lower()) for word in name.split())
    if words.keys() & _PUBLIC:
        return "public_body"
    if words.keys() & _COMPANY:
        return "vendor"
    if words.keys() & BODY_WORDS:
        return "organisation"
    return (
        "person"
        if is_person(name) and name.split()[0].lower() in ("professor", "dr", "mr", "mrs", "ms", "sir")
        else None
    )


def named(found: Iterable[Entity], form: str) -> Entity | None:
    """Whoever a form stands for among a document's entities; None for nobody, or for two."""
    wanted = plain(form)
    bearers = [one for one in found if wanted in {plain(name) for name in (one.name, *one.aliases)}]
    return bearers[0] if len(bearers) == 1 else None
