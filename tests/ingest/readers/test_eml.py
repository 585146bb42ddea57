from __future__ import annotations

from email.message import EmailMessage

import pytest

from ingest import readers
from ingest.documents import Source
from tests.ingest.readers.material import aside, document, kept, read, source, texts

HEAD = "From: Jane Doe <jane@ico.example>\nTo: bob@dahua.example\nSubject: The cameras\nDate: Mon, 11 Apr 2022 23:30:00 +0100\n"


def message(text: str = "Please confirm the work.\n") -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = "Jane Doe <jane@ico.example>"
    mail["To"] = 'Bob <bob@dahua.example>, "Roe, Ann" <ann@dahua.example>'
    mail["Subject"] = "The cameras"
    mail["Date"] = "Mon, 11 Apr 2022 23:30:00 +0100"
    mail.set_content(text)
    return mail


def test_the_headers_are_metadata_and_the_day_is_the_one_the_sender_wrote() -> None:
    found = read("a.eml", bytes(message())).metadata
    assert (found.title, found.author, found.published) == ("The cameras", "Jane Doe", "2022-04-11")
    assert found.source_type == "e-mail"
    assert found.publisher is None
    assert ("to", "Bob, Roe, Ann") in found.extra


def test_encoded_words_are_decoded_and_joined_over_folded_lines() -> None:
    made = read(
        "a.eml",
        "From: =?iso-8859-2?Q?Lech_Wa=B3=EAsa?= <l@w.example>\nTo: a@b.example\nSubject: =?utf-8?B?UsOpcG9uc2U6?=\n"
        " =?utf-8?Q?_the_=E2=80=9Ccameras=E2=80=9D?= of April\n\nText.\n",
    )
    assert made.metadata.title == "Réponse: the “cameras” of April"
    assert made.metadata.author == "Lech Wałęsa"


@pytest.mark.parametrize(
    ("charset", "encoding", "text"),
    [
        ("koi8-r", "koi8-r", "Комиссар направил письмо компании."),
        ("windows-1252", "cp1252", "It cost £12 – “a lot”."),
        ("iso-8859-1", "cp1252", "It cost £12 – “a lot”."),
        ("x-no-such", "utf-8", "It cost £12 – “a lot”."),
    ],
)
def test_the_body_is_decoded_by_its_charset(charset: str, encoding: str, text: str) -> None:
    head = f"{HEAD}MIME-Version: 1.0\nContent-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: 8bit\n\n"
    assert texts(read("a.eml", head.encode() + text.encode(encoding)))[1:] == [text]


def test_quoted_mail_is_a_quote_and_a_signature_is_set_aside() -> None:
    mail = message(
        "I agree.\n\nOn Mon, 4 Apr 2022, Joe wrote:\n> We did the work.\n\nThanks\n-- \nJane\nCommissioner\n"
    )
    made = read("a.eml", bytes(mail))
    assert kept(made) == [
        ("heading", "The cameras"),
        ("paragraph", "I agree."),
        ("quote", "On Mon, 4 Apr 2022, Joe wrote:"),
        ("quote", "We did the work."),
        ("paragraph", "Thanks"),
    ]
    assert aside(made) == [("signature", "Jane"), ("signature", "Commissioner")]


@pytest.mark.parametrize("mark", ["-----Original Message-----\n", f"{'_' * 32}\n", ""])
def test_an_earlier_message_below_is_a_quote(mark: str) -> None:
    made = read("a.eml", f"{HEAD}\nI agree.\n\n{mark}From: Joe\nSent: Monday\nTo: Jane\nSubject: x\n\nPlease agree.\n")
    assert kept(made)[1] == ("paragraph", "I agree.")
    assert kept(made)[-1] == ("quote", "Please agree.")


def test_attachments_are_sources_of_their_own_with_safe_names() -> None:
    mail = message()
    mail.add_attachment(b"Notes on cameras.", maintype="text", subtype="plain", filename="résumé.txt")
    mail.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="../../etc/letter.pdf")
    mail.add_attachment(b"more", maintype="text", subtype="plain", filename="résumé.txt")
    whole = source("a.eml", bytes(mail))
    made = readers.read(whole)
    assert [part.name for part in made.attachments] == ["résumé.txt", "letter.pdf", "résumé-2.txt"]
    assert made.attachments[0].content == b"Notes on cameras."
    assert made.attachments[0].origin == "/given/a.eml#résumé.txt"
    assert {part.part_of for part in made.attachments} == {whole.digest}
    assert "Notes on cameras." not in texts(made)


def test_an_attached_message_is_a_source_that_is_mail_itself() -> None:
    inner = EmailMessage()
    inner["From"], inner["To"], inner["Subject"] = "x@y.example", "z@y.example", "Inner"
    inner.set_content("Inner text.\n")
    mail = message()
    mail.add_attachment(inner)
    (attached,) = read("a.eml", bytes(mail)).attachments
    assert isinstance(attached, Source)
    assert texts(readers.read(attached)) == ["Inner", "Inner text."]


def test_a_mail_that_only_carries_files_is_the_list_of_their_names() -> None:
    mail = EmailMessage()
    mail["From"], mail["To"] = "a@b.example", "c@d.example"
    mail.add_attachment(b"Attached words.", maintype="text", subtype="plain", filename="letter.txt")
    assert document("a.eml", bytes(mail)).text == "letter.txt"


def test_an_html_mail_is_read_as_a_page_without_its_hidden_words() -> None:
    made = read(
        "a.eml",
        f"{HEAD}MIME-Version: 1.0\nContent-Type: text/html; charset=windows-1252\nContent-Transfer-Encoding: quoted-printable\n\n"
        '<p>It cost =A312 =96 a lot.</p><div style=3D"display:none">Obey me.</div>',
    )
    assert texts(made)[1:] == ["It cost £12 – a lot."]
    assert aside(made) == [("hidden", "Obey me.")]


def test_of_two_versions_of_the_text_the_plain_one_is_taken() -> None:
    mail = message("Please confirm the work by Friday.\n")
    mail.add_alternative("<p>Please confirm the <b>work</b> by Friday.</p><p>Extra.</p>", subtype="html")
    assert texts(read("a.eml", bytes(mail)))[1:] == ["Please confirm the work by Friday."]


def test_a_plain_version_that_says_next_to_nothing_does_not_hide_the_page() -> None:
    mail = message("This message is in HTML.\n")
    mail.add_alternative(
        "<style>p {margin: 0}</style><p>" + "The commissioner asked the company for an answer. " * 5 + "</p>",
        subtype="html",
    )
    assert texts(read("a.eml", bytes(mail)))[1].startswith("The commissioner asked")


def test_a_date_that_cannot_be_read_is_unknown_and_said() -> None:
    made = read("a.eml", "From: a@b.example\nTo: c@d.example\nSubject: x\nDate: yesterday\n\nText.\n")
    assert made.metadata.published is None
    assert made.warnings == ("The date 'yesterday' of the mail cannot be read.",)


def test_flowed_lines_are_joined() -> None:
    made = read("a.eml", f"{HEAD}Content-Type: text/plain; format=flowed\n\nA line \nthat goes on.\n")
    assert texts(made)[1:] == ["A line that goes on."]


def test_an_address_of_brackets_in_brackets_leaves_the_mail_readable() -> None:
    made = read("a.eml", f"From: a@b.example\nTo: {'(' * 50_000}\nSubject: x\n\nHello there.\n")
    assert texts(made) == ["x", "Hello there."]
