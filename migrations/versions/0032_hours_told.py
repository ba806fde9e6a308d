"""People are told of what becomes of their service hours.

Meets a filled database: one kind of inbox item more, and no row changes.
"""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0034"
branch_labels = None
depends_on = None

TOLD_BEFORE = (
    "ticket_todo",
    "ticket_help",
    "ticket_news",
    "visit_todo",
    "visit_news",
    "visit_dispute",
    "visit_stray",
    "care_todo",
    "system_todo",
    "duty_todo",
)


def upgrade() -> None:
    allow_inbox_kinds(*TOLD_BEFORE, "hours_news")


def downgrade() -> None:
    op.execute("DELETE FROM inbox_item WHERE kind = 'hours_news'")
    allow_inbox_kinds(*TOLD_BEFORE)


def allow_inbox_kinds(*kinds: str) -> None:
    """Set which kinds of thing people may be told."""
    with op.batch_alter_table("inbox_item") as table:
        table.drop_constraint(op.f("ck_inbox_item_kind"), type_="check")
        table.create_check_constraint(op.f("ck_inbox_item_kind"), sa.column("kind").in_(kinds))
