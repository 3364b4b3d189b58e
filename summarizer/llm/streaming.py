"""Put a streamed reply together again, so that the rest of the program sees one completion.

Streaming serves long replies behind gateways that cut connections on which nothing moves for a minute. A
stream that ends without a finish reason was cut, even when the connection was closed properly: no error
tells so.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from openai.types.chat import ChatCompletionChunk


class CutStreamError(Exception):
    """The stream ended before the reply did."""


async def _readable(chunks: AsyncIterator[ChatCompletionChunk]) -> AsyncIterator[ChatCompletionChunk]:
    """The chunks; an event that is no JSON, as after a cut in mid-line, is a cut."""
    try:
        async for chunk in chunks:
            yield chunk
    except ValueError as error:
        raise CutStreamError(f"an event of the stream is no JSON ({error})") from error


async def collected(chunks: AsyncIterator[ChatCompletionChunk]) -> dict[str, Any]:
    """The completion that the chunks make up.

    Raises:
        CutStreamError: no chunk gave a finish reason.
    """
    made: dict[str, Any] = {"object": "chat.completion", "usage": None}
    content: list[str] = []
    reasoning: list[str] = []
    refusal: list[str] = []
    arguments: dict[int, list[str]] = {}
    names: dict[int, str] = {}
    finish: str | None = None
    async for chunk in _readable(chunks):
        made["id"], made["created"], made["model"] = chunk.id, chunk.created, chunk.model
        if chunk.usage is not None:
            made["usage"] = chunk.usage.model_dump()
        for choice in chunk.choices or ():
            if choice.index:
                continue
            delta = choice.delta
            finish = choice.finish_reason or finish
            content.append(delta.content or "")
            refusal.append(delta.refusal or "")
            extra = delta.model_extra or {}
            reasoning.append(extra.get("reasoning_content") or extra.get("reasoning") or "")
            for call in delta.tool_calls or ():
                if call.function is not None:
                    arguments.setdefault(call.index, []).append(call.function.arguments or "")
                    names.setdefault(call.index, call.function.name or "")
    if finish is None:
        raise CutStreamError("the stream ended without a finish reason")
    message: dict[str, Any] = {"role": "assistant", "content": "".join(content) or None}
    if any(refusal):
        message["refusal"] = "".join(refusal)
    if any(reasoning):
        message["reasoning_content"] = "".join(reasoning)
    if arguments:
        message["tool_calls"] = [
            {
                "id": f"call_{index}",
                "type": "function",
                "function": {"name": names[index], "arguments": "".join(parts)},
            }
            for index, parts in sorted(arguments.items())
        ]
    made["choices"] = [{"index": 0, "message": message, "finish_reason": finish}]
    return made
