from __future__ import annotations

import html
import re
from dataclasses import replace

from assistant.web import fragments, render_source
from assistant.web.render_source import Picture, View
from ingest.documents import Box, Metadata, PlacedBlock
from tests.assistant.web.scripted import stored
from tests.end_to_end.hostile_payloads import PAYLOADS

UNQUOTED = View()
TEXT = "# Heading\n\nBefore. The quote itself. After.\n\n- one\n\n- two\n\nLast."


def marked(shown: str) -> str:
    return "".join(html.unescape(one) for one in re.findall(r"<mark>(.*?)</mark>", shown))


def panel(
    shown: object, view: View = UNQUOTED, picture: Picture | None = None, versions: tuple[object, ...] = ()
) -> str:
    return render_source.panel(shown, view, versions, picture)  # type: ignore[arg-type]


def test_the_exact_quote_is_marked() -> None:
    shown = stored(TEXT)
    start = TEXT.index("The quote itself.")
    assert marked(panel(shown, View(start, start + 17))) == "The quote itself."


def test_a_quote_over_two_paragraphs_is_marked_in_both() -> None:
    shown = stored("One ends here.\n\nTwo begins here.")
    found = panel(shown, View(4, 26))
    assert re.findall(r"<mark>(.*?)</mark>", found) == ["ends here&#46;", "Two begins"]


def test_without_a_quote_nothing_is_marked() -> None:
    assert "<mark>" not in panel(stored(TEXT))


def test_list_items_share_a_list() -> None:
    assert panel(stored(TEXT)).count("<ul><li>") == 1


def test_a_long_document_is_shown_around_the_quote_and_whole_on_request() -> None:
    long = stored("\n\n".join(f"Paragraph {number} of many." for number in range(3000)))
    start = long.text.index("Paragraph 1500 ")
    part = panel(long, View(start, start + 14))
    whole = panel(long, View(start, start + 14, whole=True))

    assert "Paragraph 1500" in part and "Paragraph 3 " not in part and "Show the whole document" in part
    assert "Paragraph 3 " in whole and "Paragraph 2999" in whole and "Show the whole document" not in whole


def test_what_is_unknown_is_said() -> None:
    shown = panel(stored(TEXT))
    assert "publisher unknown" in shown and "date unknown" in shown


def test_only_an_address_of_the_web_can_be_followed() -> None:
    web = panel(stored(TEXT, metadata=Metadata(address="https://example.org/a")))
    assert 'rel="noopener noreferrer"' in web and 'href="https&#58;//example&#46;org/a"' in web
    for address in ("javascript:alert(1)", "data:text/html,x", "/etc/passwd"):
        assert 'target="_blank"' not in panel(stored(TEXT, metadata=Metadata(address=address)))


def test_an_old_version_says_that_it_is_old_and_leads_to_the_new_one() -> None:
    old = stored(TEXT, live=False)
    new = stored(TEXT + "!", version=2)
    shown = panel(old, versions=(old.document, new.document))
    assert "A newer version of this document is in the library" in shown
    assert f'value="{new.document.id}/2"' in shown


def test_a_removed_document_says_so() -> None:
    gone = stored(TEXT, live=False)
    assert "was removed from the library" in panel(gone, versions=(gone.document,))


def test_what_was_set_aside_can_be_read() -> None:
    shown = panel(replace(stored(TEXT), set_aside=(("menu", "Home | News"),)))
    assert "1 piece of the file set aside" in shown and "Home &#124; News" in shown


def test_hostile_text_in_every_field_stays_text() -> None:
    for payload in PAYLOADS.values():
        shown = panel(
            stored(payload, name=payload, metadata=Metadata(*[payload] * 8)),
            View(0, len(payload)),
            Picture("/page-image/x", 1, 0),
        )
        assert not re.search(r"<(script|iframe|svg|form|style|object|video|base|meta|link)\b", shown)
        assert "onerror=" not in shown


def test_the_characters_of_the_quote_are_boxed_on_their_page() -> None:
    lines = tuple(Box(1, 50, y, 150, y + 10) for y in (100, 112, 124))
    block = PlacedBlock("paragraph", 10, 40, page=1, boxes=lines, char_boxes=((0, 10), (1, 10), (2, 10)))

    assert fragments.quote_boxes([block], 1, 20, 30) == [lines[1]]
    assert [box.y0 for box in fragments.quote_boxes([block], 1, 12, 22)] == [100, 112]
    assert fragments.quote_boxes([block], 2, 12, 22) == []
    assert fragments.quote_boxes([block], 1, 0, 5) == []
