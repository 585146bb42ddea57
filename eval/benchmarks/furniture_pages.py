"""Pages whose every line is known to be text or furniture, and the check of what became of them.

They are in `pages/`, one after the other, each under a line `=== SUFFIX NAME`. A page is written as it arrives; a line
that is furniture has `~ ` in front, which is taken away before reading. `{first}` and the like stand for paragraphs that
many pages share, `{page}` for a form feed and `{tab}` for a tab.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from ingest.describe import describe
from ingest.documents import Source
from ingest.readers import read

WORD = re.compile(r"\w+")
_TAG = re.compile(r"<[^<>]+>")
_MARK = "~ "
_FOLDER = Path(__file__).parent / "pages"
_SHARED = {
    "{article}": "{title}\n\n{first}\n\n{second}\n\n{last}",
    "{title}": "Regulator opens inquiry into station cameras",
    "{first}": "The regulator said on Tuesday that it had opened an inquiry into the use of cameras at four railway "
    "stations, after passengers complained that no sign told them of it.",
    "{second}": "“People must be able to know when they are being watched, and by whom,” the commissioner said. The "
    "operator, Northline Rail, replied that the trial had ended in March and that no image was kept.",
    "{last}": "A report is expected before the summer recess, and the operator has until 4 May to hand over its records.",
    "{page}": "\x0c",
    "{tab}": "\t",
}


class Page(NamedTuple):
    """A page: what it shows, the suffix of its format, its lines."""

    name: str
    suffix: str
    marked: str


class Verdict(NamedTuple):
    """What became of one page: words of text set aside, words of furniture kept, and how many there are of each."""

    page: Page
    lost: tuple[str, ...]
    let_in: tuple[str, ...]
    text: int
    aside: int

    @property
    def right(self) -> bool:
        """Whether all text and nothing else was kept."""
        return not self.lost and not self.let_in


def pages(name: str) -> tuple[Page, ...]:
    """The pages of one file, `with_furniture` or `all_text`, in order."""
    found = []
    for part in re.split(r"^=== ", (_FOLDER / f"{name}.txt").read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        head, _, marked = part.partition("\n")
        suffix, _, title = head.partition(" ")
        for placeholder, text in _SHARED.items():
            marked = marked.replace(placeholder, text)
        found.append(Page(title, suffix, marked))
    return tuple(found)


def judge(page: Page) -> Verdict:
    """Read `page` as a source of its format and compare the canonical text with its unmarked lines."""
    lines = page.marked.strip("\n").split("\n")
    content = "\n".join(line.removeprefix(_MARK) for line in lines).encode()
    source = Source(f"page{page.suffix}", f"page{page.suffix}", content)
    kept = _words(describe(read(source), source, given={}).text)
    text = _words("\n".join(line for line in lines if not line.startswith(_MARK)))
    aside = _words("\n".join(line for line in lines if line.startswith(_MARK)))
    return Verdict(page, tuple((text - kept).elements()), tuple((kept - text).elements()), text.total(), aside.total())


def _words(text: str) -> Counter[str]:
    return Counter(WORD.findall(_TAG.sub(" ", text)))
