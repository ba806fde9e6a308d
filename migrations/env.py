"""Runs the migrations against the engine that the caller hands over (see `app/cli.py`)."""

from typing import Any

from alembic import context
from sqlalchemy.types import TypeDecorator

from app import (  # noqa: F401 - their tables
    identity,
    notifications,
    open311,
    places,
    residents,
    sync,
    teams,
    tickets,
    visits,
    webhooks,
)
from app.core import audit, idempotency, media, outbox  # noqa: F401 - their tables
from app.core.db import Base
from app.core.full_text import is_modelled


def plain(kind: str, thing: Any, _context: Any) -> str | bool:
    """Write our own column types as what they are in the database: a migration never changes."""
    if kind == "type" and isinstance(thing, TypeDecorator):
        return f"sa.{thing.impl_instance!r}"
    return False


engine = context.config.attributes["engine"]

with engine.connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        compare_type=True,
        include_name=is_modelled,
        render_item=plain,
    )
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()
