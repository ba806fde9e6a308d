"""A community's last number of a month is counted apart from the ticket that gets it.

Meets a filled database: the counts stay. They name no row of the places any more, because the
count may be on disk before a new community is.
"""

from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None

KEY = "fk_ticket_number_community_id_place"


def upgrade() -> None:
    with op.batch_alter_table("ticket_number") as table:
        table.drop_constraint(op.f(KEY), type_="foreignkey")


def downgrade() -> None:
    with op.batch_alter_table("ticket_number") as table:
        table.create_foreign_key(op.f(KEY), "place", ["community_id"], ["id"])
