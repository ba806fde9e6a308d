"""Records that are set right: what they said before, and what a household had wished until then.

Meets a filled database: one table more, and an empty column in each record.
"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0029"
branch_labels = None
depends_on = None

WISHES = ("any", "call_first", "phone_only", "no_more_visits")
CHECK = "ck_visit_record_visit_wish_before"


def upgrade() -> None:
    with op.batch_alter_table("visit_record") as table:
        table.add_column(sa.Column("wish_before", sa.String(length=32), nullable=True))
        table.create_check_constraint(op.f(CHECK), sa.column("wish_before").in_(WISHES))
    op.create_table(
        "visit_former",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("said", sa.JSON(), nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=True),
        sa.Column("replaced_by", sa.Uuid(), nullable=False),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["replaced_by"], ["person.id"], name=op.f("fk_visit_former_replaced_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["visit_id"], ["visit.id"], name=op.f("fk_visit_former_visit_id_visit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_former")),
    )
    op.create_index(op.f("ix_visit_former_visit_id"), "visit_former", ["visit_id"])


def downgrade() -> None:
    op.drop_table("visit_former")
    with op.batch_alter_table("visit_record") as table:
        table.drop_constraint(op.f(CHECK), type_="check")
        table.drop_column("wish_before")
