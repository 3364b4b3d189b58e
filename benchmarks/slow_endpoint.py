"""A chat-completion endpoint on loopback that takes its time: what model calls are measured against.

    python benchmarks/slow_endpoint.py --seconds 0.2 --slow-share 0.1 --slow-seconds 1 --fault-every 10

Prints its address, serves until it is ended. Each reply is a well-formed brief of the article that it is
shown: a claim for each of the first sentences, word for word. With `--fault-every`, every so many requests
one goes wrong, in the ways of FAULTS by turns. asyncio and a fixed form of request, so that
its own CPU stays out of the way. Which requests are slow is decided by their content, not by chance.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import re
import zlib
from typing import Any

SHOWN = re.compile(r"^\[(\d+)([^\]]*)\] (.*)$", re.MULTILINE)
CLAIMS = 12
#: Ways in which a request goes wrong: a status, what is done to a good response, or nothing at all ("hang").
FAULTS = (
    "429", "429 Retry-After", "500", "503", "reset", "short body", "html", "error in 200", "no choices",
    "hang",
)  # fmt: skip


def brief_of(message: str) -> str:
    """A brief whose claims are the first sentences of the article shown in `message`."""
    claims = [
        {
            "id": f"c{position}",
            "sentence": int(number),
            "quote": text,
            "text": text,
            "speakers": [],
            "via": None,
            "sourcing": "article",
            "polarity": "affirmed",
            "certainty": "certain",
            "cues": [],
            "when": None,
        }
        for position, (number, _, text) in enumerate(SHOWN.findall(message)[:CLAIMS], 1)
    ]
    summary = [{"text": claims[0]["text"], "cites": ["c1"]}]
    return json.dumps({"actors": [], "figures": [], "claims": claims, "summary": summary})


def reply_to(request: dict[str, Any]) -> str:
    """A reply in the form that the client asks for, always with the first sentences of the article."""
    user = str(request["messages"][-1]["content"])
    form = request.get("response_format") or {}
    if (form.get("json_schema") or {}).get("name") == "Claims":  # instructor, by the name of its model
        said = [{"text": text, "speaker": None, "quote": text} for text in sentences(user)]
        return json.dumps({"claims": said})
    if user.endswith("\nA: "):  # langextract: the text stands after the last question mark of its form
        shown = user.rpartition("\nQ: ")[2].removesuffix("\nA: ")
        return json.dumps({"extractions": [{"claim": text} for text in sentences(shown)]})
    return brief_of(user)


def sentences(text: str) -> list[str]:
    """The first sentences of a plain text."""
    body = text.partition("\n")[2] or text
    return [one.strip() + "." for one in re.split(r"\.(?:\s|$)", body) if one.strip()][:CLAIMS]


class Endpoint:
    """Counts what it is asked."""

    def __init__(self, seconds: float, slow_share: float, slow_seconds: float, fault_every: int) -> None:
        self.seconds, self.slow_share, self.slow_seconds = seconds, slow_share, slow_seconds
        self.fault_every = fault_every
        self.prompt_chars = self.posts = 0
        self.faults: list[str] = []
        self.taken: list[float] = []

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, kept open."""
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                length = re.search(r"content-length: (\d+)", head, re.IGNORECASE)
                body = await reader.readexactly(int(length[1])) if length else b""
                fault = self.fault(head)
                if fault == "hang":
                    await reader.read()  # until the client gives up
                    break
                if fault == "reset":
                    writer.transport.abort()
                    break
                response = spoilt(fault) if fault else await self.answer(head, body)
                writer.write(response)
                await writer.drain()
                if fault == "short body":
                    break
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    def fault(self, head: str) -> str | None:
        """How this request goes wrong, if it does."""
        if not head.startswith("POST") or not self.fault_every:
            return None
        self.posts += 1
        if self.posts % self.fault_every:
            return None
        self.faults.append(FAULTS[len(self.faults) % len(FAULTS)])
        return self.faults[-1]

    async def answer(self, head: str, body: bytes) -> bytes:
        """The whole response."""
        if head.startswith("GET /counts"):
            return self.response(
                {"prompt_chars": self.prompt_chars, "seconds": self.taken, "faults": self.faults}
            )
        if head.startswith("GET"):
            return self.response({"object": "list", "data": [{"id": "m", "object": "model"}]})
        request = json.loads(body)
        user = request["messages"][-1]["content"]
        self.prompt_chars += sum(len(message["content"]) for message in request["messages"])
        slow = zlib.crc32(user.encode()) % 1000 < 1000 * self.slow_share
        self.taken.append(self.slow_seconds if slow else self.seconds)
        await asyncio.sleep(self.taken[-1])
        text = reply_to(request)
        return self.response(
            {
                "id": "1",
                "object": "chat.completion",
                "created": 1,
                "model": request["model"],
                "choices": [
                    {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": text}}
                ],
                "usage": {"prompt_tokens": len(body) // 4, "completion_tokens": len(text) // 4,
                          "total_tokens": (len(body) + len(text)) // 4},
            }
        )  # fmt: skip

    @staticmethod
    def response(document: object) -> bytes:
        """Status 200 with JSON."""
        return http("200 OK", json.dumps(document))


def http(status: str, body: str, *headers: str, kind: str = "application/json") -> bytes:
    """A response."""
    lines = (f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {len(body.encode())}", *headers)
    return "\r\n".join((*lines, "", body)).encode()


def spoilt(fault: str) -> bytes:
    """The response of a request that goes wrong."""
    busy = json.dumps({"error": {"message": "busy"}})
    match fault:
        case "429 Retry-After":
            return http("429 Too Many Requests", busy, "Retry-After: 0")
        case "html":
            return http("200 OK", "<!doctype html><title>Sign in</title>", kind="text/html")
        case "error in 200":
            return http("200 OK", busy)
        case "no choices":
            return http("200 OK", json.dumps({"id": "1", "object": "chat.completion", "choices": []}))
        case "short body":
            return http("200 OK", busy * 50)[:-100]
        case status:
            return http(f"{status} Busy", busy)


async def main() -> None:
    """Serve for ever."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=0.2)
    parser.add_argument("--slow-share", type=float, default=0.0)
    parser.add_argument("--slow-seconds", type=float, default=1.0)
    parser.add_argument("--fault-every", type=int, default=0, help="requests; 0 (the default): no faults")
    options = parser.parse_args()
    endpoint = Endpoint(options.seconds, options.slow_share, options.slow_seconds, options.fault_every)
    server = await asyncio.start_server(endpoint.serve, "127.0.0.1", 0, limit=2**22)
    print(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1", flush=True)  # noqa: T201
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
