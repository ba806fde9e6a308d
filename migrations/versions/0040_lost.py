"""How many workers died in a row while they held a row of the outbox.

Meets a filled database: nothing was counted before, so every row begins with none. The index by
which rows are claimed is made anew: what was lost is found at once, and a lane looks at no rows of
others.
"""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0038"
branch_labels = None
depends_on = None

OLD, NEW = "ix_outbox_state_due_at", "ix_outbox_state_lost_kind_due_at"


def upgrade() -> None:
    op.add_column("outbox", sa.Column("lost", sa.Integer(), nullable=False, server_default="0"))
    op.drop_index(op.f(OLD), "outbox")
    op.create_index(op.f(NEW), "outbox", ["state", "lost", "kind", "due_at"])


def downgrade() -> None:
    op.drop_index(op.f(NEW), "outbox")
    op.create_index(op.f(OLD), "outbox", ["state", "due_at"])
    op.drop_column("outbox", "lost")
