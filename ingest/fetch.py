"""Fetches http and https addresses from the public internet, and nothing else.

A name is resolved once, every address it has must be public, and the connection goes to the address that was
checked: a name that changes its answer in between gains nothing. Each redirect is followed by hand and goes
through the same. Proxies and passwords of the environment are not used; no cookie is kept. Ports below 1024 other than
80 and 443 are refused, because other protocols listen there.
"""

from __future__ import annotations

import socket
import ssl
import time
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Protocol
from urllib.parse import unquote

import httpcore2
import httpx2

from ingest.checked_connection import CheckedBackend
from ingest.documents import Source
from ingest.errors import RefusedAddress, SourceTooLarge
from ingest.gunzip import Gunzip
from ingest.public_addresses import is_public, may_be_named, parsed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from ingest.public_addresses import IPAddress

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_TEXTUAL = ("text/", "message/")
_READABLE = frozenset(
    {
        "application/pdf",
        "application/x-pdf",
        "application/xhtml+xml",
        "application/xml",
        "application/rtf",
        "application/msword",
        "application/octet-stream",
        "binary/octet-stream",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    }
)
_CHECK = "Check the address in a browser, or save the page and give the file."
_FAULTS = (httpcore2.NetworkError, httpcore2.ProtocolError, httpcore2.UnsupportedProtocol, ssl.SSLError, OSError)


class Resolver(Protocol):
    """Turns a host name into the IP addresses it has now."""

    def __call__(self, host: str, port: int) -> Sequence[str]:
        """Addresses as text, best first; raises OSError where there are none."""
        ...


def system_resolver(host: str, port: int) -> Sequence[str]:
    """The addresses that the system's resolver gives; it also reads `2130706433` and `0x7f.1` as addresses."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class FetchRules:
    """What may be fetched. `seconds` is for one address with all its redirects, `bytes` for its content unpacked.

    `hosts`, when not empty, are the only ones allowed, with their subdomains; `private_hosts` may be on a private
    network.
    """

    offline: bool = False
    bytes: int = 100_000_000
    seconds: float = 30.0
    redirects: int = 5
    hosts: tuple[str, ...] = ()
    private_hosts: tuple[str, ...] = ()
    user_agent: str = "policy-briefing-assistant"


@dataclass(frozen=True, slots=True)
class FetchedSource(Source):
    """A source from an address: `origin` is the address it was found at in the end, `asked` the one that was given."""

    asked: str = ""


class Fetcher:
    """Fetches addresses under `rules`. Safe in threads: it keeps nothing between calls.

    `permit` decides over IP addresses in place of `is_public` (tests on the loopback need it); hosts named in
    `rules.private_hosts` are asked of `may_be_named`.
    """

    def __init__(
        self,
        rules: FetchRules | None = None,
        *,
        clock: Callable[[], datetime] = _now,
        resolver: Resolver = system_resolver,
        permit: Callable[[IPAddress], bool] = is_public,
        ssl_context: ssl.SSLContext | None = None,
    ) -> None:
        self._rules = rules or FetchRules()
        self._clock = clock
        self._resolver = resolver
        self._permit = permit
        self._ssl_context = ssl_context

    def __call__(self, address: str) -> FetchedSource:
        """See `fetch`."""
        return self.fetch(address)

    def fetch(self, address: str) -> FetchedSource:
        """What stands at `address`, with its content as it was sent (unpacked, where sent packed).

        Raises:
            RefusedAddress: it may not be fetched, cannot be reached, does not answer well or holds no document.
            SourceTooLarge: it is larger than the rules allow.
        """
        asked = _checked(address, self._rules)
        if self._rules.offline:
            raise RefusedAddress(
                f"{address} was not fetched: this library works offline.",
                remedy="Save the page and give the file, or set `offline` to false.",
            )
        deadline = time.monotonic() + self._rules.seconds
        url = asked
        for _ in range(self._rules.redirects + 1):
            answer = self._asked_once(url, deadline)
            if isinstance(answer, _Body):
                return FetchedSource(
                    str(url),
                    _name(url),
                    answer.content,
                    answer.media_type,
                    self._clock().astimezone(UTC).isoformat(timespec="seconds"),
                    asked=address,
                )
            url = _next(url, answer, self._rules)
        raise RefusedAddress(f"{address} redirects more than {self._rules.redirects} times.", remedy=_CHECK)

    def _asked_once(self, url: httpx2.URL, deadline: float) -> _Body | str:
        """The body at `url`, or where it redirects to."""
        backend = CheckedBackend(self._vetted, deadline)
        headers = [
            (b"Host", url.netloc),
            (b"User-Agent", self._rules.user_agent.encode("ascii", "ignore")),
            (b"Accept", b"text/html, application/pdf, text/*;q=0.9, */*;q=0.5"),
            (b"Accept-Encoding", b"gzip, identity"),
            (b"Connection", b"close"),
        ]
        target = httpcore2.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
        left = max(deadline - time.monotonic(), 0.001)
        timeout = {"connect": min(left, 10.0), "read": left, "write": left, "pool": left}
        try:
            with (
                httpcore2.ConnectionPool(ssl_context=self._ssl_context, network_backend=backend) as pool,
                pool.stream("GET", target, headers=headers, extensions={"timeout": timeout}) as response,
            ):
                return _read(url, response, self._rules.bytes, deadline)
        except httpcore2.TimeoutException as error:
            raise RefusedAddress(f"{url} did not answer in {self._rules.seconds:g} s.", remedy=_CHECK) from error
        except _FAULTS as error:
            raise RefusedAddress(f"{url} could not be reached ({_reason(error)}).", remedy=_CHECK) from error

    def _vetted(self, host: str, port: int) -> list[str]:
        """The addresses of `host`, all of them checked.

        Raises:
            RefusedAddress: the host has none, or one that is not public. One is enough: an honest public host has no
                private address, and which one is taken must not depend on luck.
        """
        named = _is_under(host.rstrip("."), self._rules.private_hosts)
        allowed = may_be_named if named else self._permit
        try:
            found = list(self._resolver(host, port))
        except (OSError, UnicodeError) as error:
            raise RefusedAddress(f"There is no host `{host}`.", remedy="Check the spelling of the address.") from error
        addresses = [parsed(text) for text in found]
        if not addresses or any(one is None or not allowed(one) for one in addresses):
            raise RefusedAddress(
                f"`{host}` is on a private network, and such addresses are not fetched.",
                remedy="Save the page and give the file, or name the host in `fetch.private_hosts`.",
            )
        return [str(one) for one in addresses]


@dataclass(frozen=True, slots=True)
class _Body:
    content: bytes
    media_type: str | None


def _checked(address: str, rules: FetchRules) -> httpx2.URL:
    """The address without its fragment, when its form is allowed.

    Raises:
        RefusedAddress: another scheme than http or https, a password in it, a port other protocols use, a host that
            is not on the list.
    """
    try:
        url = httpx2.URL(address.strip()).copy_with(fragment=None)
        host, port = url.raw_host.decode("ascii").rstrip("."), url.port
    except (httpx2.InvalidURL, UnicodeError, ValueError) as error:
        shown = "An address with a user name in it" if "@" in address else repr(address)
        raise RefusedAddress(f"{shown} is no address.", remedy="Check its spelling.") from error
    if url.userinfo:  # first of all, because the others show the address
        raise RefusedAddress("An address with a user name in it is not fetched.", remedy="Take the user name out.")
    if url.scheme not in ("http", "https"):
        raise RefusedAddress(f"{address!r} is no http or https address.", remedy="Save it as a file, and give that.")
    if not host or "%" in host:
        raise RefusedAddress(f"{address!r} names no host.", remedy="Check its spelling.")
    if port is not None and port not in (80, 443) and not 1024 <= port <= 65535:
        raise RefusedAddress(f"Port {port} is not for web pages.", remedy="Use port 80, 443 or one above 1023.")
    if rules.hosts and not _is_under(host, (*rules.hosts, *rules.private_hosts)):
        raise RefusedAddress(f"`{host}` is not among the hosts allowed.", remedy="Add it to `fetch.hosts`.")
    return url


def _is_under(host: str, hosts: Iterable[str]) -> bool:
    lowered = host.casefold()
    names = [name.casefold().strip(".") for name in hosts]
    return any(name and (lowered == name or lowered.endswith(f".{name}")) for name in names)


def _next(url: httpx2.URL, location: str, rules: FetchRules) -> httpx2.URL:
    try:
        joined = str(url.join(location))
    except (httpx2.InvalidURL, UnicodeError, ValueError) as error:
        raise RefusedAddress(f"{url} redirects to no address.", remedy=_CHECK) from error
    target = _checked(joined, rules)
    if url.scheme == "https" and target.scheme == "http":
        raise RefusedAddress(f"{url} redirects from https to http.", remedy=_CHECK)
    return target


def _read(url: httpx2.URL, response: httpcore2.Response, most: int, deadline: float) -> _Body | str:
    headers = {key.lower(): value.decode("latin-1").strip() for key, value in response.headers}
    if response.status in _REDIRECTS:
        if not headers.get(b"location"):
            raise RefusedAddress(f"{url} redirects to nowhere.", remedy=_CHECK)
        return _as_utf8(headers[b"location"])
    if response.status != 200:
        raise RefusedAddress(f"{url} answered {response.status}.", remedy=_CHECK)
    media_type = headers.get(b"content-type") or None
    bare = (media_type or "text/html").partition(";")[0].strip().casefold()
    if bare not in _READABLE and not bare.startswith(_TEXTUAL):
        raise RefusedAddress(f"{url} holds {bare}, which is not read.", remedy="Give a page, PDF, Word or text file.")
    declared = headers.get(b"content-length", "")
    if declared.isdecimal() and int(declared[:20]) > most:
        raise _too_large(url, most)
    content = _unpacked(url, response.iter_stream(), headers.get(b"content-encoding", ""), most, deadline)
    return _Body(content, media_type)


def _unpacked(url: httpx2.URL, parts: Iterable[bytes], coding: str, most: int, deadline: float) -> bytes:
    """The content, never more than one byte over `most` of it held."""
    if coding.casefold() not in ("", "identity", "gzip", "x-gzip"):
        raise RefusedAddress(f"{url} was sent packed in a way not asked for.", remedy=_CHECK)
    unpacker = Gunzip() if "gzip" in coding.casefold() else None
    content = bytearray()
    try:
        for part in parts:
            content += unpacker.unpacked(part, most + 1 - len(content)) if unpacker else part
            if len(content) > most:
                raise _too_large(url, most)
            if time.monotonic() > deadline:
                raise httpcore2.ReadTimeout("the time is up")
    except zlib.error as error:
        raise RefusedAddress(f"{url} was sent damaged.", remedy=_CHECK) from error
    if unpacker is not None and not unpacker.is_complete:
        raise RefusedAddress(f"{url} was sent incomplete.", remedy=_CHECK)
    return bytes(content)


def _as_utf8(header: str) -> str:
    """A header as browsers read an address in it: UTF-8 where it is, though the standard says Latin-1."""
    try:
        return header.encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        return header


def _too_large(url: httpx2.URL, most: int) -> SourceTooLarge:
    return SourceTooLarge(f"{url} is larger than {most / 1e6:g} MB.", remedy="Give a part of it as a file.")


def _name(url: httpx2.URL) -> str:
    last = PurePosixPath(unquote(url.path)).name
    return "".join(letter for letter in last if letter.isprintable())[:200] or url.host


def _reason(error: BaseException) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
