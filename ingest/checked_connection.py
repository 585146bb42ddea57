"""Connections for `ingest.fetch`: to addresses that were checked, and only for as long as there is time."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import httpcore2

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Iterable


class CheckedBackend(httpcore2.NetworkBackend):
    """Connects to checked IP addresses only, and gives every read what is left of the time."""

    def __init__(self, vet: Callable[[str, int], list[str]], deadline: float) -> None:
        self._vet = vet
        self._deadline = deadline
        self._system = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        """The connection to the first address of `host` that answers; `vet` says which that are, or raises."""
        last: Exception | None = None
        for address in self._vet(host, port):
            left = self._deadline - time.monotonic()
            if left <= 0:
                break
            try:
                stream = self._system.connect_tcp(
                    address, port, min(left, timeout or left), local_address, socket_options
                )
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                last = error
            else:
                return TimedStream(stream, self._deadline)
        raise last or httpcore2.ConnectTimeout("the time is up")

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None
    ) -> httpcore2.NetworkStream:
        """Never: a socket of this machine is no public address."""
        raise httpcore2.ConnectError(f"{path} is a socket of this machine")


class TimedStream(httpcore2.NetworkStream):
    """A stream that ends at the deadline even when the other side sends a byte now and then."""

    def __init__(self, stream: httpcore2.NetworkStream, deadline: float) -> None:
        self._stream = stream
        self._deadline = deadline

    def _left(self) -> float:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise httpcore2.ReadTimeout("the time is up")
        return left

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Up to `max_bytes`; raises `ReadTimeout` at the deadline, whatever `timeout` says."""
        return self._stream.read(max_bytes, self._left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """All of `buffer`, before the deadline."""
        self._stream.write(buffer, self._left())

    def close(self) -> None:
        """Hang up."""
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        """The same connection encrypted, under the same deadline."""
        return TimedStream(self._stream.start_tls(ssl_context, server_hostname, self._left()), self._deadline)

    def get_extra_info(self, info: str) -> object:
        """What the connection knows of itself."""
        return self._stream.get_extra_info(info)
