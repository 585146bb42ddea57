"""What a page says of itself in its head: JSON-LD, citation and Dublin Core terms, Open Graph, GOV.UK's own names.

Only statements are read, never the running text: no date that merely stands in a sentence, no host name as publisher.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from ingest.documents import Metadata
from ingest.readers.blocks import clean
from ingest.readers.dates import iso_date
from ingest.readers.front_matter import language_code
from ingest.readers.json_ld import statements

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_NAMES = {
    "title": ("citation_title", "dc.title", "dcterms.title", "ld:title", "og:title", "twitter:title"),
    "publisher": (
        "citation_publisher", "dc.publisher", "dcterms.publisher", "govuk:primary-publishing-organisation", "ld:publisher",
        "og:site_name", "application-name",
    ),
    "author": (
        "citation_author", "dc.creator", "dcterms.creator", "ld:author", "author", "article:author", "byl", "parsely-author",
        "sailthru.author",
    ),
    "published": (
        "citation_publication_date", "citation_date", "dcterms.issued", "dc.date.issued", "govuk:first-published-at",
        "ld:published", "article:published_time", "og:article:published_time", "dc.date", "dcterms.date", "date",
        "datepublished", "pubdate", "publish-date", "publication_date", "parsely-pub-date", "sailthru.date", "time:published",
    ),
    "modified": (
        "dcterms.modified", "dc.date.modified", "govuk:public-updated-at", "govuk:updated-at", "ld:modified",
        "article:modified_time", "og:updated_time", "last-modified", "datemodified", "time:modified",
    ),
    "source_type": ("dc.type", "dcterms.type", "govuk:schema-name", "govuk:format", "ld:source_type"),
    "language": ("dc.language", "dcterms.language", "content-language", "ld:language"),
    "licence": ("dc.rights", "dcterms.rights", "dcterms.license", "dcterms.licence", "ld:licence", "link:license", "copyright"),
}  # fmt: skip
_KEPT = ("description", "og:description", "keywords", "citation_doi", "dc.identifier", "dcterms.identifier")
_MARKED = re.compile(r"publish|pubdate|posted|dt-published|entry-date|date-?line", re.I)
_CHANGED = re.compile(r"updat|modif|revis|review", re.I)


def metadata(root: Any, origin: str) -> tuple[Metadata, tuple[str, ...]]:
    """Metadata of the page at `origin` (an address, or a path), and warnings about dates that cannot be read."""
    said = _said(root)
    warnings: list[str] = []
    published = _date(said, "published", warnings)
    publisher = _first(said, "publisher")
    modified = _date(said, "modified", [])
    extra = [("modified", modified)] if modified else []
    extra += [(name.replace(":", "_").replace(".", "_"), said[name][0]) for name in _KEPT if name in said]
    kind = _first(said, "source_type")
    return (
        Metadata(
            title=_title(root, said, publisher),
            publisher=publisher,
            author=_author(said),
            published=published,
            address=_address(root, said, origin),
            source_type=kind.replace("_", " ") if kind else None,
            language=_language(root, said),
            licence=_first(said, "licence"),
            extra=tuple(dict(extra).items()),
        ),
        tuple(warnings),
    )


def _said(root: Any) -> dict[str, list[str]]:
    """Every statement of the page by its lower-case name; names found in JSON-LD, links and time elements are prefixed."""
    said: dict[str, list[str]] = {}
    for meta in root.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or meta.get("http-equiv") or ""
        _add(said, name.strip().lower(), meta.get("content"))
    for name, value in statements(root):
        _add(said, f"ld:{name}", value)
    for link in root.iter("link", "a"):
        if "license" in (link.get("rel") or "").lower().split():
            _add(said, "link:license", link.get("href"))
    for time in root.iter("time"):
        _add(said, _time_name(time), time.get("datetime") or "".join(time.itertext()))
    return said


def _add(said: dict[str, list[str]], name: str, value: str | None) -> None:
    text = clean(value or "")[0][:1000]
    if name and text and len(said.setdefault(name, [])) < 20 and text not in said[name]:
        said[name].append(text)


def _time_name(time: Any) -> str:
    """The name "time:published" or "time:modified" where the element's own marks, or those around it, say so; else ""."""
    parent = time.getparent()
    around = " ".join(parent.get(name, "") for name in ("class", "id", "itemprop")) if parent is not None else ""
    marks = f"{' '.join(map(str, time.attrib.values()))} {around}"
    if _CHANGED.search(marks):
        return "time:modified"
    if "pubdate" in time.attrib or _MARKED.search(marks):
        return "time:published"
    return ""


def _first(said: Mapping[str, Sequence[str]], field: str) -> str | None:
    return next((said[name][0] for name in _NAMES[field] if name in said), None)


def _date(said: Mapping[str, Sequence[str]], field: str, warnings: list[str]) -> str | None:
    for name in _NAMES[field]:
        for value in said.get(name, ()):
            found = iso_date(value)
            if found:
                return found
            warnings.append(f"The date {value[:60]!r} of the page cannot be read.")
    return None


def _author(said: Mapping[str, Sequence[str]]) -> str | None:
    for name in _NAMES["author"]:
        people = [
            value.removeprefix("By ").strip() for value in said.get(name, ()) if "://" not in value and value[0] != "@"
        ]
        if people:
            return ", ".join(people)
    return None


def _title(root: Any, said: Mapping[str, Sequence[str]], publisher: str | None) -> str | None:
    stated = _first(said, "title")
    if stated:
        return stated
    element = root.find(".//head/title")
    title = clean("".join(element.itertext()))[0] if element is not None else ""
    for mark in (" | ", " - ", " \u2013 ", " \u2014 ", " :: "):
        if publisher and title.endswith(mark + publisher):
            return title.removesuffix(mark + publisher)
    if title:
        return title[:500]
    heading = root.find(".//h1")
    return clean("".join(heading.itertext()))[0][:500] or None if heading is not None else None


def _address(root: Any, said: Mapping[str, Sequence[str]], origin: str) -> str | None:
    base = origin if origin.startswith(("http://", "https://")) else ""
    links = [link.get("href") or "" for link in root.iter("link") if (link.get("rel") or "").lower() == "canonical"]
    for link in (*links, *said.get("og:url", ()), *said.get("ld:address", ()), base):
        try:
            address = urljoin(base, link.strip()) if link.strip() else ""
            parts = urlsplit(address)
        except ValueError:
            continue
        if (
            parts.scheme in ("http", "https")
            and "." in (parts.hostname or "")
            and not re.fullmatch(r"[\d.]+", parts.hostname or "")
        ):
            return address
    return base or None


def _language(root: Any, said: Mapping[str, Sequence[str]]) -> str | None:
    values = [root.get("lang") or "", root.get("xml:lang") or ""]
    values += [value for name in _NAMES["language"] for value in said.get(name, ())]
    return next((code for value in values if (code := language_code(value))), None)
