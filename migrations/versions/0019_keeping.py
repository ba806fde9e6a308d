"""Who looked after which door before, changes of many doors at once that can be undone, and how
many doors a community finds right for one person.

Meets a filled database: who looks after a door today stays; the past begins to be kept now.
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

KINDS = ("suggestion", "hand_over")
STATES = ("proposed", "accepted", "turned_down", "done", "cancelled")


def points(table: str, column: str, to: str, **more: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{to}")
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=name, **more)


def one_of(names: tuple[str, ...], name: str) -> sa.Enum:
    return sa.Enum(*names, name=name, native_enum=False, create_constraint=True, length=32)


def person(name: str) -> sa.Column:
    return sa.Column(name, sa.Uuid(), nullable=True)


def moment(name: str, *, nullable: bool = True) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def upgrade() -> None:
    op.create_table(
        "household_assignment_past",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        person("main_person_id"),
        person("backup_person_id"),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        points("household_assignment_past", "household_id", "household"),
        points("household_assignment_past", "main_person_id", "person"),
        points("household_assignment_past", "backup_person_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_household_assignment_past")),
    )
    name = op.f("ix_household_assignment_past_household_id_until")
    op.create_index(name, "household_assignment_past", ["household_id", "until"])
    op.create_table(
        "care_change",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("community_id", sa.Uuid(), nullable=False),
        sa.Column("kind", one_of(KINDS, "care_change_kind"), nullable=False),
        sa.Column("estate_id", sa.Uuid(), nullable=True),
        person("person_id"),
        sa.Column("receivers", sa.JSON(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=True),
        sa.Column("note", sa.String(length=200), nullable=True),
        sa.Column("doors", sa.Integer(), nullable=False),
        sa.Column("pairings_made", sa.JSON(), nullable=False),
        sa.Column("pairings_ended", sa.JSON(), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        moment("made_at", nullable=False),
        moment("begun_at"),
        moment("ended_at"),
        moment("undone_at"),
        sa.Column("version", sa.Integer(), nullable=False),
        points("care_change", "community_id", "place"),
        points("care_change", "estate_id", "place"),
        points("care_change", "person_id", "person"),
        points("care_change", "made_by", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_care_change")),
    )
    name = op.f("ix_care_change_community_id_made_at_id")
    op.create_index(name, "care_change", ["community_id", "made_at", "id"])
    op.create_index(op.f("ix_care_change_person_id"), "care_change", ["person_id"])
    op.create_table(
        "care_change_line",
        sa.Column("change_id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        person("main_before"),
        person("backup_before"),
        person("main_after"),
        person("backup_after"),
        points("care_change_line", "change_id", "care_change", ondelete="CASCADE"),
        points("care_change_line", "household_id", "household"),
        sa.PrimaryKeyConstraint("change_id", "household_id", name=op.f("pk_care_change_line")),
    )
    op.create_table(
        "care_limit",
        sa.Column("community_id", sa.Uuid(), nullable=False),
        sa.Column("households", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        points("care_limit", "community_id", "place"),
        sa.PrimaryKeyConstraint("community_id", name=op.f("pk_care_limit")),
    )
    op.create_table(
        "visit_handed_over",
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("change_id", sa.Uuid(), nullable=False),
        sa.Column("from_person_id", sa.Uuid(), nullable=False),
        sa.Column("to_person_id", sa.Uuid(), nullable=False),
        sa.Column("was", one_of(STATES, "visit_handed_state"), nullable=False),
        points("visit_handed_over", "visit_id", "visit", ondelete="CASCADE"),
        points("visit_handed_over", "change_id", "care_change", ondelete="CASCADE"),
        points("visit_handed_over", "from_person_id", "person"),
        points("visit_handed_over", "to_person_id", "person"),
        sa.PrimaryKeyConstraint("visit_id", "change_id", name=op.f("pk_visit_handed_over")),
    )
    op.create_index(op.f("ix_visit_handed_over_change_id"), "visit_handed_over", ["change_id"])


def downgrade() -> None:
    for name in (
        "visit_handed_over",
        "care_limit",
        "care_change_line",
        "care_change",
        "household_assignment_past",
    ):
        op.drop_table(name)
