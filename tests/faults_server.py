"""A chat-completion endpoint on a real socket that misbehaves on demand.

Each request is answered by a `Step`: a function that writes what it likes to the socket. The server counts
requests, keeps their bodies and headers, and knows how many were open at once. Without a plan it answers
with a well-formed brief of whatever article it is shown (`brief_of`), so that whole runs go through.
"""

from __future__ import annotations

import json
import re
import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable, Iterable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Step = Callable[["Handler", dict[str, Any]], None]
_SHOWN = re.compile(r"^\[(\d+)([^\]]*)\] (.*)$", re.MULTILINE)
#: What a server that does not know a mode says (llama.cpp, vLLM and Ollama put it in such words).
UNSUPPORTED = {
    "json_schema": "response_format of type json_schema is not supported",
    "tools": "this model does not support tools",
    "json_object": "response_format json_object is not supported",
}


def brief_of(request: dict[str, Any], claims: int = 3) -> dict[str, Any]:
    """A brief whose claims are the first sentences of the article, word for word."""
    shown = _SHOWN.findall(request["messages"][-1]["content"])
    body = [(int(number), text) for number, mark, text in shown if not mark][:claims]
    return {
        "actors": [],
        "figures": [],
        "claims": [
            {
                "id": f"c{position}", "sentence": number, "quote": text, "text": text, "speakers": [],
                "via": None, "sourcing": "article", "polarity": "affirmed", "certainty": "certain",
                "cues": [], "when": None,
            }
            for position, (number, text) in enumerate(body, 1)
        ],
        "summary": [{"text": body[0][1], "cites": ["c1"]}] if body else [],
    }  # fmt: skip


def completion(
    text: str | None, request: dict[str, Any], finish: str = "stop", **message: Any
) -> dict[str, Any]:
    """A chat completion around a reply's text, as a tool call where a tool was forced."""
    body: dict[str, Any] = {"role": "assistant", "content": text, **message}
    if request.get("tools") and text is not None and "content" not in message:
        function = {"name": request["tools"][0]["function"]["name"], "arguments": text}
        body = {"role": "assistant", "content": None, "tool_calls": [{"id": "call_1", "type": "function",
                                                                      "function": function}]}  # fmt: skip
        finish = "tool_calls" if finish == "stop" else finish
    prompt = sum(len(part["content"]) for part in request["messages"]) // 4
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1,
        "model": request["model"],
        "choices": [{"index": 0, "message": body, "finish_reason": finish, "logprobs": None}],
        "usage": {
            "prompt_tokens": prompt,
            "completion_tokens": len(text or "") // 4,
            "total_tokens": prompt + len(text or "") // 4,
            "prompt_tokens_details": {"cached_tokens": prompt // 2},
        },
    }


def ok(handler: Handler, request: dict[str, Any]) -> None:
    """A well-formed brief of the article."""
    handler.send_json(200, completion(json.dumps(brief_of(request)), request))


def says(text: str | None, finish: str = "stop", **message: Any) -> Step:
    """A completion with this content."""
    return lambda handler, request: handler.send_json(200, completion(text, request, finish, **message))


def after(seconds: float, step: Step = ok) -> Step:
    """The step, that much later."""

    def wait(handler: Handler, request: dict[str, Any]) -> None:
        time.sleep(seconds)
        step(handler, request)

    return wait


def status(http: int, message: str = "no", headers: dict[str, str] | None = None, **error: Any) -> Step:
    """An error in OpenAI's form."""
    body = {"error": {"message": message, "type": "error", **error}}
    return lambda handler, request: handler.send_json(http, body, headers)


def redirect(address: str) -> Step:
    """Send the same request elsewhere."""
    return lambda handler, request: handler.send_bytes(307, b"", "text/plain", {"Location": address})


def raw(content: bytes, content_type: str = "application/json") -> Step:
    """Status 200 with exactly these bytes."""
    return lambda handler, request: handler.send_bytes(200, content, content_type)


def only(*modes: str) -> Step:
    """An endpoint that knows these modes of reply: json_schema, tools, json_object; text is always known."""

    def answer(handler: Handler, request: dict[str, Any]) -> None:
        asked = "tools" if request.get("tools") else (request.get("response_format") or {}).get("type")
        if asked is None or asked in modes:
            ok(handler, request)
        else:
            handler.send_json(
                400, {"error": {"message": UNSUPPORTED[asked], "type": "invalid_request_error"}}
            )

    return answer


def reset(handler: Handler, request: dict[str, Any]) -> None:
    """The connection is torn down (RST) before any answer."""
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.drop()


def short_body(handler: Handler, request: dict[str, Any]) -> None:
    """Half of the announced body, then the end."""
    body = json.dumps(completion(json.dumps(brief_of(request)), request)).encode()
    handler.start(200, {"Content-Type": "application/json", "Content-Length": str(len(body))})
    handler.wfile.write(body[: len(body) // 2])
    handler.drop()


def cut_clean(handler: Handler, request: dict[str, Any]) -> None:
    """Half of a body without announced length: the end looks like a proper one."""
    body = json.dumps(completion(json.dumps(brief_of(request)), request)).encode()
    handler.start(200, {"Content-Type": "application/json", "Connection": "close"})
    handler.wfile.write(body[: len(body) // 2])
    handler.drop()


def drip(handler: Handler, request: dict[str, Any]) -> None:
    """A byte now and then, for ever: no single read takes long."""
    handler.start(200, {"Content-Type": "application/json", "Content-Length": "100000"})
    try:
        while not handler.stopping():
            handler.wfile.write(b" ")
            handler.wfile.flush()
            time.sleep(0.05)
    except OSError:
        pass
    handler.drop()


def hang(handler: Handler, request: dict[str, Any]) -> None:
    """No answer at all."""
    while not handler.stopping():
        time.sleep(0.02)
    handler.drop()


def html(handler: Handler, request: dict[str, Any]) -> None:
    """A gateway's page with status 200."""
    handler.send_bytes(200, b"<!doctype html><title>Sign in</title>", "text/html; charset=utf-8")


class Handler(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    server: _Server

    def do_POST(self) -> None:
        """Note the request, then do the step that is planned for it."""
        content = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        owner = self.server.owner
        request = json.loads(content) if content[:1] == b"{" else {}
        with owner.lock:
            number = len(owner.requests)
            owner.requests.append(request)
            owner.headers.append({name.lower(): value for name, value in self.headers.items()})
            owner.open += 1
            owner.most_open = max(owner.most_open, owner.open)
        try:
            owner.step(number, request)(self, request)
        finally:
            with owner.lock:
                owner.open -= 1

    def do_GET(self) -> None:
        """The list of models."""
        self.send_json(200, {"object": "list", "data": [{"id": "m", "object": "model"}]})

    def stopping(self) -> bool:
        """Whether the server is being closed."""
        return self.server.owner.closing

    def start(self, code: int, headers: dict[str, str]) -> None:
        """Status line and headers."""
        self.send_response(code)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def send_json(self, code: int, body: Any, headers: dict[str, str] | None = None) -> None:
        """A JSON answer."""
        self.send_bytes(code, json.dumps(body).encode(), "application/json", headers)

    def send_bytes(
        self, code: int, body: bytes, content_type: str, headers: dict[str, str] | None = None
    ) -> None:
        """An answer of announced length."""
        self.start(code, {"Content-Type": content_type, "Content-Length": str(len(body)), **(headers or {})})
        try:
            self.wfile.write(body)
        except OSError:
            self.close_connection = True  # the client has given up

    def drop(self) -> None:
        """Close the connection after this."""
        self.close_connection = True

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256
    owner: FaultServer

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is what some tests are about."""


class FaultServer:
    """The server; a context manager.

    `plan` gives each request's step by its number, `steps` the first ones.
    """

    def __init__(
        self,
        steps: Iterable[Step] = (),
        plan: Callable[[int, dict[str, Any]], Step] | None = None,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self.steps = list(steps)
        self.plan = plan
        self.requests: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.open = self.most_open = 0
        self.closing = False
        self.lock = threading.Lock()
        self._server = _Server(("127.0.0.1", 0), Handler)
        self._server.owner = self
        self._origin = f"http://127.0.0.1:{self._server.server_address[1]}"
        if tls is not None:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True)
            self._origin = f"https://localhost:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    @property
    def url(self) -> str:
        """What `--base-url` gets."""
        return f"{self._origin}/v1"

    def step(self, number: int, request: dict[str, Any]) -> Step:
        """What happens to a request."""
        if self.plan is not None:
            return self.plan(number, request)
        return self.steps[number] if number < len(self.steps) else ok

    def __enter__(self) -> FaultServer:
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.closing = True
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def streamed(text: str, finish: str | None = "stop", events: int = 5, junk: bytes = b"") -> Step:
    """The reply as server-sent events; `finish` None: it ends as if it had been cut."""

    def answer(handler: Handler, request: dict[str, Any]) -> None:
        assert request["stream"] is True
        handler.start(200, {"Content-Type": "text/event-stream", "Connection": "close"})
        size = len(text) // events + 1
        base = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": request["model"]}
        for start in range(0, len(text), size):
            delta: dict[str, Any] = {"content": text[start : start + size]}
            if request.get("tools"):
                function = {"name": "BriefReply", "arguments": delta["content"]}
                delta = {"tool_calls": [{"index": 0, "id": "c", "type": "function", "function": function}]}
            choice = {"index": 0, "delta": delta, "finish_reason": None}
            handler.wfile.write(b"data: " + json.dumps({**base, "choices": [choice]}).encode() + b"\n\n")
        if junk:
            handler.wfile.write(junk)
        if finish is not None:
            choice = {"index": 0, "delta": {}, "finish_reason": finish}
            usage = {"prompt_tokens": 7, "completion_tokens": 3, "total_tokens": 10}
            handler.wfile.write(b"data: " + json.dumps({**base, "choices": [choice]}).encode() + b"\n\n")
            handler.wfile.write(
                b"data: " + json.dumps({**base, "choices": [], "usage": usage}).encode() + b"\n\n"
            )
            handler.wfile.write(b"data: [DONE]\n\n")
        handler.drop()

    return answer
