"""Who of the leading organisation is on duty for a ticket.

Meets a filled database: nobody was named for the tickets that are there; all who work for the
organisation stay told, as before.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

ON_DUTY = sa.text("duty_person_id IS NOT NULL")
INDEX = "ix_ticket_duty_person_id"


def upgrade() -> None:
    op.add_column("ticket", sa.Column("duty_person_id", sa.Uuid(), nullable=True))
    op.create_index(
        INDEX,
        "ticket",
        ["duty_person_id", "status", "moved_at"],
        sqlite_where=ON_DUTY,
        postgresql_where=ON_DUTY,
    )


def downgrade() -> None:
    op.drop_index(INDEX, table_name="ticket")
    op.drop_column("ticket", "duty_person_id")
