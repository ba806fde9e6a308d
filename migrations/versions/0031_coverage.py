"""Coverage of visits: what is told of months that are over, as it was settled.

Meets a filled database: one table more, and no row changes.
"""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "coverage_month",
        sa.Column("community_id", sa.Uuid(), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("lines", sa.JSON(), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"], ["place.id"], name=op.f("fk_coverage_month_community_id_place")
        ),
        sa.PrimaryKeyConstraint("community_id", "month", name=op.f("pk_coverage_month")),
    )


def downgrade() -> None:
    op.drop_table("coverage_month")
