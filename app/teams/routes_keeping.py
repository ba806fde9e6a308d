"""Routes of who looks after whom: what is missing, suggestions, hand-overs, undoing, history."""

from typing import Any
from uuid import UUID

from app.core.errors import NotFound
from app.core.http import Area, Call, list_of, page_of
from app.identity.guards import COMMITTEE
from app.identity.queries import people_named
from app.teams import care_changes, handing, keeping, present_keeping, queries, service_keeping
from app.teams.handing import HandOver
from app.teams.models_keeping import CareChange
from app.teams.routes_households import area as households_area
from app.teams.schemas_keeping import (
    AskSuggestionSchema,
    CareChangeSchema,
    CareLimitSchema,
    ChangesQuery,
    CommunityQuery,
    HandOverDoorsSchema,
    KeepersSchema,
    KeepingSchema,
    ProposalSchema,
    TakeSuggestionSchema,
)

area = Area("keeping", url_prefix="/keeping", title="定户到人")


@area.get(
    "",
    guard=COMMITTEE,
    query=CommunityQuery,
    answer=KeepingSchema,
    summary="Doors without a person, and people with more doors than is right here",
)
def get_keeping(call: Call) -> object:
    return _overview(call, call.query["community_id"])


@area.put(
    "/limit",
    guard=COMMITTEE,
    body=CareLimitSchema,
    answer=KeepingSchema,
    versioned=True,
    summary="Say how many doors are right for one person",
)
def put_limit(call: Call) -> object:
    service_keeping.set_limit(call.session, call.actor, version=call.version, **call.body)
    return _overview(call, call.body["community_id"])


@area.post(
    "/suggestions/preview",
    guard=COMMITTEE,
    body=AskSuggestionSchema,
    answer=ProposalSchema,
    asks=True,
    summary="Who should look after which door of an estate, as a difference",
)
def preview_suggestion(call: Call) -> object:
    estate_id = call.body["estate_id"]
    made = service_keeping.suggestion(call.session, call.actor, estate_id)
    estate = keeping.kept_estate(call.session, call.actor, estate_id)
    return present_keeping.proposal(call.session, made, estate.community_id or estate.id)


@area.post(
    "/suggestions",
    guard=COMMITTEE,
    body=TakeSuggestionSchema,
    answer=CareChangeSchema,
    status=201,
    summary="Apply the suggestion that was shown",
)
def post_suggestion(call: Call) -> object:
    return _change(call, service_keeping.take_suggestion(call.session, call.actor, **call.body))


@area.post(
    "/hand-overs/preview",
    guard=COMMITTEE,
    body=HandOverDoorsSchema,
    answer=ProposalSchema,
    asks=True,
    summary="What a hand-over would change",
)
def preview_hand_over(call: Call) -> object:
    asked = _asked(call)
    made = handing.handed_over(call.session, call.actor, asked)
    return present_keeping.proposal(call.session, made, asked.community_id)


@area.post(
    "/hand-overs",
    guard=COMMITTEE,
    body=HandOverDoorsSchema,
    answer=CareChangeSchema,
    status=201,
    summary="Hand on all that somebody looks after, for a leave or for good",
)
def post_hand_over(call: Call) -> object:
    return _change(call, handing.hand_over(call.session, call.actor, _asked(call)))


@area.get(
    "/changes",
    guard=COMMITTEE,
    query=ChangesQuery,
    answer=list_of(CareChangeSchema),
    summary="Suggestions taken and hand-overs, latest first",
)
def list_changes(call: Call) -> object:
    statement = keeping.visible_changes(call.actor)
    if call.query["community_id"] is not None:
        statement = statement.where(CareChange.community_id == call.query["community_id"])
    page = page_of(
        call.session,
        statement,
        order=(CareChange.made_at.desc(), CareChange.id.desc()),
        query=call.query,
        present=lambda change: change,
    )
    return page | {"items": present_keeping.changes(call.session, page["items"])}


@area.post(
    "/changes/<uuid:change_id>/undo",
    guard=COMMITTEE,
    answer=CareChangeSchema,
    versioned=True,
    summary="Take a change back within 24 hours",
)
def undo_change(call: Call, change_id: UUID) -> object:
    return _change(call, care_changes.undo(call.session, call.actor, change_id, call.version))


@households_area.get(
    "/<uuid:household_id>/keepers",
    guard=COMMITTEE,
    answer=KeepersSchema,
    summary="Who looked after this door when",
)
def get_keepers(call: Call, household_id: UUID) -> object:
    queries.kept_household(call.session, call.actor, household_id)
    now = queries.assignments(call.session, [household_id]).get(household_id)
    past = keeping.history(call.session, household_id)
    stood: list[tuple[Any, Any]] = [(one, one.until) for one in past]
    if now is not None and now.main_person_id is not None:
        stood.insert(0, (now, None))
    people = {who for one, _ in stood for who in (one.main_person_id, one.backup_person_id) if who}
    names = people_named(call.session, people)
    return {
        "items": [
            {
                "main": present_keeping.named(names, one.main_person_id),
                "backup": present_keeping.named(names, one.backup_person_id),
                "since": one.since,
                "until": until,
            }
            for one, until in stood
        ]
    }


def _overview(call: Call, community_id: UUID) -> dict[str, Any]:
    if community_id not in call.actor.committee_communities:
        raise NotFound
    return present_keeping.overview(call.session, community_id)


def _asked(call: Call) -> HandOver:
    return HandOver(**call.body | {"receivers": tuple(dict.fromkeys(call.body["receivers"]))})


def _change(call: Call, change: CareChange) -> dict[str, Any]:
    call.session.flush()
    return present_keeping.changes(call.session, [change])[0]
