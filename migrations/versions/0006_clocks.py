"""Clocks of tickets, and when each ticket is due next.

Meets a filled database: for every ticket that is not over a row is left in the outbox, and the
worker tells its clocks from its timeline (`app/tickets/clock_jobs.py`), a few seconds after the
start. Nobody is rung for what has been overdue for more than a day. What is over gets its clocks
if it is opened again.
"""

from datetime import UTC, datetime
from uuid import uuid4

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

RUNNING = sa.text("due_at IS NOT NULL")
OVER = ("closed", "rejected", "withdrawn")


def upgrade() -> None:
    op.create_table(
        "ticket_clock",
        sa.Column("ticket_id", sa.Uuid(), nullable=False),
        sa.Column("no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column(
            "holder",
            sa.Enum(
                "community",
                "lead",
                "co",
                name="holder",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "accept",
                "arrive",
                "contain",
                "resolve",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("warn_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("met", sa.Boolean(), nullable=False),
        sa.Column("warned", sa.Boolean(), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_ticket_clock_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["ticket.id"], name=op.f("fk_ticket_clock_ticket_id_ticket")
        ),
        sa.PrimaryKeyConstraint("ticket_id", "no", name=op.f("pk_ticket_clock")),
    )
    op.add_column("ticket", sa.Column("due_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("ticket", sa.Column("warn_at", sa.DateTime(timezone=True), nullable=True))
    for column in ("community_id", "lead_org_id"):
        op.create_index(
            f"ix_ticket_{column}_due_at",
            "ticket",
            [column, "due_at"],
            unique=False,
            sqlite_where=RUNNING,
            postgresql_where=RUNNING,
        )
    have_clocks_told()


def have_clocks_told() -> None:
    """Leave the worker a row for every ticket that is not over."""
    ticket = sa.table("ticket", sa.column("id", sa.Uuid()), sa.column("status", sa.String()))
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
    standing = op.get_bind().scalars(sa.select(ticket.c.id).where(ticket.c.status.not_in(OVER)))
    rows = [
        {
            "id": uuid4(),
            "kind": "ticket_clocks",
            "payload": {"ticket_id": str(ticket_id)},
            "dedup_key": f"ticket_clocks:{ticket_id}:first",
            "due_at": now,
            "attempts": 0,
            "state": "waiting",
            "created_at": now,
        }
        for ticket_id in standing
    ]
    if rows:
        op.bulk_insert(outbox, rows)


def downgrade() -> None:
    op.execute("DELETE FROM outbox WHERE kind = 'ticket_clocks'")
    for column in ("lead_org_id", "community_id"):
        op.drop_index(
            f"ix_ticket_{column}_due_at",
            table_name="ticket",
            sqlite_where=RUNNING,
            postgresql_where=RUNNING,
        )
    op.drop_column("ticket", "warn_at")
    op.drop_column("ticket", "due_at")
    op.drop_table("ticket_clock")
