"""Patrols: points of public area, routes past them, patrols and who was asked.

Meets a filled database: five tables more, and no row changes.
"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0024"
branch_labels = None
depends_on = None

STATES = ("open", "done", "cancelled")
ANSWERS = ("asked", "accepted", "declined")


def points(table: str, column: str, to: str, **more: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{to}")
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=name, **more)


def one_of(names: tuple[str, ...], name: str) -> sa.Enum:
    return sa.Enum(*names, name=name, native_enum=False, create_constraint=True, length=32)


def identifier(name: str) -> sa.Column:
    return sa.Column(name, sa.Uuid(), nullable=False)


def upgrade() -> None:
    op.create_table(
        "patrol_point",
        identifier("id"),
        identifier("community_id"),
        identifier("place_id"),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("hint", sa.String(length=100), nullable=True),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        points("patrol_point", "community_id", "place"),
        points("patrol_point", "place_id", "place"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_patrol_point")),
    )
    name = op.f("ix_patrol_point_community_id_id")
    op.create_index(name, "patrol_point", ["community_id", "id"])
    op.create_table(
        "patrol_route",
        identifier("id"),
        identifier("community_id"),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("days", sa.JSON(), nullable=False),
        sa.Column("window_from", sa.Time(), nullable=False),
        sa.Column("window_to", sa.Time(), nullable=False),
        sa.Column("people", sa.JSON(), nullable=False),
        sa.Column("at_once", sa.Integer(), nullable=False),
        sa.Column("ended", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        points("patrol_route", "community_id", "place"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_patrol_route")),
    )
    name = op.f("ix_patrol_route_community_id_id")
    op.create_index(name, "patrol_route", ["community_id", "id"])
    op.create_table(
        "patrol_route_point",
        identifier("route_id"),
        sa.Column("number", sa.Integer(), nullable=False),
        identifier("point_id"),
        points("patrol_route_point", "route_id", "patrol_route", ondelete="CASCADE"),
        points("patrol_route_point", "point_id", "patrol_point"),
        sa.PrimaryKeyConstraint("route_id", "number", name=op.f("pk_patrol_route_point")),
    )
    op.create_index(op.f("ix_patrol_route_point_point_id"), "patrol_route_point", ["point_id"])
    op.create_table(
        "patrol",
        identifier("id"),
        identifier("community_id"),
        identifier("route_id"),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("window_from", sa.Time(), nullable=False),
        sa.Column("window_to", sa.Time(), nullable=False),
        sa.Column("state", one_of(STATES, "patrol_state"), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("seen", sa.JSON(), nullable=False),
        sa.Column("remark", sa.String(length=200), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        points("patrol", "community_id", "place"),
        points("patrol", "route_id", "patrol_route"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_patrol")),
        sa.UniqueConstraint("route_id", "on", name=op.f("uq_patrol_route_id_on")),
    )
    name = op.f("ix_patrol_community_id_on_id")
    op.create_index(name, "patrol", ["community_id", "on", "id"])
    op.create_index(op.f("ix_patrol_state_on"), "patrol", ["state", "on"])
    op.create_table(
        "patrol_person",
        identifier("patrol_id"),
        identifier("person_id"),
        sa.Column("answer", one_of(ANSWERS, "patrol_answer"), nullable=False),
        sa.Column("walked", sa.Boolean(), nullable=False),
        points("patrol_person", "patrol_id", "patrol", ondelete="CASCADE"),
        points("patrol_person", "person_id", "person"),
        sa.PrimaryKeyConstraint("patrol_id", "person_id", name=op.f("pk_patrol_person")),
    )
    op.create_index(op.f("ix_patrol_person_person_id"), "patrol_person", ["person_id"])


def downgrade() -> None:
    for name in ("patrol_person", "patrol", "patrol_route_point", "patrol_route", "patrol_point"):
        op.drop_table(name)
