"""The office's side: codes for doors, numbers that everybody may know, wishes to confirm, and the
telephone numbers that residents left."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import current_app
from sqlalchemy import select

from app.core.guards import SIGNED_IN
from app.core.http import Area, Call, list_of, page_of
from app.core.qr import picture_of
from app.core.schemas import TelephoneSchema, WhySchema
from app.identity.guards import ADMIN, COMMITTEE, any_of
from app.places.models import Household, Place
from app.places.queries import household_texts, place_texts, places_by_id
from app.residents import present, queries, schemas_office
from app.residents.models import DoorCode, DoorWish, PublicNumber
from app.residents.rules import WISH_KIND_NAMES, WISH_STATE_NAMES
from app.residents.service import contacts, doors, wishes
from app.teams.queries import visible_households
from app.tickets.models import Ticket

KEEPERS = any_of(COMMITTEE, ADMIN)

area = Area("residents", url_prefix="/residents", title="居民页")


@area.get(
    "/doors",
    guard=KEEPERS,
    query=schemas_office.DoorsQuery,
    answer=list_of(schemas_office.DoorCodeSchema),
    summary="The codes that stand on doors",
)
def list_doors(call: Call) -> object:
    statement = queries.doors_kept(call.actor)
    if "community_id" in call.query:
        statement = statement.where(DoorCode.community_id == call.query["community_id"])
    order = (DoorCode.community_id, DoorCode.id)
    page = page_of(
        call.session, statement, order=order, query=call.query, present=lambda code: code
    )
    return page | {"items": _codes(call, page["items"])}


@area.post(
    "/doors",
    guard=KEEPERS,
    body=schemas_office.GiveDoorsSchema,
    answer=schemas_office.DoorCodesSchema,
    status=201,
    summary="Give codes to doors that have none",
)
def give_doors(call: Call) -> object:
    made = doors.give_out(call.session, call.actor, call.body["place_ids"])
    return {"items": _codes(call, made)}


@area.post(
    "/doors/<uuid:door_id>/renewals",
    guard=KEEPERS,
    answer=schemas_office.DoorCodeSchema,
    status=201,
    summary="Replace the code of a door",
)
def renew_door(call: Call, door_id: UUID) -> object:
    return _codes(call, [doors.renew(call.session, call.actor, door_id)])[0]


@area.delete("/doors/<uuid:door_id>", guard=KEEPERS, status=204, summary="Revoke a door's code")
def revoke_door(call: Call, door_id: UUID) -> None:
    doors.revoke(call.session, call.actor, door_id)


@area.post(
    "/doors/sheet",
    guard=KEEPERS,
    body=schemas_office.SheetSchema,
    answer=schemas_office.PrintedSchema,
    asks=True,
    summary="Codes as pictures, to be printed",
)
def print_doors(call: Call) -> object:
    ids = call.body["ids"]
    codes = call.session.scalars(queries.doors_kept(call.actor).where(DoorCode.id.in_(ids))).all()
    ranks = {door_id: place for place, door_id in enumerate(ids)}
    places = places_by_id(call.session, {code.place_id for code in codes})
    texts = place_texts(call.session, places)
    communities = places_by_id(call.session, {code.community_id for code in codes})
    root = str(current_app.config["PUBLIC_URL"]).rstrip("/")
    return {
        "items": [
            {
                "id": code.id,
                "place": texts[code.place_id],
                "community": communities[code.community_id].name,
                "link": f"{root}/d/{code.token}",
                "picture": picture_of(f"{root}/d/{code.token}"),
                "phones": present.phones(call.session, places[code.place_id]),
            }
            for code in sorted(codes, key=lambda code: ranks[code.id])
        ]
    }


@area.get(
    "/numbers",
    guard=KEEPERS,
    answer=schemas_office.PublicNumbersSchema,
    summary="The numbers shown at doors",
)
def list_numbers(call: Call) -> object:
    found = call.session.scalars(queries.numbers_kept(call.actor).order_by(PublicNumber.id)).all()
    return {"items": _numbers(call, found)}


@area.post(
    "/numbers",
    guard=KEEPERS,
    body=schemas_office.NewPublicNumberSchema,
    answer=schemas_office.PublicNumberSchema,
    status=201,
    summary="Show a number at doors",
)
def add_number(call: Call) -> object:
    said = call.body
    made = doors.add_number(
        call.session, call.actor, said["place_id"], said["name"], said["number"]
    )
    return _numbers(call, [made])[0]


@area.delete(
    "/numbers/<uuid:number_id>", guard=KEEPERS, status=204, summary="Show a number no more"
)
def remove_number(call: Call, number_id: UUID) -> None:
    doors.remove_number(call.session, call.actor, number_id)


@area.get(
    "/wishes",
    guard=SIGNED_IN,
    query=schemas_office.WishesQuery,
    answer=list_of(schemas_office.WishRowSchema),
    summary="Wishes about visits that I may confirm",
)
def list_wishes(call: Call) -> object:
    statement = queries.wishes_to_settle(call.actor).where(DoorWish.state == call.query["state"])
    order = (DoorWish.community_id, DoorWish.id)
    page = page_of(call.session, statement, order=order, query=call.query, present=lambda row: row)
    return page | {"items": _wishes(call, page["items"])}


@area.get(
    "/wishes/<uuid:wish_id>/households",
    guard=SIGNED_IN,
    answer=schemas_office.DoorHouseholdsSchema,
    summary="The households that a wish may be about",
)
def list_wish_households(call: Call, wish_id: UUID) -> object:
    wish = wishes.to_settle(call.session, call.actor, wish_id)
    found = call.session.scalars(
        visible_households(call.actor)
        .where((Household.unit_id == wish.place_id) | (Household.building_id == wish.place_id))
        .order_by(Household.walk_order)
    ).all()
    texts = household_texts(call.session, [one.id for one in found])
    return {"items": [{"id": one.id, "name": texts[one.id]} for one in found]}


@area.post(
    "/wishes/<uuid:wish_id>/confirm",
    guard=SIGNED_IN,
    body=schemas_office.ConfirmWishSchema,
    answer=schemas_office.WishRowSchema,
    summary="Confirm a wish after asking at the door",
)
def confirm_wish(call: Call, wish_id: UUID) -> object:
    household_id = call.body["household_id"]
    return _wishes(call, [wishes.confirm(call.session, call.actor, wish_id, household_id)])[0]


@area.post(
    "/wishes/<uuid:wish_id>/drop",
    guard=SIGNED_IN,
    answer=schemas_office.WishRowSchema,
    summary="Drop a wish that nobody has",
)
def drop_wish(call: Call, wish_id: UUID) -> object:
    return _wishes(call, [wishes.drop(call.session, call.actor, wish_id)])[0]


@area.post(
    "/wishes/<uuid:wish_id>/phone",
    guard=SIGNED_IN,
    body=WhySchema,
    answer=TelephoneSchema,
    summary="Show the number left with a wish, for a reason that is logged",
)
def show_wish_phone(call: Call, wish_id: UUID) -> object:
    reason = call.body["reason"]
    return {"phone": contacts.show_of_wish(call.session, call.actor, wish_id, reason)}


@area.get(
    "/reports/<uuid:ticket_id>",
    guard=SIGNED_IN,
    answer=schemas_office.ReportContactsSchema,
    summary="Who reported a matter at a door",
)
def list_reports(call: Call, ticket_id: UUID) -> object:
    found = contacts.reports(call.session, call.actor, ticket_id)
    reporter_id = call.session.get_one(Ticket, ticket_id).reporter_id
    return {
        "items": [
            {
                "id": one.id,
                "name": one.name,
                "phone_masked": one.phone_masked,
                "first": one.person_id == reporter_id,
                "at": one.at,
            }
            for one in found
        ]
    }


@area.post(
    "/reports/<uuid:ticket_id>/<uuid:report_id>/phone",
    guard=SIGNED_IN,
    body=WhySchema,
    answer=TelephoneSchema,
    summary="Show the number of who reported, for a reason that is logged",
)
def show_report_phone(call: Call, ticket_id: UUID, report_id: UUID) -> object:
    reason = call.body["reason"]
    return {"phone": contacts.show(call.session, call.actor, ticket_id, report_id, reason)}


def _codes(call: Call, codes: Sequence[DoorCode]) -> list[dict[str, Any]]:
    texts = place_texts(call.session, {code.place_id for code in codes})
    return [
        {
            "id": code.id,
            "place": {"id": code.place_id, "name": texts[code.place_id]},
            "made_at": code.made_at,
        }
        for code in codes
    ]


def _numbers(call: Call, numbers: Sequence[PublicNumber]) -> list[dict[str, Any]]:
    ids = {one.place_id for one in numbers}
    names = dict(call.session.execute(select(Place.id, Place.name).where(Place.id.in_(ids))).all())
    return [
        {
            "id": one.id,
            "place": {"id": one.place_id, "name": names[one.place_id]},
            "name": one.name,
            "number": one.number,
        }
        for one in numbers
    ]


def _wishes(call: Call, rows: Sequence[DoorWish]) -> list[dict[str, Any]]:
    texts = place_texts(call.session, {row.place_id for row in rows})
    homes = household_texts(call.session, [row.household_id for row in rows if row.household_id])
    return [
        {
            "id": row.id,
            "kind": row.kind,
            "kind_name": WISH_KIND_NAMES[row.kind],
            "state": row.state,
            "state_name": WISH_STATE_NAMES[row.state],
            "place": {"id": row.place_id, "name": texts[row.place_id]},
            "door": row.door,
            "said": row.said,
            "name": row.name,
            "phone_masked": row.phone_masked,
            "household": {"id": row.household_id, "name": homes[row.household_id]}
            if row.household_id in homes
            else None,
            "at": row.at,
            "settled_at": row.settled_at,
        }
        for row in rows
    ]
