"""Recorded replies: asked once, replayed without anybody, and never for another question."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from faults_server import FaultServer, ok, says
from test_model_pipeline import options_for, story

from summarizer.errors import ReplyRefused, SchemaViolation, Unrecorded
from summarizer.evaluation.model_answers import ModelDrafter
from summarizer.llm.model import Sampling
from summarizer.model_recording import record_model
from summarizer.model_run import digest_with_model, draft_with_model, replay_digest, replay_draft
from summarizer.model_terms import ModelOptions
from summarizer.records.digest import Coverage


def recorded(tmp_path: Path, url: str) -> ModelOptions:
    return options_for(url, tmp_path / "home", recordings=tmp_path / "recordings")


def test_a_recording_is_replayed_to_the_same_brief_without_an_endpoint(tmp_path):
    """CI scores a model that it can't reach, to the last item."""
    with FaultServer() as server:
        options = recorded(tmp_path, server.url)
        live = draft_with_model(story(1), options, {})
        assert len(server.requests) == 1
    again = replay_draft(story(1), replace(options, base_url=None))
    assert again.repaired.brief == live.repaired.brief
    assert again.totals.requests == 0


def test_a_digest_is_replayed_too(tmp_path):
    """Merging is part of what is scored."""
    with FaultServer(plan=lambda n, r: says('{"verdicts": [], "pairs": [], "summary": []}')) as server:
        options = recorded(tmp_path, server.url)
    with FaultServer() as server:
        options = replace(options, base_url=server.url)
        briefs = [draft_with_model(story(n), options, {}).repaired.brief for n in (1, 2)]
        live = digest_with_model(briefs, Coverage(read=2), options, {})
        assert len(server.requests) == 3
    assert replay_digest(briefs, Coverage(read=2), options).digest == live.digest


@pytest.mark.parametrize(
    "change",
    [
        lambda options: replace(options, model="another"),
        lambda options: replace(
            options, settings=replace(options.settings, sampling=Sampling(temperature=0.1))
        ),
    ],
)
def test_another_question_has_no_recording(tmp_path, change):
    """A changed model is "unrecorded", never "passed"."""
    with FaultServer() as server:
        options = recorded(tmp_path, server.url)
        draft_with_model(story(1), options, {})
    with pytest.raises(Unrecorded, match="story-1"):
        replay_draft(story(1), change(options))
    with pytest.raises(Unrecorded):
        replay_draft(story(2), options)
    with pytest.raises(Unrecorded):
        replay_draft(story(1), options, repeat=1)


def test_repeats_are_recorded_apart(tmp_path):
    """Three answers to one question tell how much a model wobbles."""
    with FaultServer() as server:
        options = recorded(tmp_path, server.url)
        for repeat in range(3):
            draft_with_model(story(1), options, {}, repeat)
        assert len(server.requests) == 3
    assert len(list((tmp_path / "recordings").glob("*.json"))) == 3


def test_a_refusal_is_recorded_as_one(tmp_path):
    """It is an answer, and scored as none."""
    with FaultServer([says(None, refusal="I can't.")]) as server:
        options = recorded(tmp_path, server.url)
        with pytest.raises(ReplyRefused):
            draft_with_model(story(1), options, {})
    with pytest.raises(ReplyRefused):
        replay_draft(story(1), options)


def test_a_file_under_a_wrong_name_is_not_taken(tmp_path):
    """A renamed recording would be another article's answer."""
    with FaultServer() as server:
        options = recorded(tmp_path, server.url)
        draft_with_model(story(1), options, {})
    (path,) = (tmp_path / "recordings").glob("*.json")
    document = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps({**document, "key": "0" * 64}), "utf-8")
    with pytest.raises(SchemaViolation, match="no recording of this question"):
        replay_draft(story(1), options)


def test_the_eval_suite_gets_the_draft_with_what_it_took(tmp_path):
    """Scores stand beside their cost."""
    with FaultServer() as server:
        drafter = ModelDrafter(recorded(tmp_path, server.url))
        live = drafter.draft(story(1), 0)
    again = replace(drafter, replay=True).draft(story(1), 0)
    assert live.draft
    assert again.draft == live.draft
    assert (live.usage.calls, live.replayed, again.replayed) == (1, False, True)
    assert live.usage.tokens.input > 1000
    missing = replace(drafter, replay=True).draft(story(2), 0)
    assert missing.draft is None
    assert missing.failed
    assert "no recorded reply" in missing.failed


def test_a_story_is_recorded_with_its_merge_and_its_repeats(tmp_path):
    """Three real answers to every question, and what they merge to."""
    said: list[str] = []

    def plan(number, request):
        merging = "Questions:" in request["messages"][-1]["content"]
        return says('{"verdicts": [], "pairs": [], "summary": []}') if merging else ok

    with FaultServer(plan=plan) as server:
        options = recorded(tmp_path, server.url)
        first = record_model([story(1), story(2)], options, {}, range(3), said.append)
        assert len(server.requests) == 9
        again = record_model([story(1), story(2)], options, {}, range(3))
        assert len(server.requests) == 9
    assert [one.repeat for one in first] == [0, 1, 2]
    assert [one.digest for one in again] == [one.digest for one in first]
    assert any("2 of" in line or "0 of" in line for line in said)
    briefs = list(first[1].briefs.values())
    assert replay_digest(briefs, Coverage(read=2), options, 1).digest == first[1].digest
