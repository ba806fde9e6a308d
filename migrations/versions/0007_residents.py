"""Residents without an account: codes on doors, reports through them, wishes about visits, public
numbers, counts against floods, and which people are guests.

Meets a filled database: nobody there is a guest. Going back, who reported at a door stays among the
people, as somebody whom no password lets in.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

STANDING = sa.text("revoked_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "door_count",
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", "starts_at", name=op.f("pk_door_count")),
    )
    op.create_table(
        "door_code",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("token", sa.String(length=255), nullable=False),
        sa.Column("place_id", sa.Uuid(), nullable=False),
        sa.Column("community_id", sa.Uuid(), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["community_id"], ["place.id"], name=op.f("fk_door_code_community_id_place")
        ),
        sa.ForeignKeyConstraint(
            ["made_by"], ["person.id"], name=op.f("fk_door_code_made_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["place_id"], ["place.id"], name=op.f("fk_door_code_place_id_place")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_door_code")),
        sa.UniqueConstraint("digest", name=op.f("uq_door_code_digest")),
    )
    op.create_index(
        op.f("ix_door_code_community_id_id"), "door_code", ["community_id", "id"], unique=False
    )
    op.create_index(
        "uq_door_code_standing",
        "door_code",
        ["place_id"],
        unique=True,
        sqlite_where=STANDING,
        postgresql_where=STANDING,
    )
    op.create_table(
        "public_number",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("community_id", sa.Uuid(), nullable=False),
        sa.Column("place_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"], ["place.id"], name=op.f("fk_public_number_community_id_place")
        ),
        sa.ForeignKeyConstraint(
            ["place_id"], ["place.id"], name=op.f("fk_public_number_place_id_place")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_public_number")),
    )
    op.create_index(
        op.f("ix_public_number_community_id"), "public_number", ["community_id"], unique=False
    )
    op.create_table(
        "door_wish",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("door_id", sa.Uuid(), nullable=False),
        sa.Column("community_id", sa.Uuid(), nullable=False),
        sa.Column("place_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "no_more_visits",
                "please_come",
                name="wish_kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "confirmed",
                "dropped",
                name="wish_state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("door", sa.String(length=16), nullable=False),
        sa.Column("said", sa.String(length=200), nullable=False),
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("phone", sa.String(length=255), nullable=True),
        sa.Column("household_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_by", sa.Uuid(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["community_id"], ["place.id"], name=op.f("fk_door_wish_community_id_place")
        ),
        sa.ForeignKeyConstraint(
            ["door_id"], ["door_code.id"], name=op.f("fk_door_wish_door_id_door_code")
        ),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_door_wish_household_id_household")
        ),
        sa.ForeignKeyConstraint(
            ["place_id"], ["place.id"], name=op.f("fk_door_wish_place_id_place")
        ),
        sa.ForeignKeyConstraint(
            ["settled_by"], ["person.id"], name=op.f("fk_door_wish_settled_by_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_door_wish")),
    )
    op.create_index(
        op.f("ix_door_wish_community_id_state_id"),
        "door_wish",
        ["community_id", "state", "id"],
        unique=False,
    )
    op.create_index(op.f("ix_door_wish_household_id"), "door_wish", ["household_id"], unique=False)
    op.create_table(
        "resident_report",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("ticket_id", sa.Uuid(), nullable=False),
        sa.Column("door_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("phone", sa.String(length=255), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["door_id"], ["door_code.id"], name=op.f("fk_resident_report_door_id_door_code")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_resident_report_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["ticket.id"], name=op.f("fk_resident_report_ticket_id_ticket")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resident_report")),
        sa.UniqueConstraint("digest", name=op.f("uq_resident_report_digest")),
        sa.UniqueConstraint("person_id", name=op.f("uq_resident_report_person_id")),
    )
    op.create_index(
        op.f("ix_resident_report_ticket_id"), "resident_report", ["ticket_id"], unique=False
    )
    op.add_column(
        "person", sa.Column("guest", sa.Boolean(), server_default=sa.false(), nullable=False)
    )


def downgrade() -> None:
    op.drop_column("person", "guest")
    op.drop_index(op.f("ix_resident_report_ticket_id"), table_name="resident_report")
    op.drop_table("resident_report")
    op.drop_index(op.f("ix_door_wish_household_id"), table_name="door_wish")
    op.drop_index(op.f("ix_door_wish_community_id_state_id"), table_name="door_wish")
    op.drop_table("door_wish")
    op.drop_index(op.f("ix_public_number_community_id"), table_name="public_number")
    op.drop_table("public_number")
    op.drop_index(
        "uq_door_code_standing",
        table_name="door_code",
        sqlite_where=STANDING,
        postgresql_where=STANDING,
    )
    op.drop_index(op.f("ix_door_code_community_id_id"), table_name="door_code")
    op.drop_table("door_code")
    op.drop_table("door_count")
