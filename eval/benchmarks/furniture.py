"""What is set aside as page furniture, and what of the text is lost by it.

    python -m eval.benchmarks.furniture --data DIR

`DIR` holds `policy/library/`, `policy/seed/` and `policy/questions.jsonl` (fields: id, evidence of file and quote).
For every file it prints the characters kept and set aside, and each thing set aside with its reason. Then the totals:
words that the readers gave and how many of them are kept, words of the files that no reader gave, labelled quotes
that still stand whole in what is indexed, and pages of our own (`furniture_pages`), where every line is known to be
furniture or text.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from eval.benchmarks.furniture_pages import WORD, judge, pages
from ingest.describe import describe
from ingest.documents import Source
from ingest.readers import read

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ingest.documents import Document

_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_UNSEEN = re.compile(r"<(script|style|head|noscript)\b.*?</\1\s*>|<[^<>]+>|\]\([^()\s]*\)|<?https?://\S+", re.S | re.I)


@dataclass(frozen=True, slots=True)
class Looked:
    """One file: what became of its words."""

    name: str
    document: Document
    not_given: int

    @property
    def kept(self) -> int:
        """Words of the canonical text."""
        return len(WORD.findall(self.document.text))

    @property
    def set_aside(self) -> int:
        """Words of the furniture."""
        return sum(len(WORD.findall(text)) for _, text in self.document.set_aside)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures; 0 when every labelled quote stands and every own page is told apart rightly."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds policy/")
    folder = parser.parse_args(arguments).data / "policy"
    seed = [_look(path) for path in _files(folder / "seed")]
    library = [_look(path) for path in _files(folder / "library")]
    for looked in (*seed, *library):
        _show(looked)
    for looked in seed:
        sys.stdout.write(f"\n{looked.name} ends, as indexed: …{looked.document.text[-160:]}\n")
    _totals("seed", seed)
    _totals("library", library)
    rows = (folder / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    standing = _evidence([json.loads(row) for row in rows], {looked.name: looked.document for looked in library})
    right = [_own("own pages with furniture", "with_furniture"), _own("own pages that are all text", "all_text")]
    return 0 if standing and all(right) else 1


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.is_file())


def _look(path: Path) -> Looked:
    source = Source(str(path), path.name, path.read_bytes())
    document = describe(read(source), source, given={})
    raw = _UNSEEN.sub(" ", _FRONT_MATTER.sub("", source.content.decode("utf-8-sig").replace("\r\n", "\n")))
    given = Counter(WORD.findall(document.text))
    given.update(word for _, text in document.set_aside for word in WORD.findall(text))
    return Looked(path.name, document, (Counter(WORD.findall(raw)) - given).total())


def _show(looked: Looked) -> None:
    aside = looked.document.set_aside
    held = sum(len(text) for _, text in aside)
    sys.stdout.write(f"{looked.name}: {len(looked.document.text)} characters kept, {held} set aside\n")
    for reason, text in aside:
        sys.stdout.write(f"    {reason:<12} {len(text):>5}  {text[:90]}\n")


def _totals(name: str, files: Sequence[Looked]) -> None:
    kept, aside = sum(one.kept for one in files), sum(one.set_aside for one in files)
    touched = sum(bool(one.document.set_aside) for one in files)
    sys.stdout.write(f"\n{name}: {len(files)} files, {kept} of {kept + aside} words kept; ")
    sys.stdout.write(f"{aside} set aside in {touched} files; {sum(one.not_given for one in files)} words not read\n")


def _evidence(rows: Iterable[dict[str, list[dict[str, str]]]], documents: dict[str, Document]) -> bool:
    asked = [(one["file"], one["quote"]) for row in rows for one in row["evidence"]]
    exact = sum(" ".join(quote.split()) in " ".join(documents[file].text.split()) for file, quote in asked)
    # Cells of a table are joined in another way than in the CSV file that a quote was taken from.
    missing = [(file, quote) for file, quote in asked if _words(quote) not in _words(documents[file].text)]
    for file, quote in missing:
        sys.stdout.write(f"not whole: {file}: {quote}\n")
    whole = len(asked) - len(missing)
    sys.stdout.write(f"labelled quotes standing whole in what is indexed: {whole} of {len(asked)}, {exact} exact\n")
    return not missing


def _words(text: str) -> str:
    return f" {' '.join(WORD.findall(text))} "


def _own(name: str, file: str) -> bool:
    verdicts = [judge(page) for page in pages(file)]
    for verdict in verdicts:
        if not verdict.right:
            sys.stdout.write(f"wrong: {verdict.page.name}\n    lost: {verdict.lost}\n    let in: {verdict.let_in}\n")
    right = sum(verdict.right for verdict in verdicts)
    lost, let_in = sum(len(one.lost) for one in verdicts), sum(len(one.let_in) for one in verdicts)
    text, aside = sum(one.text for one in verdicts), sum(one.aside for one in verdicts)
    sys.stdout.write(f"{name}: {right} of {len(verdicts)} right; {lost} of {text} words of text lost, ")
    sys.stdout.write(f"{let_in} of {aside} words of furniture let in\n")
    return right == len(verdicts)


if __name__ == "__main__":
    sys.exit(main())
