"""Tickets that were reported on patrols: of each, those that the actor may see anyway."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from app.identity.actor import Actor
from app.tickets.models import Ticket
from app.tickets.present_doubles import status_name
from app.tickets.queries import visible_to
from app.tickets.rules import title_of
from app.visits.models_patrols import PatrolFinding


def of_patrols(
    session: Session, actor: Actor, patrol_ids: Collection[UUID]
) -> dict[UUID, list[dict[str, Any]]]:
    """What was found on each of these patrols, in the order in which it was reported."""
    rows = session.execute(
        visible_to(actor)
        .join(PatrolFinding, PatrolFinding.ticket_id == Ticket.id)
        .where(PatrolFinding.patrol_id.in_(patrol_ids))
        .order_by(Ticket.created_at, Ticket.id)
        .with_only_columns(
            PatrolFinding.patrol_id,
            PatrolFinding.point_id,
            Ticket.id,
            Ticket.number,
            Ticket.text,
            Ticket.status,
            Ticket.duplicate_of,
        )
    )
    found: dict[UUID, list[dict[str, Any]]] = {one: [] for one in patrol_ids}
    for row in rows:
        found[row.patrol_id].append(
            {
                "id": row.id,
                "number": row.number,
                "title": title_of(row.text),
                "status": row.status,
                "status_name": status_name(row),
                "point_id": row.point_id,
            }
        )
    return found
