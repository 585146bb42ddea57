"""What a person gets who installs the wheel: everything that is read at run time, and nothing else."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from ingest import starter

ROOT = Path(__file__).resolve().parents[1]
DISTRIBUTION = "policy-briefing-assistant"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> frozenset[str]:
    """Names of all files in a wheel built from the checkout, without network and without isolation."""
    folder = tmp_path_factory.mktemp("dist")
    ran = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert ran.returncode == 0, ran.stderr
    (built,) = folder.glob("*.whl")
    with zipfile.ZipFile(built) as archive:
        return frozenset(archive.namelist())


def test_the_wheel_holds_every_starter_note(wheel: frozenset[str]) -> None:
    assert {f"ingest/starter/{path.name}" for path in starter.paths()} <= wheel


def test_the_wheel_holds_every_file_that_is_read_at_run_time(wheel: frozenset[str]) -> None:
    read = {
        str(path.relative_to(ROOT))
        for package in ("assistant", "eval", "ingest", "prompts")
        for path in (ROOT / package).rglob("*")
        if path.suffix in {".css", ".js", ".svg", ".md", ".json", ".jsonl", ".typed"}
    }
    assert read - wheel == set()
    assert {suffix for name in wheel for suffix in (".css", ".js") if name.endswith(suffix)} == {".css", ".js"}


def test_each_package_says_that_it_is_typed(wheel: frozenset[str]) -> None:
    assert {f"{package}/py.typed" for package in ("assistant", "eval", "ingest", "prompts")} <= wheel


def test_the_wheel_holds_no_tests_and_no_folder_of_another_name(wheel: frozenset[str]) -> None:
    tops = {name.split("/")[0] for name in wheel}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"assistant", "eval", "ingest", "prompts"}


def test_the_wheel_carries_its_licence(wheel: frozenset[str]) -> None:
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in wheel)
    assert "Apache License" in (ROOT / "LICENSE").read_text(encoding="utf-8")


@pytest.mark.parametrize("package", ["assistant", "eval", "ingest", "prompts"])
def test_a_package_name_as_plain_as_ours_belongs_to_us_alone(package: str) -> None:
    # An editable installation lists no packages; a built one must list ours alone.
    assert set(packages_distributions().get(package, [DISTRIBUTION])) == {DISTRIBUTION}


def test_every_pin_is_exact_and_names_no_host_and_no_accelerator() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if line and not line.startswith("#")]
    assert "torch==2.13.0" in pins
    assert [pin for pin in pins if "==" not in pin or "+" in pin or "://" in pin or " @ " in pin] == []
    assert [pin for pin in pins if pin.startswith(("nvidia", "triton", "cuda"))] == []
