"""Which tickets were found on which patrol, and grids whose plan will do.

Meets a filled database: one table more; no grid was told to do as it is.
"""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None


def key(column: str, to: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_patrol_finding_{column}_{to}")
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=name)


def upgrade() -> None:
    op.create_table(
        "patrol_finding",
        sa.Column("ticket_id", sa.Uuid(), nullable=False),
        sa.Column("patrol_id", sa.Uuid(), nullable=False),
        sa.Column("point_id", sa.Uuid(), nullable=False),
        key("ticket_id", "ticket"),
        key("patrol_id", "patrol"),
        key("point_id", "patrol_point"),
        sa.PrimaryKeyConstraint("ticket_id", name=op.f("pk_patrol_finding")),
    )
    op.create_index(op.f("ix_patrol_finding_patrol_id"), "patrol_finding", ["patrol_id"])
    op.add_column(
        "month_plan_grid",
        sa.Column("enough", sa.Boolean(), nullable=False, server_default=sa.false()),
    )


def downgrade() -> None:
    op.drop_column("month_plan_grid", "enough")
    op.drop_table("patrol_finding")
