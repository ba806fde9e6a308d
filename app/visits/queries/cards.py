"""Visits as they are shown: a card each, with everything it names loaded in a few batches."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from app.identity.actor import Actor
from app.identity.queries import people_named
from app.places.models import Household, Place
from app.places.rules import household_text
from app.visits.models import Round, Visit, VisitRecord
from app.visits.queries.visible import partners_of
from app.visits.rules import Outcome


@dataclass(frozen=True)
class Shelf:
    """What the cards of one answer have in common, loaded once."""

    doors: dict[UUID, dict[str, Any]]
    titles: dict[UUID, str]
    partners: dict[UUID, list[UUID]]
    names: dict[UUID, str]
    records: dict[UUID, VisitRecord]
    last: dict[UUID, list[tuple[date, Outcome, UUID]]]


def hours(start: time | None, end: time | None) -> dict[str, str] | None:
    """A window as the contract writes it: {"from": "18:30", "to": "20:30"}."""
    if start is None or end is None:
        return None
    return {"from": start.strftime("%H:%M"), "to": end.strftime("%H:%M")}


def cards(session: Session, actor: Actor, visits: Sequence[Visit]) -> list[dict[str, Any]]:
    """The cards of these visits, in their order."""
    shelf = _shelf(session, visits)
    return [_card(visit, shelf, actor) for visit in visits]


def card(session: Session, actor: Actor, visit: Visit) -> dict[str, Any]:
    """One card."""
    return cards(session, actor, [visit])[0]


def _shelf(session: Session, visits: Sequence[Visit]) -> Shelf:
    households = {visit.household_id for visit in visits}
    rounds = {visit.round_id for visit in visits if visit.round_id}
    partners = partners_of(session, [visit.id for visit in visits])
    people = {person for along in partners.values() for person in along}
    return Shelf(
        doors=doors_of(session, households),
        titles=_titles(session, rounds),
        partners=partners,
        names=people_named(session, people | {visit.person_id for visit in visits}),
        records=_records(session, [visit.id for visit in visits]),
        last=_last(session, households),
    )


def doors_of(session: Session, ids: Iterable[UUID]) -> dict[UUID, dict[str, Any]]:
    """Households as a card names them."""
    estate, building, unit = aliased(Place), aliased(Place), aliased(Place)
    rows = session.execute(
        select(Household, estate.name, building.name, unit.name)
        .join(estate, estate.id == Household.estate_id)
        .join(building, building.id == Household.building_id)
        .join(unit, unit.id == Household.unit_id)
        .where(Household.id.in_(list(ids)))
    )
    return {
        home.id: {
            "id": home.id,
            "door": home.door,
            "floor": home.floor,
            "place_text": household_text(in_estate, in_building, in_unit, home.door),
            "building": {"id": home.building_id, "name": in_building},
            "unit": {"id": home.unit_id, "name": in_unit},
            "contact_name": home.contact_name,
            "care_level": home.care_level,
            "wish": home.wish,
        }
        for home, in_estate, in_building, in_unit in rows
    }


def _titles(session: Session, ids: Iterable[UUID]) -> dict[UUID, str]:
    rows = session.execute(select(Round.id, Round.title).where(Round.id.in_(list(ids))))
    return dict(rows.all())


def _records(session: Session, ids: Iterable[UUID]) -> dict[UUID, VisitRecord]:
    found = session.scalars(select(VisitRecord).where(VisitRecord.visit_id.in_(list(ids))))
    return {record.visit_id: record for record in found}


def _last(
    session: Session, household_ids: Iterable[UUID]
) -> dict[UUID, list[tuple[date, Outcome, UUID]]]:
    """The two latest records of each household: a visit's own does not count as its last."""
    place = (
        func.row_number()
        .over(
            partition_by=VisitRecord.household_id,
            order_by=(VisitRecord.on.desc(), VisitRecord.received_at.desc()),
        )
        .label("place")
    )
    ranked = (
        select(
            VisitRecord.household_id,
            VisitRecord.on,
            VisitRecord.outcome,
            VisitRecord.visit_id,
            place,
        )
        .where(VisitRecord.household_id.in_(list(household_ids)))
        .subquery()
    )
    latest: dict[UUID, list[tuple[date, Outcome, UUID]]] = {}
    for row in session.execute(select(ranked).where(ranked.c.place <= 2).order_by(ranked.c.place)):
        latest.setdefault(row.household_id, []).append((row.on, row.outcome, row.visit_id))
    return latest


def _card(visit: Visit, shelf: Shelf, actor: Actor) -> dict[str, Any]:
    record = shelf.records.get(visit.id)
    along = shelf.partners[visit.id]
    return {
        "id": visit.id,
        "round_id": visit.round_id,
        "round_title": shelf.titles.get(visit.round_id) if visit.round_id else None,
        "purpose": visit.purpose,
        "household": shelf.doors[visit.household_id],
        "date": visit.on,
        "window": hours(visit.window_from, visit.window_to),
        "state": visit.state,
        "attempt": visit.attempt,
        "hint": visit.hint,
        "person": _named(visit.person_id, shelf),
        "with": [_named(person, shelf) for person in along],
        "last": _last_of(visit, shelf),
        "record": _record(record, may_read_note(visit, along, record, actor)) if record else None,
        "version": visit.version,
    }


def _named(person_id: UUID, shelf: Shelf) -> dict[str, Any]:
    return {"id": person_id, "name": shelf.names.get(person_id, "")}


def _last_of(visit: Visit, shelf: Shelf) -> dict[str, Any] | None:
    for on, outcome, visit_id in shelf.last.get(visit.household_id, []):
        if visit_id != visit.id:
            return {"on": on, "outcome": outcome}
    return None


def may_read_note(
    visit: Visit, along: Sequence[UUID], record: VisitRecord | None, actor: Actor
) -> bool:
    """A note is for those who were at the door, who wrote it down, and the committee."""
    there = {visit.person_id, *along}
    if record is not None:
        there.add(record.recorded_by)
    return actor.id in there or visit.community_id in actor.committee_communities


def _record(record: VisitRecord, with_note: bool) -> dict[str, Any]:
    return {
        "on": record.on,
        "slot": record.slot,
        "method": record.method,
        "outcome": record.outcome,
        "needs": record.needs,
        "note": record.note if with_note else None,
        "next_step": record.next_step,
        "ticket_id": record.ticket_id,
    }
