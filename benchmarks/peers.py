"""The model road beside other tools: one endpoint on loopback, the same articles, a process for each client.

`ours` asks, grounds, repairs and saves. `instructor` is the SDK with a response model and nothing else: no
quotes are looked up, nothing is saved. `langextract` finds its quotes in the text again, as ours does. It is
run with the requests that it makes by itself, and once more with whole articles in one request, both with
one large batch, which keeps its workers busiest; from this interpreter, or from `.venv-peers` (`make
bench-peers`), since it needs other versions of what we need.

The endpoint takes 200 ms a reply and answers each client in its own form with the first sentences of what it
is shown.
"""

from __future__ import annotations

import asyncio
import importlib.util
import json
import os
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

from measuring import HERE, ROOT, Row, run
from texts import invented_texts

REPLY_S = 0.2
ARTICLES, CONCURRENCY = 200, 16
#: Ends a client that couldn't be measured because a library isn't there.
NOT_INSTALLED = 77


def counts(url: str) -> dict[str, Any]:
    """What the endpoint has been asked so far: prompt characters, and the seconds that each reply took."""
    with urllib.request.urlopen(f"{url.removesuffix('/v1')}/counts") as answer:
        found: dict[str, Any] = json.load(answer)
        return found


def ours(url: str, texts: list[str]) -> int:
    """The model road of this program."""
    from model_calls import options
    from texts import invented_articles

    from summarizer.model_run import run_with_model
    from summarizer.records.brief import Brief

    articles = invented_articles(len(texts))
    with tempfile.TemporaryDirectory() as home:
        done = run_with_model(articles, options(url, Path(home), CONCURRENCY), {})
    return sum(isinstance(one, Brief) for one in done.results)


def plain_instructor(url: str, texts: list[str]) -> int:
    """instructor and a response model, as its documentation shows it."""
    import instructor
    from openai import AsyncOpenAI
    from pydantic import BaseModel

    class Claim(BaseModel):
        text: str
        speaker: str | None
        quote: str

    class Claims(BaseModel):
        claims: list[Claim]

    async def all_of_them() -> int:
        sdk = AsyncOpenAI(base_url=url, api_key="none")
        client = instructor.from_openai(sdk, mode=instructor.Mode.JSON_SCHEMA)
        slots = asyncio.Semaphore(CONCURRENCY)

        async def one(text: str) -> Claims:
            messages: Any = [
                {"role": "system", "content": "Extract the claims with their speakers and verbatim quotes."},
                {"role": "user", "content": text},
            ]
            async with slots:
                return await client.chat.completions.create(
                    model="m", response_model=Claims, messages=messages
                )

        found = await asyncio.gather(*map(one, texts))
        await sdk.close()
        return sum(bool(one.claims) for one in found)

    return asyncio.run(all_of_them())


def langextract(url: str, texts: list[str], chars_a_request: int = 1000) -> int:
    """langextract with its OpenAI provider; 1,000 characters a request is what it does by itself."""
    import warnings

    import langextract as lx
    from langextract.providers.openai import OpenAILanguageModel

    warnings.simplefilter("ignore")
    said = lx.data.Extraction("claim", "The board said it rained", attributes={"speaker": "The board"})
    example = lx.data.ExampleData(text="The board said it rained.", extractions=[said])
    model = OpenAILanguageModel(model_id="m", api_key="none", base_url=url, max_workers=CONCURRENCY)
    made = lx.extract(
        text_or_documents=[lx.data.Document(text=text, document_id=str(n)) for n, text in enumerate(texts)],
        prompt_description="Extract the claims with their speakers.",
        examples=[example],
        model=model,
        max_workers=CONCURRENCY,
        batch_length=4 * len(texts),
        max_char_buffer=chars_a_request,
        show_progress=False,
    )
    return sum(bool(document.extractions) for document in made)


def langextract_whole(url: str, texts: list[str]) -> int:
    """langextract with whole articles in one request."""
    return langextract(url, texts, chars_a_request=100_000)


CLIENTS: dict[str, tuple[str, Callable[[str, list[str]], int]]] = {
    "ours": ("this program", ours),
    "instructor": ("plain instructor (no quotes looked up, nothing saved)", plain_instructor),
    "langextract": ("langextract, 1,000 characters a request", langextract),
    "langextract_whole": ("langextract, an article a request", langextract_whole),
}


def measure(name: str, url: str) -> dict[str, float]:
    """Run one client in this process; what it imports and its first connections aren't counted."""
    work = CLIENTS[name][1]
    texts = invented_texts(ARTICLES)
    work(url, texts[:3])
    before = counts(url)
    cpu, started = time.process_time(), time.perf_counter()
    answered = work(url, texts)
    seconds, cpu = time.perf_counter() - started, time.process_time() - cpu
    after = counts(url)
    requests = len(after["seconds"]) - len(before["seconds"])
    return {
        "answered": answered,
        "requests": requests,
        "wall_s": seconds,
        "cpu_s": cpu,
        "prompt_chars": after["prompt_chars"] - before["prompt_chars"],
        "article_chars": sum(map(len, texts)),
    }


def rows() -> list[Row]:
    """Every client at one endpoint."""
    from model_calls import endpoint

    found: list[Row] = []
    with endpoint() as url:
        for name, (title, _) in CLIENTS.items():
            sys.stderr.write(f"  {title} …\n")
            ended = run([_interpreter(name), str(HERE / "peers.py"), name, url])
            if ended.code == NOT_INSTALLED:
                found.append(
                    Row(f"peers.{name}", title, None, note="skipped: not installed (make bench-peers)")
                )
                continue
            if ended.code:
                raise SystemExit(f"peers.py {name} ended with {ended.code}")
            found += _client_rows(name, title, json.loads(ended.out), ended.peak_mb)
    return found


def _client_rows(name: str, title: str, took: dict[str, float], peak_mb: float | None) -> list[Row]:
    ideal = ARTICLES * REPLY_S / CONCURRENCY
    target = ("≤ 1.15", "≤ 8", "1") if name == "ours" else ("", "", "")
    return [
        Row(f"peers.{name}.wall", f"{title}: wall / ideal", took["wall_s"] / ideal, "x", target[0]),
        Row(f"peers.{name}.requests", "  requests an article", took["requests"] / ARTICLES, "", target[2]),
        Row(
            f"peers.{name}.cpu_call", "  CPU a call", 1000 * took["cpu_s"] / took["requests"], "ms", target[1]
        ),
        Row(f"peers.{name}.cpu_article", "  CPU an article", 1000 * took["cpu_s"] / ARTICLES, "ms"),
        Row(
            f"peers.{name}.chars", "  characters a request", took["prompt_chars"] / took["requests"], "chars"
        ),
        Row(f"peers.{name}.answered", "  articles with an answer", took["answered"], f"of {ARTICLES}"),
        Row(f"peers.{name}.mb", "  most memory", peak_mb, "MB"),
    ]


def _interpreter(name: str) -> str:
    """Where a client's library is: here, or in the environment that `make bench-peers` sets up."""
    if name.startswith("langextract") and importlib.util.find_spec("langextract") is None:
        own = Path(os.environ.get("BENCH_PEERS", ROOT / ".venv-peers")) / "bin" / "python"
        return str(own) if own.exists() else sys.executable
    return sys.executable


if __name__ == "__main__":
    try:
        print(json.dumps(measure(sys.argv[1], sys.argv[2])))  # noqa: T201
    except ModuleNotFoundError as error:
        if error.name not in ("langextract", "instructor"):
            raise
        sys.exit(NOT_INSTALLED)
