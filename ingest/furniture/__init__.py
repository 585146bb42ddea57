"""What stands on a page without being part of the document: found, named and set aside, never thrown away.

Three things must agree before a block is set aside: its words (a whole line that only furniture says), its place
(beside other furniture, or at an end of the document) and its shape (short lines, titles with a standfirst). A
sentence that merely mentions a newsletter, cookies or recent stories is text. Reasons are short words: "menu",
"share", "cookie", "newsletter", "subscription", "teasers", "advert", "byline", "comments", "feedback", "page_header",
"page_footer"; readers add "sidebar", "contents", "signature", "hidden", "struck" and "watermark" from what their
formats say.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ingest.furniture import foot, lines, notices, running, teasers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ingest.documents import Block


def mark(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The same blocks, those that are furniture bearing the reason. What a reader has marked stays marked."""
    reasons = [block.furniture for block in blocks]
    for step in (running.mark, lines.mark, notices.mark, foot.mark, teasers.mark, foot.mark):
        step(blocks, reasons)
    return tuple(
        block if block.furniture == reason else replace(block, furniture=reason)
        for block, reason in zip(blocks, reasons, strict=True)
    )
