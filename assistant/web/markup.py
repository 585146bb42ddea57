"""HTML that cannot be written unescaped: a `str` put into an element is text, only `Markup` is markup.

Text is encoded more strictly than HTML asks. Every ASCII punctuation mark but comma, hyphen and slash becomes a
numeric reference, so that nothing downstream that also reads Markdown, LaTeX or bare addresses finds anything to
read, and characters that nobody can see but that change what is seen (direction overrides, zero-width spaces, tag
characters) are spelled out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

_ENCODED = re.compile(r"[\x21-\x2b.:;<=>?@\[\\\]^_`{|}~\r\n\t]")
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff"
    "\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
_NAME = re.compile(r"[a-z][a-z0-9-]*")
_VOID = frozenset({"img", "br", "hr", "meta", "link"})


class Markup(str):
    """HTML made by this module: every text inside it is escaped already."""

    __slots__ = ()


def visible(text: str) -> str:
    """`text` with every character spelled out that shows nothing and yet changes what is seen.

    The soft hyphen and line breaks are kept: the first is invisible by design, the second is layout.
    """
    return _UNSEEN.sub(_spelled, text)


def _spelled(match: re.Match[str]) -> str:
    if match.group() == "\u00ad":
        return match.group()
    return f"\u27e8U+{ord(match.group()):04X}\u27e9"


def escaped(value: object) -> Markup:
    """`value` as HTML text or attribute value, safe between quotes, tags and Markdown alike."""
    if isinstance(value, Markup):
        return value
    return Markup(_ENCODED.sub(lambda match: f"&#{ord(match.group())};", visible(str(value))))


def element(tag: str, *children: str | None, **attributes: str | int | None) -> Markup:
    """One element. Children that are no `Markup` are escaped; None children and None attributes are left out.

    `class_` writes `class` and `aria_label` writes `aria-label`. Attribute names come from the program, never
    from a text, and anything but a plain name is refused.
    """
    written = [tag]
    for keyword, value in attributes.items():
        name = keyword.rstrip("_").replace("_", "-")
        if not _NAME.fullmatch(name) or name.startswith("on") or name == "style":
            raise ValueError(f"`{name}` is no attribute that this page writes")
        if value is not None:
            written.append(f'{name}="{_quoted(value)}"')
    opening = " ".join(written)
    if tag in _VOID:
        return Markup(f"<{opening}>")
    return Markup(f"<{opening}>{join(children)}</{tag}>")


def _quoted(value: str | int) -> str:
    # An attribute is never markup: what looks like it is escaped once more.
    return escaped(str.__str__(value) if isinstance(value, str) else value)


def join(parts: Iterable[str | None], between: str = "") -> Markup:
    """The parts one after another, each escaped unless it is markup."""
    return Markup(escaped(between).join(escaped(part) for part in parts if part is not None))


def told(message: str) -> Markup:
    """A sentence of ours in which what stands between backticks is a name, shown as one."""
    parts = message.split("`")
    if len(parts) % 2 == 0:  # a name holds a backtick itself
        return escaped(message)
    return join(element("code", part) if at % 2 else part for at, part in enumerate(parts))


def web_address(address: str) -> str | None:
    """`address` when a reader may follow it (http or https with a host), else None."""
    if _UNSEEN.search(address) or any(character.isspace() for character in address):
        return None
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    return address if parts.scheme in {"http", "https"} and parts.hostname else None
