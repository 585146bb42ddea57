"""A check, and what can be downloaded, as HTML. Each verdict is a word and a mark, never a colour alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.desk.verdicts import LABELS
from assistant.web import citing
from assistant.web.markup import Markup, element, join
from assistant.web.wording import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.desk.verdicts import Checked, CheckedSentence

_MARKS = {"supported": "\u2713", "no_claim": "\u2013"}
_FILES = (
    ("docx", "Word"),
    ("pdf", "PDF"),
    ("md", "Markdown"),
    ("html", "Web page"),
    ("csv", "Claims register"),
    ("json", "JSON"),
)


def downloads(key: str, first: str = "Word") -> Markup:
    """Links to what is kept under `key`, one a format; `first` is what the Word file is called."""
    links = (
        element(
            "a", first if form == "docx" else name, href=f"/fragments/export/{key}.{form}", download=f"briefing.{form}"
        )
        for form, name in _FILES
    )
    return element("p", element("span", "Download: "), join(links, " \u00b7 "), class_="downloads")


def verdicts(checked: Checked, key: str) -> Markup:
    """The whole result: how many of each, downloads, then every sentence."""
    needing = sum(not one.passes for one in checked.sentences)
    told = "Nothing needs attention." if not needing else f"{counted(needing, 'sentence')} to look at."
    total = ", ".join(f"{LABELS[verdict].lower()} {number}" for verdict, number in checked.counts.items())
    only = element("label", element("input", type="checkbox", id="only-faults"), " Only what needs attention")
    return element(
        "div",
        element("h2", told, id="verdicts-title", tabindex="-1"),
        element("p", f"{counted(len(checked.sentences), 'sentence')}: {total}.", class_="quiet"),
        element("p", only) if needing else None,
        downloads(key, "Word, with comments at the sentences"),
        element("ol", *map(_sentence, checked.sentences), class_="verdicts"),
        class_="checked",
    )


def _sentence(one: CheckedSentence) -> Markup:
    label = element(
        "span", element("span", _MARKS.get(one.verdict, "!"), aria_hidden="true"), f" {LABELS[one.verdict]}"
    )
    return element(
        "li",
        element("p", element("strong", label, class_=f"verdict {one.verdict}")),
        element("p", one.text, class_="drafted", dir="auto"),
        element("p", one.detail, class_="why") if one.verdict not in ("no_claim", "supported") else None,
        _difference(one.difference) if one.difference else None,
        element("ul", *(_passage(one, at) for at in range(min(3, len(one.citations)))), class_="passages")
        if one.citations
        else None,
        element("p", element("span", "A wording that stands: "), element("q", one.suggestion), class_="suggestion")
        if one.suggestion
        else None,
        class_="passing" if one.passes else "faulted",
    )


def _passage(one: CheckedSentence, at: int) -> Markup:
    citation = one.citations[at]
    return element(
        "li",
        element("blockquote", citation.quote, dir="auto"),
        element(
            "p",
            citing.opener(citation, "Open the source: "),
            " \u00b7 ",
            citing.provenance(citation),
            class_="provenance",
        ),
    )


def _difference(parts: Sequence[tuple[str, str]]) -> Markup:
    """The draft's words struck out and the source's underlined, each with a word for whoever does not see that."""
    shown = []
    for kind, words in parts:
        if kind == "same":
            shown.append(element("span", words))
        elif kind == "draft":
            shown.append(element("del", element("span", "draft: ", class_="unseen"), words))
        else:
            shown.append(element("ins", element("span", "source: ", class_="unseen"), words))
    return element(
        "p", element("span", "Draft against source: ", class_="quiet"), join(shown, " "), class_="difference"
    )
