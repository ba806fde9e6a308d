"""People's own channels, counts of text messages, group robots, and who was telephoned.

Meets a filled database: seven tables more, and no row changes.
"""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0037"
branch_labels = None
depends_on = None

CHANNEL_KINDS = ("mail", "wecom", "other")
OUTCOMES = ("reached", "no_answer", "failed")
ROBOT_KINDS = ("wecom", "dingtalk", "feishu")
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
    _robots()
    _calls()


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


def _robots() -> None:
    op.create_table(
        "robot",
        identifier("id"),
        identifier("place_id"),
        identifier("organisation_id"),
        sa.Column("kind", one_of(ROBOT_KINDS, "robot_kind"), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("token_blind", sa.String(length=64), nullable=False),
        sa.Column("secret", sa.String(length=255), nullable=True),
        sa.Column("wants", sa.JSON(), nullable=False),
        identifier("created_by"),
        moment("created_at", needed=True),
        moment("stopped_at"),
        points("robot", "place_id", "place"),
        points("robot", "organisation_id", "organisation"),
        points("robot", "created_by", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_robot")),
        sa.UniqueConstraint("token_blind", name=op.f("uq_robot_token_blind")),
    )
    op.create_index(op.f("ix_robot_organisation_id"), "robot", ["organisation_id"])
    op.create_table(
        "robot_use",
        identifier("robot_id"),
        sa.Column("room", sa.Float(), nullable=False),
        moment("room_at", needed=True),
        moment("busy_until"),
        moment("last_ok_at"),
        moment("failed_at"),
        sa.Column("why", sa.String(length=100), nullable=True),
        points("robot_use", "robot_id", "robot", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("robot_id", name=op.f("pk_robot_use")),
    )
    op.create_table(
        "robot_news",
        identifier("robot_id"),
        sa.Column("about", sa.String(length=16), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        points("robot_news", "robot_id", "robot", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("robot_id", "about", name=op.f("pk_robot_news")),
    )


def _calls() -> None:
    op.create_table(
        "emergency_call",
        identifier("id"),
        identifier("ticket_id"),
        identifier("person_id"),
        identifier("by_id"),
        sa.Column("outcome", one_of(OUTCOMES, "call_outcome"), nullable=False),
        moment("at", needed=True),
        points("emergency_call", "ticket_id", "ticket", ondelete="CASCADE"),
        points("emergency_call", "person_id", "person"),
        points("emergency_call", "by_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_emergency_call")),
    )
    name = op.f("ix_emergency_call_ticket_id_at")
    op.create_index(name, "emergency_call", ["ticket_id", "at"])


def downgrade() -> None:
    op.drop_table("emergency_call")
    op.drop_table("robot_news")
    op.drop_table("robot_use")
    op.drop_table("robot")
    op.drop_table("sms_count")
    op.drop_table("own_channel_use")
    op.drop_table("own_channel")
