"""Rules of who leads a ticket, and duty lists of organisations.

Meets a filled database: nobody has made a rule or a list yet; tickets are dispatched by hand and
all who work for an organisation are told, as before.
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0027"
branch_labels = None
depends_on = None

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
)


def upgrade() -> None:
    op.create_table(
        "routing_rule",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("community_id", sa.Uuid(), nullable=False),
        sa.Column("place_id", sa.Uuid(), nullable=False),
        sa.Column("about", sa.String(length=40), nullable=False),
        sa.Column("lead_org_id", sa.Uuid(), nullable=False),
        sa.Column("co_org_ids", sa.JSON(), nullable=False),
        sa.Column("decides", sa.Boolean(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["changed_by"], ["person.id"], name=op.f("fk_routing_rule_changed_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["community_id"], ["place.id"], name=op.f("fk_routing_rule_community_id_place")
        ),
        sa.ForeignKeyConstraint(
            ["lead_org_id"],
            ["organisation.id"],
            name=op.f("fk_routing_rule_lead_org_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["place_id"], ["place.id"], name=op.f("fk_routing_rule_place_id_place")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_routing_rule")),
        sa.UniqueConstraint("place_id", "about", name=op.f("uq_routing_rule_place_id_about")),
    )
    op.create_index(op.f("ix_routing_rule_community_id"), "routing_rule", ["community_id"])
    op.create_table(
        "duty_list",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("week", sa.JSON(), nullable=False),
        sa.Column("instead", sa.JSON(), nullable=False),
        sa.Column("always", sa.Boolean(), nullable=False),
        sa.Column("hotline", sa.String(length=20), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["changed_by"], ["person.id"], name=op.f("fk_duty_list_changed_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_duty_list_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("organisation_id", name=op.f("pk_duty_list")),
    )
    allow_inbox_kinds(*TOLD_BEFORE, "duty_todo")


def downgrade() -> None:
    op.execute("DELETE FROM inbox_item WHERE kind = 'duty_todo'")
    allow_inbox_kinds(*TOLD_BEFORE)
    op.drop_table("duty_list")
    op.drop_index(op.f("ix_routing_rule_community_id"), table_name="routing_rule")
    op.drop_table("routing_rule")


def allow_inbox_kinds(*kinds: str) -> None:
    """Set which kinds of thing people may be told."""
    with op.batch_alter_table("inbox_item") as table:
        table.drop_constraint(op.f("ck_inbox_item_kind"), type_="check")
        table.create_check_constraint(op.f("ck_inbox_item_kind"), sa.column("kind").in_(kinds))
