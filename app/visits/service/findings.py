"""What is found on a patrol becomes a ticket, and the patrol knows which."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from app.core.errors import NotFound
from app.core.events import publish
from app.identity.actor import Actor
from app.tickets.models import Ticket
from app.tickets.service.opening import open_ticket
from app.visits.events_patrols import PatrolFound
from app.visits.models_patrols import PatrolFinding, PatrolPoint
from app.visits.queries import patrols as queries
from app.visits.rules.patrols import NotAskedToPatrol
from app.visits.service.patrols import facts


def report(
    session: Session, actor: Actor, patrol_id: UUID, point_id: UUID, said: dict[str, Any]
) -> Ticket:
    """Report what was seen at a point. Also of a patrol that was called off meanwhile: what is
    broken is broken. Raises NotFound, NotAskedToPatrol, and what a report raises."""
    patrol = queries.get(session, actor, patrol_id)
    people = queries.people_of(session, [patrol.id])[patrol.id]
    if actor.id not in {row.person_id for row in people}:
        raise NotAskedToPatrol
    point = session.get(PatrolPoint, point_id)
    if point is None or point.community_id != patrol.community_id:
        raise NotFound
    found = {"patrol_id": str(patrol.id), "point": point.name}
    ticket = open_ticket(session, actor, **(said | {"found_on": found}))
    session.add(PatrolFinding(ticket_id=ticket.id, patrol_id=patrol.id, point_id=point.id))
    session.flush()
    seen = PatrolFound(**facts(patrol, actor.id), ticket_id=ticket.id, point_id=point.id)
    publish(session, seen)
    return ticket
