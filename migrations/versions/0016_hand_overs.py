"""What other systems hand over: files, rows, their numbers; and the latest tries of webhooks.

Meets a filled database: nobody has handed anything over yet; of webhooks no try is known so far.
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

FILES = ("preview", "confirmed", "dropped")
ROWS = ("ready", "refused", "doubled", "accepted", "left")


def moment(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def one_of(names: tuple[str, ...], name: str) -> sa.Enum:
    return sa.Enum(*names, name=name, native_enum=False, create_constraint=True, length=32)


def points(table: str, column: str, to: str, **more: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{to}")
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=name, **more)


def upgrade() -> None:
    op.create_table(
        "ticket_source",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("community_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("headings", sa.JSON(), nullable=False),
        moment("created_at"),
        points("ticket_source", "community_id", "place"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket_source")),
        sa.UniqueConstraint(
            "community_id", "name", name=op.f("uq_ticket_source_community_id_name")
        ),
    )
    op.create_table(
        "ticket_import",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.Column("community_id", sa.Uuid(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        moment("created_at"),
        moment("settled_at", nullable=True),
        sa.Column("filename", sa.String(length=120), nullable=False),
        sa.Column("state", one_of(FILES, "ticket_import_state"), nullable=False),
        sa.Column("headings", sa.JSON(), nullable=False),
        sa.Column("mapping", sa.JSON(), nullable=False),
        sa.Column("lines", sa.Text(), nullable=True),
        points("ticket_import", "community_id", "place"),
        points("ticket_import", "created_by", "person"),
        points("ticket_import", "source_id", "ticket_source"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket_import")),
    )
    name = op.f("ix_ticket_import_community_id_created_at")
    op.create_index(name, "ticket_import", ["community_id", "created_at"])
    op.create_index(op.f("ix_ticket_import_source_id"), "ticket_import", ["source_id"])
    op.create_table(
        "ticket_import_row",
        sa.Column("import_id", sa.Uuid(), nullable=False),
        sa.Column("row", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("state", one_of(ROWS, "row_state"), nullable=False),
        sa.Column("number", sa.String(length=64), nullable=False),
        sa.Column("said", sa.Text(), nullable=True),
        sa.Column("category", sa.String(length=40), nullable=True),
        sa.Column("place_id", sa.Uuid(), nullable=True),
        sa.Column("errors", sa.JSON(), nullable=False),
        sa.Column("doubts", sa.JSON(), nullable=False),
        sa.Column("ours", sa.String(length=16), nullable=True),
        points("ticket_import_row", "import_id", "ticket_import", ondelete="CASCADE"),
        points("ticket_import_row", "place_id", "place"),
        sa.PrimaryKeyConstraint("import_id", "row", name=op.f("pk_ticket_import_row")),
    )
    name = op.f("ix_ticket_import_row_import_id_state_row")
    op.create_index(name, "ticket_import_row", ["import_id", "state", "row"])
    op.create_table(
        "foreign_ticket",
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(length=64), nullable=False),
        sa.Column("ticket_id", sa.Uuid(), nullable=False),
        moment("called_at", nullable=True),
        moment("due_at", nullable=True),
        moment("taken_at"),
        points("foreign_ticket", "source_id", "ticket_source"),
        points("foreign_ticket", "ticket_id", "ticket"),
        sa.PrimaryKeyConstraint("source_id", "number", name=op.f("pk_foreign_ticket")),
    )
    op.create_index(op.f("ix_foreign_ticket_ticket_id"), "foreign_ticket", ["ticket_id"])
    op.add_column(
        "webhook_use", sa.Column("recent", sa.JSON(), nullable=False, server_default="[]")
    )


def downgrade() -> None:
    with op.batch_alter_table("webhook_use") as table:
        table.drop_column("recent")
    for name in ("foreign_ticket", "ticket_import_row", "ticket_import", "ticket_source"):
        op.drop_table(name)
