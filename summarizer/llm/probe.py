"""Find out what an endpoint can do: is it there, which reply modes work, how long may a prompt be.

A mode works when the endpoint takes the request and the reply follows a small schema. The strictest one that
works is remembered in the store, with the context size where the endpoint tells it (llama.cpp: `/props`,
vLLM: `max_model_len`); runs start from there. At most one request a mode, and one or two for the size.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from summarizer.errors import SummarizerError
from summarizer.llm.client import ModelClient
from summarizer.llm.model import REPLY_MODES, Ask, CallSettings, ReplyMode, ReplySchema
from summarizer.llm.modes import read_reply
from summarizer.llm.spec import Endpoint
from summarizer.prompts import Message, Rendered
from summarizer.store.replies import ReplyStore

_SCHEMA = ReplySchema.of(
    "Probe",
    {
        "type": "object",
        "properties": {"animal": {"type": "string", "enum": ["cat", "dog"]}, "legs": {"type": "integer"}},
        "required": ["animal", "legs"],
        "additionalProperties": False,
    },
)
_QUESTION = Rendered(
    "probe",
    "",
    (
        Message("system", 'Reply with one JSON object like {"animal": "dog", "legs": 4} and nothing else.'),
        Message("user", "Which animal meows, and how many legs has it?"),
    ),
)


@dataclass(frozen=True, slots=True)
class ModeFinding:
    """Whether a mode works; `says` is what was replied, or why it doesn't."""

    mode: ReplyMode
    works: bool
    says: str
    seconds: float


@dataclass(frozen=True, slots=True)
class ProbeReport:
    """What was found out. `best` None: no mode works, `trouble` says why if nothing could be asked at all."""

    endpoint: str
    base_url: str
    modes: tuple[ModeFinding, ...]
    best: ReplyMode | None
    context_tokens: int | None
    trouble: SummarizerError | None


async def probe(endpoint: Endpoint, settings: CallSettings, store: ReplyStore) -> ProbeReport:
    """Ask a small question in every mode and remember what worked.

    A key that is refused, or nobody listening, ends the probe at the first request: `trouble` says so.
    """
    findings: list[ModeFinding] = []
    trouble: SummarizerError | None = None
    for mode in REPLY_MODES:
        client = ModelClient(endpoint, replace(settings, mode=mode, tries=1, concurrency=1), store)
        try:
            finding, error = await _asked(client, mode)
        finally:
            await client.aclose()
        findings.append(finding)
        if error is not None and error.exit_code in (2, 3):
            trouble = error
            break
    best = next((finding.mode for finding in findings if finding.works), None)
    context = settings.context_tokens
    if trouble is None and context is None:
        context = await context_size(endpoint, settings)
    if best is not None:
        store.remember_endpoint(endpoint.base_url, endpoint.model, best, context)
    return ProbeReport(endpoint.name, endpoint.base_url, tuple(findings), best, context, trouble)


async def context_size(endpoint: Endpoint, settings: CallSettings) -> int | None:
    """The context that the endpoint says it has, in tokens; None when it doesn't say."""
    import openai

    timeout = openai.Timeout(settings.connect_s, pool=None)
    async with openai.AsyncOpenAI(
        api_key=endpoint.key, base_url=endpoint.base_url, timeout=timeout, max_retries=0
    ) as client:
        for path in ("/models", f"{endpoint.base_url.removesuffix('/v1')}/props"):
            try:
                answer: Any = await client.get(path, cast_to=object)
            except (openai.OpenAIError, ValueError):
                continue
            size = _size_in(answer, endpoint.model)
            if size is not None:
                return size
    return None


async def _asked(client: ModelClient, mode: ReplyMode) -> tuple[ModeFinding, SummarizerError | None]:
    ask = Ask("probe", "probe", "", _QUESTION, _SCHEMA)
    try:
        raw = await client.complete(ask, "")
        document = read_reply(raw, ask, client.name).document
    except SummarizerError as error:
        return ModeFinding(mode, False, str(error), 0.0), error
    fits = document.get("animal") in ("cat", "dog") and isinstance(document.get("legs"), int)
    return ModeFinding(mode, fits, str(document)[:80], raw.seconds), None


def _size_in(answer: object, model: str) -> int | None:
    """Context size in a list of models or in llama.cpp's properties."""
    if not isinstance(answer, Mapping):
        return None
    settings = answer.get("default_generation_settings")
    if isinstance(settings, Mapping) and isinstance(settings.get("n_ctx"), int):
        return int(settings["n_ctx"]) or None
    models = answer.get("data")
    known = [one for one in models if isinstance(one, Mapping)] if isinstance(models, list) else []
    for one in [one for one in known if one.get("id") == model] or known[:1]:
        for name in ("max_model_len", "context_length", "context_window"):
            if isinstance(one.get(name), int):
                return int(one[name])
    return None
