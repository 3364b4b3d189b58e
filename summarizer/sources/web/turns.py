"""Work on many hosts at once, on each host one thing after the other.

So a slow host holds one thread and not all of them, and nobody waits for a turn that another thread has.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar
from urllib.parse import urlsplit

Task = TypeVar("Task")
Result = TypeVar("Result")


def host_by_host(
    tasks: Sequence[Task],
    location: Callable[[Task], str | None],
    work: Callable[[Task], Result],
    threads: int,
) -> list[Result]:
    """The results of `work` in the order of the tasks; hosts with most to do begin first.

    `location` is a task's address, None for one without. What `work` raises comes out here.
    """
    groups: dict[str, list[int]] = {}
    for position, task in enumerate(tasks):
        groups.setdefault(_host(location(task)), []).append(position)
    results: dict[int, Result] = {}

    def work_off(group: Sequence[int]) -> None:
        for position in group:
            results[position] = work(tasks[position])

    with ThreadPoolExecutor(threads) as pool:
        for _ in pool.map(work_off, sorted(groups.values(), key=len, reverse=True)):
            pass  # takes in what a thread raised
    return [results[position] for position in range(len(tasks))]


def _host(location: str | None) -> str:
    try:
        return (urlsplit(location or "").hostname or "").rstrip(".")
    except ValueError:
        return ""
