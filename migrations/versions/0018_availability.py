"""When people may visit: their week, and the dates that differ from it.

Meets a filled database: nobody has said anything yet, so the usual windows hold for everybody.
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

DIFFERS = ("away", "not_then", "extra")


def upgrade() -> None:
    op.create_table(
        "availability",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("pattern", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_availability_person_id_person")
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_availability")),
    )
    differs = sa.Enum(
        *DIFFERS,
        name="availability_differs",
        native_enum=False,
        create_constraint=True,
        length=32,
    )
    op.create_table(
        "availability_date",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("kind", differs, nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("window_from", sa.Time(), nullable=True),
        sa.Column("window_to", sa.Time(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_availability_date_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_availability_date")),
    )
    op.create_index(op.f("ix_availability_date_last"), "availability_date", ["last"])
    op.create_index(
        op.f("ix_availability_date_person_id_last"), "availability_date", ["person_id", "last"]
    )


def downgrade() -> None:
    op.drop_table("availability_date")
    op.drop_table("availability")
