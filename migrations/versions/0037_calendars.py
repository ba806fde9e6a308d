"""Secret addresses of calendars, and what each person's calendar has shown.

Meets a filled database: two tables more, and no row changes.
"""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def of_person(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_person_id_person")
    return sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=name)


def upgrade() -> None:
    op.create_table(
        "calendar_address",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        of_person("calendar_address"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_address")),
        sa.UniqueConstraint("digest", name=op.f("uq_calendar_address_digest")),
    )
    op.create_index(op.f("ix_calendar_address_person_id"), "calendar_address", ["person_id"])
    op.create_table(
        "calendar_entry",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("said", sa.JSON(), nullable=False),
        sa.Column("ends_at", MOMENT, nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        of_person("calendar_entry"),
        sa.PrimaryKeyConstraint("person_id", "key", name=op.f("pk_calendar_entry")),
    )
    op.create_index(op.f("ix_calendar_entry_ends_at"), "calendar_entry", ["ends_at"])


def downgrade() -> None:
    op.drop_table("calendar_entry")
    op.drop_table("calendar_address")
