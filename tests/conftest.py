"""What holds for all tests, and what several files of them start."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from cluster import LocalCluster
    from web_server import WebServer

    from summarizer.store.feeds import FeedMemory

# No test is timed: on a busy machine an example of a millisecond takes half a second now and then.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture
def server() -> Iterator[WebServer]:
    """A web server for one test."""
    from web_server import web_server

    with web_server() as one:
        yield one


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[FeedMemory]:
    """An empty memory of feeds."""
    from summarizer.store.feeds import FeedMemory

    with FeedMemory(tmp_path / "state") as one:
        yield one


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalCluster]:
    """A scheduler and two workers, which have a key that the test's process hasn't; one cluster a file."""
    from cluster import SECRET, WITH_TESTS, LocalCluster

    folder = tmp_path_factory.mktemp("cluster")
    with LocalCluster(folder, everywhere=WITH_TESTS, SUMMARIZER_API_KEY=SECRET) as started:
        yield started
