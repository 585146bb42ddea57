"""One HTML page that needs nothing else: its style is in it, it has no script and fetches nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.web.markup import Markup, element, join

if TYPE_CHECKING:
    from assistant.desk.exports.paper import Line, Note, Paper, Section, SourceEntry

_STYLE = Markup(
    "<style>:root{color-scheme:light dark}body{font:1rem/1.55 system-ui,sans-serif;max-width:44rem;margin:2rem auto;"
    "padding:0 1rem}h1{font-size:1.6rem;line-height:1.25}h2{font-size:1.2rem;margin-top:2rem}h3{font-size:1.05rem}"
    "sup a{text-decoration:none;padding:0 .15em}.aside,.resting{font-size:.9rem;opacity:.85;margin-top:-.6rem}"
    ".under{display:block;font-size:.9rem;opacity:.85}.resting{margin-top:1rem}blockquote{margin:0 0 1rem;padding-left:1rem;border-left:3px solid currentColor}"
    "figure{margin:1rem 0;overflow-x:auto}figure svg{max-width:100%;height:auto}"
    ".notes,.sources{font-size:.9rem;overflow-wrap:anywhere}:target{outline:2px solid currentColor;outline-offset:3px}"
    "@media print{body{margin:0;max-width:none}a{color:inherit}}</style>"
)
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def render(paper: Paper, template: bytes | None = None) -> bytes:
    """See `assistant.desk.exports.export`."""
    first: set[int] = set()
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        Markup(f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'),
        element("title", paper.title),
        _STYLE,
    )
    body = element(
        "body",
        element("main", element("h1", paper.title), *(_section(one, first) for one in paper.sections), *_behind(paper)),
    )
    return f"<!doctype html>\n{element('html', head, body, lang=paper.language)}\n".encode("utf-8", "replace")


def _section(section: Section, first: set[int]) -> Markup:
    lines, bullets = list[Markup](), list[list[Markup | str]]()
    for line in section.lines:
        if line.kind == "bullet":
            bullets.append([line.text, *_references(line, first)])
            continue
        if line.kind == "aside" and bullets:
            bullets[-1].append(element("span", line.text, class_="under"))
            continue
        lines += _listed(bullets)
        bullets = []
        lines.append(_line(line, first))
    lines += _listed(bullets)
    drawn = element("figure", section.picture.svg) if section.picture is not None else None
    return element("section", element(f"h{min(section.level + 1, 6)}", section.heading), drawn, *lines)


def _listed(bullets: list[list[Markup | str]]) -> list[Markup]:
    return [element("ul", *(element("li", *parts) for parts in bullets))] if bullets else []


def _line(line: Line, first: set[int]) -> Markup:
    if line.kind == "quote":
        return element("blockquote", line.text)
    if line.kind == "question":
        return element("h3", line.text)
    return element("p", line.text, *_references(line, first), class_="aside" if line.kind == "aside" else None)


def _references(line: Line, first: set[int]) -> list[Markup]:
    found = []
    for number in line.notes:
        mark = None if number in first else f"back-{number}"
        first.add(number)
        found.append(
            element("sup", element("a", str(number), href=f"#note-{number}", id=mark, aria_label=f"Note {number}"))
        )
    return found


def _behind(paper: Paper) -> list[Markup]:
    notes = [_note(one) for one in paper.notes]
    return [
        join((element("h2", "Notes"), element("ol", *notes, class_="notes"))) if notes else Markup(""),
        join((element("h2", "Sources"), element("ul", *map(_source, paper.sources), class_="sources")))
        if paper.sources
        else element("h2", "Sources"),
        *(element("p", line, class_="resting") for line in paper.resting_on),
    ]


def _note(note: Note) -> Markup:
    address = note.address
    link = element("a", note.citation.source, href=address, rel="noreferrer") if address else None
    back = element("a", "\u21a9", href=f"#back-{note.number}", aria_label="Back to the text")
    return element("li", note.reference, " \u201c", note.quote, "\u201d ", link, " ", back, id=f"note-{note.number}")


def _source(entry: SourceEntry) -> Markup:
    link = element("a", entry.address, href=entry.address, rel="noreferrer") if entry.address else None
    where = f" Document {entry.citation.document}, version {entry.citation.version}."
    return element("li", entry.reference, " ", link, where)
