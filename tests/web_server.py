"""A web server on loopback that serves what a test puts on it, and counts what it is asked for."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Asked:
    """One request."""

    path: str
    headers: dict[str, str]


@dataclass
class Answer:
    """A response. `raw` writes to the connection by itself, headers too, where a test wants it broken."""

    body: bytes = b""
    content_type: str = "text/html; charset=utf-8"
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    raw: Callable[[BaseHTTPRequestHandler], None] | None = None


@dataclass
class WebServer:
    """`answers` maps paths to answers; a missing one is 404. An ETag is honoured."""

    port: int
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    def url(self, path: str) -> str:
        return f"http://{self.host}{path}"

    def paths(self) -> list[str]:
        """The paths that were asked for, in order."""
        return [one.path for one in self.asked]


@contextmanager
def web_server(host: str = "127.0.0.1", tls: ssl.SSLContext | None = None) -> Iterator[WebServer]:
    """Serve until the block ends; with `tls`, that is all it speaks."""
    server: WebServer

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            server.asked.append(Asked(self.path, {k.lower(): v for k, v in self.headers.items()}))
            answer = server.answers.get(self.path, Answer(b"not here", status=404))
            if answer.raw is not None:
                answer.raw(self)
                return
            etag = answer.headers.get("ETag")
            same = etag is not None and self.headers.get("If-None-Match") == etag
            self.send_response(304 if same else answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            if not same:
                self.send_header("Content-Type", answer.content_type)
                self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            if not same:
                self.wfile.write(answer.body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

        def handle(self) -> None:
            """A client that leaves is part of the tests."""
            try:
                super().handle()
            except ConnectionError:
                return

    listening = ThreadingHTTPServer((host, 0), Handler)
    listening.daemon_threads = True
    if tls is not None:
        listening.socket = tls.wrap_socket(listening.socket, server_side=True)
    server = WebServer(listening.server_port)
    thread = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        listening.shutdown()
        listening.server_close()
        thread.join()
