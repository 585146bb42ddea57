from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from assistant.settings import Settings, load
from ingest.errors import BadSettings
from ingest.settings import EmbeddingSettings, IngestSettings, load_settings

ROOT = Path(__file__).resolve().parents[2]


def given(folder: Path, environ: dict[str, str] | None = None, **overrides: Any) -> IngestSettings:
    """Settings of a library in `folder`, without what the user of this machine has configured."""
    return load_settings(environ or {}, overrides={"library": folder / "library", **overrides})


def written(folder: Path, text: str) -> Path:
    path = folder / "briefing.toml"
    path.write_text(text, encoding="utf-8")
    return path


def fault(environ: dict[str, str] | None = None, **overrides: Any) -> str:
    with pytest.raises(BadSettings) as refused:
        load_settings(environ or {}, overrides=overrides)
    assert refused.value.remedy
    return str(refused.value)


# --- what goes before what


def test_later_places_go_before_earlier_ones(tmp_path: Path) -> None:
    assert given(tmp_path).embedding.batch == 8
    written(tmp_path, "offline = true\n[embedding]\nbatch = 16\nthreads = 3\n")
    assert given(tmp_path).embedding.batch == 16
    environ = {"BRIEFING_EMBEDDING__BATCH": "32", "BRIEFING_LOCK_SECONDS": "2.5"}
    assert given(tmp_path, environ).embedding.batch == 32
    found = given(tmp_path, environ, **{"embedding.batch": 64, "offline": False})
    assert (found.embedding.batch, found.embedding.threads, found.offline) == (64, 3, False)
    assert found.lock_seconds == 2.5


def test_a_file_beside_the_library_that_the_environment_names_is_read(tmp_path: Path) -> None:
    written(tmp_path, "lock_seconds = 3\n")
    assert load_settings({"BRIEFING_LIBRARY": str(tmp_path / "library")}).lock_seconds == 3


def test_one_named_file_is_read_instead_of_the_others(tmp_path: Path) -> None:
    written(tmp_path, "lock_seconds = 3\n[embedding]\nbatch = 16\n")
    named = tmp_path / "other.toml"
    named.write_text("lock_seconds = 4\n", encoding="utf-8")
    found = given(tmp_path, {"BRIEFING_CONFIG": str(named)})
    assert (found.lock_seconds, found.embedding.batch) == (4, 8)


def test_the_file_beside_the_library_goes_before_the_one_of_the_user(tmp_path: Path) -> None:
    home = tmp_path / "config" / "policy-briefing-assistant"
    home.mkdir(parents=True)
    written(home, "lock_seconds = 5\nfree_megabytes = 7\n")
    written(tmp_path, "lock_seconds = 6\n")
    code = (
        "import os; from ingest.settings import load_settings as load; "
        "found = load(os.environ); print(found.lock_seconds, found.free_megabytes)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**os.environ, "XDG_CONFIG_HOME": str(tmp_path / "config"), "BRIEFING_LIBRARY": str(tmp_path / "library")},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    if sys.platform == "linux":
        assert ran.stdout.strip() == "6.0 7", ran.stderr


def test_what_is_none_or_empty_is_not_set(tmp_path: Path) -> None:
    written(tmp_path, "offline = true\n")
    assert given(tmp_path, {"BRIEFING_OFFLINE": ""}, offline=None).offline


def test_a_section_can_be_given_whole_or_by_key(tmp_path: Path) -> None:
    assert given(tmp_path, embedding={"engine": "torch"}).embedding.engine == "torch"
    found = given(tmp_path, embedding={"engine": "torch"}, **{"embedding.batch": 2})
    assert (found.embedding.engine, found.embedding.batch) == ("torch", 2)


def test_nothing_is_read_when_the_module_is_imported() -> None:
    code = "import os; os.environ['BRIEFING_OFLINE'] = 'x'; import ingest.settings, assistant.settings; print('fine')"
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False, timeout=60
    )
    assert ran.stdout.strip() == "fine", ran.stderr


# --- unknown keys


@pytest.mark.parametrize(
    ("environ", "named"),
    [
        ({"BRIEFING_OFLINE": "1"}, "There is no setting `ofline`. Did you mean `offline`?"),
        ({"BRIEFING_EMBEDDING__MODLE": "x"}, "There is no setting `embedding.modle`. Did you mean `embedding.model`?"),
        ({"BRIEFING_EMBEDING__MODEL": "x"}, "There is no setting `embeding`. Did you mean `embedding`?"),
        ({"BRIEFING_EMBEDDING__ZZZ": "x"}, "There is no setting `embedding.zzz`. Valid here: `embedding.batch`, "),
        ({"BRIEFING_ZZZZZZ": "x"}, "There is no setting `zzzzzz`. Valid here: `allow_model_downloads`, `cache`, "),
        ({"BRIEFING_FETCH__PRIVATE_HOST": "x"}, "Did you mean `fetch.private_hosts`?"),
    ],
)
def test_an_unknown_key_is_refused_and_the_nearest_named(environ: dict[str, str], named: str) -> None:
    assert named in fault(environ)


def test_an_unknown_key_in_a_file_is_refused(tmp_path: Path) -> None:
    written(tmp_path, "[limits]\nbyte = 5000\n")
    with pytest.raises(BadSettings, match=r"no setting `limits\.byte`\. Did you mean `limits\.bytes`\?"):
        given(tmp_path)
    written(tmp_path, "[made_up]\nx = 1\n")
    with pytest.raises(BadSettings, match="no setting `made_up`"):
        given(tmp_path)


def test_sections_of_the_read_side_are_left_to_it(tmp_path: Path) -> None:
    written(tmp_path, "[answering]\nclaims = 4\n[retrieval]\ncandidates = 60\n")
    library = tmp_path / "library"
    assert not hasattr(given(tmp_path), "answering")
    assert load({}, overrides={"library": library}).answering.claims == 4
    written(tmp_path, "[answering]\nclaim = 4\n")
    with pytest.raises(BadSettings, match=r"Did you mean `answering\.claims`"):
        load({}, overrides={"library": library})


def test_what_only_tests_are_told_is_no_setting() -> None:
    load_settings({"BRIEFING_REQUIRE_BROWSER": "1"})


def test_variables_of_other_programs_are_no_settings() -> None:
    load_settings({"BRIEFINGS_OFFLINE": "x", "MY_BRIEFING_OFLINE": "x", "PATH": "/bin"})


# --- bounds


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("embedding.batch", 0),
        ("embedding.batch", 257),
        ("embedding.batch", "many"),
        ("embedding.threads", 0),
        ("embedding.engine", "abacus"),
        ("embedding.precision", "fp8"),
        ("passages.max_tokens", 23),
        ("passages.target_tokens", 15),
        ("limits.bytes", 999),
        ("limits.pages", 0),
        ("limits.memory_megabytes", 255),
        ("limits.seconds", 0),
        ("limits.seconds", float("nan")),
        ("limits.seconds", float("inf")),
        ("limits.attachments", -1),
        ("fetch.seconds", 601),
        ("fetch.redirects", 21),
        ("index.exact_up_to", -1),
        ("lock_seconds", -1),
        ("free_megabytes", -1),
        ("offline", "perhaps"),
        ("embedding", "all-MiniLM-L6-v2"),
    ],
)
def test_a_value_out_of_bounds_is_refused_by_name(key: str, value: object) -> None:
    said = fault(**{key: value})
    assert said.startswith(f"`{key}")
    assert "is not right" in said


@pytest.mark.parametrize(
    ("overrides", "why"),
    [
        ({"embedding": {"engine": "torch", "precision": "int8"}}, "the torch engine has fp32 only"),
        ({"passages": {"target_tokens": 200, "max_tokens": 100}}, "target_tokens is above max_tokens"),
        ({"library": "~nobody-of-that-name/library"}, "there is no such user"),
    ],
)
def test_settings_that_contradict_each_other_are_refused(overrides: dict[str, Any], why: str) -> None:
    assert why in fault(**overrides)


def test_a_section_and_a_value_of_one_name_are_refused() -> None:
    assert "is set to a value" in fault({"BRIEFING_EMBEDDING": "x", "BRIEFING_EMBEDDING__MODEL": "y"})


@pytest.mark.parametrize("text", ["offline = ", "[embedding\n", "\x00", "a = 1\na = 2\n"])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, text: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(BadSettings, match=f"{re.escape(str(path))} cannot be read"):
        given(tmp_path)


def test_a_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "briefing.toml").write_bytes(b"a = '\xff'")
    with pytest.raises(BadSettings, match="cannot be read"):
        given(tmp_path)


def test_a_named_file_that_is_not_there_is_said() -> None:
    assert "There is no settings file at /no/such/file" in fault({"BRIEFING_CONFIG": "/no/such/file"})


def test_settings_do_not_change_once_they_are_made(tmp_path: Path) -> None:
    with pytest.raises(ValidationError):
        given(tmp_path).offline = True  # type: ignore[misc]


# --- forms of values


@pytest.mark.parametrize(("text", "value"), [("1", True), ("true", True), ("yes", True), ("0", False), ("off", False)])
def test_yes_and_no_may_be_written_as_people_write_them(text: str, value: bool) -> None:
    assert load_settings({"BRIEFING_OFFLINE": text}).offline is value


def test_hosts_are_a_list_or_a_text_with_commas(tmp_path: Path) -> None:
    environ = {"BRIEFING_FETCH__PRIVATE_HOSTS": "a.example, b.example,,"}
    assert given(tmp_path, environ).fetch.private_hosts == ("a.example", "b.example")
    written(tmp_path, '[fetch]\nhosts = ["c.example"]\n')
    assert given(tmp_path).fetch.hosts == ("c.example",)


def test_folders_become_absolute(tmp_path: Path) -> None:
    assert load_settings({}, overrides={"library": "papers"}).library == Path.cwd() / "papers"
    assert load_settings({"BRIEFING_CACHE": "~/c"}).cache == Path.home() / "c"


def test_by_default_nothing_is_downloaded_and_no_private_host_is_fetched(tmp_path: Path) -> None:
    found = given(tmp_path)
    assert not found.allow_model_downloads
    assert found.fetch.private_hosts == ()
    assert found.embedding == EmbeddingSettings(model="all-MiniLM-L6-v2", engine="onnx", precision="fp32")


# --- secrets


def test_secrets_are_not_shown(tmp_path: Path) -> None:
    secrets = {
        "BRIEFING_CHROMA_TOKEN": "hunter2-token",
        "BRIEFING_DATABASE_URL": "postgresql://me:hunter2-word@db/ledger",
        "BRIEFING_CHROMA_URL": "http://me:hunter2-word@chroma:8000",
    }
    for found in (given(tmp_path, secrets), load(secrets, overrides={"library": tmp_path / "library"})):
        assert found.chroma_token == "hunter2-token"
        assert "hunter2" not in repr(found)
        assert "hunter2" not in str(found)


def test_secrets_are_not_shown_by_a_fault(tmp_path: Path) -> None:
    assert "hunter2" not in fault({"BRIEFING_CHROMA_TOKEN__X": "hunter2"})
    assert "hunter2" not in fault(chroma_token=["hunter2"])
    assert "hunter2" not in fault({"BRIEFING_CHROMA_TOKEN": "hunter2", "BRIEFING_OFLINE": "1"})
    written(tmp_path, 'chroma_token = "hunter2\n')
    with pytest.raises(BadSettings) as refused:
        given(tmp_path)
    assert "hunter2" not in str(refused.value)


def test_the_table_of_the_readme_names_settings_that_exist() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    table = readme.partition("## Settings")[2].partition("\n## ")[0]
    named = set(re.findall(r"`BRIEFING_([A-Z_]+)`", table))
    assert len(named) > 10
    for name in named:
        model: Any = Settings
        for part in name.lower().split("__"):
            assert part in model.model_fields, name
            model = model.model_fields[part].annotation
