"""The model client against a real socket: every fault is named, nothing is lost, nothing is asked twice."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from faults_server import (
    FaultServer,
    after,
    brief_of,
    completion,
    cut_clean,
    drip,
    hang,
    html,
    ok,
    only,
    raw,
    redirect,
    reset,
    says,
    short_body,
    status,
    streamed,
)
from mail_servers import make_certificate

from summarizer.errors import (
    ContextOverflow,
    KeyRefused,
    ModelUnreachable,
    NotAReply,
    ReplyEmpty,
    ReplyFiltered,
    ReplyRefused,
    ReplyTruncated,
    ReplyUnreadable,
    RequestRejected,
)
from summarizer.llm.client import ModelClient
from summarizer.llm.faults import retry_after_s
from summarizer.llm.model import Ask, CallSettings, Reply, ReplySchema, Sampling
from summarizer.llm.spec import parse_model
from summarizer.llm.stored import StoredModel
from summarizer.prompts import Message, Rendered
from summarizer.store.replies import ReplyStore

KEY = "sk-never-to-be-seen-1234567890"
SCHEMA = {
    "type": "object",
    "properties": {"claims": {"type": "array", "items": {"type": "string"}}},
    "required": ["claims"],
    "additionalProperties": False,
}
QUICK = CallSettings(tries=4, backoff_s=0.01, deadline_s=5, read_s=5, concurrency=8)


def ask(article: str = "story", words: str = "[1] It rained.") -> Ask:
    rendered = Rendered("test.v1", "0" * 64, (Message("system", "Rules."), Message("user", words)))
    return Ask("extract", article, "1" * 64, rendered, ReplySchema.of("BriefReply", SCHEMA))


@asynccontextmanager
async def model_at(server: FaultServer, settings: CallSettings = QUICK, store: ReplyStore | None = None):
    """A stored model at the server, closed at the end."""
    kept = store or ReplyStore(":memory:")
    endpoint = parse_model("m", {"SUMMARIZER_API_KEY": KEY}, server.url)
    client = ModelClient(endpoint, settings, kept)
    try:
        yield StoredModel(client, kept)
    finally:
        await client.aclose()
        if store is None:
            kept.close()


def asked(
    server: FaultServer,
    settings: CallSettings = QUICK,
    store: ReplyStore | None = None,
    do: Callable[[StoredModel], Awaitable[object]] | None = None,
) -> object:
    """Ask one question (or do something else) at the server."""

    async def run() -> object:
        async with model_at(server, settings, store) as model:
            return await (do(model) if do else model.ask(ask()))

    return asyncio.run(run())


def outcomes(store: ReplyStore) -> list[str]:
    return [attempt.outcome for attempt in store.attempts()]


def test_a_reply_is_one_request_with_its_tokens_in_the_ledger():
    """The bill of a run has to be the endpoint's, not a guess."""
    with FaultServer() as server, ReplyStore(":memory:") as store:
        reply = asked(server, store=store)
        assert isinstance(reply, Reply)
        assert reply.document["claims"][0]["quote"] == "It rained."
        (attempt,) = store.attempts()
        usage = completion(json.dumps(brief_of(server.requests[0])), server.requests[0])["usage"]
        assert (attempt.input, attempt.output) == (usage["prompt_tokens"], usage["completion_tokens"])
        assert (attempt.cached, attempt.outcome, attempt.usd) == (usage["prompt_tokens"] // 2, "ok", None)
        assert len(server.requests) == 1


def test_the_same_question_is_never_paid_twice():
    """A second run over the same articles makes no call."""
    with FaultServer() as server, ReplyStore(":memory:") as store:
        first = asked(server, store=store)
        second = asked(server, store=store)
        assert len(server.requests) == 1
        assert second == replace(first, cached=True, seconds=second.seconds)


@pytest.mark.parametrize(
    "change",
    [
        lambda one: replace(one, text_sha256="2" * 64),
        lambda one: replace(one, prompt=replace(one.prompt, sha256="2" * 64)),
        lambda one: replace(one, reply=ReplySchema.of("BriefReply", {"type": "object"})),
        lambda one: replace(one, repeat=1),
        lambda one: replace(one, again=1),
    ],
)
def test_whatever_makes_a_reply_is_in_its_key(change):
    """A saved reply to another prompt, schema or text would be passed off as this one's."""
    keys = {one.key("m", Sampling()) for one in (ask(), change(ask()))}
    keys |= {ask().key("n", Sampling()), ask().key("m", Sampling(temperature=0.5))}
    assert len(keys) == 4


def test_json_schema_mode_sends_the_schema_as_strict():
    """Without the flag an endpoint may take the schema for advice; instructor alone never sets it."""
    with FaultServer() as server:
        asked(server)
        form = server.requests[0]["response_format"]
        assert form["type"] == "json_schema"
        assert form["json_schema"]["strict"] is True
        assert form["json_schema"]["schema"]["properties"] == SCHEMA["properties"]
        assert server.requests[0]["messages"][1] == {"role": "user", "content": "[1] It rained."}
        assert "temperature" not in server.requests[0]


@pytest.mark.parametrize(
    ("known", "requests", "mode"),
    [
        (("json_schema",), 1, "json_schema"),
        (("tools", "json_object"), 2, "tools"),
        (("json_object",), 3, "json"),
        ((), 4, "text"),
    ],
)
def test_a_mode_that_the_endpoint_rejects_is_stepped_down_from_and_remembered(known, requests, mode):
    """Old servers work without a setting, and the next run doesn't have to find out again."""
    with FaultServer(plan=lambda number, request: only(*known)) as server, ReplyStore(":memory:") as store:
        reply = asked(server, store=store)
        assert isinstance(reply, Reply)
        assert reply.document["claims"]
        assert len(server.requests) == requests
        remembered = store.known_endpoint(server.url, "m")
        assert remembered
        assert remembered.mode == mode
        asked(server, store=store, do=lambda model: model.ask(ask(words="[1] It snowed.")))
        assert len(server.requests) == requests + 1


def test_many_callers_step_down_together():
    """Sixteen calls that meet an old server at once must not each search for its mode by themselves."""
    plan = only("json_object")
    with FaultServer(plan=lambda number, request: plan) as server:

        async def many(model: StoredModel) -> None:
            await asyncio.gather(*(model.ask(ask(words=f"[1] It rained {n}.")) for n in range(40)))

        asked(server, do=many)
        assert len(server.requests) <= 40 + 2 * QUICK.concurrency


@pytest.mark.parametrize(
    "step",
    [
        status(429), status(500), status(503), status(529), status(408), reset, short_body, cut_clean, html,
        raw(b'{"error": {"message": "overloaded"}}'), raw(b'{"choices": []}'), raw(b"{"), raw(b"[]"),
        raw(b'{"models": []}'), says(None), says(""),
    ],
)  # fmt: skip
def test_a_fault_that_passes_costs_one_more_request_and_nothing_else(step):
    """One hiccup of a server must not cost an article."""
    with FaultServer([step]) as server, ReplyStore(":memory:") as store:
        reply = asked(server, store=store)
        assert isinstance(reply, Reply)
        assert reply.document["claims"]
        assert len(server.requests) == 2
        assert outcomes(store)[0] not in ("ok", "cancelled")
        assert outcomes(store)[1] == "ok"


@pytest.mark.parametrize(
    ("step", "error", "outcome"),
    [
        (status(503), ModelUnreachable, "server error"),
        (reset, ModelUnreachable, "connection"),
        (short_body, ModelUnreachable, "connection"),
        (html, NotAReply, "html"),
        (raw(b'{"error": {"message": "overloaded"}}'), NotAReply, "error in 200"),
        (raw(b"no json"), NotAReply, "bad json"),
        (says(None), ReplyEmpty, "empty"),
        (raw(b'{"choices": []}'), ReplyEmpty, "empty"),
    ],
)
def test_a_fault_that_stays_is_named_after_the_last_try(step, error, outcome):
    """The reader is told what the server did, and how often it was tried."""
    with FaultServer(plan=lambda number, request: step) as server, ReplyStore(":memory:") as store:
        with pytest.raises(error, match="story"):
            asked(server, store=store)
        assert outcomes(store) == [outcome] * QUICK.tries
        assert len(server.requests) == QUICK.tries


def test_a_rate_limit_is_met_with_more_patience_than_a_fault():
    """Being asked to slow down says nothing against the article."""
    with FaultServer(plan=lambda n, r: status(429)) as server, ReplyStore(":memory:") as store:
        with pytest.raises(ModelUnreachable, match="limits the rate"):
            asked(server, replace(QUICK, tries=2), store)
        assert outcomes(store) == ["rate limit"] * 6


@pytest.mark.parametrize(
    ("step", "settings", "outcome"),
    [
        (hang, replace(QUICK, read_s=0.1), "connection"),
        (drip, replace(QUICK, deadline_s=0.3), "deadline"),
    ],
)
def test_a_server_that_never_finishes_is_left(step, settings, outcome):
    """The SDK's own time-out restarts with every byte; a drip would hold a run for ever."""
    with FaultServer([step]) as server, ReplyStore(":memory:") as store:
        started = time.perf_counter()
        assert isinstance(asked(server, settings, store), Reply)
        assert time.perf_counter() - started < 3
        assert outcomes(store) == [outcome, "ok"]


def test_nobody_listening_is_said_as_such():
    """A server that isn't started is the commonest fault of all."""
    with FaultServer() as server:
        address = server.url
    endpoint = parse_model("m", {}, address)

    async def run() -> None:
        with ReplyStore(":memory:") as store:
            client = ModelClient(endpoint, QUICK, store)
            try:
                await StoredModel(client, store).ask(ask())
            finally:
                await client.aclose()

    with pytest.raises(ModelUnreachable, match="can't be reached") as caught:
        asyncio.run(run())
    assert caught.value.exit_code == 3


def test_retry_after_is_kept_to_by_everybody():
    """An endpoint that asks for a second's rest and gets sixteen requests more will ask for longer."""
    settings = replace(QUICK, concurrency=4)
    with FaultServer([status(429, headers={"Retry-After": "1"})]) as server:

        async def many(model: StoredModel) -> None:
            first = asyncio.create_task(model.ask(ask()))
            await asyncio.sleep(0.3)
            await asyncio.gather(first, *(model.ask(ask(words=f"[1] It rained {n}.")) for n in range(3)))

        started = time.perf_counter()
        asked(server, settings, do=many)
        assert 1.0 <= time.perf_counter() - started < 3
        assert len(server.requests) == 5


def test_a_wait_that_is_too_long_is_not_begun():
    """ "Come back in an hour" is an answer; the run says so instead of standing still."""
    with FaultServer(plan=lambda n, r: status(429, headers={"Retry-After": "3600"})) as server:
        started = time.perf_counter()
        with pytest.raises(ModelUnreachable, match="429"):
            asked(server)
        assert time.perf_counter() - started < 2
        assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "2"}, 2),
        ({"retry-after-ms": "250"}, 0.25),
        ({"retry-after": "Wed, 26 Nov 2025 10:00:30 GMT"}, 30),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "-3"}, None),
        ({}, None),
    ],
)
def test_every_form_of_retry_after_is_understood(headers, seconds):
    """Seconds, milliseconds and dates are all in use."""
    assert retry_after_s(headers, datetime(2025, 11, 26, 10, 0, 0, tzinfo=UTC)) == seconds


@pytest.mark.parametrize(
    ("step", "error", "outcome"),
    [
        (status(400, "maximum context length", code="context_length_exceeded"), ContextOverflow, "too long"),
        (status(400, "too large", type="exceed_context_size_error"), ContextOverflow, "too long"),
        (status(404, "model m not found"), RequestRejected, "rejected"),
        (status(429, "You exceeded your current quota", code="insufficient_quota"), RequestRejected, "quota"),
        (status(400, "filtered", code="content_filter"), ReplyFiltered, "filtered"),
        (status(422, "temperature must be 1"), RequestRejected, "rejected"),
        (status(401, "bad key"), KeyRefused, "key"),
    ],
)  # fmt: skip
def test_what_another_try_would_not_change_is_tried_once(step, error, outcome):
    """Four requests for a wrong key are four requests too many."""
    with FaultServer(plan=lambda number, request: step) as server, ReplyStore(":memory:") as store:
        with pytest.raises(error):
            asked(server, store=store)
        assert outcomes(store) == [outcome]
        assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("step", "error"),
    [
        (says('{"claims": ["a', finish="length"), ReplyTruncated),
        (says('{"claims": ["a'), ReplyTruncated),
        (says(None, refusal="I can't help with that."), ReplyRefused),
        (says("", finish="content_filter"), ReplyFiltered),
        (says("I would rather not."), ReplyUnreadable),
    ],
)
def test_a_bad_reply_that_was_paid_for_is_kept_and_not_asked_again(step, error):
    """A refusal is an answer: running again must not pay for the same refusal."""
    with FaultServer(plan=lambda number, request: step) as server, ReplyStore(":memory:") as store:
        for _ in range(2):
            with pytest.raises(error, match="story"):
                asked(server, store=store)
        assert len(server.requests) == 1
        assert outcomes(store) == ["ok"]


@pytest.mark.parametrize(
    "text",
    [
        '```json\n{"claims": ["a"]}\n```',
        'Here is the brief:\n{"claims": ["a"],}\nAnything else?',
        '<think>Is {"claims": []} right? No.</think>{"claims": ["a"]}',
        "{'claims': ['a']}",
        '{"claims": ["a"]} ',
    ],
)
@pytest.mark.parametrize("mode", ["json_schema", "tools", "json", "text"])
def test_json_with_something_around_it_is_read_without_asking_again(text, mode):
    """Most models wrap their JSON sooner or later; a re-ask costs as much as the article."""
    with FaultServer([says(text)]) as server:
        reply = asked(server, replace(QUICK, mode=mode))
        assert isinstance(reply, Reply)
        assert reply.document == {"claims": ["a"]}
        assert len(server.requests) == 1


def test_json_in_the_reasoning_field_is_read():
    """Some servers put everything that a reasoning model writes there."""
    with FaultServer([says(None, content=None, reasoning_content='{"claims": ["a"]}')]) as server:
        reply = asked(server)
        assert isinstance(reply, Reply)
        assert reply.document == {"claims": ["a"]}


def test_no_more_requests_are_open_than_allowed():
    """A local server with four slots must not get forty requests."""
    settings = replace(QUICK, concurrency=5)
    with FaultServer(plan=lambda number, request: after(0.02)) as server:

        async def many(model: StoredModel) -> None:
            await asyncio.gather(*(model.ask(ask(words=f"[1] It rained {n}.")) for n in range(60)))

        asked(server, settings, do=many)
        assert server.most_open == 5
        assert len(server.requests) == 60


def test_concurrent_calls_do_not_mix_up_their_retries():
    """A tenacity object shared between calls lets none of them through; each call has its own."""
    with FaultServer(plan=lambda number, request: status(503) if number < 20 else ok) as server:

        async def many(model: StoredModel) -> list[Reply]:
            return await asyncio.gather(*(model.ask(ask(words=f"[1] It rained {n}.")) for n in range(40)))

        replies = asked(server, replace(QUICK, tries=8), do=many)
        assert isinstance(replies, list)
        assert [reply.document["claims"][0]["quote"] for reply in replies] == [
            f"It rained {n}." for n in range(40)
        ]
        assert len(server.requests) == 60


def test_the_key_is_sent_to_the_endpoint_and_is_nowhere_else(tmp_path, caplog):
    """Keys in logs and caches end up in bug reports."""
    path = tmp_path / "replies.sqlite3"
    caplog.set_level("DEBUG")
    echo = status(401, f"Incorrect key {KEY} in Authorization: Bearer {KEY}")
    with FaultServer([ok, echo]) as server:
        with ReplyStore(path) as store:
            asked(server, store=store)
            with pytest.raises(KeyRefused) as caught:
                asked(server, store=store, do=lambda model: model.ask(ask(words="[1] It snowed.")))
            held = b"".join(file.read_bytes() for file in tmp_path.iterdir())
        assert server.headers[0]["authorization"] == f"Bearer {KEY}"
    error: BaseException | None = caught.value
    while error is not None:
        assert KEY not in f"{error} {error!r} {error.__dict__}"
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    assert KEY.encode() not in held
    assert KEY not in caplog.text
    assert KEY not in repr(parse_model("m", {"SUMMARIZER_API_KEY": KEY}, "http://127.0.0.1:1"))


def test_an_http_address_that_leads_to_https_is_followed_only_to_a_trusted_server(tmp_path, monkeypatch):
    """An http address loads no certificates at the start; that must not turn into trusting everybody."""
    certificate = make_certificate(tmp_path)
    with FaultServer(tls=certificate.context) as behind:
        there = redirect(f"{behind.url}/chat/completions")
        with FaultServer(plan=lambda number, request: there) as front, pytest.raises(ModelUnreachable):
            asked(front)
        assert behind.requests == []
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate.cert))
        with FaultServer(plan=lambda number, request: there) as front:
            assert asked(front).document["claims"]
    assert len(behind.requests) == 1


def test_a_run_that_is_stopped_notes_the_requests_it_left_behind():
    """Whoever reads the ledger must see that something may have been paid for without a reply."""
    with FaultServer(plan=lambda number, request: hang) as server, ReplyStore(":memory:") as store:

        async def stop(model: StoredModel) -> None:
            task = asyncio.create_task(model.ask(ask()))
            await asyncio.sleep(0.2)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task

        asked(server, store=store, do=stop)
        assert outcomes(store) == ["cancelled"]


class TestStreaming:
    """Replies that come in pieces."""

    @pytest.mark.parametrize("mode", ["json_schema", "tools", "text"])
    def test_a_streamed_reply_is_put_together_with_its_usage(self, mode):
        """Behind some gateways only a stream survives a long reply; the bill must be right all the same."""
        settings = replace(QUICK, stream=True, mode=mode)
        with FaultServer([streamed('{"claims": ["a", "b"]}')]) as server, ReplyStore(":memory:") as store:
            reply = asked(server, settings, store)
            assert isinstance(reply, Reply)
            assert reply.document == {"claims": ["a", "b"]}
            assert (reply.usage.input, reply.usage.output) == (7, 3)

    @pytest.mark.parametrize(
        "step",
        [
            streamed('{"claims": ["a"', finish=None),
            streamed('{"claims": ["a"', finish=None, junk=b'data: {"id": "1", "cho\n\n'),
            streamed('{"claims": ["a"', finish=None, junk=b'data: {"error": {"message": "overloaded"}}\n\n'),
            html,
            status(503),
            reset,
        ],
    )
    def test_a_stream_that_is_cut_is_asked_again(self, step):
        """The end of a cut stream looks like a proper end; half a brief must not pass for one."""
        settings = replace(QUICK, stream=True)
        with FaultServer([step, streamed('{"claims": ["a"]}')]) as server, ReplyStore(":memory:") as store:
            reply = asked(server, settings, store)
            assert isinstance(reply, Reply)
            assert reply.document == {"claims": ["a"]}
            assert outcomes(store)[1:] == ["ok"]

    def test_a_stream_that_drips_is_left(self):
        """The deadline is over the whole reply."""
        settings = replace(QUICK, stream=True, deadline_s=0.3)
        with FaultServer([drip, streamed('{"claims": ["a"]}')]) as server:
            assert isinstance(asked(server, settings), Reply)
