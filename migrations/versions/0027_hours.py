"""Service hours: a record for each person, day, team and kind of work, and what it counts.

Meets a filled database: no row changes. The daily duty counts the visits of the last 35 days.
"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

KINDS = ("visit", "patrol", "meeting", "event", "other")
STATES = ("waiting", "confirmed", "sent_back", "voided")
COUNTED = sa.text("counted IS NOT NULL")


def _words(name: str, *words: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=32)


def _points(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{to}")
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=name)


def upgrade() -> None:
    table = "service_hours"
    op.create_table(
        table,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("community_id", sa.Uuid(), nullable=False),
        sa.Column("team_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("kind", _words("service_kind", *KINDS), nullable=False),
        sa.Column("content", sa.String(40), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("counted", sa.Integer(), nullable=True),
        sa.Column("said", sa.Boolean(), nullable=False),
        sa.Column("state", _words("service_hours_state", *STATES), nullable=False),
        sa.Column("reason", sa.String(200), nullable=True),
        sa.Column("settled_by", sa.Uuid(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "minutes BETWEEN 1 AND 480", name=op.f("ck_service_hours_at_most_eight_hours")
        ),
        _points(table, "community_id", "place"),
        _points(table, "team_id", "team"),
        _points(table, "person_id", "person"),
        _points(table, "settled_by", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_hours")),
    )
    op.create_index(op.f("ix_service_hours_person_id_on_id"), table, ["person_id", "on", "id"])
    for column in ("team_id", "community_id"):
        name = op.f(f"ix_service_hours_{column}_state_on_id")
        op.create_index(name, table, [column, "state", "on", "id"])
    op.create_index(
        "uq_service_hours_counted",
        table,
        ["person_id", "on", "team_id", "kind"],
        unique=True,
        sqlite_where=COUNTED,
        postgresql_where=COUNTED,
    )
    op.create_table(
        "service_part",
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("hours_id", sa.Uuid(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        _points("service_part", "person_id", "person"),
        _points("service_part", "hours_id", "service_hours"),
        sa.PrimaryKeyConstraint("source_id", "person_id", name=op.f("pk_service_part")),
    )
    op.create_index(op.f("ix_service_part_hours_id"), "service_part", ["hours_id"])


def downgrade() -> None:
    op.drop_table("service_part")
    op.drop_table("service_hours")
