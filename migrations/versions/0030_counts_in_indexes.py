"""Counts of queues and walks through lists are answered by indexes alone.

Meets a filled database: seven indexes are made anew with more columns, and no row changes.
"""

from alembic import op
from sqlalchemy import text

revision = "0030"
down_revision = "0031"
branch_labels = None
depends_on = None

ELSEWHERE = ("community_id", "lead_org_id")
BEFORE = {
    "ix_ticket_community_id_status_moved_at_id": ("community_id", "status", "moved_at", "id"),
    "ix_ticket_lead_org_id_moved_at_id_category": ("lead_org_id", "moved_at", "id", "category"),
    "ix_ticket_lead_org_id_status_moved_at_id": ("lead_org_id", "status", "moved_at", "id"),
    "ix_ticket_reporter_id_moved_at_id": ("reporter_id", "moved_at", "id"),
    "ix_ticket_reporter_id_status_moved_at_id": ("reporter_id", "status", "moved_at", "id"),
}
AFTER = {
    "ix_ticket_community_waiting": (
        *("community_id", "status", "moved_at", "id", "due_at"),
        *("review_by", "returned", "suspension_pending"),
    ),
    "ix_ticket_lead_latest": ("lead_org_id", "moved_at", "id", "category", "community_id"),
    "ix_ticket_lead_waiting": ("lead_org_id", "status", "moved_at", "id", "due_at"),
    "ix_ticket_reporter_latest": ("reporter_id", "moved_at", "id", *ELSEWHERE),
    "ix_ticket_reporter_waiting": ("reporter_id", "status", "moved_at", "id", *ELSEWHERE),
}
BY_DUE = ("community_id", "lead_org_id")
RUNNING = text("due_at IS NOT NULL")


def _by_due(*more: str) -> None:
    for column in BY_DUE:
        name = f"ix_ticket_{column}_due_at"
        op.drop_index(name, table_name="ticket")
        op.create_index(
            name,
            "ticket",
            [column, "due_at", *more],
            sqlite_where=RUNNING,
            postgresql_where=RUNNING,
        )


def _instead(of: dict[str, tuple[str, ...]], made: dict[str, tuple[str, ...]]) -> None:
    for name, columns in made.items():
        op.create_index(name, "ticket", list(columns))
    for name in of:
        op.drop_index(name, table_name="ticket")


def upgrade() -> None:
    _instead(BEFORE, AFTER)
    _by_due("status", "category", "warn_at")


def downgrade() -> None:
    _instead(AFTER, BEFORE)
    _by_due()
