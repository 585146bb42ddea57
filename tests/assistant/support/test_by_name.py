from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from transformers import BertConfig, BertForSequenceClassification

from assistant.support.by_name import NamedModel
from ingest.errors import ModelUnavailable
from ingest.models import locate


def _made(folder: Path, labels: list[str]) -> str:
    """A model of one layer with drawn weights, saved as transformers saves one, beside the bundled tokenizer."""
    config = BertConfig(
        vocab_size=30522,
        hidden_size=8,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        id2label=dict(enumerate(labels)),
        label2id={label: number for number, label in enumerate(labels)},
        num_labels=len(labels),
    )
    BertForSequenceClassification(config).save_pretrained(folder)
    for name in ("tokenizer.json", "tokenizer_config.json", "vocab.txt"):
        shutil.copy(locate("all-MiniLM-L6-v2").transformer / name, folder / name)
    return str(folder)


def test_the_label_that_says_entailment_is_the_score(tmp_path: Path) -> None:
    checker = NamedModel(_made(tmp_path / "nli", ["contradiction", "ENTAILMENT", "neutral"]), threshold=0.0)
    found = checker.check("The fee rose.", ["The fee rose to 40 pounds.", "Nobody objected."])
    assert 0 < found.score < 1
    assert found.carried
    assert found.read == (0, 1)


def test_a_model_that_gives_one_number_is_read_as_a_probability(tmp_path: Path) -> None:
    found = NamedModel(_made(tmp_path / "one", ["score"])).check("The fee rose.", ["The fee rose."])
    assert 0 < found.score < 1


def test_a_model_with_other_labels_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match="No label"):
        NamedModel(_made(tmp_path / "moods", ["happy", "sad", "not_entailment"]))


def test_a_model_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match="cannot be loaded"):
        NamedModel(str(tmp_path / "none"))


def test_no_evidence_carries_nothing(tmp_path: Path) -> None:
    assert NamedModel(_made(tmp_path / "one", ["score"])).check("The fee rose.", []).score == 0.0
