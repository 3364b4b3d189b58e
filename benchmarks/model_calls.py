"""How fast, how lean and how safe model calls are, against an endpoint on loopback that takes 200 ms a reply.

    python benchmarks/model_calls.py [--articles 200] [--concurrency 16] [--kills 20]

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
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from measuring import HERE, Row
from peers import counts
from texts import invented_articles

REPLY_S = 0.2


@contextmanager
def endpoint(seconds: float = REPLY_S, slow_share: float = 0.0, fault_every: int = 0) -> Iterator[str]:
    """The slow endpoint in a process of its own; its address."""
    command = [sys.executable, str(HERE / "slow_endpoint.py"), "--seconds", str(seconds)]
    command += ["--slow-share", str(slow_share), "--fault-every", str(fault_every)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


def schedule(seconds: list[float], slots: int) -> float:
    """When the last reply is there if each takes a free slot in order and nothing else takes time."""
    free = [0.0] * slots
    for one in seconds:
        heapq.heapreplace(free, free[0] + one)
    return max(free)


def options(url: str, home: Path, concurrency: int) -> Any:
    """Options of a run at the endpoint."""
    from summarizer.llm.model import CallSettings
    from summarizer.model_terms import ModelOptions

    settings = CallSettings(concurrency=concurrency, backoff_s=0.1, read_s=3.0)
    return ModelOptions("m", home, base_url=url, settings=settings)


def warm_up() -> None:
    """Import everything that a run imports, outside of what is measured."""
    with endpoint(0.0) as url, tempfile.TemporaryDirectory() as home:
        from summarizer.model_run import run_with_model

        run_with_model(invented_articles(3), options(url, Path(home), 2), {})


def wall(count: int, concurrency: int, slow_share: float = 0.0) -> dict[str, Any]:
    """One run over `count` articles: wall time against the ideal, requests, prompt characters, CPU."""
    from summarizer.model_run import run_with_model
    from summarizer.prompts import NEWEST_PROMPTS
    from summarizer.records.brief import Brief

    news = invented_articles(count)
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

    asks = [extract_ask(one) for one in invented_articles(calls)]
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


def rows() -> list[Row]:
    """What needs more than one endpoint: late replies, the client by itself, runs that are killed."""
    warm_up()
    even, slow = wall(200, 16), wall(200, 16, slow_share=0.1)
    kill = killed(200, 16, 20)
    bad = faulty(200, 16)
    late = "wall / ideal when 10 % of replies take 1 s"
    if not kill["same_result"]:
        raise SystemExit("a killed run ended with another result than an undisturbed one")
    return [
        Row("model.late", late, slow["wall_over_ideal"], "x", "≤ 1.25"),
        Row("model.late_schedule", "  beside the best possible schedule", slow["wall_over_schedule"], "x"),
        Row(
            "model.prompt",
            "prompt / article, beside the prefix",
            even["prompt_chars_over_article"],
            "x",
            "≤ 1.2",
        ),
        Row(
            "model.client_ms",
            "CPU of a call without prompts, reading, grounding",
            client_cpu_ms(),
            "ms",
            "≤ 8",
        ),
        Row("model.faults", "requests that went wrong, one of ten", bad["faults"], f"in {bad['kinds']} ways"),
        Row("model.articles_lost", "  articles of 200 lost to them", bad["articles_lost"], "", "0"),
        Row("model.items_lost", "  items of valid replies lost", bad["items_lost"], "", "0"),
        Row(
            "model.killed",
            "paid requests for 200 articles after 20 kills",
            kill["paid_requests"],
            "",
            "≤ 520",
        ),
    ]


def faulty(count: int, concurrency: int, fault_every: int = 10) -> dict[str, Any]:
    """A run in which requests go wrong in all ways by turns, against an undisturbed one.

    An item is lost when the undisturbed run has it and this one doesn't.
    """
    from summarizer.model_run import run_with_model
    from summarizer.records.brief import Brief

    found: list[dict[str, Brief]] = []
    for every in (0, fault_every):
        with endpoint(0.05, fault_every=every) as url, tempfile.TemporaryDirectory() as home:
            run = run_with_model(invented_articles(count), options(url, Path(home), concurrency), {})
            faults = counts(url)["faults"]
        found.append({one.article.id: one for one in run.results if isinstance(one, Brief)})
    plain, disturbed = found
    return {
        "articles": count,
        "faults": len(faults),
        "kinds": len(set(faults)),
        "articles_lost": count - len(disturbed),
        "items_lost": sum(
            len(_claims(brief) - _claims(disturbed[name]))
            for name, brief in plain.items()
            if name in disturbed
        ),
        "same_result": plain == disturbed,
    }


def _claims(brief: Any) -> set[str]:
    return {claim.model_dump_json() for claim in brief.claims}


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
            if child.wait() > 0:  # ended by itself, with an error: nothing was measured
                raise SystemExit("a run that was to be killed failed by itself")
        final = run_with_model(invented_articles(count), options(url, Path(home), concurrency), {})
        paid = len(counts(url)["seconds"])
        with tempfile.TemporaryDirectory() as other:
            plain = run_with_model(invented_articles(count), options(url, Path(other), concurrency), {})
    return {
        "articles": count,
        "kills": kills,
        "paid_requests": paid,
        "allowed": count + kills * concurrency,
        "same_result": final.results == plain.results,
    }


def _child(url: str, home: str, count: int, concurrency: int) -> subprocess.Popen[bytes]:
    program = (
        "import sys; from pathlib import Path; from model_calls import options;"
        "from texts import invented_articles;"
        "from summarizer.model_run import run_with_model;"
        "chosen = options(sys.argv[1], Path(sys.argv[2]), int(sys.argv[4]));"
        "run_with_model(invented_articles(int(sys.argv[3])), chosen, {})"
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
    chosen = parser.parse_args()
    warm_up()
    result = {
        "even": wall(chosen.articles, chosen.concurrency),
        "ten_percent_slow": wall(chosen.articles, chosen.concurrency, slow_share=0.1),
        "client_cpu_ms": client_cpu_ms(),
    }
    result["faulty"] = faulty(chosen.articles, chosen.concurrency)
    if chosen.kills:
        result["killed"] = killed(chosen.articles, chosen.concurrency, chosen.kills)
    print(json.dumps(result, indent=1))  # noqa: T201


if __name__ == "__main__":
    main()
