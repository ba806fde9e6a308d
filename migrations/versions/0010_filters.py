"""Filters of the list of tickets that people keep under a name.

Meets a filled database: nobody has kept any yet.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "saved_filter",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("shared_with", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("query", sa.String(length=600), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["person.id"], name=op.f("fk_saved_filter_owner_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["shared_with"],
            ["organisation.id"],
            name=op.f("fk_saved_filter_shared_with_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_filter")),
    )
    op.create_index(op.f("ix_saved_filter_owner_id"), "saved_filter", ["owner_id"])
    op.create_index(op.f("ix_saved_filter_shared_with"), "saved_filter", ["shared_with"])
    op.create_table(
        "default_filter",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("filter_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["filter_id"],
            ["saved_filter.id"],
            name=op.f("fk_default_filter_filter_id_saved_filter"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_default_filter_person_id_person")
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_default_filter")),
    )
    op.create_index(op.f("ix_default_filter_filter_id"), "default_filter", ["filter_id"])


def downgrade() -> None:
    op.drop_table("default_filter")
    op.drop_table("saved_filter")
