"""The HTML page around Gradio's machinery.

Gradio's own page bears inline scripts, a `<base>` and links to its makers' sites. This one bears none: it names
the two files of Gradio that are needed, ours, and the source panel, so that no script runs that is not a file of
this server.
"""

from __future__ import annotations

import re
from importlib.resources import files
from string import Template

_SCRIPT = re.compile(r'<script type="module"[^>]* src="\./(assets/index-[\w-]+\.js)"')
_STYLE = re.compile(r'<link rel="stylesheet"[^>]* href="\./(assets/index-[\w-]+\.css)"')


def page(frontend: str, links: str = "") -> str:
    """The page, given Gradio's and the links to what further tabs bring.

    Raises:
        LookupError: Gradio's page no longer names its files the way it did.
    """
    script, style = _SCRIPT.search(frontend), _STYLE.search(frontend)
    if script is None or style is None:
        raise LookupError("gradio's page does not name its script and style sheet where they are looked for")
    template = (files(__package__) / "static" / "page.html").read_text(encoding="utf-8")
    return Template(template).substitute(script=script[1], style=style[1], tabs=links)
