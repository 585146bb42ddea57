"""The words of WordprocessingML: what a person sees of a paragraph, deletions and hidden runs left out.

python-docx's own `Paragraph.text` leaves out tracked insertions and content controls, which are in the text
that Word shows; so the elements are walked here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
# Not text of this paragraph: deleted or moved away, codes of fields, fallbacks that repeat a drawing's text,
# paragraphs inside a text box (they are paragraphs of their own).
_LEFT_OUT = frozenset(
    {
        f"{W}del",
        f"{W}moveFrom",
        f"{W}instrText",
        f"{W}delText",
        f"{_MC}Fallback",
        f"{W}txbxContent",
        f"{W}rPr",
        f"{W}pPr",
    }
)
_SPACES = frozenset({f"{W}tab", f"{W}br", f"{W}cr", f"{W}ptab"})
_WHITE = "FFFFFF"
_OFF = {"0", "false", "off", "none"}


class Words(NamedTuple):
    """What is seen of a paragraph, what is hidden in it (hidden or white runs, below 1.5 points), what is struck out."""

    seen: str
    hidden: str
    struck: str


def text_of(paragraph: Any, *, in_table: bool = False) -> Words:
    """The words of a paragraph element."""
    seen: list[str] = []
    hidden: list[str] = []
    struck: list[str] = []
    ground = in_table or paragraph.find(f"{W}pPr/{W}shd") is not None or paragraph.find(f"{W}pPr/{W}pStyle") is not None
    for run, text in _texts(paragraph):
        properties = None if run is None else run.find(f"{W}rPr")
        if properties is None:
            seen.append(text)
        elif _is_hidden(properties, ground=ground):
            hidden.append(text)
        else:
            (struck if _is_on(properties, "strike") or _is_on(properties, "dstrike") else seen).append(text)
    return Words("".join(seen), " ".join("".join(hidden).split()), " ".join("".join(struck).split()))


def boxed(paragraph: Any) -> Iterator[Any]:
    """The paragraph elements of text boxes that are anchored in this paragraph."""
    for content in paragraph.iter(f"{W}txbxContent"):
        if not any(above.tag == f"{_MC}Fallback" for above in content.iterancestors(f"{_MC}Fallback")):
            yield from content.iter(f"{W}p")


def _texts(paragraph: Any) -> Iterator[tuple[Any, str]]:
    waiting = [(child, None) for child in reversed(paragraph)]
    while waiting:
        element, run = waiting.pop()
        tag = element.tag
        if tag in _LEFT_OUT or not isinstance(tag, str):
            continue
        if tag in (f"{W}t", _MATH):
            yield run, element.text or ""
        elif tag in _SPACES:
            yield run, " "
        elif tag == f"{W}noBreakHyphen":
            yield run, "\u2011"
        else:
            inner = element if tag == f"{W}r" else run
            waiting.extend((child, inner) for child in reversed(element))


def _is_on(properties: Any, name: str) -> bool:
    element = properties.find(f"{W}{name}")
    return element is not None and element.get(f"{W}val", "true").lower() not in _OFF


def _is_hidden(properties: Any, *, ground: bool) -> bool:
    if _is_on(properties, "vanish"):
        return True
    size = properties.find(f"{W}sz")
    if size is not None and size.get(f"{W}val", "").isdigit() and int(size.get(f"{W}val")) < 3:
        return True
    color = properties.find(f"{W}color")
    shaded = properties.find(f"{W}shd") is not None or properties.find(f"{W}highlight") is not None
    # White on the dark ground of a table or a styled banner is seen; a style may well bring a ground.
    return color is not None and color.get(f"{W}val", "").upper() == _WHITE and not (ground or shaded)
