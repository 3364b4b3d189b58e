"""OpenAI's files and batches on loopback: upload, create, poll, download; with faults on demand."""

from __future__ import annotations

import json
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from faults_server import brief_of, completion


class BatchServer:
    """Batches need `polls` looks until they are completed. `refused` are positions without a reply.

    `online` counts the ordinary chat completions that were asked; `stop_after` drops the connection after
    that many batches were created, without an answer, as a crash would.
    """

    def __init__(self, polls: int = 2, refused: tuple[int, ...] = (), outcome: str = "completed") -> None:
        self.polls, self.refused, self.outcome = polls, refused, outcome
        self.files: dict[str, bytes] = {}
        self.batches: dict[str, dict[str, Any]] = {}
        self.online = 0
        self.faults: list[int] = []
        self.lose_answer = False
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
        self._server.daemon_threads = True
        self._server.owner = self  # type: ignore[attr-defined]
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    @property
    def url(self) -> str:
        """What `--base-url` gets."""
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def __enter__(self) -> BatchServer:
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def create(self, request: dict[str, Any]) -> dict[str, Any]:
        """A new batch."""
        batch_id = f"batch_{len(self.batches) + 1}"
        self.batches[batch_id] = {
            "id": batch_id, "object": "batch", "endpoint": request["endpoint"], "status": "validating",
            "input_file_id": request["input_file_id"], "completion_window": "24h", "created_at": 1,
            "metadata": request.get("metadata"), "looks": 0,
        }  # fmt: skip
        return self.batches[batch_id]

    def look(self, batch_id: str) -> dict[str, Any]:
        """A batch as it stands; every look brings it forward."""
        batch = self.batches[batch_id]
        batch["looks"] += 1
        if batch["looks"] >= self.polls and batch["status"] in ("validating", "in_progress"):
            batch["status"] = self.outcome
            if self.outcome != "failed":
                self._answer(batch)
        elif batch["status"] == "validating":
            batch["status"] = "in_progress"
        return batch

    def _answer(self, batch: dict[str, Any]) -> None:
        good, bad = [], []
        for number, line in enumerate(self.files[batch["input_file_id"]].decode().splitlines()):
            request = json.loads(line)
            body = request["body"]
            if number in self.refused:
                response = {"status_code": 500, "body": {"error": {"message": "no"}}}
                bad.append({"custom_id": request["custom_id"], "response": response, "error": None})
            else:
                reply = completion(json.dumps(brief_of(body)), body)
                response = {"status_code": 200, "body": reply}
                good.append({"custom_id": request["custom_id"], "response": response, "error": None})
        for name, lines in (("output_file_id", good), ("error_file_id", bad)):
            if lines:
                file_id = f"file_{len(self.files) + 1}"
                self.files[file_id] = "\n".join(map(json.dumps, lines)).encode()
                batch[name] = file_id


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    @property
    def owner(self) -> BatchServer:
        """The server's state."""
        owner: BatchServer = self.server.owner  # type: ignore[attr-defined]
        return owner

    def do_POST(self) -> None:
        """Upload, create, or an ordinary completion."""
        content = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        owner = self.owner
        if owner.faults:
            self.answer({"error": {"message": "busy"}}, owner.faults.pop(0))
        elif self.path == "/v1/files":
            boundary = re.search(r"boundary=(\S+)", self.headers["Content-Type"])
            assert boundary
            parts = content.split(b"--" + boundary[1].encode())
            file = next(part for part in parts if b'name="file"' in part)
            file_id = f"file_{len(owner.files) + 1}"
            owner.files[file_id] = file.split(b"\r\n\r\n", 1)[1].removesuffix(b"\r\n")
            self.answer({"id": file_id, "object": "file", "bytes": 1, "created_at": 1, "filename": "q.jsonl",
                         "purpose": "batch", "status": "processed"})  # fmt: skip
        elif self.path == "/v1/batches":
            batch = owner.create(json.loads(content))
            if owner.lose_answer:
                owner.lose_answer = False
                self.close_connection = True
                self.connection.close()
                return
            self.answer(batch)
        else:
            owner.online += 1
            request = json.loads(content)
            self.answer(completion(json.dumps(brief_of(request)), request))

    def do_GET(self) -> None:
        """Look, list, or download."""
        owner = self.owner
        if owner.faults:
            self.answer({"error": {"message": "busy"}}, owner.faults.pop(0))
        elif match := re.match(r"/v1/files/(\w+)/content", self.path):
            self.send(owner.files[match[1]], 200)
        elif match := re.match(r"/v1/batches/(\w+)", self.path):
            self.answer(owner.look(match[1]))
        else:
            self.answer({"object": "list", "data": list(owner.batches.values()), "has_more": False})

    def answer(self, body: object, code: int = 200) -> None:
        """JSON."""
        self.send(json.dumps(body).encode(), code)

    def send(self, body: bytes, code: int) -> None:
        """Bytes."""
        self.send_response(code)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: Any) -> None:
        """Say nothing."""
