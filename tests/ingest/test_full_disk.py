"""A disk that is full, or may not be written to, loses nothing and is told in a line."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.ingest.libraries import opened, put
from tests.ingest.plain_steps import text

ROOT = Path(__file__).parents[2]
MAY_MOUNT = (
    subprocess.run(
        ["unshare", "-m", "sh", "-c", "mount -t tmpfs -o size=1m none /mnt"], capture_output=True, check=False
    ).returncode
    == 0
    if sys.platform == "linux"
    else False
)


@pytest.mark.slow
@pytest.mark.skipif(not MAY_MOUNT, reason="a small disk of its own cannot be mounted here")
def test_a_full_disk_loses_nothing_and_is_told_with_the_remedy(tmp_path: Path) -> None:
    command = f"mount -t tmpfs -o size=16m none {tmp_path} && exec {sys.executable} -m tests.ingest.full_disk_child {tmp_path}"
    ran = subprocess.run(
        ["unshare", "-m", "sh", "-c", command], cwd=ROOT, capture_output=True, text=True, check=False, timeout=250
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    said = ran.stdout.splitlines()
    assert said[0].startswith("refused before the disk was full: StorageFull: The disk has ")
    assert said[0].endswith("Free some space and run the same command again; nothing acknowledged was lost.")
    assert said[1:2] == ["acknowledged enough: True"]
    for tried in range(2):
        assert said[2 + tried].startswith(f"full in the middle, try {tried}: StorageFull: "), said
    assert said[4:8] == [
        "searched while full: 6 passages",
        "sound when there is room again: True",
        "lost: 0",
        "goes on: True",
    ]
    assert said[-1].startswith("read-only: LibraryDamaged: "), said
    assert "Traceback" not in ran.stderr


def test_a_folder_that_may_not_be_written_to_is_told_in_a_line(tmp_path: Path) -> None:
    with opened(tmp_path) as library:
        put(library, text("a", "Note", "A note on piers."))
    for path in [*(tmp_path / "library").rglob("*"), tmp_path / "library"]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    program = (
        "from pathlib import Path; import sys\n"
        "from tests.ingest.libraries import opened, put\n"
        "from tests.ingest.plain_steps import text\n"
        "from ingest.errors import BriefingError\n"
        "try:\n"
        "    with opened(Path(sys.argv[1])) as library: put(library, text('b', 'Note', 'Another note.'))\n"
        "except BriefingError as error: print(type(error).__name__, error)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=_without_powers_of_root,
    )
    for path in [tmp_path / "library", *(tmp_path / "library").rglob("*")]:
        path.chmod(0o755)
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.startswith("LibraryDamaged "), ran.stdout
    assert len(ran.stdout.splitlines()) == 1


def _without_powers_of_root() -> None:
    """Let permissions hold for root too, so that the test means the same whoever runs it."""
    if os.geteuid() == 0:
        drop_from_bounding_set = 24
        for power in (1, 2):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
            ctypes.CDLL(None).prctl(drop_from_bounding_set, power, 0, 0, 0)
