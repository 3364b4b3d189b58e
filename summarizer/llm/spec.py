"""Which endpoint a `--model` means, and which key from the environment belongs to it.

Keys are read here and nowhere else, and only handed to the HTTP client. A key is tied to the endpoint it was
issued for: OPENAI_API_KEY never travels to a `--base-url`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import urlsplit, urlunsplit

from summarizer.errors import KeyRefused, UnknownEngine

Provider = Literal["openai", "azure", "ollama", "custom"]

OPENAI_URL = "https://api.openai.com/v1"
OLLAMA_URL = "http://127.0.0.1:11434"
AZURE_API_VERSION = "2024-10-21"
#: What is sent where an endpoint needs no key: the client insists on one.
NO_KEY = "none"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a model is asked. `repr` leaves the key out."""

    name: str
    model: str
    base_url: str
    provider: Provider
    key: str = field(repr=False)
    api_version: str | None = None

    @property
    def is_local(self) -> bool:
        """Whether it is on this machine: such calls cost no money."""
        host = urlsplit(self.base_url).hostname or ""
        return host in ("localhost", "::1") or host.startswith("127.")


def parse_model(spec: str, environment: Mapping[str, str], base_url: str | None = None) -> Endpoint:
    """The endpoint that `spec` means: `openai/…`, `azure/…`, `ollama/…`, or any name with `base_url`.

    Raises:
        UnknownEngine: none of these.
        KeyRefused: the endpoint needs a key and the environment has none.
    """
    provider, slash, name = spec.partition("/")
    if base_url is not None:
        address = clean_address(base_url)
        if urlsplit(address).hostname == urlsplit(OPENAI_URL).hostname:
            return Endpoint(
                spec, _last(spec, "openai"), address, "openai", _key(environment, "OPENAI_API_KEY")
            )
        key = environment.get("SUMMARIZER_API_KEY", "").strip() or NO_KEY
        return Endpoint(spec, spec, address, "custom", key)
    if slash and name:
        if provider == "openai":
            return Endpoint(spec, name, OPENAI_URL, "openai", _key(environment, "OPENAI_API_KEY"))
        if provider == "azure":
            address = environment.get("AZURE_OPENAI_ENDPOINT", "").strip()
            if not address:
                raise UnknownEngine(
                    f"{spec}: set AZURE_OPENAI_ENDPOINT to the address of the Azure resource."
                )
            version = environment.get("OPENAI_API_VERSION", "").strip() or AZURE_API_VERSION
            key = _key(environment, "AZURE_OPENAI_API_KEY")
            return Endpoint(spec, name, clean_address(address), "azure", key, version)
        if provider == "ollama":
            host = environment.get("OLLAMA_HOST", "").strip() or OLLAMA_URL
            if "//" not in host:
                host = f"http://{host}"
            return Endpoint(spec, name, clean_address(host).removesuffix("/v1") + "/v1", "ollama", NO_KEY)
    raise UnknownEngine(
        f"model {spec!r}: give openai/NAME, azure/DEPLOYMENT or ollama/NAME, or any name with --base-url."
    )


def _last(spec: str, provider: str) -> str:
    return spec.removeprefix(f"{provider}/")


def _key(environment: Mapping[str, str], variable: str) -> str:
    key = environment.get(variable, "").strip()
    if not key:
        raise KeyRefused(f"No key: set {variable} in the environment (keys are read from nowhere else).")
    return key


def clean_address(address: str) -> str:
    """An address without user, password, query and final slash: those may hold secrets and would be logged.

    Raises:
        UnknownEngine: not an http or https address.
    """
    try:
        parts = urlsplit(address.strip())
        parts.port  # noqa: B018  (reading it is what checks it)
    except ValueError as error:
        raise UnknownEngine(f"The address of an endpoint is wrong: {error}. Check --base-url.") from error
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise UnknownEngine("The address of an endpoint starts with http:// or https:// and a host.")
    host = parts.hostname if ":" not in parts.hostname else f"[{parts.hostname}]"
    port = f":{parts.port}" if parts.port else ""
    return urlunsplit((parts.scheme, host + port, parts.path.rstrip("/"), "", ""))
