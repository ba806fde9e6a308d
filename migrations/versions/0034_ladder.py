"""People's own channels, and counts of text messages.

Meets a filled database: three tables more, and no row changes.
"""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0037"
branch_labels = None
depends_on = None

CHANNEL_KINDS = ("mail", "wecom", "other")
CHANNEL_STATES = ("unconfirmed", "ready", "broken")


def points(table: str, column: str, to: str, **more: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{to}")
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=name, **more)


def one_of(names: tuple[str, ...], name: str) -> sa.Enum:
    return sa.Enum(*names, name=name, native_enum=False, create_constraint=True, length=32)


def identifier(name: str) -> sa.Column:
    return sa.Column(name, sa.Uuid(), nullable=False)


def moment(name: str, *, needed: bool = False) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=not needed)


def upgrade() -> None:
    _own_channels()
    _texts()


def _own_channels() -> None:
    op.create_table(
        "own_channel",
        identifier("id"),
        identifier("person_id"),
        sa.Column("kind", one_of(CHANNEL_KINDS, "own_channel_kind"), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("address_blind", sa.String(length=64), nullable=False),
        sa.Column("state", one_of(CHANNEL_STATES, "own_channel_state"), nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=False),
        moment("code_until", needed=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        moment("created_at", needed=True),
        points("own_channel", "person_id", "person", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_channel")),
        sa.UniqueConstraint(
            "person_id", "address_blind", name=op.f("uq_own_channel_person_id_address_blind")
        ),
    )
    op.create_table(
        "own_channel_use",
        identifier("channel_id"),
        moment("last_ok_at"),
        moment("failed_at"),
        sa.Column("why", sa.String(length=100), nullable=True),
        points("own_channel_use", "channel_id", "own_channel", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("channel_id", name=op.f("pk_own_channel_use")),
    )


def _texts() -> None:
    op.create_table(
        "sms_count",
        sa.Column("day", sa.Date(), nullable=False),
        identifier("whose"),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", "whose", name=op.f("pk_sms_count")),
    )


def downgrade() -> None:
    op.drop_table("sms_count")
    op.drop_table("own_channel_use")
    op.drop_table("own_channel")
