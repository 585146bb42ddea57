"""Sentence-transformers models as small as they can be, written the way the library itself writes them."""

from __future__ import annotations

import json
import string
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from tokenizers import Tokenizer

SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
LETTERS = string.ascii_letters + string.digits
WORDS = ("query", "passage", "report", "camera", "minister", "##s", "##ing")
VOCABULARY = (*SPECIAL, *WORDS, *LETTERS, *(f"##{letter}" for letter in LETTERS), *string.punctuation)
TRANSFORMER, POOLING, NORMALIZE, DENSE = (
    f"sentence_transformers.models.{kind}" for kind in ("Transformer", "Pooling", "Normalize", "Dense")
)


def tokenizer(*, lower_case: bool = False) -> Tokenizer:
    """Word pieces that fall back to single letters; longer words and other scripts are [UNK]."""
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

    numbers = {token: number for number, token in enumerate(VOCABULARY)}
    made = Tokenizer(models.WordPiece(numbers, unk_token="[UNK]", max_input_chars_per_word=40))
    made.normalizer = normalizers.BertNormalizer(lowercase=lower_case)
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    special = [("[CLS]", numbers["[CLS]"]), ("[SEP]", numbers["[SEP]"])]
    made.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B [SEP]", special_tokens=special
    )
    return made


def written(path: Path, value: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value), encoding="utf-8")


def outline(
    folder: Path,
    *,
    modules: tuple[tuple[str, str], ...] = ((TRANSFORMER, ""), (POOLING, "1_Pooling"), (NORMALIZE, "2_Normalize")),
    pooling: dict[str, Any] | None = None,
    prompts: dict[str, str] | None = None,
    window: int | None = 64,
    lower_case: bool = False,
    weights: bytes = b"weights",
) -> Path:
    """All files of a model but for real weights: enough for everything that looks before it loads."""
    home = folder / modules[0][1] if modules else folder
    home.mkdir(parents=True, exist_ok=True)
    written(
        folder / "modules.json",
        [{"idx": place, "name": str(place), "path": path, "type": kind} for place, (kind, path) in enumerate(modules)],
    )
    written(home / "sentence_bert_config.json", {"max_seq_length": window, "do_lower_case": lower_case})
    written(home / "config.json", {"model_type": "bert", "max_position_embeddings": 128, "pad_token_id": 0})
    named = zip(("pad_token", "unk_token", "cls_token", "sep_token", "mask_token"), SPECIAL, strict=True)
    written(home / "tokenizer_config.json", {"tokenizer_class": "PreTrainedTokenizerFast", **dict(named)})
    written(folder / "1_Pooling" / "config.json", pooling or {"word_embedding_dimension": 24, **MEAN})
    written(folder / "config_sentence_transformers.json", {"prompts": prompts or {}, "default_prompt_name": None})
    tokenizer().save(str(home / "tokenizer.json"))
    (home / "model.safetensors").write_bytes(weights)
    return folder


MEAN = {"pooling_mode_cls_token": False, "pooling_mode_mean_tokens": True, "pooling_mode_max_tokens": False}
CLS = {"pooling_mode_cls_token": True, "pooling_mode_mean_tokens": False, "pooling_mode_max_tokens": False}
GREATEST = {"pooling_mode_cls_token": False, "pooling_mode_mean_tokens": False, "pooling_mode_max_tokens": True}


def model(folder: Path, *, dimensions: int = 24, seed: int = 7, **options: Any) -> Path:
    """A model with real, random weights that sentence-transformers loads; `options` are those of `outline`."""
    import torch
    from transformers import BertConfig, BertModel

    options.setdefault("pooling", {"word_embedding_dimension": dimensions, **MEAN})
    outline(folder, **options)
    home = folder / json.loads((folder / "modules.json").read_text(encoding="utf-8"))[0]["path"]
    torch.manual_seed(seed)
    config = BertConfig(
        vocab_size=len(VOCABULARY),
        hidden_size=dimensions,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=2 * dimensions,
        max_position_embeddings=128,
        initializer_range=0.5,  # so that texts come out far apart
    )
    BertModel(config).save_pretrained(home)
    return folder
