"""Addresses of other systems that are told, and what people hear when one takes nothing any more.

Meets a filled database: nobody is told anything before; people's inboxes stay as they are.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
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
)


def upgrade() -> None:
    op.create_table(
        "webhook",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("url", sa.String(length=1000), nullable=False),
        sa.Column("secret", sa.String(length=255), nullable=False),
        sa.Column("kinds", sa.JSON(), nullable=False),
        sa.Column("place_id", sa.Uuid(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by"], ["person.id"], name=op.f("fk_webhook_created_by_person")
        ),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_webhook_place_id_place")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhook")),
    )
    op.create_index(op.f("ix_webhook_place_id"), "webhook", ["place_id"], unique=False)
    op.create_table(
        "webhook_use",
        sa.Column("webhook_id", sa.Uuid(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("failing_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["webhook_id"], ["webhook.id"], name=op.f("fk_webhook_use_webhook_id_webhook")
        ),
        sa.PrimaryKeyConstraint("webhook_id", name=op.f("pk_webhook_use")),
    )
    allow_inbox_kinds(*TOLD_BEFORE, "system_todo")


def downgrade() -> None:
    op.execute("DELETE FROM inbox_item WHERE kind = 'system_todo'")
    allow_inbox_kinds(*TOLD_BEFORE)
    op.drop_table("webhook_use")
    op.drop_index(op.f("ix_webhook_place_id"), table_name="webhook")
    op.drop_table("webhook")


def allow_inbox_kinds(*kinds: str) -> None:
    """Set which kinds of thing people may be told."""
    with op.batch_alter_table("inbox_item") as table:
        table.drop_constraint(op.f("ck_inbox_item_kind"), type_="check")
        table.create_check_constraint(op.f("ck_inbox_item_kind"), sa.column("kind").in_(kinds))
