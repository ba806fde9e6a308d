"""Certificates of service hours, and the records that each of them counts.

Meets a filled database: no row changes.
"""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0025"
branch_labels = None
depends_on = None


def _points(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{to}")
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=name)


def upgrade() -> None:
    table = "service_certificate"
    op.create_table(
        table,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("community_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(32), nullable=False),
        sa.Column("code", sa.String(16), nullable=False),
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("issuer", sa.String(80), nullable=False),
        sa.Column("handler", sa.String(40), nullable=False),
        sa.Column("handler_id", sa.Uuid(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("quarters", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoke_reason", sa.String(200), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        _points(table, "community_id", "place"),
        _points(table, "person_id", "person"),
        _points(table, "handler_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_certificate")),
        sa.UniqueConstraint(
            "community_id",
            "year",
            "serial",
            name=op.f("uq_service_certificate_community_id_year_serial"),
        ),
        sa.UniqueConstraint("number", name=op.f("uq_service_certificate_number")),
    )
    for column in ("community_id", "person_id"):
        op.create_index(op.f(f"ix_service_certificate_{column}_id"), table, [column, "id"])
    line = "service_certificate_line"
    op.create_table(
        line,
        sa.Column("certificate_id", sa.Uuid(), nullable=False),
        sa.Column("hours_id", sa.Uuid(), nullable=False),
        sa.Column("quarters", sa.Integer(), nullable=False),
        _points(line, "certificate_id", table),
        _points(line, "hours_id", "service_hours"),
        sa.PrimaryKeyConstraint("certificate_id", "hours_id", name=op.f(f"pk_{line}")),
    )
    op.create_index(op.f(f"ix_{line}_hours_id"), line, ["hours_id"])


def downgrade() -> None:
    op.drop_table("service_certificate_line")
    op.drop_table("service_certificate")
