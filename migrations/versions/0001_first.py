"""The first schema.

Meets an empty database.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("subject_kind", sa.String(length=32), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("verb", sa.String(length=32), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )
    op.create_index(op.f("ix_audit_actor_id_at"), "audit", ["actor_id", "at"], unique=False)
    op.create_index(
        op.f("ix_audit_subject_kind_subject_id_at"),
        "audit",
        ["subject_kind", "subject_id", "at"],
        unique=False,
    )
    op.create_table(
        "idempotency",
        sa.Column("actor_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Uuid(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("actor_id", "key", name=op.f("pk_idempotency")),
    )
    op.create_index(op.f("ix_idempotency_at"), "idempotency", ["at"], unique=False)
    op.create_table(
        "media",
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("stored", sa.String(length=64), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("bytes", sa.Integer(), nullable=False),
        sa.Column("uploaded_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_media")),
    )
    op.create_index(op.f("ix_media_uploaded_by"), "media", ["uploaded_by"], unique=False)
    op.create_table(
        "outbox",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("dedup_key", sa.String(length=160), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "leased",
                "done",
                "dead",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("dedup_key", name=op.f("uq_outbox_dedup_key")),
    )
    op.create_index(op.f("ix_outbox_state_due_at"), "outbox", ["state", "due_at"], unique=False)
    op.create_table(
        "person",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("phone", sa.String(length=255), nullable=False),
        sa.Column("phone_blind", sa.String(length=64), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("elder_mode", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("phone_blind", name=op.f("uq_person_phone_blind")),
    )
    op.create_table(
        "place",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "district",
                "subdistrict",
                "community",
                "estate",
                "building",
                "unit",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("code", sa.String(length=12), nullable=True),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column(
            "path",
            sa.String(length=300).with_variant(sa.String(length=300, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("community_id", sa.Uuid(), nullable=True),
        sa.Column("estate_id", sa.Uuid(), nullable=True),
        sa.Column("grid_id", sa.Uuid(), nullable=True),
        sa.Column("sort", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["parent_id"], ["place.id"], name=op.f("fk_place_parent_id_place")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place")),
        sa.UniqueConstraint("code", name=op.f("uq_place_code")),
        sa.UniqueConstraint("path", name=op.f("uq_place_path")),
    )
    op.create_index(
        op.f("ix_place_community_id_kind"), "place", ["community_id", "kind"], unique=False
    )
    op.create_index(op.f("ix_place_estate_id"), "place", ["estate_id"], unique=False)
    op.create_index(op.f("ix_place_parent_id_sort"), "place", ["parent_id", "sort"], unique=False)
    op.create_table(
        "sign_in_attempt",
        sa.Column("phone_blind", sa.String(length=64), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("phone_blind", name=op.f("pk_sign_in_attempt")),
    )
    op.create_table(
        "device",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("csrf_token", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_device_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_device")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_device_token_hash")),
    )
    op.create_index(
        op.f("ix_device_person_id_ended_at"), "device", ["person_id", "ended_at"], unique=False
    )
    op.create_table(
        "grid",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("community_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("sort", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"], ["place.id"], name=op.f("fk_grid_community_id_place")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grid")),
        sa.UniqueConstraint("community_id", "name", name=op.f("uq_grid_community_id_name")),
    )
    op.create_table(
        "household_import",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("community_id", sa.Uuid(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("filename", sa.String(length=120), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "preview",
                "confirmed",
                "dropped",
                name="import_state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("news", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("lines", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["community_id"], ["place.id"], name=op.f("fk_household_import_community_id_place")
        ),
        sa.ForeignKeyConstraint(
            ["created_by"], ["person.id"], name=op.f("fk_household_import_created_by_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_household_import")),
    )
    op.create_index(
        op.f("ix_household_import_community_id"), "household_import", ["community_id"], unique=False
    )
    op.create_table(
        "inbox_item",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "ticket_todo",
                "ticket_help",
                "ticket_news",
                "visit_todo",
                "visit_news",
                "care_todo",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("body", sa.String(length=200), nullable=False),
        sa.Column("link", sa.String(length=120), nullable=False),
        sa.Column("about", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_inbox_item_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbox_item")),
    )
    op.create_index("ix_inbox_item_about", "inbox_item", ["about"], unique=False)
    op.create_index(
        "ix_inbox_item_person_id_created_at_id",
        "inbox_item",
        ["person_id", "created_at", "id"],
        unique=False,
    )
    op.create_index(
        "ix_inbox_item_person_id_read_at", "inbox_item", ["person_id", "read_at"], unique=False
    )
    op.create_index(
        "uq_inbox_item_unread",
        "inbox_item",
        ["person_id", "kind", "about"],
        unique=True,
        sqlite_where=sa.text("read_at IS NULL"),
        postgresql_where=sa.text("read_at IS NULL"),
    )
    op.create_table(
        "organisation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "community_party",
                "residents_committee",
                "property",
                "owners_committee",
                "volunteer_team",
                "social_org",
                "subdistrict",
                "district",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("place_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["place_id"], ["place.id"], name=op.f("fk_organisation_place_id_place")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
    )
    op.create_index(op.f("ix_organisation_place_id"), "organisation", ["place_id"], unique=False)
    op.create_table(
        "team",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "red_flag",
                "red_steward",
                "red_armband",
                name="team_kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("place_id", sa.Uuid(), nullable=False),
        sa.Column("community_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"], ["place.id"], name=op.f("fk_team_community_id_place")
        ),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_team_place_id_place")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team")),
        sa.UniqueConstraint("community_id", "name", name=op.f("uq_team_community_id_name")),
    )
    op.create_table(
        "ticket_number",
        sa.Column("community_id", sa.Uuid(), nullable=False),
        sa.Column("month", sa.String(length=4), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"], ["place.id"], name=op.f("fk_ticket_number_community_id_place")
        ),
        sa.PrimaryKeyConstraint("community_id", "month", name=op.f("pk_ticket_number")),
    )
    op.create_table(
        "grid_branch",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("grid_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(["grid_id"], ["grid.id"], name=op.f("fk_grid_branch_grid_id_grid")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grid_branch")),
    )
    op.create_index(op.f("ix_grid_branch_grid_id"), "grid_branch", ["grid_id"], unique=False)
    op.create_table(
        "household",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("community_id", sa.Uuid(), nullable=False),
        sa.Column("estate_id", sa.Uuid(), nullable=False),
        sa.Column("building_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("grid_id", sa.Uuid(), nullable=True),
        sa.Column("door", sa.String(length=16), nullable=False),
        sa.Column("floor", sa.Integer(), nullable=True),
        sa.Column("walk_order", sa.String(length=32), nullable=False),
        sa.Column("contact_name", sa.String(length=20), nullable=False),
        sa.Column("contact_phone", sa.String(length=255), nullable=True),
        sa.Column(
            "care_level",
            sa.Enum(
                "high",
                "focus",
                "general",
                name="care_level",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("care_confirmed_on", sa.Date(), nullable=True),
        sa.Column(
            "wish",
            sa.Enum(
                "any",
                "call_first",
                "phone_only",
                "no_more_visits",
                name="visit_wish",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["building_id"], ["place.id"], name=op.f("fk_household_building_id_place")
        ),
        sa.ForeignKeyConstraint(
            ["community_id"], ["place.id"], name=op.f("fk_household_community_id_place")
        ),
        sa.ForeignKeyConstraint(
            ["estate_id"], ["place.id"], name=op.f("fk_household_estate_id_place")
        ),
        sa.ForeignKeyConstraint(["grid_id"], ["grid.id"], name=op.f("fk_household_grid_id_grid")),
        sa.ForeignKeyConstraint(["unit_id"], ["place.id"], name=op.f("fk_household_unit_id_place")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_household")),
        sa.UniqueConstraint("unit_id", "door", name=op.f("uq_household_unit_id_door")),
    )
    op.create_index(op.f("ix_household_building_id"), "household", ["building_id"], unique=False)
    op.create_index(
        op.f("ix_household_community_id_walk_order_id"),
        "household",
        ["community_id", "walk_order", "id"],
        unique=False,
    )
    op.create_index(op.f("ix_household_estate_id"), "household", ["estate_id"], unique=False)
    op.create_index(op.f("ix_household_grid_id"), "household", ["grid_id"], unique=False)
    op.create_table(
        "household_import_row",
        sa.Column("import_id", sa.Uuid(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column(
            "action",
            sa.Enum(
                "create",
                "change",
                "same",
                "refuse",
                name="row_action",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("door_text", sa.String(length=120), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"],
            ["household_import.id"],
            name=op.f("fk_household_import_row_import_id_household_import"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("import_id", "row", name=op.f("pk_household_import_row")),
    )
    op.create_index(
        op.f("ix_household_import_row_import_id_action_row"),
        "household_import_row",
        ["import_id", "action", "row"],
        unique=False,
    )
    op.create_table(
        "invitation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("phone", sa.String(length=255), nullable=False),
        sa.Column("phone_blind", sa.String(length=64), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "member",
                "leader",
                "dispatcher",
                "clerk",
                "secretary",
                "officer",
                "admin",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("place_id", sa.Uuid(), nullable=False),
        sa.Column("invited_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["invited_by"], ["person.id"], name=op.f("fk_invitation_invited_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_invitation_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["place_id"], ["place.id"], name=op.f("fk_invitation_place_id_place")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_invitation_token_hash")),
    )
    op.create_index(
        op.f("ix_invitation_organisation_id"), "invitation", ["organisation_id"], unique=False
    )
    op.create_table(
        "membership",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "member",
                "leader",
                "dispatcher",
                "clerk",
                "secretary",
                "officer",
                "admin",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("place_id", sa.Uuid(), nullable=False),
        sa.Column("from_date", sa.Date(), nullable=False),
        sa.Column("until_date", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_membership_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_membership_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["place_id"], ["place.id"], name=op.f("fk_membership_place_id_place")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership")),
    )
    op.create_index(
        op.f("ix_membership_organisation_id_until_date"),
        "membership",
        ["organisation_id", "until_date"],
        unique=False,
    )
    op.create_index(op.f("ix_membership_person_id"), "membership", ["person_id"], unique=False)
    op.create_table(
        "pairing",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("team_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("place_id", sa.Uuid(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_pairing_person_id_person")
        ),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_pairing_place_id_place")),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_pairing_team_id_team")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pairing")),
    )
    op.create_index(op.f("ix_pairing_person_id"), "pairing", ["person_id"], unique=False)
    op.create_index(op.f("ix_pairing_place_id"), "pairing", ["place_id"], unique=False)
    op.create_index(op.f("ix_pairing_team_id"), "pairing", ["team_id"], unique=False)
    op.create_table(
        "push_subscription",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("device_id", sa.Uuid(), nullable=True),
        sa.Column("endpoint", sa.String(length=1000), nullable=False),
        sa.Column("p256dh", sa.String(length=128), nullable=False),
        sa.Column("auth", sa.String(length=32), nullable=False),
        sa.Column("device_name", sa.String(length=60), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_ok_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["device_id"],
            ["device.id"],
            name=op.f("fk_push_subscription_device_id_device"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_push_subscription_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_push_subscription")),
        sa.UniqueConstraint("endpoint", name=op.f("uq_push_subscription_endpoint")),
    )
    op.create_index(
        op.f("ix_push_subscription_device_id"), "push_subscription", ["device_id"], unique=False
    )
    op.create_index(
        op.f("ix_push_subscription_person_id"), "push_subscription", ["person_id"], unique=False
    )
    op.create_table(
        "team_member",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("team_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("leader", sa.Boolean(), nullable=False),
        sa.Column("from_date", sa.Date(), nullable=False),
        sa.Column("until_date", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_team_member_person_id_person")
        ),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_team_member_team_id_team")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team_member")),
    )
    op.create_index(op.f("ix_team_member_person_id"), "team_member", ["person_id"], unique=False)
    op.create_index(
        op.f("ix_team_member_team_id_person_id"),
        "team_member",
        ["team_id", "person_id"],
        unique=False,
    )
    op.create_table(
        "visit_round",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("community_id", sa.Uuid(), nullable=False),
        sa.Column("team_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(length=60), nullable=False),
        sa.Column(
            "purpose",
            sa.Enum(
                "routine",
                "care",
                "safety",
                "opinions",
                "notice",
                "wellness",
                name="round_purpose",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("whom", sa.JSON(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("windows", sa.JSON(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "published",
                "ended",
                "cancelled",
                name="round_state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("households", sa.Integer(), nullable=False),
        sa.Column("cancel_reason", sa.String(length=200), nullable=True),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"], ["place.id"], name=op.f("fk_visit_round_community_id_place")
        ),
        sa.ForeignKeyConstraint(
            ["created_by"], ["person.id"], name=op.f("fk_visit_round_created_by_person")
        ),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_visit_round_team_id_team")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_round")),
    )
    op.create_index(
        op.f("ix_visit_round_community_id_starts_on"),
        "visit_round",
        ["community_id", "starts_on"],
        unique=False,
    )
    op.create_index(op.f("ix_visit_round_team_id"), "visit_round", ["team_id"], unique=False)
    op.create_table(
        "household_assignment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("main_person_id", sa.Uuid(), nullable=True),
        sa.Column("backup_person_id", sa.Uuid(), nullable=True),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["backup_person_id"],
            ["person.id"],
            name=op.f("fk_household_assignment_backup_person_id_person"),
        ),
        sa.ForeignKeyConstraint(
            ["household_id"],
            ["household.id"],
            name=op.f("fk_household_assignment_household_id_household"),
        ),
        sa.ForeignKeyConstraint(
            ["main_person_id"],
            ["person.id"],
            name=op.f("fk_household_assignment_main_person_id_person"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_household_assignment")),
        sa.UniqueConstraint("household_id", name=op.f("uq_household_assignment_household_id")),
    )
    op.create_index(
        op.f("ix_household_assignment_backup_person_id"),
        "household_assignment",
        ["backup_person_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_household_assignment_main_person_id"),
        "household_assignment",
        ["main_person_id"],
        unique=False,
    )
    op.create_table(
        "ticket",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(length=16), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("text", sa.String(length=500), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "submitted",
                "accepted",
                "dispatched",
                "in_progress",
                "suspended",
                "resolved",
                "reviewed",
                "closed",
                "rejected",
                "withdrawn",
                "deliberating",
                "escalated",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("emergency", sa.Boolean(), nullable=False),
        sa.Column("supervised", sa.Boolean(), nullable=False),
        sa.Column("duplicate_of", sa.Uuid(), nullable=True),
        sa.Column("community_id", sa.Uuid(), nullable=False),
        sa.Column("estate_id", sa.Uuid(), nullable=True),
        sa.Column("building_id", sa.Uuid(), nullable=True),
        sa.Column("place_id", sa.Uuid(), nullable=False),
        sa.Column("place_text", sa.String(length=200), nullable=False),
        sa.Column("spot", sa.String(length=40), nullable=True),
        sa.Column("public_area", sa.Boolean(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=True),
        sa.Column("agreed_by", sa.String(length=40), nullable=True),
        sa.Column("reporter_id", sa.Uuid(), nullable=False),
        sa.Column("lead_org_id", sa.Uuid(), nullable=True),
        sa.Column(
            "lead_party",
            sa.Enum(
                "community_party",
                "property",
                "owners_committee",
                "volunteer_team",
                "social_org",
                name="lead_party",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column(
            "review_by",
            sa.Enum(
                "community_party",
                "owners_committee",
                "subdistrict",
                name="review_by",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("bound", sa.Boolean(), nullable=False),
        sa.Column("returned", sa.Integer(), nullable=False),
        sa.Column("reopened", sa.Integer(), nullable=False),
        sa.Column(
            "came_from",
            sa.Enum(
                "submitted",
                "accepted",
                "dispatched",
                "in_progress",
                "suspended",
                "resolved",
                "reviewed",
                "closed",
                "rejected",
                "withdrawn",
                "deliberating",
                "escalated",
                name="came_from",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column(
            "suspend_reason",
            sa.Enum(
                "parts",
                "weather",
                "appointment",
                "owners_decision",
                "fund",
                "procurement",
                "other_unit",
                name="suspend_reason",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("suspended_until", sa.Date(), nullable=True),
        sa.Column("suspension_pending", sa.Boolean(), nullable=False),
        sa.Column("resolved_by_id", sa.Uuid(), nullable=True),
        sa.Column(
            "solved",
            sa.Enum(
                "yes",
                "partly",
                "no",
                name="solved",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column(
            "satisfied",
            sa.Enum(
                "yes",
                "fairly",
                "no",
                "wont_say",
                "unrated",
                name="satisfied",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stage_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("work_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["building_id"], ["place.id"], name=op.f("fk_ticket_building_id_place")
        ),
        sa.ForeignKeyConstraint(
            ["community_id"], ["place.id"], name=op.f("fk_ticket_community_id_place")
        ),
        sa.ForeignKeyConstraint(
            ["duplicate_of"], ["ticket.id"], name=op.f("fk_ticket_duplicate_of_ticket")
        ),
        sa.ForeignKeyConstraint(
            ["estate_id"], ["place.id"], name=op.f("fk_ticket_estate_id_place")
        ),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_ticket_household_id_household")
        ),
        sa.ForeignKeyConstraint(
            ["lead_org_id"], ["organisation.id"], name=op.f("fk_ticket_lead_org_id_organisation")
        ),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_ticket_place_id_place")),
        sa.ForeignKeyConstraint(
            ["reporter_id"], ["person.id"], name=op.f("fk_ticket_reporter_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["resolved_by_id"], ["person.id"], name=op.f("fk_ticket_resolved_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket")),
        sa.UniqueConstraint("number", "community_id", name=op.f("uq_ticket_number_community_id")),
    )
    op.create_index(
        op.f("ix_ticket_building_id_moved_at_id"),
        "ticket",
        ["building_id", "moved_at", "id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_ticket_community_id_moved_at_id"),
        "ticket",
        ["community_id", "moved_at", "id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_ticket_community_id_status_moved_at_id"),
        "ticket",
        ["community_id", "status", "moved_at", "id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_ticket_community_id_supervised_status_moved_at_id"),
        "ticket",
        ["community_id", "supervised", "status", "moved_at", "id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_ticket_estate_id_moved_at_id"),
        "ticket",
        ["estate_id", "moved_at", "id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_ticket_estate_id_status_moved_at_id"),
        "ticket",
        ["estate_id", "status", "moved_at", "id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_ticket_lead_org_id_moved_at_id"),
        "ticket",
        ["lead_org_id", "moved_at", "id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_ticket_lead_org_id_status_moved_at_id"),
        "ticket",
        ["lead_org_id", "status", "moved_at", "id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_ticket_reporter_id_moved_at_id"),
        "ticket",
        ["reporter_id", "moved_at", "id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_ticket_reporter_id_status_moved_at_id"),
        "ticket",
        ["reporter_id", "status", "moved_at", "id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_ticket_status_stage_at"), "ticket", ["status", "stage_at"], unique=False
    )
    op.create_table(
        "visit",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("community_id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=True),
        sa.Column("follows_id", sa.Uuid(), nullable=True),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column(
            "purpose",
            sa.Enum(
                "routine",
                "care",
                "safety",
                "opinions",
                "notice",
                "wellness",
                name="visit_purpose",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "proposed",
                "accepted",
                "turned_down",
                "done",
                "cancelled",
                name="visit_state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("window_from", sa.Time(), nullable=True),
        sa.Column("window_to", sa.Time(), nullable=True),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column(
            "hint",
            sa.Enum(
                "other_time",
                "phone",
                "building_head",
                "call_first",
                "phone_only",
                "no_more_visits",
                name="visit_hint",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("emergency_reason", sa.String(length=200), nullable=True),
        sa.Column("answer_reason", sa.String(length=200), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"], ["place.id"], name=op.f("fk_visit_community_id_place")
        ),
        sa.ForeignKeyConstraint(
            ["follows_id"], ["visit.id"], name=op.f("fk_visit_follows_id_visit")
        ),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_visit_household_id_household")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_visit_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["visit_round.id"], name=op.f("fk_visit_round_id_visit_round")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit")),
    )
    op.create_index(
        op.f("ix_visit_community_id_on_id"), "visit", ["community_id", "on", "id"], unique=False
    )
    op.create_index(
        op.f("ix_visit_community_id_state_on_id"),
        "visit",
        ["community_id", "state", "on", "id"],
        unique=False,
    )
    op.create_index(op.f("ix_visit_follows_id"), "visit", ["follows_id"], unique=False)
    op.create_index(
        op.f("ix_visit_household_id_state_on"),
        "visit",
        ["household_id", "state", "on"],
        unique=False,
    )
    op.create_index(
        op.f("ix_visit_person_id_state_on"), "visit", ["person_id", "state", "on"], unique=False
    )
    op.create_index(op.f("ix_visit_round_id_state"), "visit", ["round_id", "state"], unique=False)
    op.create_table(
        "visit_round_gap",
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column(
            "reason",
            sa.Enum(
                "nobody",
                "no_more_visits",
                "resting",
                "merged",
                "no_slot",
                name="round_gap_reason",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["household_id"],
            ["household.id"],
            name=op.f("fk_visit_round_gap_household_id_household"),
        ),
        sa.ForeignKeyConstraint(
            ["round_id"],
            ["visit_round.id"],
            name=op.f("fk_visit_round_gap_round_id_visit_round"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("round_id", "household_id", name=op.f("pk_visit_round_gap")),
    )
    op.create_table(
        "ticket_co",
        sa.Column("ticket_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_ticket_co_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["ticket.id"], name=op.f("fk_ticket_co_ticket_id_ticket")
        ),
        sa.PrimaryKeyConstraint("ticket_id", "organisation_id", name=op.f("pk_ticket_co")),
    )
    op.create_index(
        op.f("ix_ticket_co_organisation_id_ticket_id"),
        "ticket_co",
        ["organisation_id", "ticket_id"],
        unique=False,
    )
    op.create_table(
        "ticket_entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("ticket_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("verb", sa.String(length=32), nullable=False),
        sa.Column("said", sa.JSON(), nullable=False),
        sa.Column("text", sa.String(length=500), nullable=False),
        sa.Column("by_person_id", sa.Uuid(), nullable=True),
        sa.Column("by_org_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["by_org_id"], ["organisation.id"], name=op.f("fk_ticket_entry_by_org_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["by_person_id"], ["person.id"], name=op.f("fk_ticket_entry_by_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["ticket.id"], name=op.f("fk_ticket_entry_ticket_id_ticket")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket_entry")),
    )
    op.create_index(
        op.f("ix_ticket_entry_ticket_id_at_id"),
        "ticket_entry",
        ["ticket_id", "at", "id"],
        unique=False,
    )
    op.create_table(
        "ticket_photo",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("ticket_id", sa.Uuid(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column(
            "phase",
            sa.Enum(
                "report",
                "before",
                "after",
                name="phase",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("by_person_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_person_id"], ["person.id"], name=op.f("fk_ticket_photo_by_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["ticket.id"], name=op.f("fk_ticket_photo_ticket_id_ticket")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket_photo")),
        sa.UniqueConstraint(
            "ticket_id", "hash", "phase", name=op.f("uq_ticket_photo_ticket_id_hash_phase")
        ),
    )
    op.create_index(op.f("ix_ticket_photo_hash"), "ticket_photo", ["hash"], unique=False)
    op.create_table(
        "visit_partner",
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_visit_partner_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["visit_id"],
            ["visit.id"],
            name=op.f("fk_visit_partner_visit_id_visit"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("visit_id", "person_id", name=op.f("pk_visit_partner")),
    )
    op.create_index(
        op.f("ix_visit_partner_person_id"), "visit_partner", ["person_id"], unique=False
    )
    op.create_table(
        "visit_record",
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
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
        sa.Column("ticket_id", sa.Uuid(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("device_time", sa.DateTime(timezone=True), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_visit_record_household_id_household")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["person.id"], name=op.f("fk_visit_record_recorded_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["ticket.id"], name=op.f("fk_visit_record_ticket_id_ticket")
        ),
        sa.ForeignKeyConstraint(
            ["visit_id"], ["visit.id"], name=op.f("fk_visit_record_visit_id_visit")
        ),
        sa.PrimaryKeyConstraint("visit_id", name=op.f("pk_visit_record")),
    )
    op.create_index(
        op.f("ix_visit_record_household_id_on"),
        "visit_record",
        ["household_id", "on"],
        unique=False,
    )
    op.create_index(op.f("ix_visit_record_on"), "visit_record", ["on"], unique=False)
    op.create_index(op.f("ix_visit_record_ticket_id"), "visit_record", ["ticket_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_visit_record_ticket_id"), table_name="visit_record")
    op.drop_index(op.f("ix_visit_record_on"), table_name="visit_record")
    op.drop_index(op.f("ix_visit_record_household_id_on"), table_name="visit_record")
    op.drop_table("visit_record")
    op.drop_index(op.f("ix_visit_partner_person_id"), table_name="visit_partner")
    op.drop_table("visit_partner")
    op.drop_index(op.f("ix_ticket_photo_hash"), table_name="ticket_photo")
    op.drop_table("ticket_photo")
    op.drop_index(op.f("ix_ticket_entry_ticket_id_at_id"), table_name="ticket_entry")
    op.drop_table("ticket_entry")
    op.drop_index(op.f("ix_ticket_co_organisation_id_ticket_id"), table_name="ticket_co")
    op.drop_table("ticket_co")
    op.drop_table("visit_round_gap")
    op.drop_index(op.f("ix_visit_round_id_state"), table_name="visit")
    op.drop_index(op.f("ix_visit_person_id_state_on"), table_name="visit")
    op.drop_index(op.f("ix_visit_household_id_state_on"), table_name="visit")
    op.drop_index(op.f("ix_visit_follows_id"), table_name="visit")
    op.drop_index(op.f("ix_visit_community_id_state_on_id"), table_name="visit")
    op.drop_index(op.f("ix_visit_community_id_on_id"), table_name="visit")
    op.drop_table("visit")
    op.drop_index(op.f("ix_ticket_status_stage_at"), table_name="ticket")
    op.drop_index(op.f("ix_ticket_reporter_id_status_moved_at_id"), table_name="ticket")
    op.drop_index(op.f("ix_ticket_reporter_id_moved_at_id"), table_name="ticket")
    op.drop_index(op.f("ix_ticket_lead_org_id_status_moved_at_id"), table_name="ticket")
    op.drop_index(op.f("ix_ticket_lead_org_id_moved_at_id"), table_name="ticket")
    op.drop_index(op.f("ix_ticket_estate_id_status_moved_at_id"), table_name="ticket")
    op.drop_index(op.f("ix_ticket_estate_id_moved_at_id"), table_name="ticket")
    op.drop_index(op.f("ix_ticket_community_id_supervised_status_moved_at_id"), table_name="ticket")
    op.drop_index(op.f("ix_ticket_community_id_status_moved_at_id"), table_name="ticket")
    op.drop_index(op.f("ix_ticket_community_id_moved_at_id"), table_name="ticket")
    op.drop_index(op.f("ix_ticket_building_id_moved_at_id"), table_name="ticket")
    op.drop_table("ticket")
    op.drop_index(op.f("ix_household_assignment_main_person_id"), table_name="household_assignment")
    op.drop_index(
        op.f("ix_household_assignment_backup_person_id"), table_name="household_assignment"
    )
    op.drop_table("household_assignment")
    op.drop_index(op.f("ix_visit_round_team_id"), table_name="visit_round")
    op.drop_index(op.f("ix_visit_round_community_id_starts_on"), table_name="visit_round")
    op.drop_table("visit_round")
    op.drop_index(op.f("ix_team_member_team_id_person_id"), table_name="team_member")
    op.drop_index(op.f("ix_team_member_person_id"), table_name="team_member")
    op.drop_table("team_member")
    op.drop_index(op.f("ix_push_subscription_person_id"), table_name="push_subscription")
    op.drop_index(op.f("ix_push_subscription_device_id"), table_name="push_subscription")
    op.drop_table("push_subscription")
    op.drop_index(op.f("ix_pairing_team_id"), table_name="pairing")
    op.drop_index(op.f("ix_pairing_place_id"), table_name="pairing")
    op.drop_index(op.f("ix_pairing_person_id"), table_name="pairing")
    op.drop_table("pairing")
    op.drop_index(op.f("ix_membership_person_id"), table_name="membership")
    op.drop_index(op.f("ix_membership_organisation_id_until_date"), table_name="membership")
    op.drop_table("membership")
    op.drop_index(op.f("ix_invitation_organisation_id"), table_name="invitation")
    op.drop_table("invitation")
    op.drop_index(
        op.f("ix_household_import_row_import_id_action_row"), table_name="household_import_row"
    )
    op.drop_table("household_import_row")
    op.drop_index(op.f("ix_household_grid_id"), table_name="household")
    op.drop_index(op.f("ix_household_estate_id"), table_name="household")
    op.drop_index(op.f("ix_household_community_id_walk_order_id"), table_name="household")
    op.drop_index(op.f("ix_household_building_id"), table_name="household")
    op.drop_table("household")
    op.drop_index(op.f("ix_grid_branch_grid_id"), table_name="grid_branch")
    op.drop_table("grid_branch")
    op.drop_table("ticket_number")
    op.drop_table("team")
    op.drop_index(op.f("ix_organisation_place_id"), table_name="organisation")
    op.drop_table("organisation")
    op.drop_index(
        "uq_inbox_item_unread",
        table_name="inbox_item",
        sqlite_where=sa.text("read_at IS NULL"),
        postgresql_where=sa.text("read_at IS NULL"),
    )
    op.drop_index("ix_inbox_item_person_id_read_at", table_name="inbox_item")
    op.drop_index("ix_inbox_item_person_id_created_at_id", table_name="inbox_item")
    op.drop_index("ix_inbox_item_about", table_name="inbox_item")
    op.drop_table("inbox_item")
    op.drop_index(op.f("ix_household_import_community_id"), table_name="household_import")
    op.drop_table("household_import")
    op.drop_table("grid")
    op.drop_index(op.f("ix_device_person_id_ended_at"), table_name="device")
    op.drop_table("device")
    op.drop_table("sign_in_attempt")
    op.drop_index(op.f("ix_place_parent_id_sort"), table_name="place")
    op.drop_index(op.f("ix_place_estate_id"), table_name="place")
    op.drop_index(op.f("ix_place_community_id_kind"), table_name="place")
    op.drop_table("place")
    op.drop_table("person")
    op.drop_index(op.f("ix_outbox_state_due_at"), table_name="outbox")
    op.drop_table("outbox")
    op.drop_index(op.f("ix_media_uploaded_by"), table_name="media")
    op.drop_table("media")
    op.drop_index(op.f("ix_idempotency_at"), table_name="idempotency")
    op.drop_table("idempotency")
    op.drop_index(op.f("ix_audit_subject_kind_subject_id_at"), table_name="audit")
    op.drop_index(op.f("ix_audit_actor_id_at"), table_name="audit")
    op.drop_table("audit")
