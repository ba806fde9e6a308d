"""Somebody asks for the list before them as a file."""

from typing import Any

from sqlalchemy.orm import Session

from app.core import jobs
from app.core.jobs import JobRow
from app.identity.actor import Actor
from app.tickets.queries import lists
from app.tickets.schemas_lists import TicketFilterSchema

EXPORT = "tickets.export"


def ask(session: Session, actor: Actor, query: dict[str, Any]) -> JobRow:
    """Have the worker write the tickets that this filter finds. Invalid for a queue that is not
    the actor's, TooManyJobs where several are waiting already."""
    next(lists.selected(session, actor, query))
    return jobs.start(session, EXPORT, {"filter": TicketFilterSchema().dump(query)}, actor.id)
