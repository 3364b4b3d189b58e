"""`doctor --model`: what an endpoint can do, found out once and remembered."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from faults_server import FaultServer, Handler, Step, completion, says, status
from test_model_pipeline import options_for, stories

from summarizer.errors import KeyRefused, ModelUnreachable
from summarizer.llm.probe import _size_in
from summarizer.model_run import probe_model, run_with_model
from summarizer.store.replies import ReplyStore

GOOD = {"animal": "cat", "legs": 4}


def knows(*modes: str, reply: object = GOOD) -> Step:
    """An endpoint with these modes (as the request names them)."""

    def answer(handler: Handler, request: dict[str, Any]) -> None:
        asked = (
            "tools" if request.get("tools") else (request.get("response_format") or {}).get("type", "text")
        )
        if asked in modes:
            handler.send_json(200, completion(json.dumps(reply), request))
        else:
            handler.send_json(400, {"error": {"message": f"{asked}: response_format not supported"}})

    return answer


@pytest.mark.parametrize(
    ("modes", "best"),
    [
        (("json_schema", "tools", "json_object", "text"), "json_schema"),
        (("tools", "text"), "tools"),
        (("text",), "text"),
        ((), None),
    ],
)
def test_every_mode_is_tried_and_the_strictest_is_remembered(tmp_path: Path, modes, best):
    """A run should not have to find out at the cost of articles."""
    with FaultServer(plan=lambda n, r: knows(*modes)) as server:
        report = probe_model(options_for(server.url, tmp_path), {})
        assert len(server.requests) == 4
    assert report.best == best
    assert [finding.works for finding in report.modes].count(True) == len(modes)
    with ReplyStore(tmp_path / "replies.sqlite3") as store:
        known = store.known_endpoint(report.base_url, "m")
    assert (known and known.mode) == best


def test_a_reply_that_ignores_the_schema_is_no_working_mode(tmp_path: Path):
    """Some servers take a schema and pay no heed to it."""
    with FaultServer(plan=lambda n, r: knows("json_schema", "text", reply={"answer": "cat"})) as server:
        assert probe_model(options_for(server.url, tmp_path), {}).best is None


@pytest.mark.parametrize(("step", "error"), [(status(401), KeyRefused), (status(503), ModelUnreachable)])
def test_what_no_mode_can_help_ends_the_probe(tmp_path: Path, step, error):
    """Four time-outs say no more than one."""
    with FaultServer(plan=lambda n, r: step) as server:
        report = probe_model(options_for(server.url, tmp_path), {})
        assert len(server.requests) == 1
    assert isinstance(report.trouble, error)
    assert report.best is None


def test_a_run_starts_in_the_remembered_mode(tmp_path: Path):
    """No request is wasted on what the probe has ruled out."""

    def plan(number: int, request: dict[str, Any]) -> Step:
        return (
            knows("json_object") if "meows" in request["messages"][-1]["content"] else says('{"claims": []}')
        )

    with FaultServer(plan=plan) as server:
        probe_model(options_for(server.url, tmp_path), {})
        asked = len(server.requests)
        run_with_model(stories(2), options_for(server.url, tmp_path), {})
        assert [one["response_format"] for one in server.requests[asked:]] == [{"type": "json_object"}] * 2


@pytest.mark.parametrize(
    ("answer", "size"),
    [
        ({"data": [{"id": "m", "max_model_len": 8192}, {"id": "n", "max_model_len": 1}]}, 8192),
        ({"data": [{"id": "other", "context_length": 4096}]}, 4096),
        ({"default_generation_settings": {"n_ctx": 2048}}, 2048),
        ({"data": [{"id": "m"}]}, None),
        ({"data": "x"}, None),
        ([], None),
    ],
)
def test_the_context_size_is_read_where_endpoints_tell_it(answer, size):
    """Then long articles are cut before the first call, not after a failed one."""
    assert _size_in(answer, "m") == size
