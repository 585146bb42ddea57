"""The list of conversations beside the chat, as HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.web import wording
from assistant.web.markup import Markup, element

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.conversation.keeping import Conversation


def listed(found: Sequence[Conversation], search: str, current: str) -> Markup:
    """Every conversation with what can be done with it, or why there is none."""
    if not found:
        none = "None holds these words." if search else "What you ask is kept here."
        return element("p", none, class_="quiet", role="status")
    return element("ul", *(_item(one, one.id == current) for one in found), class_="conversations")


def _item(one: Conversation, is_current: bool) -> Markup:
    used = f"{wording.counted(one.turns, 'question')}, {wording.day(one.updated_at[:10])}"
    address = f"/api/conversations/{one.id}/export?format="
    return element(
        "li",
        element(
            "button",
            element("span", one.name, class_="conversation-name", dir="auto"),
            element("span", used, class_="conversation-used"),
            type="button",
            name="open-conversation",
            value=one.id,
            class_="conversation",
            aria_current="true" if is_current else None,
        ),
        element(
            "details",
            element("summary", element("span", f"More for {one.name}", class_="unseen"), class_="conversation-more"),
            element("div", *_choices(one, address), class_="conversation-choices"),
        ),
    )


def _choices(one: Conversation, address: str) -> tuple[Markup, ...]:
    return (
        _button("Rename", "rename-conversation", one),
        _button("Delete", "delete-conversation", one),
        element("a", "Save as Markdown", href=f"{address}markdown", download=""),
        element("a", "Save as JSON", href=f"{address}json", download=""),
    )


def _button(says: str, name: str, one: Conversation) -> Markup:
    return element(
        "button", says, type="button", name=name, value=one.id, title=f"{says} {one.name}", class_="link-button"
    )
