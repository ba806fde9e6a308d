"""What tickets are found by: one row of words for each, with the full-text index of the database.

PostgreSQL keeps the words as a tsvector with a GIN index; SQLite as text, with an FTS5 table beside
it that triggers keep. How words are made: `rules/search_text.py`; when: `search_keeping.py`.
"""

import re
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, ForeignKey, Text, event
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import TypeDecorator, TypeEngine

from app.core.db import Base
from app.tickets.models import Ticket

LEXEME = re.compile(r"'(\w+)':([\d,]+)")


class Words(TypeDecorator[Sequence[str]]):
    """Tokens in their order: letters, digits and `_` only."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(TSVECTOR() if dialect.name == "postgresql" else Text())

    def process_bind_param(self, value: Sequence[str] | None, dialect: Dialect) -> str | None:
        if value is None:
            return None
        if dialect.name == "postgresql":
            return " ".join(f"'{token}':{place}" for place, token in enumerate(value, start=1))
        return f" {' '.join(value)} "

    def process_result_value(self, value: str | None, dialect: Dialect) -> Sequence[str] | None:
        """The tokens again, so that a row can be read and written elsewhere."""
        if value is None or dialect.name != "postgresql":
            return value and value.split()
        places = {
            int(place): token for token, at in LEXEME.findall(value) for place in at.split(",")
        }
        return [places[place] for place in sorted(places)]


class TicketWords(Base):
    """The words of one ticket; `no` is the row of the FTS5 table."""

    __tablename__ = "ticket_words"

    no: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    ticket_id: Mapped[UUID] = mapped_column(ForeignKey(Ticket.id, ondelete="CASCADE"), unique=True)
    words: Mapped[Sequence[str]] = mapped_column(Words())


_ADD = "INSERT INTO ticket_words_fts(rowid, words) VALUES (new.no, new.words);"
_DROP = (
    "INSERT INTO ticket_words_fts(ticket_words_fts, rowid, words) "
    "VALUES ('delete', old.no, old.words);"
)
# SQLite's tokens are made already: `ascii` takes every sign beyond ASCII for a part of one. What
# waits to be sorted into the index of PostgreSQL is read by every search: it is kept short.
FULL_TEXT = {
    "sqlite": (
        "CREATE VIRTUAL TABLE ticket_words_fts USING fts5("
        "words, content='ticket_words', content_rowid='no', tokenize=\"ascii tokenchars '_'\")",
        f"CREATE TRIGGER ticket_words_added AFTER INSERT ON ticket_words BEGIN {_ADD} END",
        f"CREATE TRIGGER ticket_words_gone AFTER DELETE ON ticket_words BEGIN {_DROP} END",
        "CREATE TRIGGER ticket_words_changed AFTER UPDATE ON ticket_words "
        f"BEGIN {_DROP} {_ADD} END",
    ),
    "postgresql": (
        "CREATE INDEX ix_ticket_words_fts ON ticket_words USING gin (words)"
        " WITH (gin_pending_list_limit = 256)",
    ),
}


@event.listens_for(TicketWords.__table__, "after_create")
def _add_index(_table: Any, connection: Connection, **_: Any) -> None:
    for statement in FULL_TEXT[connection.dialect.name]:
        connection.exec_driver_sql(statement)


@event.listens_for(TicketWords.__table__, "after_drop")
def _drop_index(_table: Any, connection: Connection, **_: Any) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("DROP TABLE IF EXISTS ticket_words_fts")
