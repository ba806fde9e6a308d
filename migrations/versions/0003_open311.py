"""Keys of other systems that report by Open311 GeoReport v2.

Meets a filled database: nobody has a key before, so the tables start empty and nothing is open.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "open311_key",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("place_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by"], ["person.id"], name=op.f("fk_open311_key_created_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_open311_key_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["place_id"], ["place.id"], name=op.f("fk_open311_key_place_id_place")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_open311_key")),
        sa.UniqueConstraint("digest", name=op.f("uq_open311_key_digest")),
        sa.UniqueConstraint("person_id", name=op.f("uq_open311_key_person_id")),
    )
    op.create_index(op.f("ix_open311_key_place_id"), "open311_key", ["place_id"], unique=False)
    op.create_table(
        "open311_use",
        sa.Column("key_id", sa.Uuid(), nullable=False),
        sa.Column("last_used_on", sa.Date(), nullable=True),
        sa.Column("minute", sa.DateTime(timezone=True), nullable=True),
        sa.Column("posts", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["key_id"], ["open311_key.id"], name=op.f("fk_open311_use_key_id_open311_key")
        ),
        sa.PrimaryKeyConstraint("key_id", name=op.f("pk_open311_use")),
    )


def downgrade() -> None:
    op.drop_table("open311_use")
    op.drop_index(op.f("ix_open311_key_place_id"), table_name="open311_key")
    op.drop_table("open311_key")
