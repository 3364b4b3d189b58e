"""How fast, how lean and how safe model calls are, against an endpoint on loopback that takes 200 ms a reply.

    python benchmarks/model_calls.py [--articles 200] [--concurrency 16] [--kills 20] [--langextract]

Prints one JSON object. `ideal` is the seconds of all replies ÷ concurrency; nothing can be faster.
`schedule` is what a client without any overhead would take for the same replies in the same order: a slow
reply among the last leaves the other slots idle, whoever asks. CPU is the client's alone (the endpoint is a
process of its own) and includes prompts, reading, grounding and the store; `client_cpu_ms` leaves reading,
grounding and prompts out: it is what one call costs beside them.
"""

from __future__ import annotations

import argparse
import asyncio
import heapq
import json
import os
import random
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
REPLY_S = 0.2

_SUBJECTS = ("The harbour board", "The regional court", "A panel of engineers", "The finance ministry",
             "The hospital", "The rail operator", "The weather service", "The city council")  # fmt: skip
_VERBS = ("said on Monday that", "confirmed that", "wrote in a report that", "told reporters that")
_FACTS = ("the bridge would stay closed until the cables had been tested", "the new schedule had been agreed",
          "repairs to the northern line were going slower than planned", "no further talks had been arranged",
          "the inquiry would hear its first witnesses in spring", "the offer had been turned down",
          "supplies were low but sufficient for the coming weeks", "the vote had been put off")  # fmt: skip


def articles(count: int, chars: int = 3000) -> list[Any]:
    """Articles of about `chars` characters, no two alike."""
    from summarizer.records.article import Article, Published

    made = []
    undated = Published(date=None, basis="unknown")
    for number in range(count):
        chance = random.Random(number)
        lines = [f"Report {number} on the state of the district"]
        while sum(map(len, lines)) < chars:
            lines.append(
                " ".join(
                    f"{chance.choice(_SUBJECTS)} {chance.choice(_VERBS)} {chance.choice(_FACTS)}."
                    for _ in range(4)
                )
            )
        made.append(
            Article(
                id=f"report-{number}", title=None, outlet=None, origin=None, language="en",
                source=f"{number}.txt", published=undated, text="\n".join(lines),
            )
        )  # fmt: skip
    return made


@contextmanager
def endpoint(seconds: float = REPLY_S, slow_share: float = 0.0) -> Iterator[str]:
    """The slow endpoint in a process of its own; its address."""
    command = [sys.executable, str(HERE / "slow_endpoint.py"), "--seconds", str(seconds)]
    command += ["--slow-share", str(slow_share)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


def counts(url: str) -> dict[str, Any]:
    """What the endpoint has been asked so far: prompt characters, and the seconds that each reply took."""
    with urllib.request.urlopen(f"{url.removesuffix('/v1')}/counts") as answer:
        found: dict[str, Any] = json.load(answer)
        return found


def schedule(seconds: list[float], slots: int) -> float:
    """When the last reply is there if each takes a free slot in order and nothing else takes time."""
    free = [0.0] * slots
    for one in seconds:
        heapq.heapreplace(free, free[0] + one)
    return max(free)


def options(url: str, home: Path, concurrency: int) -> Any:
    """Options of a run at the endpoint."""
    from summarizer.llm.model import CallSettings
    from summarizer.model_run import ModelOptions

    return ModelOptions("m", home, base_url=url, settings=CallSettings(concurrency=concurrency))


def warm_up() -> None:
    """Import everything that a run imports, outside of what is measured."""
    with endpoint(0.0) as url, tempfile.TemporaryDirectory() as home:
        from summarizer.model_run import run_with_model

        run_with_model(articles(3), options(url, Path(home), 2), {})


def wall(count: int, concurrency: int, slow_share: float = 0.0) -> dict[str, Any]:
    """One run over `count` articles: wall time against the ideal, requests, prompt characters, CPU."""
    from summarizer.model_run import run_with_model
    from summarizer.prompts import NEWEST_PROMPTS
    from summarizer.records.brief import Brief

    news = articles(count)
    with endpoint(slow_share=slow_share) as url, tempfile.TemporaryDirectory() as home:
        cpu, started = time.process_time(), time.perf_counter()
        run = run_with_model(news, options(url, Path(home), concurrency), {})
        seconds, cpu = time.perf_counter() - started, time.process_time() - cpu
        asked = counts(url)
    briefs = [one for one in run.results if isinstance(one, Brief)]
    requests = len(asked["seconds"])
    ideal = sum(asked["seconds"]) / concurrency
    planned = schedule(asked["seconds"], concurrency)
    prefix = len(NEWEST_PROMPTS.extract_prompt().section("system")) * requests
    return {
        "articles": count,
        "briefs": len(briefs),
        "claims": sum(len(brief.claims) for brief in briefs),
        "requests": requests,
        "wall_s": round(seconds, 3),
        "ideal_s": round(ideal, 3),
        "wall_over_ideal": round(seconds / ideal, 3),
        "schedule_over_ideal": round(planned / ideal, 3),
        "wall_over_schedule": round(seconds / planned, 3),
        "prompt_chars_over_article": round(
            (asked["prompt_chars"] - prefix) / sum(len(one.text) for one in news), 3
        ),
        "cpu_ms_an_article": round(1000 * cpu / count, 2),
    }


def client_cpu_ms(calls: int = 300) -> float:
    """CPU of the client alone: shaping, sending, reading the completion, saving; no pipeline around it."""
    from summarizer.extraction.by_model.drafting import extract_ask
    from summarizer.llm.client import ModelClient
    from summarizer.llm.model import CallSettings
    from summarizer.llm.spec import parse_model
    from summarizer.llm.stored import StoredModel
    from summarizer.store.replies import ReplyStore

    asks = [extract_ask(one) for one in articles(calls)]
    with endpoint(0.0) as url, tempfile.TemporaryDirectory() as home:

        async def run() -> float:
            with ReplyStore(Path(home) / "replies.sqlite3") as store:
                client = ModelClient(parse_model("m", {}, url), CallSettings(concurrency=16), store)
                model = StoredModel(client, store)
                await model.ask(asks[0])
                started = time.process_time()
                await asyncio.gather(*(model.ask(ask) for ask in asks[1:]))
                spent = time.process_time() - started
                await client.aclose()
                return 1000 * spent / (calls - 1)

        return round(asyncio.run(run()), 2)


def langextract_wall(count: int, concurrency: int, slow_share: float = 0.0) -> dict[str, Any]:
    """The same articles and the same endpoint through langextract (the `bench` extra), as it comes.

    Its replies are empty here: requests, prompt characters and time are what is compared, not what is found.
    """
    import langextract
    from langextract.providers.openai import OpenAILanguageModel

    news = articles(count)
    said = langextract.data.Extraction(extraction_class="claim", extraction_text="The board said it rained")
    example = langextract.data.ExampleData(text="The board said it rained.", extractions=[said])
    with endpoint(slow_share=slow_share) as url:
        model = OpenAILanguageModel(model_id="m", api_key="none", base_url=url, max_workers=concurrency)
        documents = [langextract.data.Document(text=one.text, document_id=one.id) for one in news]
        started = time.perf_counter()
        made = langextract.extract(
            text_or_documents=documents,
            prompt_description="Extract claims.",
            examples=[example],
            model=model,
            max_workers=concurrency,
            batch_length=concurrency,
            show_progress=False,
        )
        list(made)
        seconds = time.perf_counter() - started
        asked = counts(url)
    ideal_one_request = (
        count * (REPLY_S if not slow_share else sum(asked["seconds"]) / len(asked["seconds"])) / concurrency
    )
    return {
        "articles": count,
        "requests": len(asked["seconds"]),
        "wall_s": round(seconds, 3),
        "wall_over_ideal_of_one_request": round(seconds / ideal_one_request, 3),
        "prompt_chars_over_article": round(asked["prompt_chars"] / sum(len(one.text) for one in news), 3),
    }


def rows() -> list[tuple[str, float, str, str]]:
    """What, value, unit and target, for the table of `make bench`."""
    warm_up()
    even, slow = wall(200, 16), wall(200, 16, slow_share=0.1)
    kill = killed(100, 16, 5)
    return [
        ("model calls: wall / ideal, 200 articles, 16 at once", even["wall_over_ideal"], "x", "≤ 1.15"),
        ("model calls: the same, 10 % of replies take 1 s", slow["wall_over_ideal"], "x", "≤ 1.25"),
        ("model calls: … beside the best possible schedule", slow["wall_over_schedule"], "x", ""),
        ("model calls: requests an article", even["requests"] / even["articles"], "", "1"),
        ("model calls: prompt / article, beside the prefix", even["prompt_chars_over_article"], "x", "≤ 1.2"),
        ("model calls: CPU of the client a call", client_cpu_ms(), "ms", "≤ 8"),
        ("model calls: CPU an article, grounding included", even["cpu_ms_an_article"], "ms", ""),
        ("model calls: paid requests after 5 kills, of 100", kill["paid_requests"], "", "≤ 180"),
    ]


def killed(count: int, concurrency: int, kills: int) -> dict[str, Any]:
    """A run that is killed again and again:

    what was paid for, and whether the result is the undisturbed one.
    """
    from summarizer.model_run import run_with_model

    chance = random.Random(20)
    with endpoint(0.1) as url, tempfile.TemporaryDirectory() as home:
        for _ in range(kills):
            before = len(counts(url)["seconds"])
            child = _child(url, home, count, concurrency)
            wait_for = before + chance.randrange(1, 2 * concurrency)
            while child.poll() is None and len(counts(url)["seconds"]) < wait_for:
                time.sleep(0.01)
            time.sleep(chance.random() * 0.1)
            child.kill()
            child.wait()
        final = run_with_model(articles(count), options(url, Path(home), concurrency), {})
        paid = len(counts(url)["seconds"])
        with tempfile.TemporaryDirectory() as other:
            plain = run_with_model(articles(count), options(url, Path(other), concurrency), {})
    return {
        "articles": count,
        "kills": kills,
        "paid_requests": paid,
        "allowed": count + kills * concurrency,
        "same_result": final.results == plain.results,
    }


def _child(url: str, home: str, count: int, concurrency: int) -> subprocess.Popen[bytes]:
    program = (
        "import sys; from pathlib import Path; from model_calls import articles, options;"
        "from summarizer.model_run import run_with_model;"
        "chosen = options(sys.argv[1], Path(sys.argv[2]), int(sys.argv[4]));"
        "run_with_model(articles(int(sys.argv[3])), chosen, {})"
    )
    path = os.pathsep.join((str(HERE), str(HERE.parent)))
    arguments = [sys.executable, "-c", program, url, home, str(count), str(concurrency)]
    return subprocess.Popen(arguments, env={**os.environ, "PYTHONPATH": path})


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--concurrency", type=int, default=16)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--langextract", action="store_true", help="for comparison; needs the bench extra")
    chosen = parser.parse_args()
    warm_up()
    result = {
        "even": wall(chosen.articles, chosen.concurrency),
        "ten_percent_slow": wall(chosen.articles, chosen.concurrency, slow_share=0.1),
        "client_cpu_ms": client_cpu_ms(),
    }
    if chosen.langextract:
        result["langextract_even"] = langextract_wall(chosen.articles, chosen.concurrency)
        result["langextract_slow"] = langextract_wall(chosen.articles, chosen.concurrency, 0.1)
    if chosen.kills:
        result["killed"] = killed(chosen.articles, chosen.concurrency, chosen.kills)
    print(json.dumps(result, indent=1))  # noqa: T201


if __name__ == "__main__":
    main()
