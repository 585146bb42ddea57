"""What became of one source at ingest, said to the person who gave it."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

Status = Literal["ingested", "new_version", "unchanged", "refused"]


class Receipt(BaseModel):
    """One source's receipt; `briefing ingest --json` prints a list of these.

    `unchanged` means the same bytes are in the library already: nothing was done. `refused` carries `reason`
    and `remedy` and stored nothing. `searchable` is proved by a query against the index after storing, None
    when nothing was stored. `furniture` maps each reason to the number of blocks set aside for it.
    `missing` names metadata fields that are unknown. `near_duplicates` are document ids whose text is nearly
    the same. Counts are of the live version.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    source: str
    status: Status
    document: str | None = None
    version: int | None = None
    title: str | None = None
    format: str | None = None
    pages: int | None = None
    pages_without_text: tuple[int, ...] = ()
    characters: int = 0
    passages: int = 0
    furniture: dict[str, int] = {}
    duplicate_of: str | None = None
    near_duplicates: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    searchable: bool | None = None
    reason: str | None = None
    remedy: str | None = None
