from __future__ import annotations

import pytest

from tests.ingest.readers.material import kept, read, texts

FRONT = """---
title: "Letter: the cameras"
publisher: ICO
date: 2022-04-11
author: [Jane Doe, Joe Bloggs]
url: https://ico.example/letter
type: letter
licence: OGL
lang: en-GB
tags: [cameras, letters]
---
"""


def test_front_matter_is_metadata_and_no_text() -> None:
    made = read("a.md", f"{FRONT}\n# Letter: the cameras\n\nThe text.\n")
    found = made.metadata
    assert (found.title, found.publisher, found.published) == ("Letter: the cameras", "ICO", "2022-04-11")
    assert (found.author, found.address) == ("Jane Doe, Joe Bloggs", "https://ico.example/letter")
    assert (found.source_type, found.licence, found.language) == ("letter", "OGL", "en")
    assert found.extra == (("tags", "cameras, letters"),)
    assert texts(made) == ["Letter: the cameras", "The text."]


@pytest.mark.parametrize("front", ["\ufeff" + FRONT, FRONT.replace("\n", "\r\n")])
def test_front_matter_is_found_after_a_byte_order_mark_and_with_windows_line_ends(front: str) -> None:
    assert read("a.md", f"{front}The text.").metadata.publisher == "ICO"


def test_markup_goes_and_words_stay_whole() -> None:
    made = read(
        "a.md",
        "Un**believ**able *and* `code` with a [link](https://a.example) and ![picture](b.png)\\*stars\\* &amp; caf&eacute;.\n",
    )
    assert texts(made) == ["Unbelievable and code with a link and *stars* & café."]


def test_headings_lists_quotes_tables_and_code_come_in_their_order() -> None:
    made = read(
        "a.md",
        "# One\n\nText.\n\n1. first\n2. second\n   - inner\n\n> said\n> so\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nTwo\n---\n\n    code\n",
    )
    assert kept(made) == [
        ("heading", "One"),
        ("paragraph", "Text."),
        ("list_item", "first"),
        ("list_item", "second"),
        ("list_item", "inner"),
        ("quote", "said so"),
        ("table_row", "a | b"),
        ("table_row", "1 | 2"),
        ("heading", "Two"),
        ("paragraph", "code"),
    ]
    assert [block.level for block in made.blocks if block.kind == "heading"] == [1, 2]


def test_a_footnote_is_a_note_at_the_end_and_its_mark_is_gone() -> None:
    made = read("a.md", "Said so[^1] twice.\n\n[^1]: In the letter.\n\nMore text.\n")
    assert kept(made) == [
        ("paragraph", "Said so twice."),
        ("paragraph", "More text."),
        ("note", "In the letter."),
    ]


def test_html_inside_gives_its_words_but_no_script() -> None:
    made = read("a.md", "Before.\n\n<div>In <b>a</b> box</div>\n<script>steal()</script>\n\nAfter <!-- note --> it.\n")
    assert texts(made) == ["Before.", "In a box", "After it."]


def test_a_rule_at_the_top_is_no_front_matter() -> None:
    made = read("a.md", "---\n\nText after a rule.\n\n---\n\nMore: text\n")
    assert texts(made) == ["Text after a rule.", "More: text"]


def test_front_matter_that_is_no_yaml_is_read_line_by_line_and_said() -> None:
    made = read("a.md", "---\ntitle: A: B: C\npublisher: ICO\n---\nThe text.\n")
    assert (made.metadata.title, made.metadata.publisher) == ("A: B: C", "ICO")
    assert "no valid YAML" in made.warnings[0]


@pytest.mark.parametrize("struck", ["~~admitted~~", "<del>admitted</del>"])
def test_what_is_struck_out_is_not_text(struck: str) -> None:
    assert texts(read("a.md", f"The company {struck} denied it.\n")) == ["The company denied it."]
