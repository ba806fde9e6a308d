"""A month's plan: the plan, its grids, every stop that is owed and where it is put, and the edits.

Meets a filled database: nothing is planned yet. A visit may serve further purposes than its first.
"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

STATES = ("draft", "published", "dropped")
STAGES = ("waiting", "greedy", "better")
LEVELS = ("high", "focus", "general")


def points(table: str, column: str, to: str, **more: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{to}")
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=name, **more)


def one_of(names: tuple[str, ...], name: str) -> sa.Enum:
    return sa.Enum(*names, name=name, native_enum=False, create_constraint=True, length=32)


def moment(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def upgrade() -> None:
    op.create_table(
        "month_plan",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("community_id", sa.Uuid(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("state", one_of(STATES, "month_plan_state"), nullable=False),
        sa.Column("job_id", sa.Uuid(), nullable=True),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        moment("created_at"),
        moment("changed_at"),
        moment("published_at", nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        points("month_plan", "community_id", "place"),
        points("month_plan", "created_by", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_month_plan")),
    )
    name = op.f("ix_month_plan_community_id_month_id")
    op.create_index(name, "month_plan", ["community_id", "month", "id"])
    op.create_table(
        "month_plan_grid",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("grid_id", sa.Uuid(), nullable=False),
        sa.Column("stage", one_of(STAGES, "month_plan_grid_stage"), nullable=False),
        sa.Column("edited", sa.Boolean(), nullable=False),
        sa.Column("gap", sa.Double(), nullable=True),
        sa.Column("cut_short", sa.Boolean(), nullable=False),
        sa.Column("difference", sa.JSON(none_as_null=True), nullable=True),
        moment("changed_at"),
        sa.Column("version", sa.Integer(), nullable=False),
        points("month_plan_grid", "plan_id", "month_plan", ondelete="CASCADE"),
        points("month_plan_grid", "grid_id", "grid"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_month_plan_grid")),
        sa.UniqueConstraint("plan_id", "grid_id", name=op.f("uq_month_plan_grid_plan_id_grid_id")),
    )
    op.create_table(
        "month_plan_stop",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("part_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=160), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("level", one_of(LEVELS, "month_plan_stop_level"), nullable=False),
        sa.Column("purposes", sa.JSON(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("by_phone", sa.Boolean(), nullable=False),
        sa.Column("place", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("by_hand", sa.Boolean(), nullable=False),
        sa.Column("why", sa.String(length=32), nullable=True),
        sa.Column("helps", sa.JSON(), nullable=False),
        sa.Column("visit_id", sa.Uuid(), nullable=True),
        sa.Column("sent", sa.JSON(none_as_null=True), nullable=True),
        points("month_plan_stop", "part_id", "month_plan_grid", ondelete="CASCADE"),
        points("month_plan_stop", "household_id", "household"),
        points("month_plan_stop", "visit_id", "visit"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_month_plan_stop")),
        sa.UniqueConstraint("part_id", "key", name=op.f("uq_month_plan_stop_part_id_key")),
    )
    op.create_index(op.f("ix_month_plan_stop_visit_id"), "month_plan_stop", ["visit_id"])
    op.create_table(
        "month_plan_edit",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("part_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        moment("made_at"),
        sa.Column("undone", sa.Boolean(), nullable=False),
        points("month_plan_edit", "part_id", "month_plan_grid", ondelete="CASCADE"),
        points("month_plan_edit", "made_by", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_month_plan_edit")),
        sa.UniqueConstraint("part_id", "number", name=op.f("uq_month_plan_edit_part_id_number")),
    )
    op.add_column("visit", sa.Column("also", sa.JSON(none_as_null=True), nullable=True))


def downgrade() -> None:
    op.drop_column("visit", "also")
    for name in ("month_plan_edit", "month_plan_stop", "month_plan_grid", "month_plan"):
        op.drop_table(name)
