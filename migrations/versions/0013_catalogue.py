"""Categories that districts change, times of contracts, and imported years of the calendar.

Meets a filled database: nothing was changed yet, so that everything goes by the national table and
the calendar of the program, as before.
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

PARTIES = ("community_party", "property", "owners_committee", "volunteer_team", "social_org")


def upgrade() -> None:
    op.create_table(
        "known_version",
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_known_version")),
    )
    op.create_table(
        "calendar_year",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_person_id", sa.Uuid(), nullable=False),
        sa.Column("days", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("year", name=op.f("pk_calendar_year")),
    )
    op.create_table(
        "category_change",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("district_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_person_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column(
            "lead",
            sa.Enum(*PARTIES, name="lead", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("off", sa.Boolean(), nullable=False),
        sa.Column("times", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_person_id"], ["person.id"], name=op.f("fk_category_change_by_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["district_id"], ["place.id"], name=op.f("fk_category_change_district_id_place")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_category_change")),
        sa.UniqueConstraint(
            "district_id",
            "code",
            "version",
            name=op.f("uq_category_change_district_id_code_version"),
        ),
    )
    op.create_table(
        "contract_change",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_person_id", sa.Uuid(), nullable=False),
        sa.Column("limits", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_person_id"], ["person.id"], name=op.f("fk_contract_change_by_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_contract_change_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract_change")),
        sa.UniqueConstraint(
            "organisation_id",
            "code",
            "version",
            name=op.f("uq_contract_change_organisation_id_code_version"),
        ),
    )


def downgrade() -> None:
    for table in ("contract_change", "category_change", "calendar_year", "known_version"):
        op.drop_table(table)
