"""The change feed, what phones say of themselves, and what both visitors of a visit said.

Meets a filled database: everything that phones may hold is put into the feed, so that a phone's
first reading finds it; no visit is disputed; every picture belongs to who sent it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TOLD_BEFORE = (
    "ticket_todo",
    "ticket_help",
    "ticket_news",
    "visit_todo",
    "visit_news",
    "care_todo",
)


def upgrade() -> None:
    op.create_table(
        "feed_change",
        sa.Column("scope_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("row_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("scope_id", "kind", "row_id", name=op.f("pk_feed_change")),
    )
    op.create_index(
        op.f("ix_feed_change_scope_id_seq"), "feed_change", ["scope_id", "seq"], unique=True
    )
    op.create_index(op.f("ix_feed_change_until"), "feed_change", ["until"], unique=False)
    op.create_table(
        "feed_generation",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("value", sa.Uuid(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feed_generation")),
    )
    op.create_table(
        "feed_scope",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("key", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("floor", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feed_scope")),
        sa.UniqueConstraint("key", "kind", name=op.f("uq_feed_scope_key_kind")),
    )
    op.create_table(
        "media_sender",
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["hash"], ["media.hash"], name=op.f("fk_media_sender_hash_media"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("hash", "person_id", name=op.f("pk_media_sender")),
    )
    op.create_table(
        "device_report",
        sa.Column("device_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("waiting", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.Column("oldest_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("skew_seconds", sa.Integer(), nullable=False),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["device_id"],
            ["device.id"],
            name=op.f("fk_device_report_device_id_device"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_device_report_person_id_person")
        ),
        sa.PrimaryKeyConstraint("device_id", name=op.f("pk_device_report")),
    )
    op.create_index(
        op.f("ix_device_report_person_id"), "device_report", ["person_id"], unique=False
    )
    op.create_table(
        "visit_account",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column(
            "slot",
            sa.Enum(
                "morning",
                "afternoon",
                "evening",
                name="visit_slot",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "method",
            sa.Enum(
                "door",
                "downstairs",
                "phone",
                "video",
                "ok_signal",
                name="visit_method",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "outcome",
            sa.Enum(
                "ok",
                "issue",
                "not_home",
                "declined",
                "rescheduled",
                name="visit_outcome",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("needs", sa.JSON(), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=True),
        sa.Column("note_agreed", sa.Boolean(), nullable=False),
        sa.Column(
            "next_step",
            sa.Enum(
                "other_time",
                "phone",
                "building_head",
                "call_first",
                "phone_only",
                "no_more_visits",
                name="visit_next_step",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("reschedule_to", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("ticket_id", sa.Uuid(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("device_time", sa.DateTime(timezone=True), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["person.id"], name=op.f("fk_visit_account_recorded_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["ticket.id"], name=op.f("fk_visit_account_ticket_id_ticket")
        ),
        sa.ForeignKeyConstraint(
            ["visit_id"], ["visit.id"], name=op.f("fk_visit_account_visit_id_visit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_account")),
        sa.UniqueConstraint(
            "visit_id", "recorded_by", name=op.f("uq_visit_account_visit_id_recorded_by")
        ),
    )
    op.create_index(op.f("ix_visit_account_on"), "visit_account", ["on"], unique=False)
    op.create_index(
        op.f("ix_visit_account_ticket_id"), "visit_account", ["ticket_id"], unique=False
    )
    op.create_table(
        "visit_stray",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("community_id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("visit_id", sa.Uuid(), nullable=True),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("said", sa.JSON(), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "entered",
                "dropped",
                name="visit_stray_state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("settled_by", sa.Uuid(), nullable=True),
        sa.Column("drop_reason", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(
            ["community_id"], ["place.id"], name=op.f("fk_visit_stray_community_id_place")
        ),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_visit_stray_household_id_household")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_visit_stray_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["settled_by"], ["person.id"], name=op.f("fk_visit_stray_settled_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["visit_id"], ["visit.id"], name=op.f("fk_visit_stray_visit_id_visit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_stray")),
        sa.UniqueConstraint("person_id", "digest", name=op.f("uq_visit_stray_person_id_digest")),
    )
    op.create_index(
        op.f("ix_visit_stray_community_id_received_at"),
        "visit_stray",
        ["community_id", "received_at"],
        unique=False,
    )
    op.create_index(
        op.f("ix_visit_stray_received_at"), "visit_stray", ["received_at"], unique=False
    )
    op.add_column(
        "visit", sa.Column("disputed", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.create_index(
        "ix_visit_disputed",
        "visit",
        ["on"],
        unique=False,
        sqlite_where=sa.text("disputed = 1"),
        postgresql_where=sa.text("disputed"),
    )
    op.add_column(
        "visit_record", sa.Column("reschedule_to", sa.JSON(none_as_null=True), nullable=True)
    )
    allow_inbox_kinds(*TOLD_BEFORE, "visit_dispute", "visit_stray")
    op.execute("INSERT INTO media_sender SELECT hash, uploaded_by, created_at FROM media")
    fill_the_feed(sqlite=op.get_bind().dialect.name == "sqlite")


def allow_inbox_kinds(*kinds: str) -> None:
    """Set which kinds of thing people may be told."""
    with op.batch_alter_table("inbox_item") as table:
        table.drop_constraint(op.f("ck_inbox_item_kind"), type_="check")
        table.create_check_constraint(op.f("ck_inbox_item_kind"), sa.column("kind").in_(kinds))


def fill_the_feed(*, sqlite: bool) -> None:
    """One pointer for each row in each scope, numbered from 1 in every scope."""
    today = "date('now', '+8 hours')" if sqlite else "(now() AT TIME ZONE 'Asia/Shanghai')::date"

    def day_of(moment: str) -> str:
        local = f"date({moment}, '+8 hours')"
        return local if sqlite else f"({moment} AT TIME ZONE 'Asia/Shanghai')::date"

    def later(day: str, days: int) -> str:
        return f"date({day}, '+{days} days')" if sqlite else f"({day} + {days})"

    forever = "NULL" if sqlite else "NULL::date"
    done = later('v."on"', 30)
    over = later(day_of("t.moved_at"), 60)
    told = later(day_of("i.created_at"), 60)
    visit_until = f"CASE WHEN v.state = 'done' THEN {done} END"
    held_visit = f"(v.state IN ('proposed', 'accepted') OR v.state = 'done' AND {done} >= {today})"
    ticket_until = f"CASE WHEN t.status IN ('closed', 'rejected', 'withdrawn') THEN {over} END"
    op.execute(
        f"""
        CREATE TEMPORARY TABLE feed_lies AS
        SELECT 'place' AS scope, building_id AS key, 'household' AS kind, id AS row_id,
               {forever} AS until FROM household
        UNION SELECT 'place', unit_id, 'household', id, {forever} FROM household
        UNION SELECT 'homes', main_person_id, 'household', household_id, {forever}
              FROM household_assignment WHERE main_person_id IS NOT NULL
        UNION SELECT 'homes', backup_person_id, 'household', household_id, {forever}
              FROM household_assignment WHERE backup_person_id IS NOT NULL
        UNION SELECT 'visits', v.person_id, 'visit', v.id, {visit_until}
              FROM visit v WHERE {held_visit}
        UNION SELECT 'visits', p.person_id, 'visit', v.id, {visit_until}
              FROM visit v JOIN visit_partner p ON p.visit_id = v.id WHERE {held_visit}
        UNION SELECT 'person', t.reporter_id, 'ticket', t.id, {ticket_until} FROM ticket t
              WHERE t.status NOT IN ('closed', 'rejected', 'withdrawn') OR {over} >= {today}
        UNION SELECT 'person', i.person_id, 'inbox', i.id, {told} FROM inbox_item i
              WHERE {told} >= {today}
        """  # noqa: S608 - our own words
    )
    op.execute(
        "INSERT INTO feed_scope (kind, key, seq, floor) "
        "SELECT scope, key, count(*), 0 FROM feed_lies GROUP BY scope, key"
    )
    op.execute(
        "INSERT INTO feed_change (scope_id, kind, row_id, seq, until, at) "
        "SELECT s.id, l.kind, l.row_id, "
        "row_number() OVER (PARTITION BY s.id ORDER BY l.kind, l.row_id), l.until, "
        "CURRENT_TIMESTAMP FROM feed_lies l JOIN feed_scope s ON s.kind = l.scope AND s.key = l.key"
    )
    op.execute("DROP TABLE feed_lies")


def downgrade() -> None:
    op.execute("DELETE FROM inbox_item WHERE kind IN ('visit_dispute', 'visit_stray')")
    allow_inbox_kinds(*TOLD_BEFORE)
    op.drop_column("visit_record", "reschedule_to")
    op.drop_index(
        "ix_visit_disputed",
        table_name="visit",
        sqlite_where=sa.text("disputed = 1"),
        postgresql_where=sa.text("disputed"),
    )
    op.drop_column("visit", "disputed")
    op.drop_index(op.f("ix_visit_stray_received_at"), table_name="visit_stray")
    op.drop_index(op.f("ix_visit_stray_community_id_received_at"), table_name="visit_stray")
    op.drop_table("visit_stray")
    op.drop_index(op.f("ix_visit_account_ticket_id"), table_name="visit_account")
    op.drop_index(op.f("ix_visit_account_on"), table_name="visit_account")
    op.drop_table("visit_account")
    op.drop_index(op.f("ix_device_report_person_id"), table_name="device_report")
    op.drop_table("device_report")
    op.drop_table("media_sender")
    op.drop_table("feed_scope")
    op.drop_table("feed_generation")
    op.drop_index(op.f("ix_feed_change_until"), table_name="feed_change")
    op.drop_index(op.f("ix_feed_change_scope_id_seq"), table_name="feed_change")
    op.drop_table("feed_change")
