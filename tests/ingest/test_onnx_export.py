from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from ingest.models import locate
from ingest.onnx_engine import OnnxEmbedder
from ingest.onnx_export import GRAPH, ExportError, export, exported
from tests.ingest.tiny_models import CLS, GREATEST, MEAN, POOLING, TRANSFORMER, model, written

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[2]
TEXTS = [
    "What did the minister ask of the camera maker?",
    "",
    "Zoë — 北京 😀",
    " ".join(f"report {n} on cameras" for n in range(40)),
    "a",
]
PROMPTS = {"query": "query: ", "document": "passage: "}


def as_sentence_transformers_does(folder: Path, texts: list[str], *, query: bool = False) -> tuple[Any, list[Any]]:
    from sentence_transformers import SentenceTransformer

    original = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
    encode = original.encode_query if query else original.encode_document
    tokens = encode(texts, output_value="token_embeddings", show_progress_bar=False)
    return encode(texts, normalize_embeddings=True, show_progress_bar=False), [np.asarray(one) for one in tokens]


@pytest.mark.parametrize(
    "peculiarity",
    [
        {},
        {"dimensions": 10},
        {"pooling": {"word_embedding_dimension": 24, **CLS}},
        {"modules": ((TRANSFORMER, ""), (POOLING, "1_Pooling"))},
        {"modules": ((TRANSFORMER, "0_Transformer"), (POOLING, "1_Pooling")), "window": 20},
        {"prompts": PROMPTS},
        {"lower_case": True},
    ],
    ids=[
        "plain",
        "short vectors",
        "first token",
        "not normalised",
        "own folder, small window",
        "prompts",
        "lower case",
    ],
)
def test_an_export_gives_what_the_original_gives(tmp_path: Path, peculiarity: dict[str, Any]) -> None:
    folder = model(tmp_path / "m", **peculiarity)
    files = locate(str(folder))
    export(files, "fp32", tmp_path / "made")
    made = OnnxEmbedder(files, tmp_path / "made" / GRAPH, batch=3)
    vectors, tokens = as_sentence_transformers_does(folder, TEXTS)
    for one, vector, rows in zip(made.encode(TEXTS), vectors, tokens, strict=True):
        assert np.abs(one.vector - vector).max() < 2e-5
        assert np.linalg.norm(one.vector) == pytest.approx(1, abs=1e-5)
        own = rows[len(rows) - 1 - len(one.tokens) : -1]
        assert np.abs(one.tokens - own / np.linalg.norm(own, axis=1, keepdims=True)).max(initial=0) < 2e-5
    asked = made.encode_query(TEXTS[0]).vector
    assert np.abs(asked - as_sentence_transformers_does(folder, TEXTS[:1], query=True)[0][0]).max() < 2e-5
    assert made.dimensions == peculiarity.get("dimensions", 24) == len(vectors[0])


def test_a_prompt_changes_the_vector_of_a_question_but_not_its_words(tmp_path: Path) -> None:
    files = locate(str(model(tmp_path / "m", prompts=PROMPTS)))
    export(files, "fp32", tmp_path / "made")
    made = OnnxEmbedder(files, tmp_path / "made" / GRAPH)
    passage, question = made.encode(["camera report"])[0], made.encode_query("camera report")
    assert np.abs(passage.vector - question.vector).max() > 1e-3
    assert passage.offsets.tolist() == question.offsets.tolist() == [[0, 6], [7, 13]]
    assert passage.tokens.shape == question.tokens.shape == (2, 24)


def test_int8_is_near_the_original_and_has_a_fingerprint_of_its_own(tmp_path: Path) -> None:
    files = locate(str(model(tmp_path / "m", dimensions=32)))
    export(files, "fp32", tmp_path / "fp32")
    export(files, "int8", tmp_path / "int8")
    exact = OnnxEmbedder(files, tmp_path / "fp32" / GRAPH)
    coarse = OnnxEmbedder(files, tmp_path / "int8" / GRAPH, precision="int8", batch=8)
    cosines = [float(a.vector @ b.vector) for a, b in zip(exact.encode(TEXTS), coarse.encode(TEXTS), strict=True)]
    assert 0.95 < min(cosines) < 1
    assert exact.fingerprint == f"m@{files.identity[:12]}/onnx/fp32"
    assert coarse.fingerprint == f"m@{files.identity[:12]}/onnx/int8"


def test_at_int8_the_neighbours_of_a_text_do_not_change_its_vector(tmp_path: Path) -> None:
    files = locate(str(model(tmp_path / "m")))
    export(files, "int8", tmp_path / "made")
    made = OnnxEmbedder(files, tmp_path / "made" / GRAPH, precision="int8", batch=8)
    assert np.array_equal(made.encode(TEXTS)[0].vector, made.encode(TEXTS[:1])[0].vector)


def test_an_export_that_differs_from_the_original_is_refused(tmp_path: Path) -> None:
    folder = model(tmp_path / "m")
    # The original reads the end of a long text, the export the beginning.
    settings = json.loads((folder / "tokenizer_config.json").read_text(encoding="utf-8"))
    written(folder / "tokenizer_config.json", {**settings, "truncation_side": "left"})
    with pytest.raises(ExportError, match=r"The export of `m` differs from the original by 0\.\d"):
        export(locate(str(folder)), "fp32", tmp_path / "made")


def test_a_model_with_another_pooling_is_not_exported(tmp_path: Path) -> None:
    folder = model(tmp_path / "m", pooling={"word_embedding_dimension": 24, **GREATEST})
    with pytest.raises(ExportError, match="pools its tokens in a way that is not exported"):
        exported(locate(str(folder)), "fp32", tmp_path / "cache", say=print)


def test_a_model_that_leaves_its_prompt_out_of_the_vector_is_not_exported(tmp_path: Path) -> None:
    pooling = {"word_embedding_dimension": 24, **MEAN, "include_prompt": False}
    files = locate(str(model(tmp_path / "m", pooling=pooling, prompts=PROMPTS)))
    assert files.pooling is None


# --- the cache


class Prepared:
    """A model whose graph two processes asked for at the same time."""

    def __init__(self, folder: Path) -> None:
        self.model = model(folder / "m")
        self.cache = folder / "cache"
        code = (
            "import sys; from pathlib import Path; from ingest.models import locate; "
            "from ingest.onnx_export import exported; "
            f"print(exported(locate({str(self.model)!r}), 'fp32', Path({str(self.cache)!r}), say=print))"
        )
        started = [
            subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True)
            for _ in range(2)
        ]
        self.said = [one.communicate(timeout=280)[0].splitlines() for one in started]
        self.codes = [one.returncode for one in started]

    def copied(self, folder: Path) -> tuple[Path, Path]:
        """A copy of the cache, and the folder of the graph in it."""
        cache = Path(shutil.copytree(self.cache, folder / "cache"))
        return cache, next(path for path in (cache / "models").iterdir() if path.is_dir())


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    return Prepared(tmp_path_factory.mktemp("prepared"))


def test_two_processes_that_export_at_once_make_one_graph_and_both_can_use_it(prepared: Prepared) -> None:
    assert prepared.codes == [0, 0]
    graphs = {lines[-1] for lines in prepared.said}
    assert len(graphs) == 1
    assert sorted(len(lines) for lines in prepared.said) == [1, 2]
    assert any(line.startswith("Preparing the embedding model `m` (fp32)") for line in sum(prepared.said, []))
    assert OnnxEmbedder(locate(str(prepared.model)), Path(graphs.pop())).encode(["a"])[0].vector.shape == (24,)
    assert not list((prepared.cache / "models").glob("*.draft"))


def test_a_graph_in_the_cache_is_used_without_a_word(prepared: Prepared, tmp_path: Path) -> None:
    cache, place = prepared.copied(tmp_path)
    said: list[str] = []
    assert exported(locate(str(prepared.model)), "fp32", cache, say=said.append) == place / GRAPH
    assert said == []


def flipped(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0x40
    path.write_bytes(content)


DAMAGES: dict[str, Callable[[Path], object]] = {
    "half of the weights": lambda place: os.truncate(place / "weights.bin", 100),
    "a flipped bit": lambda place: flipped(place / "weights.bin"),
    "a flipped bit in the graph": lambda place: flipped(place / GRAPH),
    "no weights": lambda place: (place / "weights.bin").unlink(),
    "an empty graph": lambda place: (place / GRAPH).write_bytes(b""),
    "no digests": lambda place: (place / "digests.json").unlink(),
    "garbage for digests": lambda place: (place / "digests.json").write_text("[[1]]", encoding="utf-8"),
    "no digest of the graph": lambda place: written(place / "digests.json", {}),
    "an empty folder": lambda place: [path.unlink() for path in place.iterdir()],
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_graph_is_never_used(prepared: Prepared, tmp_path: Path, damage: str) -> None:
    cache, place = prepared.copied(tmp_path)
    folder = Path(shutil.copytree(prepared.model, tmp_path / "m"))
    files = locate(str(folder))
    assert exported(files, "fp32", cache, say=print).is_file()
    DAMAGES[damage](place)
    (folder / "model.safetensors").unlink()  # so that it cannot be made anew, and says so at once
    with pytest.raises(ExportError, match="holds no weights"):
        exported(files, "fp32", cache, say=print)
    assert not place.exists()


def test_a_damaged_graph_is_made_anew_and_what_a_killed_process_left_is_cleared(
    prepared: Prepared, tmp_path: Path
) -> None:
    cache, place = prepared.copied(tmp_path)
    flipped(place / "weights.bin")
    left = place.with_name(f"{place.name}.0badcafe.draft")
    left.mkdir()
    (left / "raw.onnx").write_bytes(b"half")
    said: list[str] = []
    files = locate(str(prepared.model))
    graph = exported(files, "fp32", cache, say=said.append)
    assert len(said) == 1
    assert not left.exists()
    expected = as_sentence_transformers_does(prepared.model, TEXTS)[0]
    made = np.stack([one.vector for one in OnnxEmbedder(files, graph).encode(TEXTS)])
    assert np.abs(made - expected).max() < 2e-5


def test_a_model_that_changed_while_it_was_being_exported_is_not_exported(prepared: Prepared, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(prepared.model, tmp_path / "m"))
    files = locate(str(folder))
    flipped(folder / "model.safetensors")
    with pytest.raises(ExportError, match="changed while it was being prepared"):
        exported(files, "fp32", tmp_path / "cache", say=print)
    assert [path.suffix for path in (tmp_path / "cache" / "models").iterdir()] == [".lock"]


def test_what_was_found_unsuitable_is_not_tried_at_every_start(prepared: Prepared, tmp_path: Path) -> None:
    cache, place = prepared.copied(tmp_path)
    shutil.rmtree(place)
    place.with_name(f"{place.name}.unsuitable").write_text("It differs.", encoding="utf-8")
    with pytest.raises(ExportError, match=r"It differs\. To try again, remove "):
        exported(locate(str(prepared.model)), "fp32", cache, say=print)


def test_a_cache_that_cannot_be_written_is_said(prepared: Prepared, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be", encoding="utf-8")
    with pytest.raises(ExportError, match=r"The cache cannot be written: .* Make room or access in "):
        exported(locate(str(prepared.model)), "fp32", tmp_path / "cache", say=print)
