"""What is known of an item on its way to a device.

Meets a filled database: one table more, and no row changes.
"""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0028"
branch_labels = None
depends_on = None

CHANNELS = ("push", "own")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "delivery",
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column(
            "channel",
            sa.Enum(
                *CHANNELS, name="channel", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("address_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("delivered_at", MOMENT, nullable=True),
        sa.Column("shown_at", MOMENT, nullable=True),
        sa.Column("opened_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["inbox_item.id"],
            name=op.f("fk_delivery_item_id_inbox_item"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("item_id", "channel", "address_id", name=op.f("pk_delivery")),
    )
    op.create_index(op.f("ix_delivery_created_at"), "delivery", ["created_at"])


def downgrade() -> None:
    op.drop_table("delivery")
