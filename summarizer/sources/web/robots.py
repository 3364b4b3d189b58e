"""Whether a page may be fetched, as its host's robots.txt says (RFC 9309), by protego.

One file a host and run. A host without the file allows everything; one that answers with a server error, or
not at all, allows nothing, as the RFC wants.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from summarizer.errors import FetchFailed, SourceError
from summarizer.sources.web.addresses import WebAddress, shown_address

if TYPE_CHECKING:
    from protego import Protego

    from summarizer.sources.web.fetching import Fetcher

#: The RFC wants at least 500 KiB to be read; what comes behind is left out.
_MAX_BYTES = 512_000
#: A host that asks for a longer pause than this is asked no more than once a run anyway.
_MAX_DELAY_S = 10.0
_AGENT = "summarizer"


@dataclass(slots=True)
class Robots:
    """The rules of all hosts of one run. Threads may share it."""

    fetcher: Fetcher
    _rules: dict[str, Protego | str] = field(default_factory=dict)
    _turns: dict[str, threading.Lock] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def delay(self, address: WebAddress) -> float:
        """Seconds between two pages of the host.

        Raises:
            FetchFailed: the page may not be fetched, or nobody can tell.
        """
        rules = self._rules_of(address)
        if isinstance(rules, str):
            reason = f"its host's robots.txt can't be had ({rules}), so nothing there is fetched"
            raise FetchFailed(shown_address(address.url), "robots.txt", reason)
        if not rules.can_fetch(address.url, _AGENT):
            reason = "its host's robots.txt forbids it"
            raise FetchFailed(
                shown_address(address.url), "robots.txt", reason, "Nothing can be done about it here."
            )
        asked = rules.crawl_delay(_AGENT)
        return min(_MAX_DELAY_S, max(self.fetcher.pause_s, float(asked or 0.0)))

    def _rules_of(self, address: WebAddress) -> Protego | str:
        with self._lock:
            turn = self._turns.setdefault(address.origin, threading.Lock())
        with turn:
            if address.origin not in self._rules:
                self._rules[address.origin] = self._read(address)
            return self._rules[address.origin]

    def _read(self, address: WebAddress) -> Protego | str:
        from protego import Protego

        try:
            found = self.fetcher.fetch(f"{address.origin}/robots.txt", max_bytes=_MAX_BYTES, cut=True)
        except FetchFailed as error:
            if error.kind.startswith("HTTP 4"):
                return Protego.parse("")
            return error.reason
        except SourceError as error:
            return error.reason
        return Protego.parse(found.body.decode("utf-8-sig", "replace"))
