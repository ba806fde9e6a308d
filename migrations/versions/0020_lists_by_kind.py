"""Lists of one kind of matter are answered by the index of their order.

Meets a filled database: three indexes are made anew with one column more, and no row changes.
"""

from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

COLUMNS = ("community_id", "lead_org_id", "estate_id")


def upgrade() -> None:
    for column in COLUMNS:
        name = f"ix_ticket_{column}_moved_at_id"
        op.create_index(f"{name}_category", "ticket", [column, "moved_at", "id", "category"])
        op.drop_index(name, table_name="ticket")


def downgrade() -> None:
    for column in COLUMNS:
        name = f"ix_ticket_{column}_moved_at_id"
        op.create_index(name, "ticket", [column, "moved_at", "id"])
        op.drop_index(f"{name}_category", table_name="ticket")
