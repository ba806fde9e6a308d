"""Lists of one's own reports by the day they were made.

Meets a filled database: an index, and no row changes.
"""

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

NAME = "ix_ticket_reporter_id_created_at_id"


def upgrade() -> None:
    op.create_index(NAME, "ticket", ["reporter_id", "created_at", "id"])


def downgrade() -> None:
    op.drop_index(NAME, table_name="ticket")
