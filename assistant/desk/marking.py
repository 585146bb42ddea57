"""The verdicts written beside the sentences of a Word file, as Word's own comments.

Nothing of the original changes but where a run ends: a comment begins and ends between runs, so a run that holds the end
of a sentence is cut there, and both halves keep its formatting. A draft that is no Word file is written as one first.
"""

from __future__ import annotations

import io
import re
from copy import deepcopy
from typing import TYPE_CHECKING, Any

from assistant.desk.difference import in_words
from assistant.desk.verdicts import LABELS
from assistant.web.markup import visible
from assistant.web.wording import reference

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from assistant.desk.drafts import DraftText
    from assistant.desk.verdicts import Checked, CheckedSentence

AUTHOR, INITIALS = "Policy briefing assistant", "PBA"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_BLANKS = frozenset({f"{_W}tab", f"{_W}br", f"{_W}cr"})
_LEFT_OUT = frozenset({f"{_W}del", f"{_W}moveFrom", f"{_W}txbxContent"})
_LONGEST_QUOTE = 600


def marked(checked: Checked, draft: DraftText, original: bytes | None) -> bytes:
    """A .docx with a comment at each sentence that makes a claim; `original` is the draft's own file if it is a .docx."""
    from docx import Document

    document = Document(io.BytesIO(original)) if original is not None else _written(draft)
    waiting = [one for one in checked.sentences if one.verdict != "no_claim"]
    for paragraph in document.element.body.iter(f"{_W}p"):
        waiting = _mark(document, paragraph, waiting)
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def _written(draft: DraftText) -> Any:
    """The draft's text as a Word document of its own."""
    from docx import Document

    document = Document()
    for block in draft.blocks:
        text = visible(draft.text[block.start : block.end])
        if block.kind == "heading":
            document.add_heading(text, level=min(max(block.level, 1), 9))
        else:
            document.add_paragraph(text, style="List Bullet" if block.kind == "list_item" else None)
    return document


def _mark(document: Any, paragraph: Any, waiting: Sequence[CheckedSentence]) -> list[CheckedSentence]:
    """Comment on the sentences of one paragraph; those that it does not hold are handed back, in order."""
    left = list(waiting)
    place = 0
    while left:
        text = "".join(shown for _, shown in _texts(paragraph))
        found = _find(text, left[0].text, place)
        if found is None:
            # A sentence that no paragraph holds (a text box, a row read as one) must not stop those behind it.
            later = next((i for i, one in enumerate(left[1:4], 1) if _find(text, one.text, place)), None)
            if later is None:
                break
            left.pop(0)
            continue
        sentence = left.pop(0)
        start, place = found
        runs = _runs_between(paragraph, start, place)
        if runs:
            _comment(document, runs, sentence)
    return left


def _find(text: str, sentence: str, place: int) -> tuple[int, int] | None:
    pattern = r"\s+".join(re.escape(word) for word in sentence.split())
    match = re.compile(pattern).search(text, place) if pattern else None
    if match is None and " | " in sentence and sentence.split(" | ")[0] == " ".join(text.split()):
        return 0, len(text)  # a row of a table is one sentence; its comment stands at its first cell
    return match.span() if match else None


def _texts(paragraph: Any) -> Iterator[tuple[Any, str]]:
    """Runs of a paragraph in order with what each shows; what was deleted or lies in a text box is not there."""
    for run in paragraph.iter(f"{_W}r"):
        if any(above.tag in _LEFT_OUT for above in run.iterancestors() if above is not paragraph):
            continue
        yield run, "".join(_shown(child) for child in run)


def _shown(child: Any) -> str:
    if child.tag == f"{_W}t":
        return child.text or ""
    return " " if child.tag in _BLANKS else "\u2011" if child.tag == f"{_W}noBreakHyphen" else ""


def _runs_between(paragraph: Any, start: int, end: int) -> list[Any]:
    """The runs that hold exactly [start, end), cut where need be."""
    for place in (start, end):
        _cut(paragraph, place)
    found, at = [], 0
    for run, shown in _texts(paragraph):
        if shown and start <= at and at + len(shown) <= end:
            found.append(run)
        at += len(shown)
    return found


def _cut(paragraph: Any, place: int) -> None:
    at = 0
    for run, shown in list(_texts(paragraph)):
        if at < place < at + len(shown):
            _split(run, place - at)
            return
        at += len(shown)


def _split(run: Any, offset: int) -> None:
    """Cut a run in two; what comes after `offset` characters goes into a copy of the run behind it."""
    second = run.makeelement(run.tag, dict(run.attrib))
    properties = run.find(f"{_W}rPr")
    if properties is not None:
        second.append(deepcopy(properties))
    at = 0
    for child in list(run):
        if child is properties:
            continue
        length = len(_shown(child))
        if at >= offset:
            second.append(child)
        elif at + length > offset:
            tail = deepcopy(child)
            child.text, tail.text = child.text[: offset - at], child.text[offset - at :]
            for half in (child, tail):
                half.set(_SPACE, "preserve")
            second.append(tail)
        at += length
    run.addnext(second)


def _comment(document: Any, runs: Sequence[Any], sentence: CheckedSentence) -> None:
    from docx.text.run import Run

    told = [Run(run, document) for run in (runs[0], runs[-1])]
    comment = document.add_comment(told, text="", author=AUTHOR, initials=INITIALS)
    lines = comment_lines(sentence)
    first = comment.paragraphs[0]
    first.add_run(lines[0]).bold = True
    for line in lines[1:]:
        comment.add_paragraph(line)


def comment_lines(sentence: CheckedSentence) -> list[str]:
    """What is said beside a sentence: verdict, why, the difference, the statements it rests on, a wording that stands."""
    lines = [LABELS[sentence.verdict]]
    if sentence.detail and not sentence.passes:
        lines.append(sentence.detail)
    if sentence.difference:
        lines.append(f"Draft [-…-] against source {{+…+}}: {in_words(sentence.difference)}")
    for citation in sentence.citations[:3]:
        quote = citation.quote if len(citation.quote) <= _LONGEST_QUOTE else citation.quote[:_LONGEST_QUOTE] + "…"
        lines.append(f"“{quote}” {reference(citation)}")
    if sentence.suggestion:
        lines.append(f"A wording that stands: {sentence.suggestion}")
    return [visible(line) for line in lines]
