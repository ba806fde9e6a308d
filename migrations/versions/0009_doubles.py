"""Doubles: who follows a neighbour's report, and topics, which gather what repeats.

Meets a filled database: nobody follows anything yet, and topics are gathered by the first daily
duty. Going back, what was joined stays closed and keeps naming the ticket that it went with.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "topic",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("community_id", sa.Uuid(), nullable=False),
        sa.Column("estate_id", sa.Uuid(), nullable=True),
        sa.Column("building_id", sa.Uuid(), nullable=False),
        sa.Column("place_text", sa.String(length=200), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cure", sa.String(length=300), nullable=False),
        sa.Column("cure_org_id", sa.Uuid(), nullable=True),
        sa.Column("cure_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["building_id"], ["place.id"], name=op.f("fk_topic_building_id_place")
        ),
        sa.ForeignKeyConstraint(
            ["community_id"], ["place.id"], name=op.f("fk_topic_community_id_place")
        ),
        sa.ForeignKeyConstraint(
            ["cure_org_id"], ["organisation.id"], name=op.f("fk_topic_cure_org_id_organisation")
        ),
        sa.ForeignKeyConstraint(["estate_id"], ["place.id"], name=op.f("fk_topic_estate_id_place")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_topic")),
    )
    op.create_index(
        op.f("ix_topic_community_id_last_at_id"),
        "topic",
        ["community_id", "last_at", "id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_topic_estate_id_last_at_id"), "topic", ["estate_id", "last_at", "id"], unique=False
    )
    op.create_index(
        "uq_topic_open",
        "topic",
        ["building_id", "category"],
        unique=True,
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_table(
        "ticket_follower",
        sa.Column("ticket_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_ticket_follower_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["ticket.id"], name=op.f("fk_ticket_follower_ticket_id_ticket")
        ),
        sa.PrimaryKeyConstraint("ticket_id", "person_id", name=op.f("pk_ticket_follower")),
    )
    op.create_index(
        op.f("ix_ticket_follower_person_id_since_ticket_id"),
        "ticket_follower",
        ["person_id", "since", "ticket_id"],
        unique=False,
    )
    op.create_table(
        "topic_ticket",
        sa.Column("ticket_id", sa.Uuid(), nullable=False),
        sa.Column("topic_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["ticket.id"], name=op.f("fk_topic_ticket_ticket_id_ticket")
        ),
        sa.ForeignKeyConstraint(
            ["topic_id"], ["topic.id"], name=op.f("fk_topic_ticket_topic_id_topic")
        ),
        sa.PrimaryKeyConstraint("ticket_id", name=op.f("pk_topic_ticket")),
    )
    op.create_index(op.f("ix_topic_ticket_topic_id"), "topic_ticket", ["topic_id"], unique=False)
    op.create_index(
        "ix_ticket_duplicate_of",
        "ticket",
        ["duplicate_of"],
        unique=False,
        sqlite_where=sa.text("duplicate_of IS NOT NULL"),
        postgresql_where=sa.text("duplicate_of IS NOT NULL"),
    )
    op.create_index(
        "ix_ticket_public_place",
        "ticket",
        ["place_id", "moved_at"],
        unique=False,
        sqlite_where=sa.text("building_id IS NULL"),
        postgresql_where=sa.text("building_id IS NULL"),
    )


def downgrade() -> None:
    op.drop_index(
        "ix_ticket_public_place",
        table_name="ticket",
        sqlite_where=sa.text("building_id IS NULL"),
        postgresql_where=sa.text("building_id IS NULL"),
    )
    op.drop_index(
        "ix_ticket_duplicate_of",
        table_name="ticket",
        sqlite_where=sa.text("duplicate_of IS NOT NULL"),
        postgresql_where=sa.text("duplicate_of IS NOT NULL"),
    )
    op.drop_index(op.f("ix_topic_ticket_topic_id"), table_name="topic_ticket")
    op.drop_table("topic_ticket")
    op.drop_index(
        op.f("ix_ticket_follower_person_id_since_ticket_id"), table_name="ticket_follower"
    )
    op.drop_table("ticket_follower")
    op.drop_index(
        "uq_topic_open",
        table_name="topic",
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.drop_index(op.f("ix_topic_estate_id_last_at_id"), table_name="topic")
    op.drop_index(op.f("ix_topic_community_id_last_at_id"), table_name="topic")
    op.drop_table("topic")
