"""Boards: the plan of an estate, and indexes that find emergencies and the numbers of buildings.

Meets a filled database: an estate has no plan until somebody lays one down; the indexes cover what
is there.
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

UNSETTLED = sa.text("status NOT IN ('closed', 'rejected', 'withdrawn')")


def upgrade() -> None:
    op.create_table(
        "estate_plan",
        sa.Column("estate_id", sa.Uuid(), nullable=False),
        sa.Column("picture", sa.String(length=64), nullable=False),
        sa.Column("spots", sa.JSON(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["changed_by"], ["person.id"], name=op.f("fk_estate_plan_changed_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["estate_id"], ["place.id"], name=op.f("fk_estate_plan_estate_id_place")
        ),
        sa.ForeignKeyConstraint(
            ["picture"], ["media.hash"], name=op.f("fk_estate_plan_picture_media")
        ),
        sa.PrimaryKeyConstraint("estate_id", name=op.f("pk_estate_plan")),
    )
    op.create_index(op.f("ix_estate_plan_picture"), "estate_plan", ["picture"])
    op.create_index(
        op.f("ix_ticket_estate_id_created_at_building_id_category"),
        "ticket",
        ["estate_id", "created_at", "building_id", "category"],
    )
    op.create_index(
        "ix_ticket_unsettled",
        "ticket",
        ["estate_id", "building_id", "due_at"],
        sqlite_where=UNSETTLED,
        postgresql_where=UNSETTLED,
    )
    op.create_index(
        "ix_ticket_emergency",
        "ticket",
        ["lead_org_id", "status", "moved_at", "id"],
        sqlite_where=sa.text("emergency = 1"),
        postgresql_where=sa.text("emergency"),
    )


def downgrade() -> None:
    op.drop_index("ix_ticket_emergency", table_name="ticket")
    op.drop_index("ix_ticket_unsettled", table_name="ticket")
    op.drop_index(op.f("ix_ticket_estate_id_created_at_building_id_category"), table_name="ticket")
    op.drop_index(op.f("ix_estate_plan_picture"), table_name="estate_plan")
    op.drop_table("estate_plan")
