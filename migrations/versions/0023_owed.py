"""What is owed to a door: occasions, stops of their own, residents' hours, since when it is known.

Meets a filled database: households that are there count as known from the day of the upgrade, so
that nobody is overdue that morning. Visits and rounds may have three purposes more. Going back, a
visit with one of these becomes an ordinary one.
"""

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0021"
branch_labels = None
depends_on = None

BEFORE = ("routine", "care", "safety", "opinions", "notice", "wellness")
MORE = ("new_residents", "call_back", "asked")
CHECKED = (("visit", "visit_purpose"), ("visit_round", "round_purpose"))


def purposes(name: str) -> sa.Enum:
    return sa.Enum(*BEFORE, *MORE, name=name, native_enum=False, create_constraint=True, length=32)


def upgrade() -> None:
    for table, check in CHECKED:
        allow(table, check, BEFORE, (*BEFORE, *MORE))
    op.add_column("household", sa.Column("known_since", sa.Date(), nullable=True))
    today = (datetime.now(UTC) + timedelta(hours=8)).date()
    household = sa.table("household", sa.column("known_since", sa.Date()))
    op.execute(household.update().values(known_since=today))
    op.create_table(
        "visit_occasion",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("community_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(length=30), nullable=False),
        sa.Column("purpose", purposes("occasion_purpose"), nullable=False),
        sa.Column("care_levels", sa.JSON(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"], ["place.id"], name=op.f("fk_visit_occasion_community_id_place")
        ),
        sa.ForeignKeyConstraint(
            ["made_by"], ["person.id"], name=op.f("fk_visit_occasion_made_by_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_occasion")),
    )
    op.create_index(
        op.f("ix_visit_occasion_community_id_ends_on_id"),
        "visit_occasion",
        ["community_id", "ends_on", "id"],
    )
    of_doors()


def of_doors() -> None:
    op.create_table(
        "visit_stop_asked",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("purpose", purposes("stop_purpose"), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["household_id"],
            ["household.id"],
            name=op.f("fk_visit_stop_asked_household_id_household"),
        ),
        sa.ForeignKeyConstraint(
            ["made_by"], ["person.id"], name=op.f("fk_visit_stop_asked_made_by_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_stop_asked")),
    )
    op.create_index(
        op.f("ix_visit_stop_asked_household_id_due_on"),
        "visit_stop_asked",
        ["household_id", "due_on"],
    )
    op.create_table(
        "visit_door_hours",
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("spans", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["household_id"],
            ["household.id"],
            name=op.f("fk_visit_door_hours_household_id_household"),
        ),
        sa.PrimaryKeyConstraint("household_id", name=op.f("pk_visit_door_hours")),
    )


def downgrade() -> None:
    for name in ("visit_door_hours", "visit_stop_asked", "visit_occasion"):
        op.drop_table(name)
    op.drop_column("household", "known_since")
    for table, check in CHECKED:
        rows = sa.table(table, sa.column("purpose"))
        op.execute(rows.update().where(rows.c.purpose.in_(MORE)).values(purpose="routine"))
        allow(table, check, (*BEFORE, *MORE), BEFORE)


def allow(table: str, check: str, old: tuple[str, ...], new: tuple[str, ...]) -> None:
    """Name other words in a CHECK. SQLite would have to write the table anew, and forget whatever
    points to it on the way; a CHECK changes nothing on the disk, so its text is enough (see "Making
    Other Kinds Of Table Schema Changes" in SQLite's manual of ALTER TABLE)."""
    name = f"ck_{table}_{check}"
    if op.get_bind().dialect.name != "sqlite":
        op.drop_constraint(op.f(name), table, type_="check")
        op.create_check_constraint(op.f(name), table, sa.column("purpose").in_(new))
        return
    connection = op.get_bind()
    said = connection.exec_driver_sql(
        "SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?", (table,)
    ).scalar_one()
    before, after = (", ".join(f"'{word}'" for word in words) for words in (old, new))
    if said.count(f"({before})") != 1:
        raise RuntimeError(f"{name} is not what it was made as")
    version = connection.exec_driver_sql("PRAGMA schema_version").scalar_one()
    connection.exec_driver_sql("PRAGMA writable_schema=ON")
    connection.exec_driver_sql(
        "UPDATE sqlite_master SET sql = ? WHERE type = 'table' AND name = ?",
        (said.replace(f"({before})", f"({after})"), table),
    )
    connection.exec_driver_sql(f"PRAGMA schema_version={version + 1}")
    connection.exec_driver_sql("PRAGMA writable_schema=OFF")
