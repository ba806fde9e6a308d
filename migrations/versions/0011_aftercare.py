"""What comes after the work: call-backs, random re-checks, and the kept counts of the three rates.

Meets a filled database: call-backs from before stay in the timeline of their ticket; of what was
closed last month the next daily duty draws; months that are over are counted by a daily duty too.
Going back, the photos of re-checks go with them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

PHASES = ("report", "before", "after")


def upgrade() -> None:
    op.create_table(
        "rate_month",
        sa.Column("community_id", sa.Uuid(), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"], ["place.id"], name=op.f("fk_rate_month_community_id_place")
        ),
        sa.PrimaryKeyConstraint("community_id", "month", name=op.f("pk_rate_month")),
    )
    op.create_table(
        "ticket_callback",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("ticket_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_person_id", sa.Uuid(), nullable=False),
        sa.Column("by_org_id", sa.Uuid(), nullable=True),
        sa.Column("reached", sa.Boolean(), nullable=False),
        sa.Column(
            "solved",
            sa.Enum(
                "yes",
                "partly",
                "no",
                name="solved",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column(
            "satisfied",
            sa.Enum(
                "yes",
                "fairly",
                "no",
                "wont_say",
                "unrated",
                name="satisfied",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_org_id"],
            ["organisation.id"],
            name=op.f("fk_ticket_callback_by_org_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["by_person_id"], ["person.id"], name=op.f("fk_ticket_callback_by_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["ticket.id"], name=op.f("fk_ticket_callback_ticket_id_ticket")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket_callback")),
    )
    op.create_index(
        op.f("ix_ticket_callback_ticket_id_at"),
        "ticket_callback",
        ["ticket_id", "at"],
        unique=False,
    )
    op.create_table(
        "ticket_recheck",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("ticket_id", sa.Uuid(), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("community_id", sa.Uuid(), nullable=False),
        sa.Column("estate_id", sa.Uuid(), nullable=True),
        sa.Column("lead_org_id", sa.Uuid(), nullable=False),
        sa.Column(
            "lead_party",
            sa.Enum(
                "community_party",
                "property",
                "owners_committee",
                "volunteer_team",
                "social_org",
                name="lead_party",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("unrated", sa.Boolean(), nullable=False),
        sa.Column("resolved_by_id", sa.Uuid(), nullable=True),
        sa.Column("reviewed_by_id", sa.Uuid(), nullable=True),
        sa.Column("closed_by_id", sa.Uuid(), nullable=True),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "result",
            sa.Enum(
                "true",
                "untrue",
                name="result",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("by_person_id", sa.Uuid(), nullable=True),
        sa.Column("by_org_id", sa.Uuid(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_org_id"],
            ["organisation.id"],
            name=op.f("fk_ticket_recheck_by_org_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["by_person_id"], ["person.id"], name=op.f("fk_ticket_recheck_by_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["closed_by_id"], ["person.id"], name=op.f("fk_ticket_recheck_closed_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["community_id"], ["place.id"], name=op.f("fk_ticket_recheck_community_id_place")
        ),
        sa.ForeignKeyConstraint(
            ["estate_id"], ["place.id"], name=op.f("fk_ticket_recheck_estate_id_place")
        ),
        sa.ForeignKeyConstraint(
            ["lead_org_id"],
            ["organisation.id"],
            name=op.f("fk_ticket_recheck_lead_org_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["resolved_by_id"], ["person.id"], name=op.f("fk_ticket_recheck_resolved_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["reviewed_by_id"], ["person.id"], name=op.f("fk_ticket_recheck_reviewed_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["ticket.id"], name=op.f("fk_ticket_recheck_ticket_id_ticket")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket_recheck")),
        sa.UniqueConstraint("ticket_id", "month", name=op.f("uq_ticket_recheck_ticket_id_month")),
    )
    op.create_index(
        "ix_ticket_recheck_community_id_drawn_at",
        "ticket_recheck",
        ["community_id", "drawn_at"],
        unique=False,
        sqlite_where=sa.text("done_at IS NULL"),
        postgresql_where=sa.text("done_at IS NULL"),
    )
    op.create_index(
        op.f("ix_ticket_recheck_month_lead_org_id"),
        "ticket_recheck",
        ["month", "lead_org_id"],
        unique=False,
    )
    op.create_index(
        "ix_ticket_community_id_closed_at",
        "ticket",
        ["community_id", "closed_at"],
        unique=False,
        sqlite_where=sa.text("closed_at IS NOT NULL"),
        postgresql_where=sa.text("closed_at IS NOT NULL"),
    )
    op.create_index(
        "ix_ticket_clock_organisation_id_kind_due_at",
        "ticket_clock",
        ["organisation_id", "kind", "due_at"],
        unique=False,
    )
    allow_phases(*PHASES, "recheck")


def allow_phases(*phases: str) -> None:
    """Set when a photo may have been taken."""
    with op.batch_alter_table("ticket_photo") as table:
        table.drop_constraint(op.f("ck_ticket_photo_phase"), type_="check")
        table.create_check_constraint(op.f("ck_ticket_photo_phase"), sa.column("phase").in_(phases))


def downgrade() -> None:
    op.execute("DELETE FROM ticket_photo WHERE phase = 'recheck'")
    allow_phases(*PHASES)
    op.drop_index("ix_ticket_clock_organisation_id_kind_due_at", table_name="ticket_clock")
    op.drop_index(
        "ix_ticket_community_id_closed_at",
        table_name="ticket",
        sqlite_where=sa.text("closed_at IS NOT NULL"),
        postgresql_where=sa.text("closed_at IS NOT NULL"),
    )
    op.drop_index(op.f("ix_ticket_recheck_month_lead_org_id"), table_name="ticket_recheck")
    op.drop_index(
        "ix_ticket_recheck_community_id_drawn_at",
        table_name="ticket_recheck",
        sqlite_where=sa.text("done_at IS NULL"),
        postgresql_where=sa.text("done_at IS NULL"),
    )
    op.drop_table("ticket_recheck")
    op.drop_index(op.f("ix_ticket_callback_ticket_id_at"), table_name="ticket_callback")
    op.drop_table("ticket_callback")
    op.drop_table("rate_month")
