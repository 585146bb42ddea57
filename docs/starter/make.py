"""Make the starter library's PDF, Word and mail files anew: `python docs/starter/make.py [FOLDER]`.

The Markdown and HTML notes are written by hand; these are made, because nobody can review a binary file. The
files are committed as made, so that neither reportlab nor this folder is needed to use or to install the assistant.
"""

from __future__ import annotations

import sys
from pathlib import Path

import clearview_stages
import documents
import mails
import never_again

STARTER = Path(__file__).resolve().parents[2] / "ingest" / "starter"


def main(folder: Path) -> None:
    """Write all made files into `folder`, over those that are there."""
    never_again.make(folder)
    clearview_stages.make(folder)
    documents.letter_to_hikvision(folder)
    documents.facewatch(folder)
    mails.make(folder)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else STARTER)
