from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from ingest import engines
from ingest.documents import Source
from ingest.errors import BadSettings, ModelMismatch, ModelUnavailable
from ingest.library import Library
from ingest.maintenance import rebuild
from ingest.onnx_engine import processors
from ingest.preparing import Given
from ingest.real_steps import RealSteps
from ingest.settings import EmbeddingSettings
from tests.ingest.libraries import settings as library_settings
from tests.ingest.plain_steps import PlainSteps
from tests.ingest.tiny_models import CLS, DENSE, GREATEST, MEAN, POOLING, TRANSFORMER, model, outline, written

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
TEXTS = ["What did the minister ask?", "", "a", " ".join(f"report {n}" for n in range(60))]
NOT_FOR_ASKING = {"torch", "gradio", "sentence_transformers", "transformers", "langchain_core", "chromadb.api"}


def torch_engine(folder: Path) -> engines.SizedEmbedder:
    return engines.load(EmbeddingSettings(model=str(folder), engine="torch"), folder / "cache")


def original(folder: Path) -> Any:
    from sentence_transformers import SentenceTransformer

    return SentenceTransformer(str(folder), device="cpu", local_files_only=True)


# --- torch, the fallback


@pytest.mark.parametrize(
    "peculiarity",
    [
        {"pooling": {"word_embedding_dimension": 24, **GREATEST}},
        {"pooling": {"word_embedding_dimension": 24, "pooling_mode": "lasttoken"}},
        {"pooling": {"word_embedding_dimension": 24, "pooling_mode": ["mean", "max"]}},
        {"pooling": {"word_embedding_dimension": 24, **CLS}, "prompts": {"query": "query: "}},
        {
            "pooling": {"word_embedding_dimension": 24, **MEAN, "include_prompt": False},
            "prompts": {"query": "query: ", "document": "passage: "},
        },
    ],
    ids=["greatest", "last token", "two at once", "first token", "prompt left out"],
)
def test_torch_runs_every_pooling_as_sentence_transformers_does(tmp_path: Path, peculiarity: dict[str, Any]) -> None:
    folder = model(tmp_path / "m", **peculiarity)
    made, expected = torch_engine(folder), original(folder)
    vectors = expected.encode_document(TEXTS, normalize_embeddings=True, show_progress_bar=False)
    assert np.abs(np.stack([one.vector for one in made.encode(TEXTS)]) - vectors).max() < 2e-5
    question = expected.encode_query(TEXTS[0], normalize_embeddings=True, show_progress_bar=False)
    assert np.abs(made.encode_query(TEXTS[0]).vector - question).max() < 2e-5
    assert made.dimensions == len(question)


def test_a_dense_layer_behind_the_pooling_gives_vectors_of_its_own_length(tmp_path: Path) -> None:
    import torch
    from safetensors.torch import save_file

    modules = ((TRANSFORMER, ""), (POOLING, "1_Pooling"), (DENSE, "2_Dense"))
    folder = model(tmp_path / "m", modules=modules)
    activation = "torch.nn.modules.activation.Tanh"
    written(
        folder / "2_Dense" / "config.json",
        {"in_features": 24, "out_features": 5, "bias": True, "activation_function": activation},
    )
    weights = {"linear.weight": torch.randn(5, 24), "linear.bias": torch.randn(5)}
    save_file(weights, str(folder / "2_Dense" / "model.safetensors"))
    made = torch_engine(folder)
    vectors = original(folder).encode(TEXTS, normalize_embeddings=True, show_progress_bar=False)
    assert made.dimensions == 5
    assert np.abs(np.stack([one.vector for one in made.encode(TEXTS)]) - vectors).max() < 2e-5


def test_what_cannot_be_exported_runs_on_torch_and_that_is_said(tmp_path: Path) -> None:
    folder = model(tmp_path / "m", pooling={"word_embedding_dimension": 24, **GREATEST})
    said: list[str] = []
    made = engines.load(EmbeddingSettings(model=str(folder)), tmp_path / "cache", say=said.append)
    assert made.fingerprint.endswith("/torch/fp32")
    assert len(said) == 1
    assert "torch is" in said[0]
    assert "not exported" in said[0]


def test_without_a_cache_torch_is_used_and_that_is_said(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be", encoding="utf-8")
    said: list[str] = []
    settings = EmbeddingSettings(model=str(model(tmp_path / "m")))
    assert engines.load(settings, tmp_path / "cache", say=said.append).fingerprint.endswith("/torch/fp32")
    assert "The cache cannot be written" in said[0]


def test_passages_are_cut_to_the_window_of_a_model_that_reads_little(tmp_path: Path) -> None:
    made = torch_engine(model(tmp_path / "m", window=64))
    lines = [f"Minister {n} said that camera {n} is off." for n in range(60)]
    steps = RealSteps(library_settings(tmp_path), made)
    note = Source("/given/note.txt", "note.txt", " ".join(lines).encode())
    with steps.expanded([note], {}) as found:
        (given,) = found
        assert isinstance(given, Given)
        prepared = steps.prepare(given)
    assert len(prepared.passages) > 10
    assert max(made.count_tokens([steps.text_of(passage) for passage in prepared.passages])) <= made.window


def test_weights_that_are_not_weights_are_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match="The embedding model `m` cannot be loaded"):
        torch_engine(outline(tmp_path / "m"))


def test_a_text_is_counted_as_it_is_read(tmp_path: Path) -> None:
    made = torch_engine(model(tmp_path / "m", window=16))
    assert made.window == 14
    assert made.count_tokens(["a " * 30]) == [30]
    assert len(made.encode(["a " * 30])[0].tokens) == 14


def test_no_texts_are_no_vectors(tmp_path: Path) -> None:
    assert torch_engine(model(tmp_path / "m")).encode([]) == []


def test_an_engine_that_is_not_there_is_refused_with_those_that_are(tmp_path: Path) -> None:
    wrong = EmbeddingSettings.model_construct(
        model="all-MiniLM-L6-v2", engine="abacus", precision="fp32", threads=None, batch=8
    )
    with pytest.raises(BadSettings, match=r"no embedding engine `abacus`\. Use one of: onnx, torch"):
        engines.load(wrong, tmp_path)


def test_there_is_always_a_processor() -> None:
    assert 1 <= processors() <= (os.cpu_count() or 1)


# --- vectors of two models never meet


def test_a_library_refuses_another_model_and_is_changed_over_by_a_rebuild(tmp_path: Path) -> None:
    first = model(tmp_path / "first", dimensions=24)
    second = model(tmp_path / "second", dimensions=12, pooling={"word_embedding_dimension": 12, **CLS})

    def chosen(folder: Path) -> Any:
        return library_settings(tmp_path, **{"embedding": {"model": str(folder), "engine": "torch"}})

    with Library.open(chosen(first), create=True) as library:
        assert library.ledger.header().dimensions == 24
    with Library.open(chosen(second)) as library:
        with pytest.raises(ModelMismatch, match="briefing library rebuild") as refused:
            _ = library.embedder
        assert "first@" in refused.value.message
        assert "second@" in refused.value.message
        assert rebuild(library, torch_engine(second), PlainSteps())
        assert library.embedder.dimensions == 12
    with Library.open(chosen(first)) as library, pytest.raises(ModelMismatch):
        _ = library.embedder


@pytest.mark.parametrize("file", ["1_Pooling/config.json", "tokenizer.json", "config.json"])
def test_a_model_whose_settings_were_edited_is_another_model(tmp_path: Path, file: str) -> None:
    folder = model(tmp_path / "m")
    before = torch_engine(folder).fingerprint
    path = folder / file
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")), indent=7), encoding="utf-8")
    assert torch_engine(folder).fingerprint != before


# --- what is imported, and what is fetched


class Hub(BaseHTTPRequestHandler):
    asked: list[str]

    def answer(self) -> None:
        self.asked.append(self.path)
        self.send_error(404)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def hub() -> Iterator[tuple[str, list[str]]]:
    asked: list[str] = []
    server = ThreadingHTTPServer(
        ("127.0.0.1", 0), type("Counting", (Hub,), {"asked": asked, "do_GET": Hub.answer, "do_HEAD": Hub.answer})
    )
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    server.server_close()
    thread.join()


def run(arguments: list[str], **environment: str) -> subprocess.CompletedProcess[str]:
    inherited = {
        name: value for name, value in os.environ.items() if not name.startswith(("BRIEFING_", "HF_", "TRANSFORMERS_"))
    }
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={**inherited, **environment},
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )


LOADING = """
import os
from assistant.settings import load
from ingest.errors import ModelUnavailable
from ingest.library import load_embedder
try:
    load_embedder(load())
except ModelUnavailable as error:
    print(error)
"""


@pytest.mark.parametrize(
    ("environment", "fetches"),
    [
        ({}, False),
        ({"BRIEFING_ALLOW_MODEL_DOWNLOADS": "true"}, True),
        ({"BRIEFING_ALLOW_MODEL_DOWNLOADS": "true", "BRIEFING_OFFLINE": "true"}, False),
    ],
    ids=["as it comes", "allowed", "allowed, but offline"],
)
def test_the_hub_is_asked_only_when_a_setting_allows_it(
    tmp_path: Path, hub: tuple[str, list[str]], environment: dict[str, str], fetches: bool
) -> None:
    address, asked = hub
    ran = run(
        ["-c", LOADING],
        HF_ENDPOINT=address,
        HF_HOME=str(tmp_path),
        BRIEFING_CACHE=str(tmp_path / "cache"),
        BRIEFING_EMBEDDING__MODEL="some-organisation/some-model",
        **environment,
    )
    assert "The embedding model `some-organisation/some-model` is not on this machine" in ran.stdout, ran.stderr
    assert bool(asked) is fetches


TELLING = """
import json, sys
from assistant.command import main
sys.argv = ["briefing", *sys.argv[1:]]
try:
    main()
finally:
    print("\\nLOADED " + json.dumps(sorted(sys.modules)), file=sys.stderr)
"""


def test_the_bundled_model_answers_without_torch_as_sentence_transformers_would(tmp_path: Path) -> None:
    (tmp_path / "note.md").write_text(
        "# Letter\n\nThe commissioner asked Dahua to confirm its part in the work by Friday.\n", encoding="utf-8"
    )
    environment = {"BRIEFING_LIBRARY": str(tmp_path / "library"), "BRIEFING_CACHE": str(tmp_path / "cache")}
    taken = run(["-c", TELLING, "ingest", "--json", str(tmp_path / "note.md")], **environment)
    assert taken.returncode == 0, taken.stderr
    assert json.loads(taken.stdout)[0]["status"] == "ingested"
    assert "Preparing the embedding model `all-MiniLM-L6-v2`" in taken.stderr
    asked = run(["-c", TELLING, "ask", "--json", "What did the commissioner ask Dahua to confirm?"], **environment)
    assert asked.returncode == 0, asked.stderr
    answer = json.loads(asked.stdout)
    assert answer["outcome"] == "briefing"
    assert answer["trace"]["embedder"] == "all-MiniLM-L6-v2@53aa51172d14/onnx/fp32"
    for ran in (taken, asked):
        said, _, loaded = ran.stderr.partition("LOADED ")
        assert not {"torch", "gradio", "sentence_transformers", "transformers"} & set(json.loads(loaded))
    assert "Preparing" not in said
    assert not NOT_FOR_ASKING & set(json.loads(loaded))
    made = engines.load(EmbeddingSettings(), tmp_path / "cache")
    vectors = original(engines.locate("all-MiniLM-L6-v2").folder).encode(TEXTS, show_progress_bar=False)
    assert np.abs(np.stack([one.vector for one in made.encode(TEXTS)]) - vectors).max() < 2e-6
