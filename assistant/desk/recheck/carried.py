"""The claims that a file carries: JSON of this program, or a Word file that it exported.

An exported Word file holds its claims with their citations in a part of its own (custom XML, ISO/IEC 29500-1, 15.2.5),
which Word keeps when the text is edited. A claim whose words the text no longer has was taken out, and is left out.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from typing import TYPE_CHECKING, Any, NamedTuple

from lxml import etree
from pydantic import ValidationError

from assistant.domain import Citation
from ingest.errors import UnreadableSource

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from assistant.desk.exports.paper import Paper

NAMESPACE = "urn:policy-briefing-assistant:claims"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_NOT_CLAIMS = frozenset({"withheld", "nearest", "spare"})
_MOST_BYTES = 50_000_000
_MOST_CLAIMS = 5_000
_REMEDY = "Give a .json that `--json` or `--out FILE.json` wrote, or a .docx that `--out FILE.docx` wrote."


class Carried(NamedTuple):
    """A claim of a file and where it stood."""

    text: str
    citations: tuple[Citation, ...]


class Claims(NamedTuple):
    """The claims of a file, and those that were in it once."""

    found: tuple[Carried, ...]
    left_out: tuple[str, ...] = ()


def of_paper(paper: Paper) -> bytes:
    """The custom XML part of a Word file: its claims with their citations, as JSON."""
    held = [
        {"text": one.text, "citations": [cited.model_dump(mode="json") for cited in one.citations]}
        for one in of_data(paper.data)
    ]
    root = etree.Element(f"{{{NAMESPACE}}}claims", nsmap={None: NAMESPACE})
    # ASCII alone: XML has no way to write some characters that JSON can escape.
    root.text = json.dumps(held)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def of_data(data: Any) -> tuple[Carried, ...]:
    """Every claim of some JSON of this program, whatever it is: an answer, a conversation, a draft, a check, a dossier."""
    found: dict[tuple[str, tuple[Citation, ...]], Carried] = {}
    for one in _walk(data):
        found.setdefault((one.text, one.citations), one)
        if len(found) > _MOST_CLAIMS:
            raise UnreadableSource("The file holds more claims than are rechecked at once.", remedy="Split it.")
    return tuple(found.values())


def read(name: str, content: bytes) -> Claims:
    """The claims of a file.

    Raises:
        UnreadableSource: it carries none, or is neither JSON nor Word.
    """
    claims = _of_word(content) if content[:2] == b"PK" else Claims(_of_json(content))
    if not claims.found and not claims.left_out:
        raise UnreadableSource(f"`{name}` carries no claim with a citation.", remedy=_REMEDY)
    return claims


def _of_json(content: bytes) -> tuple[Carried, ...]:
    try:
        return of_data(json.loads(content))
    except (ValueError, RecursionError) as error:
        raise UnreadableSource("The file is neither JSON nor a Word file.", remedy=_REMEDY) from error


def _of_word(content: bytes) -> Claims:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(one.file_size for one in packed.infolist()) > _MOST_BYTES:
                raise UnreadableSource("The Word file is too large when unpacked.", remedy="Split it.")
            parts = {one: packed.read(one) for one in packed.namelist() if re.fullmatch(r"customXml/\w+\.xml", one)}
            body = _parsed(packed.read("word/document.xml"))
    except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError) as error:
        raise UnreadableSource("The file is no Word file that can be read.", remedy=_REMEDY) from error
    every = tuple(one for part in parts.values() for one in _of_part(part))
    text = _plain("".join(_words(body)))
    kept = tuple(one for one in every if _plain(one.text) in text)
    return Claims(kept, tuple(one.text for one in every if one not in kept))


def _of_part(content: bytes) -> tuple[Carried, ...]:
    try:
        root = _parsed(content)
        return of_data(json.loads(root.text or "")) if root.tag == f"{{{NAMESPACE}}}claims" else ()
    except (etree.XMLSyntaxError, ValueError, RecursionError):
        return ()


def _parsed(content: bytes) -> Any:
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))


def _words(body: Any) -> Iterator[str]:
    for one in body.iter(f"{_W}t", f"{_W}p"):
        yield one.text or "" if one.tag == f"{_W}t" else "\n"


def _plain(text: str) -> str:
    return re.sub(r"\W+", " ", text).casefold().strip()


def _walk(value: Any) -> Iterator[Carried]:
    if isinstance(value, dict):
        claim = _claim(value)
        if claim is not None:
            yield claim
        for key, inner in value.items():
            if key not in _NOT_CLAIMS:
                yield from _walk(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _walk(inner)


def _claim(value: dict[str, Any]) -> Carried | None:
    """A claim with citations; a sentence of a check only where it was found supported."""
    text, cited = value.get("text"), value.get("citations")
    if (
        not isinstance(text, str)
        or not isinstance(cited, list)
        or not cited
        or value.get("verdict", "supported") != "supported"
    ):
        return None
    try:
        return Carried(text, _citations(cited))
    except ValidationError:
        return None


def _citations(cited: Sequence[Any]) -> tuple[Citation, ...]:
    return tuple(Citation.model_validate(one) for one in cited)
