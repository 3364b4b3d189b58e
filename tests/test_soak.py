"""Half an hour of bad weather: memory, open files and threads stay flat, and nothing is lost or paid twice.

Not part of `make test`: `python -m pytest -m soak`, with SOAK_SECONDS for another length than 1800. Rounds of
new articles are read by the rules and by a model at an endpoint where every fifth request goes wrong, merged,
rendered and remembered, in one process.
"""

from __future__ import annotations

import gc
import os
import random
import statistics
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from test_model_pipeline import briefs, options_for

from summarizer import article_from_text, extract_brief, merge_briefs
from summarizer.errors import ModelError
from summarizer.llm.model import CallSettings
from summarizer.model_run import run_with_model
from summarizer.model_terms import ModelOptions
from summarizer.pipeline import Failed
from summarizer.records.article import Article
from summarizer.rendering.page import render_page
from summarizer.rendering.view_digest import view_digest
from summarizer.store.runs import Run, open_store
from summarizer.text.words import word_tags

TESTS = Path(__file__).resolve().parent
SECONDS = float(os.environ.get("SOAK_SECONDS", "1800"))
ARTICLES_A_ROUND = 24
#: Rounds that fill caches, pools and tables are left out.
WARM_UP_SHARE = 0.4
#: Between the middle and the end of the measured rounds. A leak of one brief a round would come to more.
MOST_GROWTH_BYTES = 12_000_000
MOST_MORE_FILES = 3


@dataclass(frozen=True)
class Held:
    """What the process holds after a round."""

    memory: int
    files: int
    threads: int


def held() -> Held:
    """Now, after a collection."""
    gc.collect()
    memory = int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    return Held(memory, len(os.listdir("/proc/self/fd")), threading.active_count())


@contextmanager
def bad_weather() -> Iterator[str]:
    """The address of an endpoint with faults of all kinds."""
    command = [sys.executable, str(TESTS / "soak_endpoint.py")]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(TESTS), str(TESTS.parent)))}
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, env=environment) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        yield process.stdout.readline().strip()
        process.stdin.close()


def news(number: int) -> list[Article]:
    """New articles on one event; words and names from large pools, so that caches fill as in life."""
    chance = random.Random(number)
    nouns = sorted(word for word, tags in word_tags().items() if tags[0] == "NN" and len(word) > 4)
    made = []
    place = f"{chance.choice(nouns)}ton".title()
    for one in range(ARTICLES_A_ROUND):
        lines = [f"{place} council votes on {chance.choice(nouns)}"]
        for _ in range(6):
            who = f"{chance.choice(nouns)} {chance.choice(nouns)}".title()
            lines.append(
                f"{who}, a {chance.choice(nouns)} of {place}, said on Monday that at least "
                f"{chance.randrange(2, 9_000)} {chance.choice(nouns)}s may close. "
                f"The {chance.choice(nouns)} was not {chance.choice(('moved', 'sold'))} by the council."
            )
        made.append(article_from_text("\n\n".join(lines), article_id=f"round-{number}-{one}"))
    return made


def one_round(number: int, options: ModelOptions) -> Counter[str]:
    """Read, merge, render, remember; every article is a brief or a failure with a model's reason.

    Returns what was asked, and what went wrong on the way.
    """
    articles = news(number)
    run = run_with_model(articles, options, {})
    assert len(run.results) == len(articles)
    failed = [one.error for one in run.results if isinstance(one, Failed)]
    assert all(isinstance(error, ModelError) for error in failed)
    assert len(failed) < len(articles) / 2
    again = run_with_model(articles, options, {})
    assert again.totals.requests <= len(failed) * 12  # only what failed is asked again
    by_rules = [extract_brief(one) for one in articles[:4]]
    digest = merge_briefs(briefs(again))
    assert render_page(view_digest(digest, "soak"), {one.id: one for one in articles})
    with open_store(options.home).store as store:
        store.save(Run("brief", f"round {number}", articles[:4], by_rules))
        store.save(Run("digest", f"round {number}", articles, briefs(again), digest))
    return Counter(
        requests=run.totals.requests + again.totals.requests,
        faults=run.totals.failed + again.totals.failed,
        articles=len(articles),
        failed=len(articles) - len(briefs(again)),
    )


@pytest.mark.soak
@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="memory is read from /proc")
def test_memory_files_and_threads_stay_flat_in_bad_weather(tmp_path: Path) -> None:
    """A scheduled edition runs for months."""
    until = time.monotonic() + SECONDS
    taken: list[Held] = []
    asked = Counter[str]()
    with bad_weather() as url:
        settings = CallSettings(
            tries=4, backoff_s=0.01, deadline_s=2.0, read_s=0.5, connect_s=2.0, concurrency=8
        )
        options = replace(options_for(url, tmp_path), settings=settings)
        while time.monotonic() < until:
            asked += one_round(len(taken), options)
            taken.append(held())
    measured = taken[int(len(taken) * WARM_UP_SHARE) :]
    assert len(measured) >= 6, "too short to tell: raise SOAK_SECONDS"
    half = len(measured) // 2
    first, second = (
        statistics.median(one.memory for one in part) for part in (measured[:half], measured[half:])
    )
    growth = second - first
    report = f"{len(taken)} rounds; memory, files, threads: {taken[0]} … {measured[0]} … {taken[-1]}; "
    report += ", ".join(f"{count} {what}" for what, count in asked.items())
    sys.stderr.write(f"\n{report}; growth {growth / 1e6:.1f} MB\n")
    assert growth < MOST_GROWTH_BYTES, report
    assert max(one.files for one in measured) <= measured[0].files + MOST_MORE_FILES, report
    assert max(one.threads for one in measured) <= measured[0].threads + MOST_MORE_FILES, report
