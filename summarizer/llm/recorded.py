"""Replies of a model as files that can be committed: asked once, replayed for ever.

A file a reply, named by the question's key, which hashes everything that makes a reply what it is (text,
prompt, schema, model, sampling, repeat). Change any of it and there is no recording: replay then fails by
name instead of passing another question's answer off as this one's. What is kept is what the endpoint sent,
so that reading, mending, repair and merging are replayed too, not only their result.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol

from summarizer.errors import SchemaViolation, Unrecorded
from summarizer.llm.model import REPLY_MODES, Ask, CallSettings, RawReply, Reply
from summarizer.llm.modes import read_reply
from summarizer.prompts import PromptSet

#: Hexadecimal digits of a key that name a file.
_NAME_CHARS = 24
_FORM = "reply-recording/1"


class Live(Protocol):
    """A model that hands its raw replies over: `StoredModel`."""

    async def raw_reply(self, ask: Ask) -> RawReply:
        """The reply as it arrived."""


class RecordedModel:
    """Answers from a folder of recordings; asks `live` for what is missing, if there is one, and records
    it.
    """

    def __init__(self, folder: Path, name: str, settings: CallSettings, live: Live | None = None) -> None:
        self._folder = folder
        self._name = name
        self._settings = settings
        self._live = live

    @property
    def name(self) -> str:
        """The model whose replies these are."""
        return self._name

    @property
    def context_tokens(self) -> int | None:
        """Unknown: whether an article was asked in parts is part of what was recorded."""
        return None

    @property
    def prompts(self) -> PromptSet:
        """As set: an older set finds the replies that were recorded with it."""
        return self._settings.prompts

    async def ask(self, ask: Ask) -> Reply:
        """The recorded reply, or a new one.

        Raises:
            Unrecorded: there is none, and nobody to ask.
            SchemaViolation: the file is no recording of this question.
            ModelError: the reply can't be used; recorded or not.
        """
        key = ask.key(self._name, self._settings.sampling)
        path = self._folder / f"{key[:_NAME_CHARS]}.json"
        if path.is_file():
            return replace(read_reply(_read(path, key), ask, self._name), key=key, cached=True)
        if self._live is None:
            way_out = "Record it with this prompt and model, or replay an older version."
            raise Unrecorded(self._name, ask.about, f"has no recorded reply {path.name}", way_out)
        raw = await self._live.raw_reply(ask)
        self._folder.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(".part")
        unfinished.write_text(_written(key, self._name, ask, raw), encoding="utf-8")
        unfinished.replace(path)  # a crash leaves all of it or nothing
        return replace(read_reply(raw, ask, self._name), key=key)


def _written(key: str, model: str, ask: Ask, raw: RawReply) -> str:
    """The file: what was asked, in names, and what was replied."""
    choice = raw.completion["choices"][0]
    document: dict[str, Any] = {
        "schema": _FORM,
        "key": key,
        "model": model,
        "purpose": ask.purpose,
        "article": ask.article,
        "prompt": ask.prompt.prompt,
        "repeat": ask.repeat,
        "again": ask.again,
        "mode": raw.mode,
        "seconds": round(raw.seconds, 3),
        "completion": {
            "choices": [
                {
                    "index": 0,
                    "finish_reason": choice.get("finish_reason"),
                    "message": {name: part for name, part in choice["message"].items() if part is not None},
                }
            ],
            "usage": raw.completion.get("usage"),
        },
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _read(path: Path, key: str) -> RawReply:
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise SchemaViolation(str(path), "$", None, "is no JSON") from error
    if not isinstance(document, dict) or document.get("schema") != _FORM or document.get("key") != key:
        found = document.get("key") if isinstance(document, dict) else document
        raise SchemaViolation(str(path), "$.key", found, "is no recording of this question")
    mode = next(mode for mode in REPLY_MODES if mode == document["mode"])
    return RawReply(document["completion"], mode, float(document["seconds"]))
