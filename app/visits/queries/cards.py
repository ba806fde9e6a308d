"""Visits as they are shown: a card each, with everything it names loaded in a few batches."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.identity.actor import Actor
from app.identity.queries import people_named
from app.places.doors import doors_of
from app.visits.models import Round, Told, Visit, VisitRecord
from app.visits.queries import told
from app.visits.queries.visible import partners_of, settled_by
from app.visits.rules import Outcome


@dataclass(frozen=True)
class Shelf:
    """What the cards of one answer have in common, loaded once."""

    doors: dict[UUID, dict[str, Any]]
    titles: dict[UUID, str]
    partners: dict[UUID, list[UUID]]
    names: dict[UUID, str]
    words: told.Words
    led: frozenset[UUID]
    last: dict[UUID, list[tuple[date, Outcome, UUID]]]


def hours(start: time | None, end: time | None) -> dict[str, str] | None:
    """A window as the contract writes it: {"from": "18:30", "to": "20:30"}."""
    if start is None or end is None:
        return None
    return {"from": start.strftime("%H:%M"), "to": end.strftime("%H:%M")}


def cards(session: Session, actor: Actor, visits: Sequence[Visit]) -> list[dict[str, Any]]:
    """The cards of these visits, in their order."""
    shelf = _shelf(session, actor, visits)
    return [_card(visit, shelf, actor) for visit in visits]


def card(session: Session, actor: Actor, visit: Visit) -> dict[str, Any]:
    """One card."""
    return cards(session, actor, [visit])[0]


def _shelf(session: Session, actor: Actor, visits: Sequence[Visit]) -> Shelf:
    households = {visit.household_id for visit in visits}
    rounds = {visit.round_id for visit in visits if visit.round_id}
    partners = partners_of(session, [visit.id for visit in visits])
    words = told.words_of(session, [visit.id for visit in visits])
    along = {person for people in partners.values() for person in people}
    people = {visit.person_id for visit in visits} | along | words.speakers()
    return Shelf(
        doors=doors_of(session, households),
        titles=_titles(session, rounds),
        partners=partners,
        names=people_named(session, people),
        words=words,
        led=settled_by(session, actor, list(words.records)),
        last=_last(session, households),
    )


def _titles(session: Session, ids: Iterable[UUID]) -> dict[UUID, str]:
    rows = session.execute(select(Round.id, Round.title).where(Round.id.in_(list(ids))))
    return dict(rows.all())


def _last(
    session: Session, household_ids: Iterable[UUID]
) -> dict[UUID, list[tuple[date, Outcome, UUID]]]:
    """The two latest records of each household: a visit's own does not count as its last."""
    place = (
        func.row_number()
        .over(
            partition_by=VisitRecord.household_id,
            order_by=(
                VisitRecord.on.desc(),
                VisitRecord.received_at.desc(),
                VisitRecord.visit_id.desc(),
            ),
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
    return {
        "id": visit.id,
        "round_id": visit.round_id,
        "round_title": shelf.titles.get(visit.round_id) if visit.round_id else None,
        "purpose": visit.purpose,
        "also": visit.also or [],
        "household": shelf.doors[visit.household_id],
        "date": visit.on,
        "window": hours(visit.window_from, visit.window_to),
        "state": visit.state,
        "attempt": visit.attempt,
        "hint": visit.hint,
        "person": _named(visit.person_id, shelf),
        "with": [_named(person, shelf) for person in shelf.partners[visit.id]],
        "last": _last_of(visit, shelf),
        **_words(visit, shelf, actor),
        "version": visit.version,
    }


def _words(visit: Visit, shelf: Shelf, actor: Actor) -> dict[str, Any]:
    """What was said of the visit, each note only for those who may read it."""
    record = shelf.words.records.get(visit.id)

    def shown(words: Told) -> dict[str, Any]:
        reads = told.may_read_note(visit, shelf.partners[visit.id], words, actor)
        return {"by": shelf.names.get(words.recorded_by, ""), "with_note": reads}

    return {
        "record": told.record_shown(record, **shown(record)) if record else None,
        "accounts": [
            told.account_shown(one, **shown(one)) for one in shelf.words.accounts.get(visit.id, ())
        ],
        "disputed": visit.disputed,
        "may_pick": visit.disputed and visit.id in shelf.led,
        "leads": visit.id in shelf.led,
    }


def _named(person_id: UUID, shelf: Shelf) -> dict[str, Any]:
    return {"id": person_id, "name": shelf.names.get(person_id, "")}


def _last_of(visit: Visit, shelf: Shelf) -> dict[str, Any] | None:
    for on, outcome, visit_id in shelf.last.get(visit.household_id, []):
        if visit_id != visit.id:
            return {"on": on, "outcome": outcome}
    return None
