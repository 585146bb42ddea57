from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.describe import describe
from ingest.documents import Block, Metadata, Reading, Source, passage_id
from ingest.segment.passages import CONTEXT_CHARACTERS, passages

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ingest.documents import BlockKind, Document, Passage


class Sizes(NamedTuple):
    target_tokens: int = 40
    max_tokens: int = 100


def words(texts: Sequence[str]) -> list[int]:
    return [len(text.split()) for text in texts]


def document(*blocks: Block | str, metadata: Metadata | None = None) -> Document:
    made = tuple(Block("paragraph", block) if isinstance(block, str) else block for block in blocks)
    reading = Reading("text", made, metadata or Metadata())
    return describe(reading, Source("made.txt", "made.txt", b"made"), given={})


def cut(made: Document, target: int = 40, most: int = 100) -> tuple[Passage, ...]:
    return passages(made, count_tokens=words, settings=Sizes(target, most))


def heading(text: str, level: int = 1) -> Block:
    return Block("heading", text, level)


def row(text: str) -> Block:
    return Block("table_row", text)


TEN = "The commissioner wrote to the company on the third day."
FIVE = "It did not reply then."


def test_a_passage_is_a_run_of_whole_sentences_of_the_canonical_text() -> None:
    made = document(f"{TEN} {FIVE} {TEN}", f"{FIVE} {TEN}")
    for passage in cut(made, target=20):
        assert passage.text == made.text[passage.start : passage.end]
        assert passage.sentences[0].start == passage.start
        assert passage.sentences[-1].end == passage.end


def test_a_passage_is_closed_once_it_has_reached_the_target() -> None:
    made = document(*[TEN] * 9)
    assert [len(passage.sentences) for passage in cut(made, target=30)] == [3, 3, 3]


def test_no_sentence_is_added_that_goes_beyond_what_the_model_reads() -> None:
    long = " ".join(["word"] * 45) + "."
    made = document(TEN, long, TEN)
    assert [len(passage.text.split()) for passage in cut(made, target=50, most=100)] == [10, 45, 10]


def test_a_sentence_longer_than_the_model_reads_is_a_passage_of_its_own() -> None:
    made = document(TEN, " ".join(["word"] * 500) + ".", TEN)
    assert [len(passage.text.split()) for passage in cut(made)] == [10, 500, 10]


def test_a_passage_does_not_cross_a_heading_of_the_first_two_levels() -> None:
    made = document(heading("One"), TEN, heading("Two", 2), TEN, heading("Three", 3), TEN)
    found = cut(made)
    assert [passage.heading_path for passage in found] == [("One",), ("One", "Two")]
    assert found[1].text.count(TEN) == 2


def test_headings_are_context_and_never_sentences() -> None:
    made = document(heading("Findings"), heading("Cameras", 2), TEN, metadata=Metadata(title="Report"))
    (passage,) = cut(made)
    assert passage.context == "Report · Findings · Cameras"
    assert passage.text == TEN


def test_a_heading_that_is_the_title_stands_in_the_context_once() -> None:
    made = document(heading("Report"), TEN, metadata=Metadata(title="Report", publisher="Regulator", published="2022"))
    assert cut(made)[0].context == "Report · Regulator · 2022"


def test_a_heading_closes_those_of_its_rank_and_below() -> None:
    made = document(heading("A"), heading("A1", 2), TEN, heading("B"), TEN, heading("B1", 2), TEN)
    assert [passage.heading_path for passage in cut(made)] == [("A", "A1"), ("B",), ("B", "B1")]


def test_a_heading_with_nothing_under_it_can_be_found() -> None:
    made = document(
        heading("Findings"), heading("No image was kept", 2), heading("No sign was shown", 2), heading("Costs"), TEN
    )
    assert [(passage.text, passage.heading_path) for passage in cut(made)] == [
        ("Findings\n\nNo image was kept\n\nNo sign was shown", ()),
        (TEN, ("Costs",)),
    ]


def test_a_document_of_nothing_but_headings_is_cut_as_if_they_were_paragraphs() -> None:
    made = document(heading("Findings"), heading("Costs"), heading("Next steps"))
    (passage,) = cut(made)
    assert passage.text == "Findings\n\nCosts\n\nNext steps"
    assert len(passage.sentences) == 3


def test_a_row_of_a_table_is_one_sentence() -> None:
    made = document(row("Station | Note"), row("Northgate | No sign. No reply."))
    assert [len(passage.sentences) for passage in cut(made)] == [2]


def test_rows_that_are_cut_from_their_table_keep_its_header_in_their_context() -> None:
    made = document(
        heading("Stations"),
        row("Station | Cameras"),
        *[row(f"Gate {n} | {n} in all and no sign at the door") for n in range(9)],
        TEN,
    )
    first, *rest = cut(made, target=20)
    assert first.text.startswith("Station | Cameras")
    assert first.context == "Stations"
    assert rest
    assert all(passage.context == "Stations · Station | Cameras" for passage in rest if passage.text.startswith("Gate"))


def test_a_header_row_does_not_follow_into_the_text_or_the_next_table() -> None:
    rows = [row(f"Gate {n} | {n} in all") for n in range(4)]
    made = document(
        row("Station | Cameras"), *rows, TEN, row("Year | Fine"), *[row(f"200{n} | {n} pounds") for n in range(9)]
    )
    contexts = {passage.text.split(" |")[0]: passage.context for passage in cut(made, target=10)}
    assert all(not context for text, context in contexts.items() if text.startswith("The commissioner"))
    assert all("Station" not in context for text, context in contexts.items() if text.startswith("200"))
    assert any(context == "Year | Fine" for context in contexts.values())


def test_a_long_context_is_cut_at_a_word() -> None:
    title = "inquiry " * 80
    context = cut(document(TEN, metadata=Metadata(title=title.strip())))[0].context
    assert len(context) <= CONTEXT_CHARACTERS
    assert context.split() == ["inquiry"] * len(context.split())


def test_a_passage_bears_the_page_it_begins_on() -> None:
    made = document(Block("paragraph", TEN, page=1), Block("paragraph", TEN, page=2), Block("paragraph", TEN, page=2))
    assert [passage.page for passage in cut(made, target=10)] == [1, 2, 2]


def test_an_id_is_a_digest_of_document_and_span() -> None:
    made = document(TEN, FIVE)
    (passage,) = cut(made)
    assert passage.id == passage_id(made.digest, passage.start, passage.end)
    assert passage.id == cut(document(TEN, FIVE))[0].id
    assert passage.id != cut(document(TEN, FIVE + " Why?"))[0].id


def test_the_same_text_cut_otherwise_has_other_ids() -> None:
    made = document(*[TEN] * 6)
    assert not {p.id for p in cut(made, target=10)} & {p.id for p in cut(made, target=60, most=200)}


def test_tokens_are_counted_in_one_call() -> None:
    calls: list[int] = []

    def counted(texts: Sequence[str]) -> list[int]:
        calls.append(len(texts))
        return words(texts)

    passages(document(TEN, heading("Next"), f"{FIVE} {TEN}"), count_tokens=counted, settings=Sizes())
    assert calls == [3]


KINDS: st.SearchStrategy[BlockKind] = st.sampled_from(
    ["paragraph", "paragraph", "heading", "list_item", "quote", "table_row", "caption", "note"]
)
TEXTS = st.lists(
    st.sampled_from([TEN, FIVE, "Why?", "No. 10 | s. 889", "“It is so.", "We ask.”"]), min_size=1, max_size=6
)
BLOCKS = st.builds(
    lambda kind, texts, level: Block(kind, " ".join(texts), level if kind == "heading" else 0),
    KINDS, TEXTS, st.integers(1, 4),
)  # fmt: skip


@given(st.lists(BLOCKS, min_size=1, max_size=20), st.integers(1, 80), st.integers(0, 100))
@settings(max_examples=200, deadline=None)
def test_every_word_is_in_a_passage_once_or_in_a_heading_above_one(
    blocks: list[Block], target: int, spare: int
) -> None:
    made = document(*blocks)
    found = cut(made, target, target + spare)
    spans = [span for passage in found for span in passage.sentences]
    assert spans == sorted(spans, key=lambda span: span.start)
    assert all(one.end <= other.start for one, other in zip(spans, spans[1:], strict=False))
    assert all(one.end <= other.start for one, other in zip(found, found[1:], strict=False))
    held = {at for span in spans for at in range(span.start, span.end)}
    above = {text for passage in found for text in passage.heading_path}
    for block in made.blocks:
        text = made.text[block.start : block.end]
        inside = [at in held for at in range(block.start, block.end) if not made.text[at].isspace()]
        assert all(inside) or (block.kind == "heading" and not any(inside))
        if block.kind == "heading" and not any(inside):
            assert text in above or any(text in passage.text for passage in found)


@pytest.mark.parametrize("kind", ["paragraph", "list_item", "quote", "caption", "note"])
def test_sentences_never_cross_blocks(kind: BlockKind) -> None:
    made = document(Block(kind, "The operator must report"), Block(kind, "and it must do so by May."))
    assert [len(passage.sentences) for passage in cut(made)] == [2]
