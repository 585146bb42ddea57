from __future__ import annotations

import pytest

from ingest.encodings import charset, decode
from ingest.errors import UnreadableSource

LETTER = "The company’s reply – sent on 3 May – cost £12 and it said “no” to the committee."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_marked_and_utf_8_text_is_read_without_a_word(encoding: str) -> None:
    found = decode(LETTER.encode(encoding))
    assert (found.text, found.warnings) == (LETTER, ())


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_known_by_its_zeros_and_said(encoding: str) -> None:
    found = decode("The commissioner wrote to the company.".encode(encoding))
    assert found.text == "The commissioner wrote to the company."
    assert encoding in found.warnings[0]


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1252", LETTER),
        ("cp1252", "It cost £12 – “no”, he said."),
        ("cp1251", "Комиссар направил письмо компании и попросил ответить в течение десяти дней."),
        ("shift_jis", "委員会は報告書を公表した。会社は回答しなかった。"),
        ("gb18030", "委员会公布了报告。公司没有答复委员会的信件。"),
        ("cp1250", "Wałęsa napisał do spółki i poprosił o odpowiedź w ciągu dziesięciu dni od otrzymania listu."),
        ("cp1250", "Komise požádala společnost o vysvětlení, kde byly v minulém roce umístěny její kamery."),
        ("cp1252", "Der Ausschuss schrieb an die Behörde und bat um eine Erklärung über die Prüfung der Geräte."),
        ("cp1252", "La commission a écrit à la société pour lui demander où étaient placées ses caméras."),
    ],
)
def test_an_encoding_that_nothing_declares_is_guessed_and_said(encoding: str, text: str) -> None:
    found = decode(text.encode(encoding))
    assert found.text == text
    assert found.warnings[0].startswith("No encoding is declared")


def test_a_declaration_is_followed_where_the_text_is_not_utf_8() -> None:
    assert decode("Wałęsa".encode("iso8859-2"), "ISO-8859-2").text == "Wałęsa"


def test_a_declaration_that_the_bytes_contradict_is_not_followed() -> None:
    assert decode(LETTER.encode(), "iso-8859-1").text == LETTER
    assert decode(LETTER.encode("cp1252"), "utf-8").text == LETTER


def test_latin_1_is_read_as_browsers_read_it() -> None:
    assert decode(b"\x93no\x94", "iso-8859-1").text == "“no”"


@pytest.mark.parametrize("name", ["utf-7", "zip", "base64", "idna", "no-such", "", None, "unicode_escape"])
def test_names_of_no_charset_are_none(name: str | None) -> None:
    assert charset(name) is None


def test_utf_8_with_a_few_damaged_bytes_stays_utf_8_and_is_warned_of() -> None:
    found = decode((LETTER * 20).encode() + b"\xff end")
    assert found.encoding == "utf-8"
    assert found.text.endswith("\ufffd end")
    assert "no valid utf-8" in found.warnings[0]


def test_half_of_a_surrogate_pair_shows_as_damage_and_never_as_itself() -> None:
    found = decode("The commissioner \ud83d wrote.".encode("utf-8", "surrogatepass"))
    found.text.encode("utf-8")
    assert found.text.startswith("The commissioner \ufffd")


@pytest.mark.parametrize("content", [bytes(range(256)) * 50, b"words\x00\x01\x02\x03 and more words"])
def test_bytes_that_are_no_text_are_refused_with_a_remedy(content: bytes) -> None:
    with pytest.raises(UnreadableSource, match="not text") as refused:
        decode(content)
    assert refused.value.remedy


def test_japanese_mail_in_seven_bits_is_not_taken_for_ascii() -> None:
    assert decode("報告書".encode("iso2022_jp")).text == "報告書"
