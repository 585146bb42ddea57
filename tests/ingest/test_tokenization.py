from __future__ import annotations

import string
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.errors import ModelUnavailable
from ingest.models import ModelFiles
from ingest.tokenization import Tokenization
from tests.ingest.tiny_models import VOCABULARY, tokenizer

FILES = ModelFiles("tiny", Path(), Path(), "", "", window=16, pooling="mean")
CLS, SEP = VOCABULARY.index("[CLS]"), VOCABULARY.index("[SEP]")
TEXTS = st.text(alphabet=string.ascii_letters + " .,-'éß北😀İ\ud800\n", max_size=60)


def tokenization(**changes: object) -> Tokenization:
    return Tokenization(tokenizer(), replace(FILES, **changes))  # type: ignore[arg-type]


def test_a_text_is_cut_at_the_window_special_tokens_included() -> None:
    piece = tokenization().cut(["a " * 50])[0]
    assert len(piece.numbers) == 16
    assert (piece.numbers[0], piece.numbers[-1], len(piece.offsets)) == (CLS, SEP, 14)


def test_the_window_told_is_what_is_left_for_a_text() -> None:
    assert tokenization().window == 14
    assert tokenization(document="passage: ").window == 12


def test_offsets_are_characters_of_the_text_and_not_bytes() -> None:
    text = "é 😀 report"
    piece = tokenization().cut([text])[0]
    assert [text[start:end] for start, end in piece.offsets.tolist()] == ["é", "😀", "report"]


def test_an_empty_text_has_special_tokens_only() -> None:
    piece = tokenization().cut([""])[0]
    assert piece.numbers == [CLS, SEP]
    assert piece.offsets.shape == (0, 2)


def test_no_texts_are_no_pieces_and_no_batches() -> None:
    one = tokenization()
    assert one.cut([]) == []
    assert one.count([]) == []
    assert list(one.batches([], 8)) == []


def test_padding_and_truncation_of_the_tokenizer_file_are_switched_off() -> None:
    made = tokenizer()
    made.enable_padding(length=40)
    made.enable_truncation(max_length=4)
    one = Tokenization(made, FILES)
    assert one.count(["a b c d e f g h"]) == [8]
    assert len(one.cut(["a"])[0].numbers) == 3


def test_counting_does_not_stop_at_the_window() -> None:
    assert tokenization().count(["a " * 50, "reports"]) == [50, 2]


def test_capitals_are_made_small_where_the_model_says_so() -> None:
    text = "REPORT İ"
    assert tokenization().count([text])[0] == 7
    piece = tokenization(lower_case=True).cut([text])[0]
    assert piece.numbers[1] == VOCABULARY.index("report")
    assert piece.offsets[0].tolist() == [0, 6]


def test_a_prompt_stands_in_front_and_its_tokens_are_not_the_texts() -> None:
    text = "camera report"
    piece = tokenization().cut([text], "query: ")[0]
    assert [VOCABULARY[number] for number in piece.numbers] == ["[CLS]", "query", ":", "camera", "report", "[SEP]"]
    assert piece.first == 3
    assert [text[start:end] for start, end in piece.offsets.tolist()] == ["camera", "report"]


def test_a_token_that_spans_the_end_of_a_prompt_belongs_to_the_text() -> None:
    text = "s of it"
    piece = tokenization().cut([text], "report")[0]
    assert VOCABULARY[piece.numbers[piece.first - 1]] == "report"
    assert [text[start:end] for start, end in piece.offsets.tolist()][0] == "s"


def test_a_prompt_alone_is_read_for_an_empty_text() -> None:
    piece = tokenization().cut([""], "query: ")[0]
    assert len(piece.numbers) == 4
    assert piece.offsets.shape == (0, 2)


def test_half_a_surrogate_pair_is_read_as_one_unknown_character() -> None:
    one = tokenization()
    piece = one.cut(["a \ud800 b"])[0]
    assert piece.offsets.tolist() == [[0, 1], [2, 3], [4, 5]]
    assert one.count(["a \ud800 b"]) == [3]


def test_a_batch_is_padded_to_its_longest_text_and_the_longest_come_first() -> None:
    one = tokenization(pad_token=9)
    pieces = one.cut(["a", "a b c d", "a b", "a b c d e"])
    batches = list(one.batches(pieces, 2))
    assert [batch.places for batch in batches] == [[3, 1], [2, 0]]
    assert batches[0].input_ids.shape == (2, 7)
    assert batches[1].attention_mask.tolist() == [[1, 1, 1, 1], [1, 1, 1, 0]]
    assert batches[1].input_ids[1, -1] == 9


def test_a_model_without_special_tokens_still_reads_one_token_of_an_empty_text(tmp_path: Path) -> None:
    from tokenizers import processors

    made = tokenizer()
    made.post_processor = processors.TemplateProcessing(single="$A", pair="$A $B", special_tokens=[])
    one = Tokenization(made, FILES)
    assert (one.leading, one.trailing, one.window) == ([], [], 16)
    assert one.cut([""])[0].numbers == [0]


@pytest.mark.parametrize("content", [None, "", "{", "{}", '{"model": 3}'])
def test_a_tokenizer_that_cannot_be_read_is_named(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / "tokenizer.json").write_text(content, encoding="utf-8")
    with pytest.raises(ModelUnavailable, match="The tokenizer of `tiny` cannot be read"):
        Tokenization.of(replace(FILES, transformer=tmp_path))


@settings(deadline=None, max_examples=150)
@given(texts=st.lists(TEXTS, max_size=6), prompt=st.sampled_from(["", "query: ", "Represent it:"]))
def test_offsets_lie_in_the_text_in_order_and_go_with_their_tokens(texts: list[str], prompt: str) -> None:
    one = tokenization()
    for text, piece in zip(texts, one.cut(texts, prompt), strict=True):
        assert len(piece.numbers) <= 16
        assert piece.first + len(piece.offsets) + 1 == len(piece.numbers)
        starts, ends = piece.offsets[:, 0], piece.offsets[:, 1]
        assert ((starts >= 0) & (starts < ends) & (ends <= len(text))).all()
        assert (np.diff(starts) >= 0).all()


@settings(deadline=None, max_examples=100)
@given(texts=st.lists(TEXTS, max_size=12), size=st.integers(1, 5))
def test_batches_hold_every_text_once_and_unchanged(texts: list[str], size: int) -> None:
    one = tokenization()
    pieces = one.cut(texts)
    found: dict[int, list[int]] = {}
    for batch in one.batches(pieces, size):
        assert len(batch.places) <= size
        for row, place in enumerate(batch.places):
            found[place] = batch.input_ids[row][batch.attention_mask[row] == 1].tolist()
    assert [found[place] for place in range(len(texts))] == [piece.numbers for piece in pieces]
