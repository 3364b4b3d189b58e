"""Ask many questions through OpenAI's Batch API, at half the price, within a day.

For backfills. Questions whose reply is saved are left out; the others go up as one file (or several, by the
API's limits), and the replies that come back are saved under the same keys as online ones: the ordinary run
that follows finds them there, and asks online for what failed or never came.

A batch is paid for once. Its id is saved the moment it is known; and because a crash can come between, each
batch carries the hash of its questions, by which a later run finds it again at the endpoint. Replies are
saved before the batch is noted as done.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from summarizer.errors import ModelUnreachable, RequestRejected
from summarizer.llm.faults import body_fault, transport_errors
from summarizer.llm.ledger import Ending, ledger_row
from summarizer.llm.model import Ask, CallSettings, RawReply, ReplyMode
from summarizer.llm.modes import shape_request
from summarizer.llm.opening import open_client
from summarizer.llm.prices import Price
from summarizer.llm.spec import Endpoint
from summarizer.store.replies import ReplyStore, SavedReply

if TYPE_CHECKING:
    from openai import AsyncOpenAI

#: The API's own limits are 50,000 requests and 200 MB a file.
MAX_REQUESTS, MAX_BYTES = 20_000, 150_000_000
#: Key of a batch's metadata that holds the hash of its questions.
MARK = "summarizer_questions"
_ENDED = frozenset({"completed", "failed", "expired", "cancelled"})
#: How many batches back a lost one is looked for.
_LOOK_BACK = 100

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class BatchReport:
    """What became of the questions. `missing` have no reply and are left to be asked online."""

    asked: int
    saved_before: int
    replies: int
    missing: int
    batches: tuple[str, ...]


class BatchRunner:
    """Runs batches at one endpoint. `poll_s` is the time between looks; `tell` gets a line at each change."""

    def __init__(
        self,
        endpoint: Endpoint,
        settings: CallSettings,
        store: ReplyStore,
        price: Price | None = None,
        poll_s: float = 60.0,
        tell: Callable[[str], None] = lambda line: None,
    ) -> None:
        self._endpoint = endpoint
        self._settings = settings
        self._store = store
        self._price = price
        self._poll_s = poll_s
        self._tell = tell
        self._mode: ReplyMode = settings.mode or "json_schema"

    async def run(self, asks: Sequence[Ask]) -> BatchReport:
        """Get a reply to every question that has none, as far as the API gives one.

        Raises:
            ModelUnreachable: the endpoint can't be reached; what was submitted is found again next time.
            RequestRejected: the endpoint has no Batch API, or refuses the file.
        """
        by_key = {ask.key(self._endpoint.name, self._settings.sampling): ask for ask in asks}
        known = self._store.has_replies(by_key)
        client = open_client(self._endpoint, self._settings)
        try:
            batches = [
                await self._submitted(client, part)
                for part in self._parts({key: ask for key, ask in by_key.items() if key not in known})
            ]
            for batch_id in batches:
                await self._collected(client, batch_id, by_key)
        finally:
            await client.close()
        there = self._store.has_replies(by_key)
        return BatchReport(
            asked=len(by_key),
            saved_before=len(known),
            replies=len(there) - len(known),
            missing=len(by_key) - len(there),
            batches=tuple(batches),
        )

    def _parts(self, asks: dict[str, Ask]) -> list[dict[str, bytes]]:
        """The questions as request lines, in files within the limits; the same questions, the same files."""
        parts: list[dict[str, bytes]] = []
        size = 0
        for key in sorted(asks):
            line = self._line(key, asks[key])
            if not parts or len(parts[-1]) >= MAX_REQUESTS or size + len(line) > MAX_BYTES:
                parts.append({})
                size = 0
            parts[-1][key] = line
            size += len(line)
        return parts

    def _line(self, key: str, ask: Ask) -> bytes:
        body = {
            "model": self._endpoint.model,
            **shape_request(ask, self._mode),
            **self._settings.sampling.request,
        }
        request = {"custom_id": key, "method": "POST", "url": "/v1/chat/completions", "body": body}
        return json.dumps(request, ensure_ascii=False).encode() + b"\n"

    async def _submitted(self, client: AsyncOpenAI, part: dict[str, bytes]) -> str:
        """The id of the batch with these questions: one under way already, or a new one."""
        mark = hashlib.sha256("\n".join(part).encode()).hexdigest()
        known = self._store.batch(mark) or await self._lost_batch(client, mark)
        if known is not None:
            self._tell(f"batch {known}: taken up again ({len(part)} questions)")
            self._store.save_batch(mark, known)
            return known
        content = b"".join(part.values())

        async def submit() -> str:
            file = await client.files.create(file=("questions.jsonl", content), purpose="batch")
            batch = await client.batches.create(
                input_file_id=file.id,
                endpoint="/v1/chat/completions",
                completion_window="24h",
                metadata={MARK: mark},
            )
            return batch.id

        batch_id = await self._patiently("submit", submit)
        self._store.save_batch(mark, batch_id)
        self._tell(f"batch {batch_id}: submitted ({len(part)} questions)")
        return batch_id

    async def _lost_batch(self, client: AsyncOpenAI, mark: str) -> str | None:
        """A batch with that mark at the endpoint, whose id was lost in a crash."""

        async def look() -> str | None:
            page = await client.batches.list(limit=_LOOK_BACK)
            for batch in page.data:
                useful = batch.status not in ("failed", "cancelled", "expired")
                if useful and (batch.metadata or {}).get(MARK) == mark:
                    return batch.id
            return None

        return await self._patiently("look for earlier batches", look)

    async def _collected(self, client: AsyncOpenAI, batch_id: str, asks: dict[str, Ask]) -> None:
        """Wait for a batch's end and save what it brought."""
        said = ""
        while True:
            batch = await self._patiently("look", lambda: client.batches.retrieve(batch_id))
            if batch.status != said:
                counts = batch.request_counts
                done = f", {counts.completed} of {counts.total} done" if counts else ""
                self._tell(f"batch {batch_id}: {batch.status}{done}")
                said = batch.status
            if batch.status in _ENDED:
                for error in (batch.errors.data or ()) if batch.errors else ():
                    self._tell(f"batch {batch_id}: {error.code}: {error.message}")
                break
            await asyncio.sleep(self._poll_s)
        for file_id in (batch.output_file_id, batch.error_file_id):
            if file_id:
                content = await self._patiently("download", partial(_text_of, client, file_id))
                for line in content.split("\n"):  # splitlines would cut at U+2028 inside a reply
                    self._save(line, asks)
        self._store.confirm()
        self._store.drop_batch(batch_id)

    def _save(self, line: str, asks: dict[str, Ask]) -> None:
        """One line of a result file: a reply is saved, anything else noted in the ledger."""
        try:
            result = json.loads(line)
        except ValueError:
            return
        key = result.get("custom_id") if isinstance(result, dict) else None
        ask = asks.get(key) if isinstance(key, str) else None
        if ask is None or not isinstance(key, str):
            return
        response = result.get("response") or {}
        status, body = response.get("status_code"), response.get("body")
        raw: RawReply | None = None
        outcome = "batch: " + str((result.get("error") or {}).get("code") or f"status {status}")
        if status == 200 and isinstance(body, dict):
            fault = body_fault("application/json", json.dumps(body), ask, self._endpoint)
            raw = RawReply(body, self._mode, 0.0) if fault is None else None
            outcome = "ok" if fault is None else fault.outcome
        if raw is not None:
            self._store.save_reply(
                SavedReply(
                    key=key,
                    model=self._endpoint.name,
                    mode=raw.mode,
                    article=ask.article,
                    purpose=ask.purpose,
                    prompt=ask.prompt.prompt,
                    completion=dict(raw.completion),
                    seconds=0.0,
                )
            )
        ending = Ending(outcome, raw, status if isinstance(status, int) else None, 0.0)
        row = ledger_row(ask, key, self._endpoint, self._mode, 1, ending, self._price, batch=True)
        self._store.record(row)

    async def _patiently(self, what: str, do: Callable[[], Awaitable[Found]]) -> Found:
        """Do something at the endpoint; passing faults are waited out."""
        import openai
        from tenacity import AsyncRetrying, retry_if_exception, stop_after_attempt, wait_random_exponential

        unreachable: tuple[type[Exception], ...] = (openai.APIConnectionError, *transport_errors())

        def passes(error: BaseException) -> bool:
            if isinstance(error, openai.APIStatusError):
                return error.status_code in (408, 409, 429) or error.status_code >= 500
            return isinstance(error, unreachable)

        name, address = self._endpoint.name, self._endpoint.base_url
        try:
            async for attempt in AsyncRetrying(
                retry=retry_if_exception(passes),
                stop=stop_after_attempt(self._settings.tries),
                wait=wait_random_exponential(multiplier=self._settings.backoff_s, max=60),
                reraise=True,
            ):
                with attempt:
                    return await do()
        except openai.APIStatusError as error:
            said = f"{what}: status {error.status_code} at {address}"
            if passes(error):
                raise ModelUnreachable(
                    name, "batch", f"can't {said}", "Run again later; what is submitted is found again."
                ) from None
            way_out = "Does this endpoint have a Batch API? Without it, leave --batch out."
            raise RequestRejected(name, "batch", f"refuses to {said}", way_out) from None
        except unreachable:
            raise ModelUnreachable(
                name, "batch", f"can't be reached at {address} to {what}", "Run again later."
            ) from None
        raise AssertionError("tenacity ends with a result or an error")


async def _text_of(client: AsyncOpenAI, file_id: str) -> str:
    return (await client.files.content(file_id)).text
