"""Why an item was told and which digest tells of it; and how people wish to be told.

Meets a filled database: what is there has no seat and waits for no digest.
"""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0030"
branch_labels = None
depends_on = None

WAITING = sa.text("digest_at IS NOT NULL AND read_at IS NULL")
NAMES = ("seat", "organisation_id", "digest_at")


def upgrade() -> None:
    op.add_column("inbox_item", sa.Column("seat", sa.String(length=20), nullable=True))
    op.add_column("inbox_item", sa.Column("organisation_id", sa.Uuid(), nullable=True))
    moment = sa.DateTime(timezone=True)
    op.add_column("inbox_item", sa.Column("digest_at", moment, nullable=True))
    op.create_index(
        "ix_inbox_item_digest_at",
        "inbox_item",
        ["digest_at"],
        sqlite_where=WAITING,
        postgresql_where=WAITING,
    )
    op.create_table(
        "telling_choice",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("most", sa.JSON(), nullable=False),
        sa.Column("paused_until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_telling_choice_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_telling_choice")),
    )


def downgrade() -> None:
    op.drop_table("telling_choice")
    op.drop_index("ix_inbox_item_digest_at", table_name="inbox_item")
    for name in NAMES:
        op.drop_column("inbox_item", name)
