"""Ask for JSON in one of four modes, and read the reply in that mode, through instructor.

instructor knows per mode how a request is shaped (`handle_response_model`) and where the reply's JSON
stands (`from_response`); those two functions are used, for requests of our own and for replies read from
the store alike. What it gets wrong is overridden here: it never sends the schema as strict, and it names
the tool in `tool_choice`, which llama.cpp ignores while "required" works everywhere. Its retry loop is not
used: it counts transport errors, refusals and bugs as attempts and sends the whole reply again for one bad
quote.

A reply that instructor can't read (fences in JSON mode, a trailing comma, JSON in the reasoning field) is
mended locally. Refusal, filter and truncation are told apart first; instructor knows only the last.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from summarizer.errors import (
    ModelError,
    ReplyFiltered,
    ReplyRefused,
    ReplyTruncated,
    ReplyUnreadable,
)
from summarizer.llm.mending import BrokenOffError, NoObjectError, json_object
from summarizer.llm.model import Ask, RawReply, Reply, ReplyMode, ReplySchema, Usage, estimate_tokens

if TYPE_CHECKING:
    from instructor import Mode, OpenAISchema


def shape_request(ask: Ask, mode: ReplyMode) -> dict[str, Any]:
    """What the question and the mode decide of a chat-completion request: messages, schema, tools."""
    from instructor.processing.response import handle_response_model

    wanted = _wanted(ask.reply)
    messages = [{"role": message.role, "content": message.content} for message in ask.prompt.messages]
    _, request = handle_response_model(wanted, mode=_instructor_mode(mode), messages=messages)
    if mode == "json_schema":
        request["response_format"]["json_schema"]["strict"] = True
    if mode == "tools":
        request["tool_choice"] = "required"
    return dict(request)


def read_reply(raw: RawReply, ask: Ask, model: str) -> Reply:
    """The JSON object of a reply.

    Raises:
        ReplyRefused, ReplyFiltered, ReplyTruncated: the reply says so, or its JSON breaks off.
        ReplyUnreadable: no JSON object in it, even after mending.
    """
    choice = raw.completion["choices"][0]
    message = choice.get("message") or {}
    _raise_for_end(choice, message, ask, model)
    document = _read_by_instructor(raw, ask)
    mended = document is None
    if document is None:
        document = _mended(message, ask, model)
    return Reply(document=document, usage=usage_of(raw, ask), model=model, seconds=raw.seconds, mended=mended)


def usage_of(raw: RawReply, ask: Ask) -> Usage:
    """The tokens that an endpoint counted, or an estimate where it didn't."""
    usage = raw.completion.get("usage")
    if not isinstance(usage, dict) or not isinstance(usage.get("prompt_tokens"), int):
        said = reply_text(raw.completion)
        return Usage(estimate_tokens(ask.prompt.chars), estimate_tokens(len(said)), estimated=True)
    prompt = usage.get("prompt_tokens_details") or {}
    completion = usage.get("completion_tokens_details") or {}
    return Usage(
        input=usage["prompt_tokens"],
        output=usage.get("completion_tokens") or 0,
        cached=prompt.get("cached_tokens") or 0,
        reasoning=completion.get("reasoning_tokens") or 0,
    )


def reply_text(completion: Mapping[str, Any]) -> str:
    """What the model wrote: a tool call's arguments, else the content, else the reasoning; "" for nothing."""
    choices = completion.get("choices")
    if not isinstance(choices, list) or not choices or not isinstance(choices[0], dict):
        return ""
    message = choices[0].get("message")
    if not isinstance(message, dict):
        return ""
    for call in message.get("tool_calls") or ():
        arguments = (call.get("function") or {}).get("arguments") if isinstance(call, dict) else None
        if isinstance(arguments, str) and arguments.strip():
            return arguments
    for name in ("content", "reasoning_content", "reasoning"):
        text = message.get(name)
        if isinstance(text, str) and text.strip():
            return text
    return ""


def _raise_for_end(choice: Mapping[str, Any], message: Mapping[str, Any], ask: Ask, model: str) -> None:
    reason = choice.get("finish_reason")
    refusal = message.get("refusal")
    if isinstance(refusal, str) and refusal.strip():
        said = refusal.strip()[:160]
        raise ReplyRefused(
            model, ask.about, f"declined: “{said}”", "It is not asked again; use another model."
        )
    if reason == "content_filter":
        raise ReplyFiltered(
            model,
            ask.about,
            "was cut by the endpoint's content filter",
            "It is not asked again; use another endpoint.",
        )
    if reason == "length":
        raise _truncated(model, ask)


def _truncated(model: str, ask: Ask) -> ModelError:
    return ReplyTruncated(
        model,
        ask.about,
        "broke off in mid-reply",
        "The article is asked in smaller parts where that is possible.",
    )


def _read_by_instructor(raw: RawReply, ask: Ask) -> dict[str, Any] | None:
    from instructor.core.exceptions import ResponseParsingError
    from openai.types.chat import ChatCompletion
    from pydantic import ValidationError

    wanted = _wanted(ask.reply)
    choice = raw.completion["choices"][0]
    # An empty refusal is none (it was looked at before); instructor would take it for one.
    message = {**(choice.get("message") or {}), "refusal": None}
    completion = ChatCompletion.construct(**{**raw.completion, "choices": [{**choice, "message": message}]})
    try:
        found = wanted.from_response(completion, mode=_instructor_mode(raw.mode), strict=False)
    except (ValidationError, ResponseParsingError, ValueError):
        return None
    return dict(found.model_extra) if found.model_extra else None


def _mended(message: Mapping[str, Any], ask: Ask, model: str) -> dict[str, Any]:
    text = reply_text({"choices": [{"message": message}]})
    try:
        document, _ = json_object(text)
    except BrokenOffError as error:
        raise _truncated(model, ask) from error
    except NoObjectError as error:
        said = " ".join(text.split())[:120]
        raise ReplyUnreadable(
            model, ask.about, f"sent no JSON object (“{said}”)", "Try another mode or a larger model."
        ) from error
    return document


@cache
def _wanted(reply: ReplySchema) -> type[OpenAISchema]:
    """A response model that shows our schema and keeps whatever object comes.

    Items are checked one by one later. It is an `OpenAISchema` already; else instructor would derive a class
    anew for each call.
    """
    from instructor import OpenAISchema
    from pydantic import ConfigDict

    shown = {"title": reply.name, "description": "The reply.", **reply.schema}

    class Wanted(OpenAISchema):
        model_config = ConfigDict(extra="allow")

        @classmethod
        def model_json_schema(cls, *args: object, **kwargs: object) -> dict[str, Any]:
            return dict(shown)

    Wanted.__name__ = reply.name
    return Wanted


@cache
def _instructor_mode(mode: ReplyMode) -> Mode:
    from instructor import Mode

    return {
        "json_schema": Mode.JSON_SCHEMA,
        "tools": Mode.TOOLS,
        "json": Mode.JSON,
        "text": Mode.MD_JSON,
    }[mode]
