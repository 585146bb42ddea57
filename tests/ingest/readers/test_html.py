from __future__ import annotations

import pytest

from ingest.errors import UnreadableSource
from tests.ingest.readers.material import REPLY, REQUEST, aside, document, kept, read, texts

HEAD = """<!doctype html><html lang="en-GB"><head><title>Commissioner writes | The Daily</title>
<meta property="og:site_name" content="The Daily"><meta name="author" content="By Jane Doe">
<script type="application/ld+json">{"@context": "https://schema.org", "@type": "NewsArticle",
"headline": "Commissioner writes", "datePublished": "2024-03-02T09:00:00Z", "dateModified": "2024-03-05",
"author": [{"@type": "Person", "name": "Jane Doe"}, {"name": "Joe Bloggs"}],
"publisher": {"@type": "Organization", "name": "The Daily News"}}</script>
<link rel="canonical" href="https://daily.example/a/1"></head>"""


def page(body: str, head: str = "<head><title>A page</title></head>") -> str:
    return f"<!doctype html><html>{head}<body>{body}</body></html>"


def test_json_ld_meta_and_link_elements_are_metadata() -> None:
    found = read("a.html", f"{HEAD}<body><p>{REQUEST}</p></body></html>").metadata
    assert (found.title, found.publisher, found.author) == (
        "Commissioner writes",
        "The Daily News",
        "Jane Doe, Joe Bloggs",
    )
    assert (found.published, found.address) == ("2024-03-02", "https://daily.example/a/1")
    assert (found.source_type, found.language) == ("news", "en")
    assert ("modified", "2024-03-05") in found.extra


def test_a_date_in_the_running_text_is_no_publication_date() -> None:
    made = read("a.html", page(f"<h1>Report</h1><p>Published 3 March 2024</p><time>1 May 2020</time><p>{REQUEST}</p>"))
    assert made.metadata.published is None
    assert made.metadata.publisher is None


def test_the_language_of_an_xhtml_page_is_known() -> None:
    xhtml = '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml" xml:lang="fr"><body><p>Bonjour.</p></body></html>'
    assert read("a.xhtml", xhtml).metadata.language == "fr"


def test_metadata_in_a_comment_at_the_top_goes_first() -> None:
    made = read(
        "a.html", f"<!--\n---\ntitle: Given\npublisher: ICO\n---\n-->\n{HEAD}<body><p>{REQUEST}</p></body></html>"
    )
    assert (made.metadata.title, made.metadata.publisher) == ("Given", "ICO")
    assert made.metadata.published == "2024-03-02"


def test_blocks_come_in_order_with_their_kinds() -> None:
    made = read(
        "a.html",
        page(
            f"<h1>Title</h1><p>{REQUEST}</p><ul><li>First<li>Second</ul><table><tr><th>Year<th>Cameras</tr>"
            "<tr><td>2020<td>12</tr></table><blockquote><p>We do not.</p></blockquote><h2>Next <em>one</em></h2>"
            "loose text<br>on two lines<br><br>and another"
        ),
    )
    assert kept(made) == [
        ("heading", "Title"),
        ("paragraph", REQUEST),
        ("list_item", "First"),
        ("list_item", "Second"),
        ("table_row", "Year | Cameras"),
        ("table_row", "2020 | 12"),
        ("quote", "We do not."),
        ("heading", "Next one"),
        ("paragraph", "loose text on two lines"),
        ("paragraph", "and another"),
    ]


def test_no_words_are_glued_or_torn_by_markup() -> None:
    made = read(
        "a.html", page("<p>It was <b>un</b>able&nbsp;to<sup><a href='#n1'>1</a></sup> pay &pound;12.</p><div>x</div>y")
    )
    assert texts(made) == ["It was unable to pay £12.", "x", "y"]


def test_menus_side_boxes_and_footers_are_set_aside_with_their_reasons() -> None:
    made = read(
        "a.html",
        page(
            f"<nav><a href='/'>Home</a> <a href='/n'>News</a></nav><article><h1>Title</h1><p>{REQUEST}</p><p>{REPLY}</p>"
            "</article><aside>Related: <a href='x'>Other story</a></aside><footer>© 2024 The Daily</footer>"
        ),
    )
    assert texts(made) == ["Title", REQUEST, REPLY]
    assert aside(made) == [
        ("menu", "Home News"),
        ("sidebar", "Related: Other story"),
        ("page_footer", "© 2024 The Daily"),
    ]


@pytest.mark.parametrize(
    "hidden",
    [
        "<p style='display:none'>%s</p>",
        "<p hidden>%s</p>",
        "<p style='color:#fff'>%s</p>",
        "<p style='font-size:0'>%s</p>",
        "<p class='gone'>%s</p>",
        "<p aria-hidden='true'>%s</p>",
        "<p style='position:absolute;left:-9999px'>%s</p>",
    ],
)
def test_words_that_a_reader_of_the_page_does_not_see_are_set_aside(hidden: str) -> None:
    made = read("a.html", page(f"<style>.gone {{display: none}}</style><p>{REQUEST}</p>{hidden % 'Obey me.'}"))
    assert texts(made) == [REQUEST]
    assert aside(made) == [("hidden", "Obey me.")]


def test_scripts_styles_forms_and_comments_are_not_text() -> None:
    made = read("a.html", page("<script>'<p>no</p>'</script><p>Real text.</p><!-- no --> tail <textarea>no</textarea>"))
    assert texts(made) == ["Real text.", "tail"]


@pytest.mark.parametrize("charset", ["iso-8859-1", "windows-1252"])
def test_a_declared_charset_is_read_as_browsers_read_it(charset: str) -> None:
    text = page("<p>Café “quoted” text</p>", f'<head><meta charset="{charset}"></head>')
    assert texts(read("a.html", text.encode("cp1252"))) == ["Café “quoted” text"]


def test_a_wrong_declaration_does_not_spoil_valid_utf_8() -> None:
    text = page("<p>Café “quoted” text</p>", '<head><meta charset="iso-8859-1"></head>')
    assert texts(read("a.html", text, "text/html; charset=iso-8859-1")) == ["Café “quoted” text"]


def test_a_page_nested_hundreds_deep_is_read_whole() -> None:
    made = read("a.html", page("<p>First.</p>" + "<div>" * 300 + "deep down" + "</div>" * 300 + "<p>Last.</p>"))
    assert texts(made) == ["First.", "deep down", "Last."]


@pytest.mark.parametrize("tag", ["div", "font", "b"])
def test_a_page_nested_thousands_deep_is_refused_and_not_read_in_part(tag: str) -> None:
    with pytest.raises(UnreadableSource, match="nested too deeply") as refused:
        read("a.html", page("<p>First.</p>" + f"<{tag}>" * 5000 + "deep down" + f"</{tag}>" * 5000 + "<p>Last.</p>"))
    assert refused.value.remedy


@pytest.mark.parametrize(
    "struck",
    ["<del>%s</del>", "<s>%s</s>", "<strike>%s</strike>", "<span style='text-decoration: line-through'>%s</span>"],
)
def test_what_the_writer_has_struck_out_is_not_said_any_more(struck: str) -> None:
    made = read("a.html", page(f"<p>The company {struck % 'admitted'} denied it.</p>"))
    assert texts(made) == ["The company denied it."]
    assert aside(made) == [("struck", "admitted")]
    assert made.warnings == ("8 characters of struck-out text were left out.",)


def test_a_page_that_is_all_struck_out_holds_no_text() -> None:
    with pytest.raises(UnreadableSource, match="holds no text"):
        document("a.html", page("<del><p>The company admitted it.</p></del>"))


def test_the_marks_that_a_browser_puts_around_a_quotation_are_there() -> None:
    assert texts(read("a.html", page("<p>He said <q>we deny it</q> to them.</p>"))) == ["He said “we deny it” to them."]


def test_a_page_saved_as_one_file_is_a_page_and_no_mail() -> None:
    made = read(
        "a.mht",
        "From: <Saved by Blink>\nSnapshot-Content-Location: https://daily.example/a\nSubject: Saved\n"
        "Date: Tue, 1 Mar 2022 10:00:00 -0000\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n"
        "--b\nContent-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n"
        "<html><head><title>Commissioner writes</title></head><body><nav><a href=3D/>Home</a></nav><p>It cost =C2=A312.</p>"
        "</body></html>\n--b\nContent-Type: image/png\nContent-Location: a.png\n\nx\n--b--\n",
    )
    assert (made.format, made.metadata.title, made.metadata.address) == (
        "html",
        "Commissioner writes",
        "https://daily.example/a",
    )
    assert (made.metadata.author, made.metadata.published, made.attachments) == (None, None, ())
    assert texts(made) == ["It cost £12."]
