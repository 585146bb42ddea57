from __future__ import annotations

import html
from html.parser import HTMLParser

import pytest

from assistant.web.markup import Markup, element, escaped, join, visible, web_address
from tests.end_to_end.hostile_payloads import PAYLOADS


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)


def _tags(markup: str) -> list[str]:
    parser = _Tags()
    parser.feed(markup)
    return parser.tags


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS.keys())
def test_a_hostile_text_adds_no_tag_and_no_attribute(payload: str) -> None:
    made = element("p", payload, title=payload)

    assert _tags(made) == ["p"]
    assert html.unescape(made) == f'<p title="{visible(payload)}">{visible(payload)}</p>'


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS.keys())
def test_an_escaped_text_holds_nothing_that_markdown_reads(payload: str) -> None:
    assert not set(escaped(payload)) & set("*_[]()!`$~|\\{}:.@<>\"'\r\n")


def test_markup_is_not_escaped_again_and_a_string_always_is() -> None:
    assert element("p", element("b", "1 < 2")) == "<p><b>1 &#60; 2</b></p>"
    assert join(["<", Markup("<br>")]) == "&#60;<br>"


def test_markup_in_an_attribute_is_text() -> None:
    assert element("p", title=element("b", "x")) == '<p title="&#60;b&#62;x&#60;/b&#62;"></p>'


@pytest.mark.parametrize("name", ["onclick", "style", "a b", "1"])
def test_an_attribute_that_could_run_or_restyle_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="attribute"):
        element("p", **{name: "x"})


def test_characters_that_deceive_the_eye_are_spelled_out() -> None:
    assert visible("a\u202eb\u200bc\x00d") == "a\u27e8U+202E\u27e9b\u27e8U+200B\u27e9c\u27e8U+0000\u27e9d"
    assert visible("\U000e0041") == "\u27e8U+E0041\u27e9"


def test_what_people_write_stays_as_it_is() -> None:
    assert visible("Zo\u00eb, na\u00efve \u2013 \u201cquote\u201d\u00a0\u00ad\n\t\u65e5\u672c") == (
        "Zo\u00eb, na\u00efve \u2013 \u201cquote\u201d\u00a0\u00ad\n\t\u65e5\u672c"
    )


def test_half_a_surrogate_pair_can_be_sent() -> None:
    assert escaped("a\ud800b").encode("utf-8")


@pytest.mark.parametrize("address", ["https://example.org/a?b=1#c", "http://example.org"])
def test_an_address_of_the_web_may_be_followed(address: str) -> None:
    assert web_address(address) == address


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "letter.pdf", "https://", "//host/a",
     "https://exa\u202emple.org", "https://a b", "java\nscript:x", "http://[", " https://example.org"],
)  # fmt: skip
def test_any_other_address_may_not(address: str) -> None:
    assert web_address(address) is None
