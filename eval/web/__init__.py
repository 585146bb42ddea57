"""The page's tab for evaluators."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.answering import Assistant
    from assistant.web.tabs import Tab


def tab(assistant: Assistant) -> Tab:
    """The tab over the library that `assistant` answers from; see `assistant.web.tabs`."""
    from assistant.web.tabs import Tab
    from eval.evaluating import runs_folder
    from eval.web.own_cases import own_file
    from eval.web.routes import router
    from eval.web.runner import Runner

    static = Path(str(files(__package__) / "static"))
    return Tab("evaluation", "Evaluation", static, router(Runner(assistant, runs_folder(), own_file())))
