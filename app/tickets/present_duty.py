"""Who is on duty, as plain data for the wire."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.errors import NotFound
from app.identity.actor import Actor
from app.identity.models import Organisation, Person
from app.identity.queries import organisations_named, people_named
from app.identity.rules import Role
from app.tickets import queries as tickets
from app.tickets import routing
from app.tickets.models_routing import DutyRow
from app.tickets.queries import routing as queries
from app.tickets.rules import duty as reckoning
from app.tickets.rules.duty import DutyList, Now, Watch
from app.tickets.service import duty as service

MINE_AHEAD = timedelta(days=14)
NOBODY = Now((), None, None)


def lists(session: Session, actor: Actor) -> dict[str, Any]:
    """Who is on duty in each organisation that the actor works with; one's own first."""
    found = session.scalars(queries.with_lists(actor).order_by(Organisation.name)).all()
    held = routing.fresh(session).lists
    now = {one.id: _now(held.get(one.id)) for one in found}
    people = _people(session, now.values())
    lines = [
        _card(one, held.get(one.id), now[one.id], people)
        | {
            "has_list": one.id in held,
            "may_edit": _heads(actor, one.id),
            "hole": _hole(held.get(one.id)),
        }
        for one in found
    ]
    lines.sort(key=lambda line: (line["organisation_id"] not in actor.organisations,))
    return {"items": lines}


def _heads(actor: Actor, organisation_id: UUID) -> bool:
    return any(
        post.organisation_id == organisation_id and post.role is not Role.MEMBER
        for post in actor.posts
    )


def _hole(duty: DutyList | None) -> dict[str, Any] | None:
    found = service.holes_of(duty) if duty else []
    return _span(found[0]) if found else None


def _span(watch: Watch) -> dict[str, Any]:
    return {"start": watch.start, "end": watch.end}


def _now(duty: DutyList | None) -> Now:
    return reckoning.now(duty, clock.now()) if duty else NOBODY


def _people(session: Session, watches: Iterable[Now]) -> dict[UUID, dict[str, Any]]:
    """Whoever stands in these, with their masked numbers."""
    wanted = {
        one for now in watches for one in (*now.people, *(now.then.people if now.then else ()))
    }
    rows = session.scalars(select(Person).where(Person.id.in_(wanted))) if wanted else ()
    return {
        one.id: {"id": one.id, "name": one.name, "phone_masked": one.phone_masked} for one in rows
    }


def _card(
    one: Organisation, duty: DutyList | None, now: Now, people: Mapping[UUID, dict[str, Any]]
) -> dict[str, Any]:
    return {
        "organisation_id": one.id,
        "organisation_name": one.name,
        "hotline": duty.hotline if duty else "",
        "people": [people[key] for key in now.people],
        "until": now.until,
        "then": now.then and _span(now.then) | {"people": [people[key] for key in now.then.people]},
    }


def of_ticket(session: Session, actor: Actor, ticket_id: UUID) -> dict[str, Any] | None:
    """Who is on duty for a ticket; None where its lead keeps no list, or it is not the actor's to
    know."""
    ticket = tickets.get(session, actor, ticket_id)
    duty = routing.duty_list(ticket.lead_org_id) if ticket.lead_org_id else None
    if ticket.lead_org_id is None or duty is None or not service.may_see(actor, ticket):
        return None
    now = _now(duty)
    lead = session.get_one(Organisation, ticket.lead_org_id)
    return _card(lead, duty, now, _people(session, [now]))


def colleagues(session: Session, actor: Actor, ticket_id: UUID) -> dict[str, Any]:
    """Everybody of a ticket's lead, who is on duty now first. NotFound for who does not lead it."""
    ticket = tickets.get(session, actor, ticket_id)
    if ticket.lead_org_id is None or ticket.lead_org_id not in actor.organisations:
        raise NotFound
    present = routing.on_duty(ticket.lead_org_id)
    lines = [
        {
            "id": key,
            "name": person.name,
            "on_duty": key in present,
            "has_it": key == ticket.duty_person_id,
        }
        for key, (person, _) in queries.staff(session, ticket.lead_org_id).items()
    ]
    return {"items": sorted(lines, key=lambda line: not line["on_duty"])}


def duty_list(session: Session, actor: Actor, organisation_id: UUID) -> dict[str, Any]:
    """One list as it is written; who has left does not stand on it any more."""
    one = queries.with_list(session, actor, organisation_id)
    staff = queries.staff(session, organisation_id)
    row = session.get(DutyRow, organisation_id)
    held = routing.fresh(session).lists.get(organisation_id)
    here = {str(key) for key in staff}
    return {
        "organisation_id": one.id,
        "organisation_name": one.name,
        "week": _without(row.week, here) if row else [],
        "instead": _without(row.instead, here) if row else [],
        "always": row.always if row else False,
        "hotline": row.hotline if row else "",
        "staff": [{"id": key, "name": person.name} for key, (person, _) in staff.items()],
        "may_edit": service.may_edit(actor, staff),
        "holes": [_span(hole) for hole in service.holes_of(held)] if held else [],
        "version": row.version if row else 0,
    }


def _without(kept: Sequence[dict[str, Any]], here: set[str]) -> list[dict[str, Any]]:
    return [one | {"people": [key for key in one["people"] if key in here]} for one in kept]


def mine(session: Session, actor: Actor) -> dict[str, Any]:
    """When the actor is on duty in the coming days, and with whom."""
    held = routing.fresh(session).lists
    start = clock.now()
    watches = [
        (key, one)
        for key in actor.organisations
        if key in held
        for one in reckoning.mine(held[key], actor.id, start, start + MINE_AHEAD)
    ]
    others = {one for _, watch in watches for one in watch.people}
    names, offices = (
        people_named(session, others),
        organisations_named(session, {key for key, _ in watches}),
    )
    return {
        "items": [
            {
                "organisation_name": offices[key].name,
                **_span(one),
                "with_names": [names[who] for who in one.people if who != actor.id],
                "first": one.people[0] == actor.id,
            }
            for key, one in sorted(watches, key=lambda found: found[1].start)
        ]
    }
