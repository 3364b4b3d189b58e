"""The client against a real llama.cpp server: schema, usage, streaming, keys, overflow, a restart."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from llama_server import LlamaServer, write_model

from summarizer.errors import ContextOverflow, KeyRefused, ReplyTruncated
from summarizer.llm.client import ModelClient
from summarizer.llm.model import Ask, CallSettings, Reply, ReplySchema, Sampling
from summarizer.llm.probe import context_size, probe
from summarizer.llm.spec import parse_model
from summarizer.llm.stored import StoredModel
from summarizer.prompts import Message, Rendered
from summarizer.store.replies import ReplyStore

pytest.importorskip("xllamacpp", reason="pip install 'summarizer[llama]'")

SCHEMA = {
    "type": "object",
    "properties": {
        "polarity": {"type": "string", "enum": ["affirmed", "denied"]},
        "speakers": {"type": "array", "items": {"type": "string", "enum": ["a1", "a2"]}, "maxItems": 3},
        "sure": {"type": "boolean"},
    },
    "required": ["polarity", "speakers", "sure"],
    "additionalProperties": False,
}
SETTINGS = CallSettings(tries=8, backoff_s=0.1, concurrency=2, sampling=Sampling(max_output_tokens=200))


@pytest.fixture(scope="module")
def model_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("llama") / "tiny.gguf"
    write_model(path)
    return path


@pytest.fixture(scope="module")
def server(model_file: Path) -> Iterator[LlamaServer]:
    with LlamaServer(model_file) as running:
        yield running


def ask(words: str) -> Ask:
    rendered = Rendered("t.v1", "", (Message("system", "Reply in JSON."), Message("user", words)))
    return Ask("extract", "story", "1" * 64, rendered, ReplySchema.of("Claim", SCHEMA))


def with_model(
    url: str, do: Callable[[StoredModel], Awaitable[Any]], settings: CallSettings = SETTINGS, key: str = ""
) -> tuple[Any, ReplyStore]:
    store = ReplyStore(":memory:")

    async def run() -> Any:
        client = ModelClient(parse_model("m", {"SUMMARIZER_API_KEY": key}, url), settings, store)
        try:
            return await do(StoredModel(client, store))
        finally:
            await client.aclose()

    return asyncio.run(run()), store


@pytest.mark.parametrize("stream", [False, True])
def test_replies_follow_the_schema_and_are_counted(server, stream):
    """What strict decoding promises must hold on the server that most people run at home."""
    jsonschema = pytest.importorskip("jsonschema")

    async def many(model: StoredModel) -> list[Reply]:
        return await asyncio.gather(*(model.ask(ask(f"Question {n}")) for n in range(20)))

    replies, store = with_model(server.url, many, replace(SETTINGS, stream=stream))
    for reply in replies:
        jsonschema.validate(reply.document, SCHEMA)
        assert not reply.usage.estimated
        assert reply.usage.input > 10
        assert reply.usage.output > 10
    assert store.totals().requests == 20


def test_the_probe_finds_what_the_server_can_do(server):
    """Modes and context size, without being told."""

    async def run(model: StoredModel) -> None:
        endpoint = parse_model("m", {}, server.url)
        with ReplyStore(":memory:") as store:
            report = await probe(endpoint, SETTINGS, store)
            assert report.best == "json_schema"
            assert report.trouble is None
            known = store.known_endpoint(server.url, "m")
            assert known
            assert known.context_tokens == report.context_tokens
        assert await context_size(endpoint, SETTINGS) == report.context_tokens
        assert report.context_tokens in (2048, 4096)  # of all slots, or of each

    with_model(server.url, run)


def test_a_prompt_beyond_the_context_is_named_as_such(server):
    """Then the article is cut; any other error would not be."""
    with pytest.raises(ContextOverflow):
        with_model(server.url, lambda model: model.ask(ask("word " * 5000)))


def test_a_reply_beyond_the_output_limit_is_named_as_such(server):
    """A random string never ends by itself."""
    schema = {"type": "object", "properties": {"text": {"type": "string", "minLength": 500}},
              "required": ["text"], "additionalProperties": False}  # fmt: skip
    question = replace(ask("Write."), reply=ReplySchema.of("Long", schema))
    with pytest.raises(ReplyTruncated):
        with_model(server.url, lambda model: model.ask(question))


def test_a_server_with_a_key_wants_the_right_one(model_file):
    """And says 401 to every other."""
    with LlamaServer(model_file, key="right") as guarded:
        reply, _ = with_model(guarded.url, lambda model: model.ask(ask("Hello")), key="right")
        assert isinstance(reply, Reply)
        with pytest.raises(KeyRefused):
            with_model(guarded.url, lambda model: model.ask(ask("Hello")), key="wrong")


def test_a_server_that_is_restarted_in_mid_run_costs_no_article(model_file):
    """Local servers crash, run out of memory, are updated."""
    server = LlamaServer(model_file)
    server.start()

    async def through_a_restart(model: StoredModel) -> list[Reply]:
        async def restart() -> None:
            await asyncio.sleep(0.15)
            server.kill()
            await asyncio.sleep(0.3)
            server.start()

        restarting = asyncio.create_task(restart())
        replies: list[Reply] = []
        for n in range(12):
            await asyncio.sleep(0.03)
            replies.append(await model.ask(ask(f"Question {n}")))
        await restarting
        return replies

    try:
        replies, store = with_model(server.url, through_a_restart)
        assert len(replies) == 12
        assert store.totals().failed >= 1
    finally:
        server.kill()
