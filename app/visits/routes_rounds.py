"""Rounds over HTTP: drafted, previewed, published and called off by the committee."""

from typing import Any
from uuid import UUID

from app.core.http import Area, Call, PageQuery, list_of, page_of
from app.identity.guards import COMMITTEE
from app.visits.models import Round
from app.visits.queries import planning
from app.visits.queries import rounds as queries
from app.visits.queries.cards import hours
from app.visits.rules import PURPOSE_NAMES, Purpose
from app.visits.rules.windows import DEFAULT_WINDOWS, OpenWindow, Window
from app.visits.schemas.rounds import (
    DefaultsSchema,
    DraftRoundSchema,
    EditRoundSchema,
    PreviewSchema,
    RoundDetailSchema,
    RoundSchema,
)
from app.visits.schemas.visits import CallOffSchema
from app.visits.service import publishing, rounds

area = Area("rounds", url_prefix="/rounds", title="走访轮次")


@area.get("", guard=COMMITTEE, query=PageQuery, answer=list_of(RoundSchema), summary="Rounds")
def list_rounds(call: Call) -> object:
    page = page_of(
        call.session,
        queries.visible_to(call.actor),
        order=(Round.starts_on.desc(), Round.id.desc()),
        query=call.query,
        present=lambda round_: round_,
    )
    return page | {"items": queries.rows(call.session, page["items"])}


@area.get("/defaults", guard=COMMITTEE, answer=DefaultsSchema, summary="Usual windows and purposes")
def show_defaults(call: Call) -> object:
    # A wellness check follows from a record; it is not scheduled.
    offered = [one for one in Purpose if one is not Purpose.WELLNESS]
    return {
        "windows": [
            {"days": one.days, **(hours(one.window.start, one.window.end) or {})}
            for one in DEFAULT_WINDOWS
        ],
        "purposes": [{"code": one, "name": PURPOSE_NAMES[one]} for one in offered],
    }


@area.post(
    "",
    guard=COMMITTEE,
    body=DraftRoundSchema,
    answer=RoundDetailSchema,
    status=201,
    summary="Draft a round",
)
def draft_round(call: Call) -> object:
    wanted = rounds.Wanted(**wanted_of(call.body))
    return queries.detail(call.session, rounds.draft(call.session, call.actor, wanted))


@area.get("/<uuid:round_id>", guard=COMMITTEE, answer=RoundDetailSchema, summary="One round")
def show_round(call: Call, round_id: UUID) -> object:
    return queries.detail(call.session, queries.get(call.session, call.actor, round_id))


@area.patch(
    "/<uuid:round_id>",
    guard=COMMITTEE,
    body=EditRoundSchema,
    answer=RoundDetailSchema,
    versioned=True,
    summary="Change a draft",
)
def edit_round(call: Call, round_id: UUID) -> object:
    changes = wanted_of(call.body)
    round_ = rounds.edit(call.session, call.actor, round_id, call.version, changes)
    return queries.detail(call.session, round_)


@area.post(
    "/<uuid:round_id>/preview",
    guard=COMMITTEE,
    answer=PreviewSchema,
    summary="What publishing would propose, and to whom",
)
def preview_round(call: Call, round_id: UUID) -> object:
    return publishing.preview(call.session, call.actor, round_id)


@area.post(
    "/<uuid:round_id>/publish",
    guard=COMMITTEE,
    answer=RoundDetailSchema,
    versioned=True,
    summary="Propose the visits of a round",
)
def publish_round(call: Call, round_id: UUID) -> object:
    round_ = publishing.publish(call.session, call.actor, round_id, call.version)
    return queries.detail(call.session, round_)


@area.post(
    "/<uuid:round_id>/cancel",
    guard=COMMITTEE,
    body=CallOffSchema,
    answer=RoundDetailSchema,
    versioned=True,
    summary="Call a round off with its open visits",
)
def cancel_round(call: Call, round_id: UUID) -> object:
    round_ = rounds.cancel(call.session, call.actor, round_id, call.version, call.body["reason"])
    return queries.detail(call.session, round_)


def wanted_of(body: dict[str, Any]) -> dict[str, Any]:
    """The body of a round as the service takes it; only what was sent."""
    wanted = dict(body)
    if "whom" in wanted:
        wanted["whom"] = planning.Whom(
            **{field: tuple(wanted["whom"].get(field, ())) for field in WHOM}
        )
    if "windows" in wanted:
        wanted["windows"] = [
            OpenWindow(one["days"], Window(one["start"], one["end"])) for one in wanted["windows"]
        ]
    return wanted


WHOM = ("care_levels", "building_ids", "household_ids")
