"""Libraries of any size made of invented text, for measurements of speed.

Words follow Zipf's law (with Mandelbrot's offset), nearly half of them are English function words, names are capitalised
and some sentences have a speaker; so full text, attribution and the gate have as much to do as with real text.

The first `EMBEDDED` passages are embedded by the library's own model. Those beyond them take a mixture of two such
vectors, and the token vectors of one: as many numbers as real ones, stored as real ones are.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ingest import token_vectors
from ingest.acknowledging import receipt
from ingest.documents import Document, Metadata, Passage, PlacedBlock, Source, Span, passage_id
from ingest.ledger.writing import EmbeddedPassage, NewVersion, index_key
from ingest.near_duplicates import signature
from ingest.steps import embedded_text, relative
from ingest.storing import writing_to
from ingest.understanding.rules import Rules

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from ingest.library import Library

EMBEDDED = 1_000
PASSAGES_A_DOCUMENT = 20
SENTENCES = 6
WORDS = 12

_VOCABULARY = 30_000
_OFFSET = 10
_FUNCTION_WORDS = (
    "the of and to in a that for on with as by from at it be this was were not or are has have its".split()
)
_SYLLABLES = [first + vowel for first in "b br d dr f g gr k l m n p pr r s st t tr v w".split() for vowel in "aeiou"]
_GROUP = 50


class _Made(NamedTuple):
    """What the model made of one passage."""

    vector: NDArray[np.float32]
    tokens: bytes


class Words:
    """The invented vocabulary, commonest first."""

    def __init__(self, seed: int = 1) -> None:
        self._random = np.random.default_rng(seed)
        kinds = self._random.integers(0, len(_SYLLABLES), size=(_VOCABULARY, 4))
        lengths = self._random.integers(2, 5, size=_VOCABULARY)
        spelt = ["".join(_SYLLABLES[kind] for kind in row[:length]) for row, length in zip(kinds, lengths, strict=True)]
        self._spelt = [word.capitalize() if rank % 6 == 5 else word for rank, word in enumerate(spelt)]
        shares = 1 / (np.arange(_VOCABULARY) + _OFFSET)
        self._until = np.cumsum(shares / shares.sum())

    def sentence(self, *, spoken: bool) -> str:
        """A sentence; with a name and a reporting verb in front when it is `spoken`."""
        ranks = np.searchsorted(self._until, self._random.random(WORDS))
        function = self._random.integers(0, 2 * len(_FUNCTION_WORDS), size=WORDS)
        words = [
            _FUNCTION_WORDS[at] if at < len(_FUNCTION_WORDS) else self._spelt[min(rank, _VOCABULARY - 1)]
            for at, rank in zip(function, ranks, strict=True)
        ]
        text = " ".join(words)
        said = f"{self._spelt[int(ranks[0]) // 6 * 6 + 5]} said that {text}" if spoken else text
        return said[0].upper() + said[1:] + "."

    def questions(self, passages: list[str]) -> Iterator[str]:
        """A question from each of `passages`, asking with words of one of its sentences what a name of it said."""
        for passage in passages:
            sentences = passage.split(". ")
            asked = sentences[int(self._random.integers(len(sentences)))].rstrip(".").split()[1:]
            content = [word for word in asked if word not in _FUNCTION_WORDS and word not in ("said", "that")]
            names = [word for word in content if word[0].isupper()]
            plain = [word for word in content if word[0].islower()][:4]
            if names and len(plain) == 4:
                yield f"What did {names[0]} say of the {plain[0]} {plain[1]} and {plain[2]} in the {plain[3]}?"


def fill(library: Library, passages: int) -> None:
    """Put `passages` (a multiple of `PASSAGES_A_DOCUMENT`) into an empty library, by the ways ingest uses."""
    words, pool, documents = Words(), list[_Made](), passages // PASSAGES_A_DOCUMENT
    rules = Rules(library.settings.understanding.lexicon)
    with writing_to(library, "filling it with invented text", lambda: datetime.now(UTC)) as writer:
        for first in range(0, documents, _GROUP):
            numbers = range(first, min(first + _GROUP, documents))
            writer.store([_version(library, rules, words, pool, number) for number in numbers], receipt)


def _version(library: Library, rules: Rules, words: Words, pool: list[_Made], number: int) -> NewVersion:
    document = _document(words, number)
    cut = [_passage(document, block) for block in document.blocks]
    if len(pool) < EMBEDDED:
        encoded = library.embedder.encode([embedded_text(one) for one in cut])
        made = [
            _Made(seen.vector, token_vectors.pack(seen, embedded_text(one), len(one.context) + 1, relative(one)))
            for seen, one in zip(encoded, cut, strict=True)
        ]
        pool.extend(made)
    else:
        made = [_mixture(pool, number * PASSAGES_A_DOCUMENT + place) for place in range(len(cut))]
    source = Source(f"/invented/{number}.txt", f"{number}.txt", document.text.encode())
    kept = [EmbeddedPassage(one, index_key(embedded_text(one)), *each) for one, each in zip(cut, made, strict=True)]
    said = rules.understand(document.text, document.blocks, cut, document.metadata)
    return NewVersion(source, document, tuple(kept), signature(document.text), {}, understanding=said)


def paragraphs(words: Words) -> list[str]:
    """The text of one document, each paragraph as long as a passage."""
    return [
        " ".join(words.sentence(spoken=place % 3 == 0) for place in range(SENTENCES))
        for _ in range(PASSAGES_A_DOCUMENT)
    ]


def _document(words: Words, number: int) -> Document:
    blocks, start = [], 0
    texts = paragraphs(words)
    for paragraph in texts:
        blocks.append(PlacedBlock("paragraph", start, start + len(paragraph)))
        start += len(paragraph) + 2
    metadata = Metadata(title=f"Report {number}", publisher=f"Body {number % 97}", published=f"20{number % 24:02}-05")
    text = "\n\n".join(texts)
    return Document(Source("", "", text.encode()).digest, "text", text, tuple(blocks), metadata)


def _passage(document: Document, block: PlacedBlock) -> Passage:
    text, spans, start = document.text[block.start : block.end], [], block.start
    for sentence in text.split(". "):
        end = min(start + len(sentence) + 1, block.end)
        spans.append(Span(start, end))
        start = end + 1
    known = document.metadata
    return Passage(
        id=passage_id(document.digest, block.start, block.end),
        start=block.start,
        end=block.end,
        text=text,
        sentences=tuple(spans),
        context=f"{known.title} · {known.publisher} · {known.published}",
    )


def _mixture(pool: list[_Made], number: int) -> _Made:
    random = np.random.default_rng(number)
    one, other = random.integers(0, len(pool), size=2)
    noise = random.standard_normal(len(pool[0].vector)) / len(pool[0].vector) ** 0.5
    vector = pool[one].vector + 0.5 * pool[other].vector + 0.4 * noise
    return _Made((vector / np.linalg.norm(vector)).astype(np.float32), pool[one].tokens)
