"""How fast documents are taken in, over the bare model and over LangChain's stock pipeline.

    python -m eval.benchmarks.ingest_speed [--documents FOLDER] [--passages 400] [--rounds 3]

Every round takes the same documents into an empty library (read, cut, embedded, stored, receipts written), then runs
the exported model alone on the very batches of that ingest, their tokens made beforehand, and then LangChain's pipeline:
`RecursiveCharacterTextSplitter` (1,000 characters, 200 of them shared), sentence-transformers on torch as
`HuggingFaceEmbeddings` calls it, `Chroma.from_documents` with a folder. LangChain is given text that has been read
already. Passages differ between the two, so that comparison is in characters of text a second.

Without `--documents` text is invented (`eval.benchmarks.invented_library`). langchain-huggingface would pin an older
huggingface-hub, so the lines of it that are used stand here. Without langchain-chroma and langchain-text-splitters that
comparison is left out.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings

from assistant.settings import load
from eval.benchmarks.invented_library import PASSAGES_A_DOCUMENT, Words, paragraphs
from eval.benchmarks.measuring import Cost, Figure, measured, show
from ingest import engines
from ingest.library import Library
from ingest.models import locate
from ingest.onnx_engine import processors, session
from ingest.onnx_export import exported
from ingest.pipeline import ingest
from ingest.tokenization import Tokenization

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from assistant.settings import Settings
    from ingest.embedding import Encoded
    from ingest.engines import SizedEmbedder

GOAL_BARE = 0.9
GOAL_LANGCHAIN = 2.0


class Overheard:
    """The library's embedder, which remembers what it was asked to embed, call by call."""

    def __init__(self, embedder: SizedEmbedder) -> None:
        self._embedder = embedder
        self.calls: list[list[str]] = []

    @property
    def fingerprint(self) -> str:
        """See `Embedder`."""
        return self._embedder.fingerprint

    @property
    def dimensions(self) -> int:
        """See `Embedder`."""
        return self._embedder.dimensions

    @property
    def window(self) -> int:
        """See `SizedEmbedder`."""
        return self._embedder.window

    def encode(self, texts: Sequence[str]) -> list[Encoded]:
        """See `Embedder`."""
        self.calls.append(list(texts))
        return self._embedder.encode(texts)

    def encode_query(self, text: str) -> Encoded:
        """See `Embedder`."""
        return self._embedder.encode_query(text)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """See `SizedEmbedder`."""
        return self._embedder.count_tokens(texts)


class StockEmbeddings(Embeddings):
    """What `HuggingFaceEmbeddings` does, on the same model files."""

    def __init__(self, folder: Path) -> None:
        from sentence_transformers import SentenceTransformer

        self._model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """See `Embeddings`."""
        vectors: list[list[float]] = self._model.encode(texts, show_progress_bar=False).tolist()
        return vectors

    def embed_query(self, text: str) -> list[float]:
        """See `Embeddings`."""
        return self.embed_documents([text])[0]


def main() -> None:
    """Take the documents in by all three ways in turn, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=Path, help="folder of documents (default: invented text)")
    parser.add_argument("--passages", type=int, default=400, help="passages of invented text, about")
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = given.documents or _invented(Path(scratch) / "documents", given.passages)
        settings = load(overrides={"library": Path(scratch) / "library"})
        embedder = Overheard(engines.load(settings.embedding, settings.cache))
        bare = _bare(settings)
        stock = (
            StockEmbeddings(locate(settings.embedding.model, cache=settings.cache).folder) if _has_langchain() else None
        )
        costs: dict[str, list[Cost]] = {"ingest": [], "bare": [], "langchain": []}
        for number in range(given.rounds + 1):  # the first warms
            place = Path(scratch) / f"library-{number}"
            texts = _taken_in(settings.model_copy(update={"library": place}), embedder, folder, costs["ingest"])
            costs["bare"].append(bare(embedder.calls))
            if stock is not None:
                costs["langchain"].append(_langchain(stock, texts, place / "langchain"))
        passages = sum(map(len, embedder.calls))
    _report({name: every[1:] for name, every in costs.items()}, passages, sum(map(len, texts)))


def _has_langchain() -> bool:
    missing = [
        name for name in ("langchain-chroma", "langchain-text-splitters") if not find_spec(name.replace("-", "_"))
    ]
    if missing:
        sys.stdout.write(f"LangChain's pipeline is not measured; install {' and '.join(missing)}.\n")
    return not missing


def _invented(folder: Path, passages: int) -> Path:
    folder.mkdir()
    words = Words()
    for number in range(max(1, passages // PASSAGES_A_DOCUMENT)):
        (folder / f"{number}.txt").write_text("\n\n".join(paragraphs(words)), encoding="utf-8")
    return folder


def _taken_in(settings: Settings, embedder: Overheard, folder: Path, costs: list[Cost]) -> list[str]:
    """Ingest the folder into an empty library; the texts of its documents."""
    embedder.calls.clear()
    with Library.open(settings, create=True, embedder=embedder) as library:
        with measured() as cost:
            receipts = list(ingest(library, [folder]))
        costs.append(cost)
        return [library.ledger.text(one.document).text for one in receipts if one.document is not None]


def _bare(settings: Settings) -> Callable[[Sequence[Sequence[str]]], Cost]:
    """The model alone: what it costs to run it on calls of texts, cut into tokens and batches beforehand."""
    files = locate(settings.embedding.model, cache=settings.cache)
    graph = exported(files, settings.embedding.precision, settings.cache, say=print)
    tokenization = Tokenization.of(files)
    run = session(graph, settings.embedding.threads or processors()).run

    def cost_of(calls: Sequence[Sequence[str]]) -> Cost:
        feeds: list[dict[str, Any]] = [
            {"input_ids": batch.input_ids, "attention_mask": batch.attention_mask}
            for texts in calls
            for batch in tokenization.batches(tokenization.cut(texts), settings.embedding.batch)
        ]
        with measured() as cost:
            for feed in feeds:
                run(["sentence", "tokens"], feed)
        return cost

    return cost_of


def _langchain(embeddings: Embeddings, texts: Sequence[str], folder: Path) -> Cost:
    chroma, splitters = import_module("langchain_chroma"), import_module("langchain_text_splitters")
    documents = [Document(text, metadata={"source": str(number)}) for number, text in enumerate(texts)]
    with measured() as cost:
        splitter = splitters.RecursiveCharacterTextSplitter(chunk_size=1_000, chunk_overlap=200)
        chroma.Chroma.from_documents(splitter.split_documents(documents), embeddings, persist_directory=str(folder))
    return cost


def _report(costs: dict[str, list[Cost]], passages: int, characters: int) -> None:
    said = {"ingest": "briefing ingest", "bare": "the model alone", "langchain": "LangChain's stock pipeline"}
    costs = {name: every for name, every in costs.items() if every}
    for name, every in costs.items():
        clock, processor = (median(getattr(one, kind) for one in every) for kind in ("clock", "processor"))
        unit = f"{characters / clock:9,.0f} characters/s" + (
            "" if name == "langchain" else f"{passages / clock:8.1f} passages/s"
        )
        sys.stdout.write(f"{said[name]:<30}{clock:8.2f} s by the clock{processor:8.2f} s of processor time{unit}\n")
    goals = {"bare": GOAL_BARE, "langchain": GOAL_LANGCHAIN}
    figures = [
        Figure(f"ingest over {said[name]}", costs["ingest"], costs[name], goal, speeds=True)
        for name, goal in goals.items()
        if name in costs
    ]
    show(f"{passages:,} passages, {characters:,} characters, medians of {len(costs['bare'])} rounds", figures)


if __name__ == "__main__":
    main()
