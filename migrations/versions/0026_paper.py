"""Round sheets on paper: which visits stand on which printed sheet.

Meets a filled database: two tables more, and no row changes.
"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0020"
branch_labels = None
depends_on = None

KINDS = ("outing", "building")


def points(table: str, column: str, to: str, **more: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{to}")
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=name, **more)


def upgrade() -> None:
    kind = sa.Enum(
        *KINDS, name="paper_sheet_kind", native_enum=False, create_constraint=True, length=32
    )
    op.create_table(
        "paper_sheet",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("community_id", sa.Uuid(), nullable=False),
        sa.Column("kind", kind, nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("building_id", sa.Uuid(), nullable=True),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        points("paper_sheet", "community_id", "place"),
        points("paper_sheet", "person_id", "person"),
        points("paper_sheet", "building_id", "place"),
        points("paper_sheet", "made_by", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_sheet")),
        sa.UniqueConstraint("code", name=op.f("uq_paper_sheet_code")),
    )
    name = op.f("ix_paper_sheet_community_id_id")
    op.create_index(name, "paper_sheet", ["community_id", "id"])
    op.create_index(op.f("ix_paper_sheet_last_on"), "paper_sheet", ["last_on"])
    op.create_table(
        "paper_row",
        sa.Column("sheet_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        points("paper_row", "sheet_id", "paper_sheet", ondelete="CASCADE"),
        points("paper_row", "visit_id", "visit"),
        sa.PrimaryKeyConstraint("sheet_id", "number", name=op.f("pk_paper_row")),
    )
    op.create_index(op.f("ix_paper_row_visit_id"), "paper_row", ["visit_id"])


def downgrade() -> None:
    op.drop_table("paper_row")
    op.drop_table("paper_sheet")
