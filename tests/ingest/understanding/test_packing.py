from ingest.understanding.packing import pack, unpack
from tests.ingest.understanding.material import placed, understood

STORY = (
    "“Last July the port closed. Nobody was told,” said Mara Oduya, the port’s director, on Friday.",
    "She asked the firm to reply by May 2022.",
    "The harbour has twelve cameras.",
)


def test_statements_come_back_as_they_were():
    text, _ = placed(*STORY)
    found, _ = understood(*STORY, published="2022-04-11")
    spans = tuple(one.span for one in found.statements)
    assert unpack(pack(found.statements, 0, len(text)), text, 0, spans) == found.statements


def test_a_basis_outside_the_passage_comes_with_its_text():
    text, _ = placed(*STORY)
    found, said = understood(*STORY)
    last = found.statements[2:]
    start, spans = last[0].span.start, tuple(one.span for one in last)
    (asked, *_) = unpack(pack(last, start, len(text)), text[start:], start, spans)
    assert asked.attribution.basis_text == said[1]
    assert asked.attribution == last[0].attribution


def test_nothing_packed_is_nothing():
    assert unpack("", "text", 0, ()) == ()
