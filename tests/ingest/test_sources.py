from __future__ import annotations

import os
import socket
from itertools import islice
from pathlib import Path

import pytest

from ingest.documents import Source
from ingest.errors import RefusedAddress, SourceTooLarge, UnreadableSource
from ingest.preparing import Refused
from ingest.sandbox import Limits
from ingest.sources import expand, read_file

IS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0


def made(folder: Path, *names: str) -> Path:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"text of {name}", encoding="utf-8")
    return folder


def taken(*inputs: str | Path) -> list[str]:
    """Names of the sources, and refusals in brackets."""
    return [f"[{one.error}]" if isinstance(one, Refused) else one.name for one in expand(inputs)]


def refusal(*inputs: str | Path) -> str:
    (only,) = expand(inputs)
    assert isinstance(only, Refused)
    assert only.error.remedy
    return str(only.error)


# --- files


def test_a_file_is_taken_with_its_bytes_and_its_absolute_path(tmp_path: Path) -> None:
    made(tmp_path, "letter.txt")
    (only,) = expand([tmp_path / "." / "letter.txt"])
    assert isinstance(only, Source)
    assert (only.origin, only.name, only.content) == (
        str(tmp_path / "letter.txt"),
        "letter.txt",
        b"text of letter.txt",
    )
    assert (only.media_type, only.fetched_at) == (None, None)


def test_a_file_named_twice_or_by_two_ways_comes_once(tmp_path: Path) -> None:
    made(tmp_path, "a.txt")
    (tmp_path / "b.txt").symlink_to(tmp_path / "a.txt")
    assert taken(tmp_path / "a.txt", str(tmp_path / "a.txt"), tmp_path / "b.txt", tmp_path) == ["a.txt"]


@pytest.mark.parametrize("name", [".hidden.txt", "~$lock.txt", "report.meta.yaml", "Thumbs.db"])
def test_what_a_folder_would_pass_over_is_taken_when_it_is_named(tmp_path: Path, name: str) -> None:
    made(tmp_path, name)
    assert taken(tmp_path / name) == [name]


@pytest.mark.parametrize(
    "name", ["report [1].txt", "what?.txt", "a*b.txt", "C++ (2).txt", "réport ünï.txt", "-x", " x "]
)
def test_a_name_with_odd_characters_is_a_name(tmp_path: Path, name: str) -> None:
    made(tmp_path, name)
    assert taken(str(tmp_path / name)) == [name]


def test_a_name_that_begins_as_a_home_folder_does_is_no_fault(tmp_path: Path) -> None:
    assert "There is no file or folder" in refusal("~$nobody-letter.docx")
    assert "There is no file or folder" in refusal("~nobody-of-that-name/letter.docx")


@pytest.mark.parametrize("name", ["", "  "])
def test_an_empty_name_is_not_the_working_folder(name: str) -> None:
    assert refusal(name) == "An empty name was given. Name a file, a folder or an address."


def test_a_path_that_is_not_there_is_refused_and_the_nearest_named(tmp_path: Path) -> None:
    made(tmp_path, "letter-to-dahua.txt", "other.txt")
    assert refusal(tmp_path / "leter-to-dahua.txt").endswith("Did you mean `letter-to-dahua.txt`?")
    assert refusal(tmp_path / "zzz").endswith("Check the spelling of the path.")
    assert "There is no file or folder" in refusal(tmp_path / "no-folder" / "x.txt")


@pytest.mark.parametrize("name", ["a\0b", "x" * 300, "a/" * 3000])
def test_a_name_that_no_file_can_have_is_refused(tmp_path: Path, name: str) -> None:
    assert "There is no file or folder" in refusal(str(tmp_path) + "/" + name)


def test_a_pipe_is_refused_without_waiting_for_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert "is a device, a pipe or a socket, not a file" in refusal(tmp_path / "pipe")
    assert "is a device, a pipe or a socket, not a file" in refusal("/dev/null")


def test_a_socket_is_refused(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "s"))
        assert "cannot be opened" in refusal(tmp_path / "s")


def test_a_file_over_the_limit_is_refused_without_being_read(tmp_path: Path) -> None:
    with (tmp_path / "large").open("wb") as file:
        file.truncate(2**40)
    with pytest.raises(SourceTooLarge):
        read_file(tmp_path / "large", Limits())
    made(tmp_path, "ten.txt")
    with pytest.raises(SourceTooLarge):
        read_file(tmp_path / "ten.txt", Limits(bytes=14))
    assert read_file(tmp_path / "ten.txt", Limits(bytes=15)).content == b"text of ten.txt"


@pytest.mark.skipif(IS_ROOT, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_refused(tmp_path: Path) -> None:
    made(tmp_path, "secret.txt")
    (tmp_path / "secret.txt").chmod(0)
    assert "cannot be opened: permission denied" in refusal(tmp_path / "secret.txt")


# --- folders


def test_a_folder_is_taken_with_all_below_it_in_order(tmp_path: Path) -> None:
    made(tmp_path, "b.txt", "a.txt", "sub/z.txt", "sub/deep/y.txt", "Sub2/x.txt")
    assert taken(tmp_path) == ["a.txt", "b.txt", "x.txt", "z.txt", "y.txt"]


def test_hidden_files_locks_and_sidecars_of_a_folder_are_not_sources(tmp_path: Path) -> None:
    made(
        tmp_path,
        "a.txt",
        ".b.txt",
        ".git/config",
        "~$a.docx",
        "a.txt.meta.yaml",
        "Thumbs.db",
        "desktop.ini",
        ".DS_Store",
    )
    assert taken(tmp_path) == ["a.txt"]


def test_a_hidden_folder_that_is_named_is_taken(tmp_path: Path) -> None:
    made(tmp_path, ".private/a.txt", ".private/.b.txt")
    assert taken(tmp_path / ".private") == ["a.txt"]


@pytest.mark.parametrize("names", [[], [".hidden"], ["sub/.hidden"], ["a.meta.yaml"]])
def test_a_folder_without_a_source_is_refused_by_name(tmp_path: Path, names: list[str]) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    made(folder, *names)
    assert refusal(folder) == "`papers` holds no files. Check that it is the right folder."


def test_a_link_out_of_a_folder_is_refused_and_one_within_comes_once(tmp_path: Path) -> None:
    inside = made(tmp_path / "inside", "a.txt", "sub/b.txt")
    made(tmp_path / "outside", "secret.txt")
    (inside / "again.txt").symlink_to(inside / "a.txt")
    (inside / "again").symlink_to(inside / "sub")
    (inside / "loop").symlink_to(inside)
    (inside / "out.txt").symlink_to(tmp_path / "outside" / "secret.txt")
    (inside / "out").symlink_to(tmp_path / "outside")
    (inside / "nowhere").symlink_to(tmp_path / "absent")
    (inside / "self").symlink_to(inside / "self")
    found = taken(inside)
    assert [name for name in found if not name.startswith("[")] == ["a.txt", "b.txt"]
    assert sorted(name.partition(".")[0].strip("[") for name in found if name.startswith("[")) == [
        "`nowhere` is a link that leads nowhere",
        "`out",
        "`out` is a link that leads out of the folder",
        "`self` is a link that leads nowhere",
    ]


def test_a_folder_beside_whose_name_only_begins_alike_is_outside(tmp_path: Path) -> None:
    made(tmp_path, "papers-secret/x.txt", "papers/a.txt")
    (tmp_path / "papers" / "x.txt").symlink_to(tmp_path / "papers-secret" / "x.txt")
    assert "leads out of the folder" in taken(tmp_path / "papers")[1]


def test_a_link_to_a_file_in_a_hidden_folder_is_not_lost(tmp_path: Path) -> None:
    made(tmp_path, ".store/1a2b", ".store/all/x.txt")
    (tmp_path / "report.txt").symlink_to(tmp_path / ".store" / "1a2b")
    (tmp_path / "all").symlink_to(tmp_path / ".store" / "all")
    assert taken(tmp_path) == [
        "[`all` is a link that leads to a hidden folder. Give what it leads to by name.]",
        "report.txt",
    ]


def test_a_link_that_is_named_is_followed(tmp_path: Path) -> None:
    made(tmp_path, "real/a.txt")
    (tmp_path / "folder").symlink_to(tmp_path / "real")
    assert taken(tmp_path / "folder") == ["a.txt"]


def test_one_bad_file_of_a_folder_does_not_stop_the_others(tmp_path: Path) -> None:
    made(tmp_path, "a.txt", "c.txt")
    os.mkfifo(tmp_path / "b")
    found = taken(tmp_path)
    assert (found[0], found[2]) == ("a.txt", "c.txt")
    assert found[1].startswith("[`b` is a device")


@pytest.mark.skipif(IS_ROOT, reason="root may read everything")
def test_a_folder_that_may_not_be_entered_is_refused(tmp_path: Path) -> None:
    made(tmp_path, "a.txt", "closed/b.txt")
    (tmp_path / "closed").chmod(0)
    assert taken(tmp_path)[1].startswith("[`closed` cannot be opened: permission denied")


def test_a_huge_folder_is_read_one_file_at_a_time(tmp_path: Path) -> None:
    for number in range(3000):
        (tmp_path / f"{number:05}.txt").write_bytes(b"x")
    found = expand([tmp_path])
    first = list(islice(found, 3))
    assert [one.name for one in first if isinstance(one, Source)] == ["00000.txt", "00001.txt", "00002.txt"]
    (tmp_path / "02999.txt").unlink()  # not read yet, so it is missed now
    rest = list(found)
    assert len(rest) == 2997
    assert isinstance(rest[-1], Refused)
    assert all(isinstance(one, Source) for one in rest[:-1])


def test_a_file_name_that_is_no_utf8_is_taken(tmp_path: Path) -> None:
    (Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt"))).write_bytes(b"text")
    (only,) = expand([tmp_path])
    assert isinstance(only, Source)
    assert only.content == b"text"


# --- globs


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("*.txt", ["a.txt", "b.txt"]),
        ("?.txt", ["a.txt", "b.txt"]),
        ("[b-z].txt", ["b.txt"]),
        ("*", ["a.txt", "b.txt", "note.md", "c.txt", "d.txt"]),
        ("*/*.txt", ["c.txt"]),
        ("**/*.txt", ["a.txt", "b.txt", "c.txt", "d.txt"]),
        ("**", ["a.txt", "b.txt", "note.md", "c.txt", "d.txt"]),
        ("**/*", ["a.txt", "b.txt", "note.md", "c.txt", "d.txt"]),
        ("**/deep", ["d.txt"]),
        ("s*/", ["c.txt", "d.txt"]),
    ],
)
def test_a_pattern_names_what_it_matches(tmp_path: Path, pattern: str, expected: list[str]) -> None:
    made(tmp_path, "a.txt", "b.txt", "note.md", "sub/c.txt", "sub/deep/d.txt", ".hidden.txt", "a.txt.meta.yaml")
    assert taken(f"{tmp_path}/{pattern}") == expected


@pytest.mark.parametrize("pattern", ["*.pdf", "**/*.pdf", "[x]", "*.yaml"])
def test_a_pattern_that_matches_no_source_is_refused(tmp_path: Path, pattern: str) -> None:
    made(tmp_path, "a.txt", "a.txt.meta.yaml")
    assert refusal(f"{tmp_path}/{pattern}") == f"Nothing matches `{tmp_path}/{pattern}`. Check the pattern."


# --- addresses


@pytest.mark.parametrize(
    "address",
    [
        "http://a.example/x",
        "HTTPS://a.example",
        "file:///etc/passwd",
        "file:/etc/passwd",
        "gopher://x",
        "data:text/html,x",
    ],
)
def test_an_address_is_left_to_whoever_fetches(address: str) -> None:
    asked: list[str] = []

    def fetch(one: str) -> Source:
        asked.append(one)
        return Source(one, "x", b"text")

    (only,) = expand([address], fetch=fetch)
    assert isinstance(only, Source)
    assert asked == [address]


def test_an_address_that_was_refused_does_not_stop_the_others(tmp_path: Path) -> None:
    made(tmp_path, "a.txt")

    def fetch(one: str) -> Source:
        raise RefusedAddress(f"{one} was not to be had.", remedy="Try later.")

    first, second = expand(["http://a.example/x", str(tmp_path / "a.txt")], fetch=fetch)
    assert isinstance(first, Refused)
    assert first.origin == "http://a.example/x"
    assert isinstance(second, Source)


def test_without_a_fetcher_every_address_is_refused() -> None:
    assert refusal("http://a.example/x").startswith("http://a.example/x was not fetched")


def test_a_path_object_is_never_taken_for_an_address(tmp_path: Path) -> None:
    assert "There is no file or folder" in refusal(Path("http://a.example/x"))
    assert isinstance(next(iter(expand([Path("data:x")]))), Refused)


def test_nothing_named_is_nothing_taken() -> None:
    assert list(expand([])) == []


def test_what_refuses_is_one_of_the_refusals_that_a_batch_survives(tmp_path: Path) -> None:
    (only,) = expand([tmp_path / "absent"])
    assert isinstance(only, Refused)
    assert isinstance(only.error, UnreadableSource)
