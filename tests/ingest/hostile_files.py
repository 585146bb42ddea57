"""Makers of files that stop readers: bombs, loops, lies about size, nesting without end. All small, all made here."""

from __future__ import annotations

import gzip
import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable

from reportlab.pdfgen.canvas import Canvas

WORD_TYPES = (
    b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    b'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    b'<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    b'wordprocessingml.document.main+xml"/></Types>'
)
SLIDE_TYPES = WORD_TYPES.replace(b"/word/document.xml", b"/ppt/presentation.xml").replace(
    b"wordprocessingml.document.main", b"presentationml.presentation.main"
)
RELATIONS = (
    b'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    b'<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    b'Target="%s"/></Relationships>'
)
WORD = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def plain_pdf(pages: int = 1, text: str = "The commissioner asked the company for an answer.") -> bytes:
    """A harmless PDF with one sentence on each page."""
    out = io.BytesIO()
    canvas = Canvas(out, invariant=True)
    for _ in range(pages):
        canvas.drawString(72, 700, text)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def pdf_of(*objects: bytes, trailer: bytes = b"/Root 1 0 R") -> bytes:
    """A PDF whose objects are numbered from 1 in the order given, with a right cross-reference table."""
    out = io.BytesIO(b"%PDF-1.7\n")
    out.seek(0, io.SEEK_END)
    places = []
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % place for place in places)
    out.write(b"trailer\n<< /Size %d %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, start))
    return out.getvalue()


def _stream(data: bytes, entries: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), entries, data)


def _page_with(content: bytes, *more: bytes, resources: bytes = b"/Font << /F 5 0 R >>") -> bytes:
    return pdf_of(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << %s >> >>" % resources,
        content,
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        *more,
    )


def pdf_header_only() -> bytes:
    return b"%PDF-1.7\n"


def pdf_cut_short() -> bytes:
    whole = plain_pdf(20)
    return whole[: len(whole) // 2]


def pdf_of_noise() -> bytes:
    return b"%PDF-1.4\n" + random.Random(1).randbytes(200_000)  # noqa: S311


def pdf_with_flipped_bytes() -> bytes:
    chance = random.Random(2)  # noqa: S311
    content = bytearray(plain_pdf(5))
    for _ in range(200):
        content[chance.randrange(20, len(content))] = chance.randrange(256)
    return bytes(content)


def pdf_with_a_reference_table_that_names_itself() -> bytes:
    whole = plain_pdf()
    start = whole.rindex(b"xref\n0")
    return whole.replace(b"trailer\n<<", b"trailer\n<< /Prev %d " % start)


def pdf_with_a_page_tree_that_holds_itself() -> bytes:
    return pdf_of(b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R 2 0 R 2 0 R] /Count 1000000 >>")


def pdf_with_a_deep_page_tree() -> bytes:
    depth = 20_000
    nodes = [b"<< /Type /Pages /Kids [%d 0 R] /Count 1 /Parent %d 0 R >>" % (n + 3, n + 1) for n in range(depth)]
    leaf = b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 9 9] >>" % (depth + 1)
    return pdf_of(b"<< /Type /Catalog /Pages 2 0 R >>", *nodes, leaf)


def pdf_that_claims_a_billion_pages() -> bytes:
    return pdf_of(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1000000000 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] >>",
    )


def pdf_bomb(times: int = 256) -> bytes:
    """A page whose content is 4 MB of white space so many times, packed twice."""
    unit = b" " * (1 << 22)
    much = zlib.compressobj(9)
    start = much.compress(unit) + much.flush(zlib.Z_FULL_FLUSH)
    again = much.compress(unit) + much.flush(
        zlib.Z_FULL_FLUSH
    )  # refers to nothing before it, so that it may be repeated
    packed = zlib.compress(start + again * (times - 1), 9)
    return _page_with(_stream(packed, b"/Filter [/FlateDecode /FlateDecode]"))


def pdf_with_a_thousand_filters() -> bytes:
    return _page_with(_stream(b"x" * 1000, b"/Filter [" + b"/ASCIIHexDecode " * 5000 + b"]"))


def pdf_with_a_picture_of_ten_billion_pixels() -> bytes:
    picture = _stream(
        zlib.compress(b"\0" * 100_000),
        b"/Type /XObject /Subtype /Image /Width 100000 /Height 100000 /BitsPerComponent 8 "
        b"/ColorSpace /DeviceRGB /Filter /FlateDecode",
    )
    return _page_with(_stream(b"600 0 0 780 0 0 cm /I Do"), picture, resources=b"/XObject << /I 6 0 R >>")


def pdf_with_a_page_of_a_hundred_miles() -> bytes:
    return plain_pdf().replace(b"/MediaBox [ 0 0 595.2756 841.8898 ]", b"/MediaBox [ 0 0 999999999 99999999 ]")


def pdf_with_deep_arrays() -> bytes:
    return _page_with(_stream(b"BT /F 12 Tf " + b"[" * 200_000 + b" TJ ET")).replace(
        b"/Type /Catalog", b"/Type /Catalog /Deep " + b"[" * 50_000
    )


def pdf_with_a_form_that_draws_itself() -> bytes:
    form = _stream(
        b"/X Do /X Do",
        b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >>",
    )
    return _page_with(_stream(b"/X Do"), form, resources=b"/XObject << /X 6 0 R >>")


def pdf_with_forms_that_double() -> bytes:
    """Forty forms, each drawing the next one twice: a million million times the last."""
    forms = [
        _stream(
            b"/X Do /X Do",
            b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X %d 0 R >> >>" % (n + 7),
        )
        for n in range(40)
    ]
    last = _stream(b"BT /F 9 Tf (x) Tj ET", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9]")
    return _page_with(_stream(b"/X Do"), *forms, last, resources=b"/XObject << /X 6 0 R >>")


def pdf_with_three_million_words() -> bytes:
    content = b"BT /F 9 Tf 72 700 Td " + b"(word ) Tj " * 3_000_000 + b"ET"
    return _page_with(_stream(zlib.compress(content), b"/Filter /FlateDecode"))


def pdf_with_endless_numbers() -> bytes:
    return _page_with(_stream(b"BT /F " + b"9" * 500_000 + b" Tf " + b"-" * 100_000 + b"1e999 nan Td (x) Tj ET"))


def pdf_locked_with_a_password() -> bytes:
    import pypdf

    writer = pypdf.PdfWriter(clone_from=io.BytesIO(plain_pdf()))
    writer.encrypt("open sesame", algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def pdf_that_would_run_programs() -> bytes:
    return plain_pdf().replace(
        b"/Type /Catalog",
        b"/Type /Catalog /OpenAction << /S /Launch /F (/bin/sh) >> /AA << /O << /S /JavaScript /JS (app.alert(1)) >> >>",
    )


def pdf_without_words() -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, invariant=True)
    canvas.rect(10, 10, 100, 100)
    canvas.save()
    return out.getvalue()


def zip_of(entries: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return out.getvalue()


def _docx(document: bytes, **more: bytes) -> bytes:
    parts = {"[Content_Types].xml": WORD_TYPES, "_rels/.rels": RELATIONS % b"word/document.xml"}
    return zip_of({**parts, "word/document.xml": document, **more})


def _body(inner: bytes, prologue: bytes = b"") -> bytes:
    return b'<?xml version="1.0"?>%s<w:document %s><w:body>%s</w:body></w:document>' % (prologue, WORD, inner)


def docx_bomb() -> bytes:
    return _docx(_body(b"<w:p><w:r><w:t>" + b"a" * 160_000_000 + b"</w:t></w:r></w:p>"))


def docx_with_a_billion_laughs() -> bytes:
    names = [b"a", b"b", b"c", b"d", b"e", b"f", b"g", b"h", b"i"]
    laughs = b'<!ENTITY a "ha">' + b"".join(
        b'<!ENTITY %s "%s">' % (name, b"&%s;" % before * 10) for before, name in zip(names, names[1:], strict=False)
    )
    return _docx(_body(b"<w:p><w:r><w:t>&i;</w:t></w:r></w:p>", b"<!DOCTYPE x [%s]>" % laughs))


def docx_that_reads_a_file() -> bytes:
    return _docx(
        _body(
            b"<w:p><w:r><w:t>START&x;END</w:t></w:r></w:p>", b'<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        )
    )


def docx_nested_deeply() -> bytes:
    depth = 100_000
    return _docx(_body(b"<w:p>" * depth + b"<w:r><w:t>x</w:t></w:r>" + b"</w:p>" * depth))


def docx_that_lies_about_its_size() -> bytes:
    body = _body(b"<w:p><w:r><w:t>" + b"a" * 5_000_000 + b"</w:t></w:r></w:p>")
    return _docx(body).replace(struct.pack("<I", len(body)), struct.pack("<I", 10))


def docx_that_climbs_out() -> bytes:
    return _docx(_body(b"<w:p/>"), **{"../../../../tmp/climbed.txt": b"out"})


def docx_of_many_parts() -> bytes:
    return _docx(_body(b"<w:p/>"), **{f"word/media/{number}.xml": b"<a/>" for number in range(12_000)})


def docx_cut_short() -> bytes:
    whole = _docx(_body(b"<w:p><w:r><w:t>" + random.Random(3).randbytes(5000).hex().encode() + b"</w:t></w:r></w:p>"))  # noqa: S311
    return whole[: len(whole) // 2]


def pptx_bomb() -> bytes:
    slide = b"<p:presentation xmlns:p='http://schemas.openxmlformats.org/presentationml/2006/main'>"
    parts = {"[Content_Types].xml": SLIDE_TYPES, "_rels/.rels": RELATIONS % b"ppt/presentation.xml"}
    return zip_of({**parts, "ppt/presentation.xml": slide + b" " * 160_000_000 + b"</p:presentation>"})


def html_nested_deeply() -> bytes:
    return b"<html><body>" + b"<div>" * 200_000 + b"deep down" + b"</div>" * 200_000


def html_with_many_attributes() -> bytes:
    return b"<p " + b" ".join(b"a%d=1" % number for number in range(300_000)) + b">words</p>"


def html_of_open_brackets() -> bytes:
    return b"<html><body><p>words</p>" + b"<" * 5_000_000


def html_of_endless_tables() -> bytes:
    return b"<html><body>" + b"<table><tr><td>" * 50_000 + b"cell"


def html_of_open_comments() -> bytes:
    return b"<html><body>" + b"<!--" * 1_000_000 + b"<p>words"


def eml_of_open_parentheses() -> bytes:
    return b"From: a@example.org\r\nTo: " + b"(" * 100_000 + b"\r\nSubject: x\r\n\r\nHello there.\r\n"


def eml_with_long_headers() -> bytes:
    return b"From: a@example.org\r\n" + b"X-Long: %s\r\n" % (b"a, " * 100) * 20_000 + b"\r\nHello there.\r\n"


def eml_in_eml() -> bytes:
    head = b"Content-Type: message/rfc822\r\nFrom: a@example.org\r\n\r\n"
    return head * 5_000 + b"Subject: last\r\n\r\nHello there.\r\n"


def eml_of_many_parts() -> bytes:
    part = b"--b\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename=a.txt\r\n\r\nwords\r\n"
    head = b"From: a@example.org\r\nSubject: many\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
    return head + part * 20_000 + b"--b--\r\n"


def eml_with_nested_parts() -> bytes:
    deep = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (number, number) for number in range(3_000)
    )
    return b"From: a@example.org\r\nMIME-Version: 1.0\r\n" + deep + b"\r\nHello there.\r\n"


def text_of_one_line() -> bytes:
    return b"word " * 1_000_000


def text_of_nothing_but_nul() -> bytes:
    return b"\0" * 1_000_000


def text_of_noise() -> bytes:
    return random.Random(4).randbytes(500_000)  # noqa: S311


def text_in_half_a_code() -> bytes:
    return b"\xff\xfe" + "Words and words. ".encode("utf-16-le") * 20_000 + b"\x00"


def markdown_of_quotes_in_quotes() -> bytes:
    return b"# Title\n\n" + b">" * 100_000 + b" deep\n\n" + b"[" * 100_000 + b"\n\n" + b"*a **a " * 20_000


def rtf_nested_deeply() -> bytes:
    return b"{\\rtf1\\ansi " + b"{" * 500_000 + b"words" + b"}" * 500_000 + b"}"


def rtf_with_a_picture_of_noise() -> bytes:
    return b"{\\rtf1\\ansi words {\\pict\\pngblip " + random.Random(5).randbytes(1_000_000).hex().encode() + b"}}"  # noqa: S311


def gzip_called_a_pdf() -> bytes:
    return gzip.compress(b"a" * 10_000_000)


def zip_of_zips() -> bytes:
    inner = zip_of({"a.txt": b"0" * 1_000_000})
    for _ in range(5):
        inner = zip_of({f"{number}.zip": inner for number in range(10)})
    return inner


_SUFFIXES = {"pdf": "pdf", "docx": "docx", "pptx": "pptx", "html": "html", "eml": "eml", "text": "txt"}
_SUFFIXES |= {"markdown": "md", "rtf": "rtf", "gzip": "pdf", "zip": "docx"}


def kinds() -> dict[str, Callable[[], bytes]]:
    """Every maker by the name of the file it makes."""
    makers = [
        maker
        for name, maker in globals().items()
        if callable(maker) and not name.startswith("_") and name.split("_")[0] in _SUFFIXES and "_" in name
    ]
    chosen = [maker for maker in makers if maker not in (plain_pdf, pdf_of, zip_of)]
    return {f"{maker.__name__}.{_SUFFIXES[maker.__name__.split('_')[0]]}": maker for maker in chosen}
