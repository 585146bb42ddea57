"""Conversations that are kept: in the ledger's database, in tables of their own, each its owner's alone.

Nothing of them counts as part of the library: no generation grows, no writer's lock is taken, and each change is one
short transaction. The tables are made with the first conversation.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter
from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    delete,
    func,
    insert,
    inspect,
    select,
    update,
)

from assistant.domain import Outcome, Question, Scope
from ingest.errors import BadSettings, ConversationMissing
from ingest.ledger.engine import reading, writing

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.engine import Connection, Engine, Row

LOCAL = "local"
"""Whose conversations are where nobody logs in."""

NAME_LENGTH = 120

metadata = MetaData()

conversations = Table(
    "conversations",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("owner", String(200), nullable=False),
    Column("name", Text, nullable=False),
    Column("created_at", String(40), nullable=False),
    Column("updated_at", String(40), nullable=False),
    Index("conversations_by_owner", "owner", "updated_at"),
)

turns = Table(
    "conversation_turns",
    metadata,
    Column("conversation", String(32), ForeignKey("conversations.id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("asked_at", String(40), nullable=False),
    Column("question", Text, nullable=False),
    Column("scope", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("searched", Text, nullable=False),
)
"""`scope` and `outcome` are JSON; `searched` is what a search reads, in lower case."""

_OUTCOME: TypeAdapter[Outcome] = TypeAdapter(Outcome)
_SCOPE: TypeAdapter[Scope] = TypeAdapter(Scope)


@dataclass(frozen=True, slots=True)
class Turn:
    """One question of a conversation with the filters it was given, and its outcome with its trace."""

    number: int
    asked_at: str
    question: str
    scope: Scope
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation without its turns; `turns` is their number. Times are ISO 8601 in UTC."""

    id: str
    owner: str
    name: str
    created_at: str
    updated_at: str
    turns: int


class Conversations:
    """The conversations of everybody, each method for one owner. May be used from several threads."""

    def __init__(self, engine: Engine, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._engine = engine
        self._clock = clock
        self._made = False

    def start(self, owner: str, name: str, id: str | None = None) -> Conversation:  # noqa: A002 - the house's word
        """A new one without turns; a long name is cut. `id` is one of `new_id`."""
        now = self._now()
        row = {"id": id or new_id(), "owner": owner, "name": _name(name), "created_at": now, "updated_at": now}
        with writing(self._engine) as connection:
            self._make(connection)
            connection.execute(insert(conversations), row)
        return Conversation(**row, turns=0)

    def listed(self, owner: str, search: str = "") -> list[Conversation]:
        """The owner's, the last used first; with `search` those whose name, questions or answers hold all its words."""
        held = conversations.c
        number = select(func.count()).where(turns.c.conversation == held.id).scalar_subquery()
        query = select(*conversations.c, number.label("turns")).where(held.owner == owner)
        for word in search.casefold().split()[:20]:
            inside = select(turns.c.conversation).where(turns.c.searched.contains(word, autoescape=True))
            query = query.where(func.lower(held.name).contains(word, autoescape=True) | held.id.in_(inside))
        with reading(self._engine) as connection:
            if not self._there(connection):
                return []
            found = connection.execute(query.order_by(held.updated_at.desc(), held.id))
            return [Conversation(**row._asdict()) for row in found]

    def find(self, owner: str, id: str) -> Conversation:  # noqa: A002 - the house's word
        """One conversation; `last` stands for the one used last.

        Raises:
            ConversationMissing: there is none of that id, or it is not the owner's.
        """
        for one in self.listed(owner):
            if id in (one.id, "last"):
                return one
        raise _missing(id)

    def turns(self, owner: str, id: str) -> list[Turn]:  # noqa: A002 - the house's word
        """Every turn in its order; raises as `find` does."""
        with reading(self._engine) as connection:
            self._require(connection, owner, id)
            found = connection.execute(select(turns).where(turns.c.conversation == id).order_by(turns.c.number))
            return [_turn(row) for row in found]

    def add(self, owner: str, id: str, asked: Question, outcome: Outcome) -> Turn:  # noqa: A002 - the house's word
        """Keep one more turn; raises as `find` does."""
        now = self._now()
        body = outcome.model_dump(mode="json")
        told = [asked.text, outcome.standalone_question, *(claim.text for claim in outcome.claims)]
        row: dict[str, Any] = {
            "conversation": id,
            "asked_at": now,
            "question": asked.text,
            "scope": json.dumps(asdict(asked.scope)),
            "outcome": json.dumps(body, ensure_ascii=False),
            "searched": "\n".join(told).casefold(),
        }
        with writing(self._engine) as connection:
            # Two questions of one conversation at once: the second waits here for its number.
            self._require(connection, owner, id, to_change=True)
            last = connection.execute(
                select(func.max(turns.c.number)).where(turns.c.conversation == id)
            ).scalar_one_or_none()
            number = (last or 0) + 1
            connection.execute(insert(turns), row | {"number": number})
            connection.execute(update(conversations).where(conversations.c.id == id).values(updated_at=now))
        return Turn(number, now, asked.text, asked.scope, outcome)

    def rename(self, owner: str, id: str, name: str) -> Conversation:  # noqa: A002 - the house's word
        """Give it another name; raises as `find` does.

        Raises:
            BadSettings: the name is empty.
        """
        with writing(self._engine) as connection:
            self._require(connection, owner, id, to_change=True)
            connection.execute(update(conversations).where(conversations.c.id == id).values(name=_name(name)))
        return self.find(owner, id)

    def delete(self, owner: str, id: str) -> None:  # noqa: A002 - the house's word
        """Leave nothing of it; raises as `find` does."""
        with writing(self._engine) as connection:
            self._require(connection, owner, id, to_change=True)
            connection.execute(delete(turns).where(turns.c.conversation == id))
            connection.execute(delete(conversations).where(conversations.c.id == id))

    def _require(self, connection: Connection, owner: str, id: str, *, to_change: bool = False) -> None:  # noqa: A002
        query = select(conversations.c.id).where(conversations.c.id == id, conversations.c.owner == owner)
        query = query.with_for_update() if to_change else query
        if not self._there(connection) or connection.execute(query).one_or_none() is None:
            raise _missing(id)

    def _there(self, connection: Connection) -> bool:
        self._made = self._made or inspect(connection).has_table(turns.name)
        return self._made

    def _make(self, connection: Connection) -> None:
        if not self._there(connection):
            metadata.create_all(connection, checkfirst=True)

    def _now(self) -> str:
        return self._clock().astimezone(UTC).isoformat(timespec="milliseconds")


def new_id() -> str:
    """An id that nobody can guess: 16 hexadecimal digits."""
    return secrets.token_hex(8)


def _turn(row: Row[Any]) -> Turn:
    outcome = _OUTCOME.validate_python(json.loads(row.outcome))
    return Turn(row.number, row.asked_at, row.question, _SCOPE.validate_python(json.loads(row.scope)), outcome)


def _name(given: str) -> str:
    name = " ".join(given.split())
    if not name:
        raise BadSettings("A conversation needs a name.", remedy="Write one.")
    return name if len(name) <= NAME_LENGTH else name[: NAME_LENGTH - 1].rstrip() + "…"


def _missing(id: str) -> ConversationMissing:  # noqa: A002 - the house's word
    return ConversationMissing(f"There is no conversation `{id[:40]}`.", remedy="See `briefing conversations list`.")
