"""What tickets are found by: words with a full-text index, and lists by the day of the report.

Meets a filled database: a row is left in the outbox, and the worker writes the words of the
tickets that are there, some hundreds at a time, a few seconds after the start; new ones have theirs
at once.
"""

from datetime import UTC, datetime
from uuid import uuid4

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

ADD = "INSERT INTO ticket_words_fts(rowid, words) VALUES (new.no, new.words);"
DROP = (
    "INSERT INTO ticket_words_fts(ticket_words_fts, rowid, words) "
    "VALUES ('delete', old.no, old.words);"
)
FULL_TEXT = {
    "sqlite": (
        "CREATE VIRTUAL TABLE ticket_words_fts USING fts5("
        "words, content='ticket_words', content_rowid='no', tokenize=\"ascii tokenchars '_'\")",
        f"CREATE TRIGGER ticket_words_added AFTER INSERT ON ticket_words BEGIN {ADD} END",
        f"CREATE TRIGGER ticket_words_gone AFTER DELETE ON ticket_words BEGIN {DROP} END",
        f"CREATE TRIGGER ticket_words_changed AFTER UPDATE ON ticket_words BEGIN {DROP} {ADD} END",
    ),
    "postgresql": (
        "CREATE INDEX ix_ticket_words_fts ON ticket_words USING gin (words)"
        " WITH (gin_pending_list_limit = 256)",
    ),
}


def upgrade() -> None:
    op.create_table(
        "ticket_words",
        sa.Column("no", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("ticket_id", sa.Uuid(), nullable=False),
        sa.Column(
            "words", sa.Text().with_variant(postgresql.TSVECTOR(), "postgresql"), nullable=False
        ),
        sa.ForeignKeyConstraint(
            ["ticket_id"],
            ["ticket.id"],
            name=op.f("fk_ticket_words_ticket_id_ticket"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("no", name=op.f("pk_ticket_words")),
        sa.UniqueConstraint("ticket_id", name=op.f("uq_ticket_words_ticket_id")),
    )
    for statement in FULL_TEXT[op.get_bind().dialect.name]:
        op.get_bind().exec_driver_sql(statement)
    for column in ("community_id", "lead_org_id"):
        name = op.f(f"ix_ticket_{column}_created_at_id")
        op.create_index(name, "ticket", [column, "created_at", "id"])
    have_words_written()


def have_words_written() -> None:
    """Leave the worker a row, unless there is no ticket yet."""
    outbox = sa.table(
        "outbox",
        sa.column("id", sa.Uuid()),
        sa.column("kind", sa.String()),
        sa.column("payload", sa.JSON()),
        sa.column("dedup_key", sa.String()),
        sa.column("due_at", sa.DateTime(timezone=True)),
        sa.column("attempts", sa.Integer()),
        sa.column("state", sa.String()),
        sa.column("created_at", sa.DateTime(timezone=True)),
    )
    now = datetime.now(UTC)
    row = {
        "id": uuid4(),
        "kind": "ticket_words",
        "payload": {},
        "dedup_key": "ticket_words:first",
        "due_at": now,
        "attempts": 0,
        "state": "waiting",
        "created_at": now,
    }
    if op.get_bind().scalar(sa.text("SELECT 1 FROM ticket LIMIT 1")):
        op.bulk_insert(outbox, [row])


def downgrade() -> None:
    op.execute("DELETE FROM outbox WHERE kind = 'ticket_words'")
    for column in ("lead_org_id", "community_id"):
        op.drop_index(op.f(f"ix_ticket_{column}_created_at_id"), table_name="ticket")
    op.drop_table("ticket_words")
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE ticket_words_fts")
