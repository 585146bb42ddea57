"""A chat model by its name; the only module that makes one.

Names are those of LangChain's `init_chat_model` ("openai:gpt-5.1", "anthropic:claude-sonnet-4-5", "ollama:llama3.2").
With `base_url` any server that speaks OpenAI's protocol is meant (vLLM, llama.cpp, LM Studio, a gateway), and the name
is the server's own. A key is read from the environment by the provider's package, or from the variable that
`key_from` names, and kept nowhere else.
"""

from __future__ import annotations

import ipaddress
import re
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

from ingest.errors import BadSettings, MissingExtra

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assistant.chat.exchange import Speaks
    from assistant.settings import ModelSettings

EXTRAS = {"openai": "openai", "anthropic": "anthropic", "ollama": "ollama"}
"""Providers whose package is an extra of this project."""

_OTHERS = frozenset(
    "azure_ai azure_openai baseten bedrock bedrock_converse cohere deepseek fireworks google_genai google_vertexai groq "
    "huggingface ibm litellm mistralai nvidia openrouter perplexity together upstage xai".split()
)
_KEYS = {"openai": "OPENAI_API_KEY", "anthropic": "ANTHROPIC_API_KEY"}
_OLLAMA = "http://127.0.0.1:11434"
_NO_KEY = "none"
"""Sent to a server of one's own that asks for no key."""


def chat_model(name: str, settings: ModelSettings, *, offline: bool, environ: Mapping[str, str]) -> Speaks:
    """The chat model of that name.

    Raises:
        BadSettings: the name or the address means no model, there is no key, or it is not on this computer and
            `offline` is set.
        MissingExtra: the provider's package is not installed.
    """
    provider, model = _split(name, settings.base_url)
    address = settings.base_url or (_OLLAMA if provider == "ollama" and not environ.get("OLLAMA_HOST") else None)
    if offline and not (address and is_loopback(address)):
        raise BadSettings(
            f"`{name}` is not on this computer, and the assistant is offline.",
            remedy="Name a server of this computer with BRIEFING_MODEL__BASE_URL, leave out the model, or leave offline mode.",
        )
    options = _options(provider, settings, environ, address)
    return _made(provider, model, name, options)


def is_loopback(address: str) -> bool:
    """Whether an address is this computer's own."""
    host = urlsplit(address).hostname or ""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _split(name: str, base_url: str | None) -> tuple[str | None, str]:
    provider, colon, model = name.partition(":")
    if colon and not (provider.strip() and model.strip()):
        raise _nameless(name)
    if colon and (provider in EXTRAS or provider in _OTHERS):
        return provider, model
    if base_url is not None:
        return "openai", name
    # Without a colon LangChain tells the provider of well-known names itself.
    return (None, name) if not colon else (provider, model)


def _options(
    provider: str | None, settings: ModelSettings, environ: Mapping[str, str], address: str | None
) -> dict[str, Any]:
    options: dict[str, Any] = {"temperature": settings.temperature, "disable_streaming": not settings.streaming}
    if address is not None:
        options["base_url"] = address
    if key := _key(provider, settings, environ):
        options["api_key"] = key
    if provider == "ollama":
        # Its client takes no key, and names the rest otherwise.
        options |= {"num_predict": settings.max_tokens, "client_kwargs": {"timeout": settings.timeout}}
        return options
    # Attempts are counted and told of in `assistant.chat.exchange`, the same for every provider.
    options |= {"max_tokens": settings.max_tokens, "timeout": settings.timeout, "max_retries": 0}
    if provider == "openai":
        options |= {"stream_usage": True, "use_responses_api": False}
        if settings.structured:
            options["model_kwargs"] = {"response_format": {"type": "json_object"}}
        if address is not None and is_loopback(address):
            options["http_client"] = _direct(settings.timeout)
    return options


def _key(provider: str | None, settings: ModelSettings, environ: Mapping[str, str]) -> str | None:
    """What is to be passed on; None leaves it to the provider's package to read its own variable."""
    if settings.key_from is not None:
        key = environ.get(settings.key_from)
        if not key:
            raise BadSettings(
                f"The environment holds no {settings.key_from}.",
                remedy="Set it to the key, or correct `model.key_from`.",
            )
        return key
    if provider == "openai" and settings.base_url is not None:
        return environ.get("OPENAI_API_KEY") or _NO_KEY
    return None


def _direct(timeout: float) -> Any:
    """A client that asks no proxy of the environment: what is meant for this computer does not leave it.

    It keeps no connection open: making one on this computer costs nothing.
    """
    import httpx2

    limits = httpx2.Limits(max_connections=None, max_keepalive_connections=0)
    return httpx2.Client(trust_env=False, timeout=timeout, limits=limits)


def _made(provider: str | None, model: str, name: str, options: dict[str, Any]) -> Speaks:
    from langchain.chat_models import init_chat_model

    try:
        made = init_chat_model(model, model_provider=provider, **options)
    except ImportError as error:
        raise _not_installed(provider, error) from None
    except ValueError as error:
        if "provider" in str(error):
            raise _nameless(name) from None
        raise _refused(provider, name) from None
    except Exception:  # a provider's own words may repeat a key
        raise _refused(provider, name) from None
    return cast("Speaks", made)


def _not_installed(provider: str | None, error: ImportError) -> Exception:
    package = re.search(r"`pip install (?:-U )?([\w-]+)`", str(error))
    module = package[1] if package else (error.name or "its package")
    if provider in EXTRAS:
        return MissingExtra(module, extra=EXTRAS[provider])
    return BadSettings(f"`{module}` is not installed.", remedy=f"Install it with: pip install {module}")


def _nameless(name: str) -> BadSettings:
    return BadSettings(
        f"`{name}` names no provider.",
        remedy="Write it as `openai:NAME`, `anthropic:NAME` or `ollama:NAME`, or set BRIEFING_MODEL__BASE_URL.",
    )


def _refused(provider: str | None, name: str) -> BadSettings:
    variable = _KEYS.get(provider or "", "the variable of its provider")
    return BadSettings(
        f"`{name}` cannot be used as it is set up.",
        remedy=f"See that {variable} holds a key, or name the variable that does with BRIEFING_MODEL__KEY_FROM.",
    )
