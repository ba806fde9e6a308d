"""Emergency calls, who was called, and the visits that wait for one.

Meets a filled database: three tables more, two kinds more that people may be told; no row changes.
"""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0033"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
TOLD_BEFORE = (
    "ticket_todo",
    "ticket_help",
    "ticket_news",
    "visit_todo",
    "visit_news",
    "visit_dispute",
    "visit_stray",
    "care_todo",
    "system_todo",
    "duty_todo",
    "hours_news",
)
TOLD = ("call_todo", "call_news")


def word(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def key(table: str, column: str, to: str, **more: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{to}")
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=name, **more)


def upgrade() -> None:
    op.create_table(
        "summons",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("community_id", sa.Uuid(), nullable=False),
        sa.Column("place_id", sa.Uuid(), nullable=False),
        sa.Column("team_id", sa.Uuid(), nullable=True),
        sa.Column(
            "kind",
            word("call_kind", "flood", "cold", "heat", "outage", "other"),
            nullable=False,
        ),
        sa.Column("state", word("call_state", "open", "closed", "called_off"), nullable=False),
        sa.Column("words", sa.String(length=200), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("danger_reason", sa.String(length=200), nullable=True),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("set_aside", sa.Integer(), nullable=False),
        sa.Column("opened_by", sa.Uuid(), nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("ended_by", sa.Uuid(), nullable=True),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("ending", sa.String(length=200), nullable=True),
        sa.Column("summed_up", sa.JSON(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        key("summons", "community_id", "place"),
        key("summons", "place_id", "place"),
        key("summons", "team_id", "team"),
        key("summons", "opened_by", "person"),
        key("summons", "ended_by", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_summons")),
    )
    op.create_index(
        op.f("ix_summons_community_id_opened_at_id"),
        "summons",
        ["community_id", "opened_at", "id"],
    )
    op.create_index(op.f("ix_summons_state"), "summons", ["state"])
    op.create_table(
        "called_person",
        sa.Column("call_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("seat", word("called_seat", "member", "duty"), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("answer", word("call_answer", "coming", "cannot", "safe"), nullable=True),
        sa.Column("answered_at", MOMENT, nullable=True),
        key("called_person", "call_id", "summons", ondelete="CASCADE"),
        key("called_person", "person_id", "person"),
        key("called_person", "organisation_id", "organisation"),
        sa.PrimaryKeyConstraint("call_id", "person_id", name=op.f("pk_called_person")),
    )
    op.create_index(op.f("ix_called_person_person_id"), "called_person", ["person_id"])
    op.create_table(
        "visit_set_aside",
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("cause_id", sa.Uuid(), nullable=False),
        sa.Column(
            "was",
            word("visit_aside_state", "proposed", "accepted", "turned_down", "done", "cancelled"),
            nullable=False,
        ),
        key("visit_set_aside", "visit_id", "visit", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("visit_id", "cause_id", name=op.f("pk_visit_set_aside")),
    )
    op.create_index(op.f("ix_visit_set_aside_cause_id"), "visit_set_aside", ["cause_id"])
    allow_inbox_kinds(*TOLD_BEFORE, *TOLD)


def downgrade() -> None:
    op.execute("DELETE FROM inbox_item WHERE kind IN ('call_todo', 'call_news')")
    allow_inbox_kinds(*TOLD_BEFORE)
    op.drop_table("visit_set_aside")
    op.drop_table("called_person")
    op.drop_table("summons")


def allow_inbox_kinds(*kinds: str) -> None:
    """Set which kinds of thing people may be told."""
    with op.batch_alter_table("inbox_item") as table:
        table.drop_constraint(op.f("ck_inbox_item_kind"), type_="check")
        table.create_check_constraint(op.f("ck_inbox_item_kind"), sa.column("kind").in_(kinds))
