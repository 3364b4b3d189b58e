"""A real llama.cpp server with a tiny random model, for tests of the protocol.

    python tests/llama_server.py MODEL.gguf [--context 4096] [--key KEY] [--port 0]

The model is written by `write_model`: two layers of random weights over single bytes. What it says is noise,
but noise that follows the schema, over the same HTTP server that people run.
"""

from __future__ import annotations

import argparse
import random
import struct
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType

WIDTH, HIDDEN, LAYERS, HEADS = 64, 128, 2, 4
ALIGNMENT = 32
_UINT32, _FLOAT32, _STRING, _ARRAY, _INT32 = 4, 6, 8, 9, 5


def write_model(path: Path, context: int = 32768) -> None:
    """A GGUF file (version 3) with a Llama of random weights and a vocabulary of bytes."""
    tokens = [*_byte_letters(), "he", "<|end|>"]
    kinds = [1] * (len(tokens) - 1) + [3]
    fields = [
        _text("general.architecture", "llama"),
        _text("general.name", "tiny"),
        _whole("llama.context_length", context),
        _whole("llama.embedding_length", WIDTH),
        _whole("llama.block_count", LAYERS),
        _whole("llama.feed_forward_length", HIDDEN),
        _whole("llama.attention.head_count", HEADS),
        _whole("llama.attention.head_count_kv", HEADS),
        _whole("llama.rope.dimension_count", WIDTH // HEADS),
        _key("llama.attention.layer_norm_rms_epsilon", _FLOAT32) + struct.pack("<f", 1e-5),
        _whole("llama.vocab_size", len(tokens)),
        _text("tokenizer.ggml.model", "gpt2"),
        _text("tokenizer.ggml.pre", "gpt-2"),
        _array("tokenizer.ggml.tokens", _STRING, [_string(token) for token in tokens]),
        _array("tokenizer.ggml.merges", _STRING, [_string("h e")]),
        _array("tokenizer.ggml.token_type", _INT32, [struct.pack("<i", kind) for kind in kinds]),
        _whole("tokenizer.ggml.bos_token_id", len(tokens) - 1),
        _whole("tokenizer.ggml.eos_token_id", len(tokens) - 1),
    ]
    shapes: list[tuple[str, tuple[int, ...]]] = [
        ("token_embd.weight", (WIDTH, len(tokens))),
        ("output_norm.weight", (WIDTH,)),
        ("output.weight", (WIDTH, len(tokens))),
    ]
    for layer in range(LAYERS):
        part = f"blk.{layer}."
        shapes += [(f"{part}attn_norm.weight", (WIDTH,)), (f"{part}ffn_norm.weight", (WIDTH,))]
        shapes += [(f"{part}attn_{name}.weight", (WIDTH, WIDTH)) for name in ("q", "k", "v", "output")]
        shapes += [(f"{part}ffn_{name}.weight", (WIDTH, HIDDEN)) for name in ("gate", "up")]
        shapes.append((f"{part}ffn_down.weight", (HIDDEN, WIDTH)))
    infos, weights, offset = b"", b"", 0
    chance = random.Random(0)
    for name, shape in shapes:
        size = 1
        for side in shape:
            size *= side
        values = [1.0] * size if len(shape) == 1 else [chance.gauss(0, 0.3) for _ in range(size)]
        infos += _string(name) + struct.pack("<I", len(shape))
        infos += b"".join(struct.pack("<Q", side) for side in shape) + struct.pack("<IQ", 0, offset)
        block = struct.pack(f"<{size}f", *values)
        weights += block + b"\0" * (-len(block) % ALIGNMENT)
        offset = len(weights)
    head = b"GGUF" + struct.pack("<IQQ", 3, len(shapes), len(fields)) + b"".join(fields) + infos
    path.write_bytes(head + b"\0" * (-len(head) % ALIGNMENT) + weights)


def _byte_letters() -> list[str]:
    """The letter that stands for each byte in GPT-2's byte-level vocabulary."""
    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    rest = iter(range(256, 512))
    return [chr(byte if byte in printable else next(rest)) for byte in range(256)]


def _string(text: str) -> bytes:
    return struct.pack("<Q", len(text.encode())) + text.encode()


def _key(name: str, kind: int) -> bytes:
    return _string(name) + struct.pack("<I", kind)


def _whole(name: str, value: int) -> bytes:
    return _key(name, _UINT32) + struct.pack("<I", value)


def _text(name: str, value: str) -> bytes:
    return _key(name, _STRING) + _string(value)


def _array(name: str, kind: int, values: list[bytes]) -> bytes:
    return _key(name, _ARRAY) + struct.pack("<IQ", kind, len(values)) + b"".join(values)


class LlamaServer:
    """The server in a process of its own, so that it can be killed and started again at the same port."""

    def __init__(self, model: Path, context: int = 4096, key: str = "", port: int = 0) -> None:
        self.command = [sys.executable, __file__, str(model), "--context", str(context), "--key", key]
        self.port = port
        self.process: subprocess.Popen[str] | None = None

    @property
    def url(self) -> str:
        """What `--base-url` gets."""
        return f"http://127.0.0.1:{self.port}/v1"

    def start(self) -> None:
        """Start it and wait until it listens."""
        command = [*self.command, "--port", str(self.port)]
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, stdin=subprocess.PIPE, text=True
        )
        assert self.process.stdout is not None
        self.port = int(self.process.stdout.readline().rsplit(":", 1)[1])

    def kill(self) -> None:
        """End it without warning."""
        if self.process is not None:
            self.process.kill()
            self.process.communicate()
            self.process = None

    def __enter__(self) -> LlamaServer:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()


def main() -> None:
    """Serve until standard input ends."""
    import xllamacpp

    parser = argparse.ArgumentParser()
    parser.add_argument("model")
    parser.add_argument("--context", type=int, default=4096)
    parser.add_argument("--key", default="")
    parser.add_argument("--port", type=int, default=0)
    options = parser.parse_args()
    parameters = xllamacpp.CommonParams()
    parameters.model.path = options.model
    parameters.n_ctx = options.context
    parameters.n_parallel = 2
    parameters.cpuparams.n_threads = parameters.cpuparams_batch.n_threads = 1
    parameters.warmup = False
    parameters.port = options.port
    parameters.n_gpu_layers = 0
    if options.key:
        parameters.api_keys = [options.key]
    server = xllamacpp.Server(parameters)
    sys.stdout.write(f"{server.listening_address}\n")
    sys.stdout.flush()
    while sys.stdin.read(1):
        time.sleep(0.1)


if __name__ == "__main__":
    main()
