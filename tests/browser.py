"""A headless Chromium for tests of the page: the system's own, driven through Playwright.

Nothing is downloaded: `browser()` skips the test, and says why, where no Chromium or no Playwright is
installed. Every run has a fresh profile and no way out: a request for anything but the page is recorded.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

PHONE, DESK = (390, 844), (1200, 900)


@dataclass
class Opened:
    """A page in the browser, with everything it asked for and complained about."""

    page: Page
    requests: list[str] = field(default_factory=list)
    console: list[str] = field(default_factory=list)


def chromium() -> str:
    """Where Chromium is; skips the test where it isn't."""
    wanted = [os.environ.get("CHROMIUM", ""), *_NAMES]
    found = next((path for name in wanted if name and (path := shutil.which(name))), None)
    if found is None:
        pytest.skip("no Chromium: apt install chromium, or name one in CHROMIUM")
    return found


@contextmanager
def browser() -> Iterator[Browser]:
    """A running Chromium."""
    api = pytest.importorskip("playwright.sync_api", reason="no playwright: pip install '.[dev]'")
    path = chromium()
    with api.sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=path, args=list(_FLAGS))
        try:
            yield started
        finally:
            started.close()


@contextmanager
def opened(
    started: Browser,
    file: Path,
    size: tuple[int, int] = DESK,
    scheme: str = "light",
    *,
    script: bool = True,
) -> Iterator[Opened]:
    """`file` in a window of `size`; without `script` as a reader sees it who has switched scripts off.

    `script` is about the page's own scripts: the tests can look at it either way.
    """
    context = started.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if scheme == "dark" else "light",
        java_script_enabled=script,
    )
    try:
        seen = Opened(context.new_page())
        seen.page.on("request", lambda request: seen.requests.append(request.url))
        seen.page.on("console", lambda message: seen.console.append(message.text))
        seen.page.on("pageerror", lambda error: seen.console.append(str(error)))
        seen.page.goto(file.as_uri())
        yield seen
    finally:
        context.close()
