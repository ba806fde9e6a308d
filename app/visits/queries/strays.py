"""Strays: records whose assignment went away. Who settles them sees them, and who sent them."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.errors import CATALOGUE, NotFound
from app.identity.actor import Actor
from app.identity.queries import people_named
from app.places.doors import doors_of
from app.places.models import Household
from app.teams import rosters
from app.visits.models import Visit, VisitStray
from app.visits.queries.visible import goes, settles, shut_out
from app.visits.rules import StrayState
from app.visits.rules.strays import TEAM_LEFT_DAYS, reason_of

# Where it is, and no more: whoever sent a stray may not look after that household any longer.
DOOR = ("id", "door", "floor", "place_text", "building", "unit")


def visible_to(actor: Actor) -> Select[VisitStray]:
    """The strays that the actor settles."""
    return select(VisitStray).where(settles(actor, VisitStray))


def sent_by(actor: Actor) -> Select[VisitStray]:
    """The actor's own strays."""
    return select(VisitStray).where(VisitStray.person_id == actor.id)


def listed(actor: Actor, query: Mapping[str, Any]) -> Select[VisitStray]:
    """The strays of a list request, without order."""
    found = sent_by(actor) if query["mine"] else visible_to(actor)
    return found.where(VisitStray.state == query["state"]) if query["state"] else found


def to_settle(session: Session, actor: Actor, stray_id: UUID) -> VisitStray:
    """One stray that the actor settles; whoever else writes it waits. NotFound otherwise."""
    found = session.scalar(
        visible_to(actor).where(VisitStray.id == stray_id).with_for_update(of=VisitStray)
    )
    if found is None:
        raise NotFound
    return found


def door_of(
    session: Session, actor: Actor, visit_id: UUID | None, household_id: UUID | None
) -> tuple[Household, Visit | None]:
    """The household (and the visit, if it is known) for which the actor may hand in a stray.

    NotFound if there is none, if the two do not belong together, and for anybody who neither goes
    there nor was lately in a team of that community: all of it looks the same from outside.
    """
    visit = session.get(Visit, visit_id) if visit_id else None
    wanted = household_id or (visit.household_id if visit else None)
    household = session.get(Household, wanted) if wanted else None
    if household is None or (visit and visit.household_id != household.id):
        raise NotFound
    if shut_out(actor) or not (_went(session, actor, visit) or _of_team(session, actor, household)):
        raise NotFound
    return household, visit


def _went(session: Session, actor: Actor, visit: Visit | None) -> bool:
    if visit is None:
        return False
    return session.scalar(select(Visit.id).where(Visit.id == visit.id, goes(actor.id))) is not None


def _of_team(session: Session, actor: Actor, household: Household) -> bool:
    since = clock.today() - timedelta(days=TEAM_LEFT_DAYS)
    return rosters.was_in_team(session, household.community_id, actor.id, since)


def known(session: Session, person_id: UUID, digest: str) -> VisitStray | None:
    """The same stray of the same person, if it has arrived before."""
    return session.scalar(
        select(VisitStray).where(VisitStray.person_id == person_id, VisitStray.digest == digest)
    )


def rows(session: Session, actor: Actor, strays: Sequence[VisitStray]) -> list[dict[str, Any]]:
    """Strays as they are shown, in their order."""
    doors = doors_of(session, {one.household_id for one in strays})
    people = {one.person_id for one in strays} | {one.settled_by for one in strays}
    names = people_named(session, [one for one in people if one])

    def named(person_id: UUID | None) -> dict[str, Any] | None:
        return {"id": person_id, "name": names.get(person_id, "")} if person_id else None

    return [
        {
            "id": one.id,
            "person": named(one.person_id),
            "household": {key: doors[one.household_id][key] for key in DOOR},
            "visit_id": one.visit_id,
            "purpose": one.said["purpose"],
            "code": one.code,
            "reason": reason_of(one.code, CATALOGUE[one.code].title),
            "said": _said(one, with_note=_may_read_note(one, actor)),
            "received_at": one.received_at,
            "state": one.state,
            "settled_by": named(one.settled_by),
            "drop_reason": one.drop_reason,
        }
        for one in strays
    ]


def _may_read_note(stray: VisitStray, actor: Actor) -> bool:
    """As for records: who wrote it down, and the committee."""
    return stray.person_id == actor.id or stray.community_id in actor.committee_communities


def _said(stray: VisitStray, *, with_note: bool) -> dict[str, Any]:
    said = stray.said
    return {
        "on": stray.on,
        "method": said["method"],
        "outcome": said["outcome"],
        "needs": said["needs"],
        "reschedule_to": _appointment(said["reschedule_to"]),
        "note": stray.note if with_note else None,
        "ticket_text": said["ticket"]["text"] if said["ticket"] else None,
    }


def _appointment(kept: Mapping[str, str] | None) -> dict[str, Any] | None:
    if kept is None:
        return None
    return {"date": kept["date"], "window": {"from": kept["from"][:5], "to": kept["to"][:5]}}


def cites(session: Session, actor: Actor, digest: str) -> bool:
    """Whether a picture comes with a waiting stray that the actor settles, and so may cite."""
    return _any_cites(session, visible_to(actor), digest)


def shows(session: Session, digest: str) -> bool:
    """Whether a picture comes with any waiting stray."""
    return _any_cites(session, select(VisitStray), digest)


def _any_cites(session: Session, strays: Select[VisitStray], digest: str) -> bool:
    waiting = session.scalars(strays.where(VisitStray.state == StrayState.WAITING))
    tickets = (one.said["ticket"] or {} for one in waiting)
    return any(digest in (ticket.get("media") or []) for ticket in tickets)
