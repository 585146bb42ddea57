"""Rules of the house that no single test of behaviour would notice being broken."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("assistant", "eval", "ingest", "prompts")
MODULES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
LONGEST_MODULE = 400
LONGEST_FUNCTION = 50

# Imported by `briefing ask` they would cost seconds before the first word.
HEAVY = (
    "chromadb.api",
    "docx",
    "gradio",
    "langchain_core",
    "pptx",
    "pypdfium2",
    "sentence_transformers",
    "torch",
    "trafilatura",
)


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def test_imports_run_one_way_and_heavy_libraries_have_one_door() -> None:
    ran = subprocess.run(
        [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports_command; lint_imports_command()",
            "--no-cache",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_a_module_can_be_read_in_one_sitting(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert len(lines) <= LONGEST_MODULE
    long = [
        f"{node.name} ({(node.end_lineno or 0) - node.lineno + 1} lines)"
        for node in ast.walk(_tree(path))
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
        and (node.end_lineno or 0) - node.lineno + 1 > LONGEST_FUNCTION
    ]
    assert long == []


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_the_package_eval_never_hides_the_builtin(path: Path) -> None:
    """`import eval` and `import eval.x` bind the name `eval`; `from eval.x import y` does not."""
    binding = [
        node.lineno
        for node in ast.walk(_tree(path))
        if isinstance(node, ast.Import)
        and any((alias.asname or alias.name.split(".")[0]) == "eval" for alias in node.names)
    ]
    assert binding == []


@pytest.mark.parametrize("path", [path for path in MODULES if "benchmarks" not in path.parts], ids=_name)
def test_nothing_is_printed_past_the_faces(path: Path) -> None:
    printing = [
        node.lineno
        for node in ast.walk(_tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]
    assert printing == []


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_no_module_has_a_name_that_says_nothing(path: Path) -> None:
    assert path.stem not in {"utils", "util", "helpers", "helper", "manager", "common", "misc"}


def test_looking_at_the_command_loads_nothing_heavy() -> None:
    code = (
        "import sys, importlib.metadata as m\n"
        "[point.load() for point in m.entry_points(group='briefing.commands')]\n"
        "import assistant.command, assistant.wiring, ingest.pipeline\n"
        f"print(sorted(set({HEAVY!r}) & set(sys.modules)))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False, timeout=120
    )
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.strip() == "[]"
