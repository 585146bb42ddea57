"""A web server on the loopback whose answers are given byte for byte, plain or with a certificate of its own."""

from __future__ import annotations

import contextlib
import datetime
import ipaddress
import ssl
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from typing import BinaryIO

    Answer = bytes | Callable[[BinaryIO], object]


def answer(
    body: bytes = b"<p>Hello</p>", *, status: str = "200 OK", media_type: str | None = "text/html", **headers: str
) -> bytes:
    """Bytes of a whole answer; an underscore in a header's name stands for a hyphen."""
    named = {"Content-Length": str(len(body)), **{key.replace("_", "-"): value for key, value in headers.items()}}
    if media_type is not None:
        named["Content-Type"] = media_type
    lines = "".join(f"{key}: {value}\r\n" for key, value in named.items())
    return f"HTTP/1.1 {status}\r\n{lines}\r\n".encode() + body


def redirect(place: str, status: str = "302 Found") -> bytes:
    return answer(b"", status=status, Location=place)


class Site:
    """`pages` maps a path to its answer; `asked` collects paths, `headers` the headers of the latest question."""

    def __init__(self, pages: dict[str, Answer], server: ThreadingHTTPServer, scheme: str) -> None:
        self.pages = pages
        self.asked: list[str] = []
        self.headers: dict[str, str] = {}
        self.port = server.server_port
        self.address = f"{scheme}://127.0.0.1:{self.port}"


class _Handler(BaseHTTPRequestHandler):
    site: Site

    def answered(self) -> None:
        self.site.asked.append(self.path)
        self.site.headers = dict(self.headers.items())
        found = self.site.pages.get(self.path, answer(b"", status="404 Not Found"))
        with contextlib.suppress(OSError):
            if callable(found):
                found(self.wfile)
            else:
                self.wfile.write(found)
        self.close_connection = True

    def log_message(self, *_: object) -> None:
        pass


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:  # a client that hangs up is what many tests are about
        pass


@contextlib.contextmanager
def serving(pages: dict[str, Answer], context: ssl.SSLContext | None = None) -> Iterator[Site]:
    handler = type("Handler", (_Handler,), {"do_GET": _Handler.answered})
    server = _Server(("127.0.0.1", 0), handler)
    if context is not None:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    site = Site(pages, server, "https" if context else "http")
    handler.site = site  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def certificate(folder: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """What a server shows and what a client that trusts it checks with; made on the spot, for 127.0.0.1."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False)
        .sign(key, hashes.SHA256())
    )
    written = folder / "certificate.pem"
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    written.write_bytes(secret + made.public_bytes(serialization.Encoding.PEM))
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(written)
    return server, ssl.create_default_context(cafile=str(written))
