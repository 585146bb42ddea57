"""A library about an invented harbour, with the bundled model, and what checks drafts against it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import wiring
from assistant.answering import Assistant
from assistant.desk.checking import Checker
from assistant.settings import Settings
from ingest.documents import Source
from ingest.pipeline import ingest

LETTER = """---
title: Letter to Northgate Cameras
publisher: Office of the Harbour Commissioner
published: 2022-02-14
source_type: letter
address: https://example.org/letters/northgate
---

Dame Ana Ruiz, the Harbour Commissioner, wrote to Northgate Cameras on 14 February 2022. Ruiz asked Northgate Cameras to \
confirm by 1 March 2022 that it supplied the harbour of Felmouth. She said that the harbour was full of unlicensed cameras.

The Harbour Commissioner found that Northgate Cameras stored 4,200 recordings without a licence.
"""
NEWS = """---
title: Northgate answers the Commissioner
publisher: Felmouth Herald
published: 2022-03-02
source_type: news
---

Northgate Cameras denied that it can reach any recording. Northgate Cameras called the letter a heavy-handed and needless \
intervention. Councillor Tom Bale alleged that Northgate Cameras has sold recordings to a rival port.

Northgate Cameras agreed to appoint a data protection officer.
"""
PIERS = """---
title: Cameras on the piers
publisher: Felmouth Port Board
published: {published}
---

The Felmouth Port Board runs {number} cameras on its piers. The release first said that the board keeps recordings for a \
year. A later update withdrew that: the board keeps none.
"""


def _source(name: str, text: str) -> Source:
    return Source(f"desk/{name}", name, text.encode(), "text/markdown")


@pytest.fixture(scope="package")
def harbour(tmp_path_factory: pytest.TempPathFactory, model_cache: Path) -> Iterator[Assistant]:
    settings = Settings(library=tmp_path_factory.mktemp("desk") / "library", cache=model_cache)
    assistant = wiring.build(settings, create=True)
    with assistant.library as library:
        old, new = (PIERS.format(published=day, number=n) for day, n in (("2022-01-01", 40), ("2023-01-01", 65)))
        for batch in ([("letter.md", LETTER), ("news.md", NEWS), ("piers.md", old)], [("piers.md", new)]):
            made = list(ingest(library, [_source(*one) for one in batch]))
            assert all(one.status != "refused" for one in made)
        yield assistant


@pytest.fixture(scope="package")
def checker(harbour: Assistant) -> Checker:
    return wiring.checker(harbour)
