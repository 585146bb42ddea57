from __future__ import annotations

import gzip
import io
import os
import socket
import ssl
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ingest.errors import RefusedAddress, SourceTooLarge
from ingest.fetch import Fetcher, FetchRules
from ingest.pipeline import ingest
from ingest.readers.html import read
from tests.ingest.fetching import PAGE, ROOT, Names, fetcher, site
from tests.ingest.libraries import opened
from tests.ingest.web_server import Site, answer, certificate, redirect, serving

if TYPE_CHECKING:
    from typing import BinaryIO


__all__ = ["site"]


# --- what is fetched


def test_a_page_is_kept_as_it_was_sent_with_its_address_and_the_time(site: Site) -> None:
    found = fetcher().fetch(f"{site.address}/page")
    assert found.content == PAGE
    assert (found.origin, found.name, found.media_type) == (f"{site.address}/page", "page", "text/html")
    assert found.fetched_at == "2024-03-01T12:00:00+00:00"
    assert found.asked == found.origin


def test_a_question_says_who_asks_and_carries_nothing_else(site: Site) -> None:
    fetcher().fetch(f"{site.address}/page")
    assert set(site.headers) == {"Host", "User-Agent", "Accept", "Accept-Encoding", "Connection"}
    assert site.headers["User-Agent"] == "policy-briefing-assistant"
    assert site.headers["Host"] == f"127.0.0.1:{site.port}"


def test_the_part_behind_a_hash_is_not_sent(site: Site) -> None:
    assert fetcher().fetch(f"{site.address}/page#top").content == PAGE
    assert site.asked == ["/page"]


@pytest.mark.parametrize(
    ("media_type", "body"),
    [
        ("text/html; charset=iso-8859-1", "<p>The café's £5 fine was upheld by the court.</p>".encode("latin-1")),
        ("text/html; charset=windows-1252", "<p>The café’s £5 fine was upheld by the court.</p>".encode("cp1252")),
        ("text/html; charset=utf-8", "<p>The café’s £5 fine was upheld by the court.</p>".encode()),
        ("text/html;charset=utf-16", "<p>The café’s £5 fine was upheld by the court.</p>".encode("utf-16")),
        ("text/html", "<meta charset=windows-1252><p>The café’s £5 fine was upheld.</p>".encode("cp1252")),
    ],
)
def test_letters_are_read_as_the_server_says_they_are_written(site: Site, media_type: str, body: bytes) -> None:
    site.pages["/letters"] = answer(body, media_type=media_type)
    found = fetcher().fetch(f"{site.address}/letters")
    assert found.content == body
    text = " ".join(block.text for block in read(found).blocks)
    assert "café" in text
    assert "£5 fine" in text


def test_gzip_is_unpacked(site: Site) -> None:
    site.pages["/packed"] = answer(gzip.compress(PAGE), Content_Encoding="gzip")
    assert fetcher().fetch(f"{site.address}/packed").content == PAGE


def test_gzip_in_several_members_is_unpacked_to_the_last(site: Site) -> None:
    body = b"".join(gzip.compress(PAGE[start : start + 30]) for start in range(0, len(PAGE), 30)) + b"\0\0"
    site.pages["/packed"] = answer(body, Content_Encoding="x-gzip")
    assert fetcher().fetch(f"{site.address}/packed").content == PAGE


def test_an_answer_in_pieces_is_put_together(site: Site) -> None:
    pieces = b"".join(f"{len(PAGE[n : n + 7]):x}\r\n".encode() + PAGE[n : n + 7] + b"\r\n" for n in range(0, 98, 7))
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: text/html\r\n\r\n"
    site.pages["/pieces"] = head + pieces + b"0\r\n\r\n"
    assert fetcher().fetch(f"{site.address}/pieces").content == PAGE[:98]


def test_an_answer_without_a_type_is_taken_for_a_page(site: Site) -> None:
    site.pages["/bare"] = answer(PAGE, media_type=None)
    assert fetcher().fetch(f"{site.address}/bare").media_type is None


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/a/report.pdf", "report.pdf"),
        ("/a/r%C3%A9port%20two.html?x=/y", "réport two.html"),
        ("/", "127.0.0.1"),
        ("/%0A%00x", "x"),
        ("/..%2F..%2Fetc%2Fpasswd", "passwd"),
    ],
)
def test_a_source_is_named_after_the_end_of_its_address(site: Site, path: str, name: str) -> None:
    site.pages[path] = answer()
    assert fetcher().fetch(site.address + path).name == name


def test_a_fetched_page_is_kept_as_it_was_sent_with_the_date(site: Site, tmp_path: Path) -> None:
    site.pages["/packed"] = answer(gzip.compress(PAGE), Content_Encoding="gzip")
    rules = {"private_hosts": ["127.0.0.1"]}
    with opened(tmp_path, fetch=rules) as library:
        before = datetime.now(UTC).replace(microsecond=0)
        (receipt,) = ingest(library, [f"{site.address}/packed"])
        assert receipt.status == "ingested"
        (document,) = library.ledger.documents()
        assert document.origin == f"{site.address}/packed"
        assert document.metadata.published is None
        assert library.ledger.original(document.id) == PAGE
        assert document.fetched_at is not None
        assert before <= datetime.fromisoformat(document.fetched_at) <= datetime.now(UTC)


# --- redirects


def test_a_redirect_is_followed_and_both_addresses_are_kept(site: Site) -> None:
    site.pages |= {"/old": redirect("/newer", "301 Moved"), "/newer": redirect(f"{site.address}/page", "308 Moved")}
    found = fetcher().fetch(f"{site.address}/old")
    assert (found.origin, found.asked) == (f"{site.address}/page", f"{site.address}/old")
    assert site.asked == ["/old", "/newer", "/page"]


def test_a_redirect_in_raw_utf8_is_followed(site: Site) -> None:
    site.pages |= {"/old": "HTTP/1.1 302 Found\r\nLocation: /café\r\nContent-Length: 0\r\n\r\n".encode()}
    site.pages["/caf%C3%A9"] = answer(PAGE)
    assert fetcher().fetch(f"{site.address}/old").content == PAGE


@pytest.mark.parametrize("count", [0, 1, 5])
def test_redirects_are_counted(site: Site, count: int) -> None:
    site.pages |= {f"/{n}": redirect(f"/{n + 1}") for n in range(6)}
    site.pages["/6"] = answer(PAGE)
    rules = FetchRules(redirects=count, private_hosts=("127.0.0.1",))
    assert Fetcher(rules).fetch(f"{site.address}/{6 - count}").content == PAGE
    with pytest.raises(RefusedAddress, match=f"redirects more than {count} times"):
        Fetcher(rules).fetch(f"{site.address}/{5 - count}")


@pytest.mark.parametrize(
    "place",
    [
        "http://localhost:{port}/page",
        "http://127.1:{port}/page",
        "http://2130706433:{port}/page",
        "http://[::1]:{port}/page",
        "http://[::ffff:127.0.0.1]:{port}/page",
        "//0.0.0.0:{port}/page",
        "http://169.254.169.254/latest/meta-data/",
        "http://10.0.0.1/",
        "file:///etc/passwd",
        "gopher://127.0.0.1:{port}/_page",
        "ftp://127.0.0.1/page",
        "data:text/html,hello",
        "javascript:alert(1)",
        "http://user:secret@127.0.0.1:{port}/page",
        "http://127.0.0.1:22/",
        "http://[::1",
    ],
)
def test_a_redirect_to_what_may_not_be_fetched_is_refused(site: Site, place: str) -> None:
    site.pages["/trap"] = redirect(place.format(port=site.port))
    with pytest.raises(RefusedAddress) as refused:
        fetcher().fetch(f"{site.address}/trap")
    assert site.asked == ["/trap"]
    assert "secret" not in str(refused.value)


def test_a_redirect_without_a_place_is_refused(site: Site) -> None:
    site.pages["/lost"] = answer(b"", status="302 Found")
    with pytest.raises(RefusedAddress, match="redirects to nowhere"):
        fetcher().fetch(f"{site.address}/lost")


# --- what is refused for its size, time or kind


@pytest.mark.parametrize(
    "packed",
    [
        answer(b"x" * 5001),
        b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n" + b"x" * 5001,
        answer(gzip.compress(b"\0" * 20_000_000), Content_Encoding="gzip"),
        answer(gzip.compress(gzip.compress(b"\0" * 20_000_000)) * 2000, Content_Encoding="gzip"),
        answer(b"", Content_Length="99999999999999999"),
    ],
    ids=["stated", "not stated", "bomb", "many members", "boast"],
)
def test_what_is_too_large_is_refused_without_being_read(site: Site, packed: bytes) -> None:
    site.pages["/large"] = packed
    with pytest.raises(SourceTooLarge, match=r"is larger than 0\.005 MB"):
        fetcher(most=5000).fetch(f"{site.address}/large")


def test_exactly_the_most_that_is_allowed_is_taken(site: Site) -> None:
    site.pages |= {"/a": answer(b"x" * 5000), "/b": answer(gzip.compress(b"x" * 5000), Content_Encoding="gzip")}
    assert len(fetcher(most=5000).fetch(f"{site.address}/a").content) == 5000
    assert len(fetcher(most=5000).fetch(f"{site.address}/b").content) == 5000


def dripping(start: bytes, drop: bytes) -> object:
    def answered(out: BinaryIO) -> None:
        out.write(start)
        for _ in range(100):
            out.write(drop)
            out.flush()
            time.sleep(0.1)

    return answered


@pytest.mark.parametrize(
    "slow",
    [
        dripping(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", b"x"),
        dripping(b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n"),
        dripping(b"", b"H"),
        dripping(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n", gzip.compress(b"")),
        lambda out: time.sleep(5),
    ],
    ids=["body", "headers", "first line", "empty gzip members", "silence"],
)
def test_a_server_that_keeps_one_waiting_is_left_when_the_time_is_up(site: Site, slow: object) -> None:
    site.pages["/slow"] = slow  # type: ignore[assignment]
    begun = time.monotonic()
    with pytest.raises(RefusedAddress, match=r"did not answer in 0\.6 s|could not be reached"):
        fetcher(seconds=0.6).fetch(f"{site.address}/slow")
    assert time.monotonic() - begun < 4


def test_many_addresses_that_do_not_answer_share_the_time() -> None:
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen(0)
        port = deaf.getsockname()[1]
        waiting = [socket.socket() for _ in range(3)]
        for one in waiting:  # fills the queue, so that further connections are not answered
            one.setblocking(False)
            one.connect_ex(("127.0.0.1", port))
        begun = time.monotonic()
        names = Names(slow_example=["127.0.0.1"] * 8)
        with pytest.raises(RefusedAddress, match=r"did not answer in 0\.8 s"):
            fetcher(seconds=0.8, resolver=names, permit=lambda _: True).fetch(f"http://slow.example:{port}/")
        for one in waiting:
            one.close()
    assert time.monotonic() - begun < 4


@pytest.mark.parametrize(
    "media_type",
    ["image/png", "video/mp4", "application/zip", "application/json", "application/x-executable", "audio/mpeg", "x"],
)
def test_what_is_no_document_is_refused_by_its_type(site: Site, media_type: str) -> None:
    site.pages["/other"] = answer(b"\x89PNG", media_type=media_type)
    with pytest.raises(RefusedAddress, match=f"holds {media_type}, which is not read"):
        fetcher().fetch(f"{site.address}/other")


@pytest.mark.parametrize(
    "status", ["204 No Content", "206 Partial", "304 Same", "401 No", "403 No", "404 No", "500 Oh"]
)
def test_an_answer_that_is_no_success_is_refused_with_its_number(site: Site, status: str) -> None:
    site.pages["/status"] = answer(b"", status=status)
    with pytest.raises(RefusedAddress, match=f"answered {status[:3]}"):
        fetcher().fetch(f"{site.address}/status")


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (answer(PAGE, Content_Length="500"), "could not be reached"),
        (answer(gzip.compress(PAGE)[:-12], Content_Encoding="gzip"), "incomplete"),
        (answer(b"not gzip", Content_Encoding="gzip"), "damaged"),
        (answer(PAGE, Content_Encoding="br"), "packed in a way not asked for"),
        (answer(gzip.compress(gzip.compress(PAGE)), Content_Encoding="gzip, gzip"), "packed in a way not asked for"),
        (b"garbage that is no answer\r\n\r\n", "could not be reached"),
        (b"", "could not be reached"),
        (b"HTTP/1.1 200 OK\r\n" + b"X: " + b"y" * 200_000 + b"\r\n\r\n", "could not be reached"),
    ],
    ids=["cut short", "gzip cut", "no gzip", "brotli", "twice", "garbage", "nothing", "endless header"],
)
def test_a_broken_answer_is_refused_in_one_line(site: Site, raw: bytes, why: str) -> None:
    site.pages["/broken"] = raw
    with pytest.raises(RefusedAddress, match=why) as refused:
        fetcher().fetch(f"{site.address}/broken")
    assert "\n" not in str(refused.value)


def test_a_port_where_nobody_listens_is_said() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    with pytest.raises(RefusedAddress, match="could not be reached"):
        fetcher().fetch(f"http://127.0.0.1:{port}/")


# --- https


def test_a_certificate_is_checked_and_a_redirect_from_https_to_http_is_refused(tmp_path: Path) -> None:
    server, client = certificate(tmp_path)
    with serving({"/page": answer(PAGE)}, server) as site, serving({"/page": answer(PAGE)}) as plain:
        site.pages["/down"] = redirect(f"{plain.address}/page")
        assert fetcher(ssl_context=client).fetch(f"{site.address}/page").content == PAGE
        with pytest.raises(RefusedAddress, match="redirects from https to http"):
            fetcher(ssl_context=client).fetch(f"{site.address}/down")
        with pytest.raises(RefusedAddress, match=r"(?i)certificate verify failed"):
            fetcher(ssl_context=ssl.create_default_context()).fetch(f"{site.address}/page")
        assert plain.asked == []


# --- offline

OFFLINE = """
import sys
from pathlib import Path
from ingest.pipeline import ingest
from tests.ingest.libraries import opened
used = []
sys.addaudithook(lambda event, given: used.append(event) if event.startswith("socket.") else None)
with opened(Path(sys.argv[1]), offline=True) as library:
    for receipt in ingest(library, ["http://public.example/page", "https://93.184.216.34/"]):
        print(receipt.status, receipt.model_dump_json())
print([event for event in used if event != "socket.gethostname"])
"""


def test_offline_opens_no_socket(tmp_path: Path) -> None:
    with pytest.raises(RefusedAddress, match="this library works offline.*set `offline` to false"):
        Fetcher(FetchRules(offline=True)).fetch("http://public.example/")
    ran = subprocess.run(
        [sys.executable, "-c", OFFLINE, str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    first, second, used = ran.stdout.strip().splitlines()
    assert first.startswith("refused") and "this library works offline" in first
    assert second.startswith("refused") and "this library works offline" in second
    assert used == "[]"


def test_proxies_of_the_environment_are_not_used(site: Site) -> None:
    code = (
        "from ingest.fetch import Fetcher, FetchRules\n"
        "from pathlib import Path\n"
        f"print(len(Fetcher(FetchRules(private_hosts=('127.0.0.1',))).fetch({site.address + '/page'!r}).content))"
    )
    proxies = {name: "http://127.0.0.1:9" for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "HTTPS_PROXY")}
    ran = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**os.environ, **proxies},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ran.stdout.strip() == str(len(PAGE)), ran.stderr


def test_memory_stays_small_under_a_bomb(site: Site) -> None:
    import tracemalloc

    bomb = io.BytesIO()
    with gzip.GzipFile(fileobj=bomb, mode="wb") as packing:
        for _ in range(60):
            packing.write(b"\0" * 1_000_000)
    site.pages["/bomb"] = answer(bomb.getvalue(), Content_Encoding="gzip")
    tracemalloc.start()
    with pytest.raises(SourceTooLarge):
        fetcher(most=1_000_000).fetch(f"{site.address}/bomb")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 8_000_000
