from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

from eval.benches import BENCHES, OWN, run
from ingest.errors import BadSettings


@pytest.mark.parametrize("name", BENCHES)
def test_every_benchmark_names_a_module_that_tells_how_it_is_called(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert import_module(f"eval.benchmarks.{BENCHES[name][0]}").__doc__
    with pytest.raises(SystemExit) as left:
        run(name, tmp_path, tmp_path, ["--help"])

    assert left.value.code == 0
    assert ("--data" in capsys.readouterr().out) == (BENCHES[name][0] not in OWN)


def test_an_unknown_benchmark_and_a_missing_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadSettings, match="no benchmark"):
        run("nothing", tmp_path, tmp_path)
    with pytest.raises(BadSettings, match="no folder"):
        run("rgb", tmp_path / "nowhere", tmp_path)
    with pytest.raises(BadSettings, match="needs labelled sets"):
        run("rgb", None, tmp_path)
