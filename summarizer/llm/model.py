"""What asking a model means: the question, the reply, and the `Model` that turns one into the other.

Nothing here talks to anybody. Everything that needs a model receives a `Model`; tests pass a scripted one.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal, Protocol

from summarizer.prompts import NEWEST_PROMPTS, PromptSet, Rendered
from summarizer.records.brief import Tokens

#: Why a model is asked; a ledger row and a span carry it.
Purpose = Literal["extract", "repair", "merge", "probe"]

#: How an endpoint is told to reply with JSON, from the strictest to the loosest.
ReplyMode = Literal["json_schema", "tools", "json", "text"]
REPLY_MODES: tuple[ReplyMode, ...] = ("json_schema", "tools", "json", "text")

#: Characters of English news a token stands for, for estimates before a call (OpenAI's o200k: 4.3 to 4.8).
CHARS_PER_TOKEN = 4.0


def estimate_tokens(chars: int) -> int:
    """A rough count of the tokens that `chars` characters of English take."""
    return int(chars / CHARS_PER_TOKEN) + 1


@dataclass(frozen=True, slots=True)
class ReplySchema:
    """The JSON Schema that a reply must follow, strict-mode clean, under the name that endpoints see."""

    name: str
    canonical: str

    @classmethod
    def of(cls, name: str, schema: Mapping[str, Any]) -> ReplySchema:
        """A schema with its key order kept: models write fields in the order they are shown."""
        return cls(name, json.dumps(schema, ensure_ascii=False, separators=(",", ":")))

    @property
    def schema(self) -> dict[str, Any]:
        """The schema as a fresh dictionary."""
        found: dict[str, Any] = json.loads(self.canonical)
        return found


@dataclass(frozen=True, slots=True)
class Sampling:
    """Options that change what a model says. None is not sent: reasoning models refuse some of them."""

    temperature: float | None = None
    top_p: float | None = None
    seed: int | None = None
    max_output_tokens: int | None = None
    reasoning_effort: str | None = None

    @property
    def request(self) -> dict[str, Any]:
        """The options that are set, as a request names them."""
        named = {
            "temperature": self.temperature,
            "top_p": self.top_p,
            "seed": self.seed,
            "max_completion_tokens": self.max_output_tokens,
            "reasoning_effort": self.reasoning_effort,
        }
        return {name: value for name, value in named.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Ask:
    """One question to a model.

    `repeat` numbers independent samples of the same question; `again` is 1 for the one re-ask after a reply
    that could not be read. `article` and `text_sha256` name what it is about (a story's ids for a merge).
    """

    purpose: Purpose
    article: str
    text_sha256: str
    prompt: Rendered
    reply: ReplySchema
    repeat: int = 0
    again: int = 0

    @property
    def about(self) -> str:
        """How errors and ledgers name it."""
        return f"{self.article} ({self.purpose})"

    def key(self, model: str, sampling: Sampling) -> str:
        """The cache key: everything that makes the reply what it is, hashed as one."""
        return _sha256(
            {
                "text": self.text_sha256,
                "prompt": [self.prompt.prompt, self.prompt.sha256],
                "messages": [[message.role, message.content] for message in self.prompt.messages],
                "schema": [self.reply.name, self.reply.canonical],
                "model": model,
                "sampling": {name: getattr(sampling, name) for name in Sampling.__slots__},
                "repeat": self.repeat,
                "again": self.again,
            }
        )

    def once_more(self) -> Ask:
        """The same question as a re-ask."""
        return replace(self, again=self.again + 1)


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens as the endpoint counted them; `cached` and `reasoning` are parts of `input` and `output`.

    `estimated` says that the endpoint didn't count and these are our guesses.
    """

    input: int = 0
    output: int = 0
    cached: int = 0
    reasoning: int = 0
    estimated: bool = False

    @property
    def tokens(self) -> Tokens:
        """As provenance records it."""
        return Tokens(input=self.input, output=self.output, cached=self.cached, reasoning=self.reasoning)


@dataclass(frozen=True, slots=True)
class RawReply:
    """A reply as it arrived: the completion's own JSON, the mode it was asked in, and what it took.

    `completion` is what is saved; reading it again gives the same reply or the same error.
    """

    completion: Mapping[str, Any]
    mode: ReplyMode
    seconds: float


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply that was read: one JSON object. `mended` tells whether its JSON had to be repaired."""

    document: dict[str, Any]
    usage: Usage
    model: str
    key: str = ""
    seconds: float = 0.0
    cached: bool = False
    mended: bool = False


class Model(Protocol):
    """Something that answers questions."""

    @property
    def name(self) -> str:
        """The model's name as provenance, prices and cache keys know it: "openai/gpt-4.1-mini"."""
        ...

    @property
    def context_tokens(self) -> int | None:
        """Tokens that prompt and reply may have together; None when nobody knows."""
        ...

    @property
    def prompts(self) -> PromptSet:
        """The versions of the prompts that it is asked with."""
        ...

    async def ask(self, ask: Ask) -> Reply:
        """The reply to one question.

        Raises:
            ModelError: no usable reply; the class says why.
        """
        ...


@dataclass(frozen=True, slots=True)
class CallSettings:
    """How an endpoint is called. Seconds are wall-clock.

    `deadline_s` ends an attempt whatever drips in; `read_s` ends one in which nothing comes at all.
    `prompts` are the versions of the prompts: an older set finds replies that were made with it.
    """

    sampling: Sampling = field(default_factory=Sampling)
    concurrency: int = 8
    tries: int = 5
    deadline_s: float = 300.0
    read_s: float = 120.0
    connect_s: float = 10.0
    backoff_s: float = 1.0
    give_up_s: float = 600.0
    requests_per_minute: float | None = None
    tokens_per_minute: float | None = None
    mode: ReplyMode | None = None
    context_tokens: int | None = None
    stream: bool = False
    prompts: PromptSet = NEWEST_PROMPTS


def _sha256(value: object) -> str:
    canonical = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
