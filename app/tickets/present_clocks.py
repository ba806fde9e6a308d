"""The clocks of one ticket as plain data for the wire, each with why it is due when it is."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from app.core import clock
from app.identity.actor import Named
from app.identity.queries import organisations_named
from app.tickets.models import Ticket
from app.tickets.rules import Clock, ClockState, state_of
from app.tickets.rules.explain import explain, name_of
from app.tickets.service.clocks import clocks_of

DESK = "社区"


def told(session: Session, ticket: Ticket, named: Mapping[UUID, Named]) -> list[dict[str, Any]]:
    """Every clock that somebody is or was held to: those that run by when they are due, then those
    that have ended, the latest first. What was called off is left out. `named`: whose names are
    known already."""
    now = clock.now()
    clocks = clocks_of(session, ticket, named)
    states = {one.no: state_of(one, now) for one in clocks}
    kept = [one for one in clocks if states[one.no] is not ClockState.ENDED]
    running = [one for one in kept if one.ended_at is None]
    over = [one for one in kept if one.ended_at is not None]
    running.sort(key=lambda one: (one.limit.unit is None, one.due_at, one.no))
    over.sort(key=lambda one: (one.ended_at, one.no), reverse=True)
    names = _names(session, kept, named)
    return [_told(one, names, states[one.no], now) for one in (*running, *over)]


def _names(
    session: Session, clocks: Sequence[Clock], named: Mapping[UUID, Named]
) -> dict[Any, str]:
    ids = {one.organisation_id for one in clocks if one.organisation_id} - named.keys()
    found = {**named, **organisations_named(session, ids)}
    return {None: DESK} | {key: one.name for key, one in found.items()}


def _told(one: Clock, names: dict[Any, str], state: ClockState, now: datetime) -> dict[str, Any]:
    pause = one.stopped_at(now) if one.ended_at is None else None
    return {
        "holder": one.holder,
        "holder_name": names[one.organisation_id],
        "kind": one.kind,
        "name": name_of(one),
        "state": state,
        "started_at": one.started_at,
        "due_at": one.due_at if one.limit.unit else None,
        "ended_at": one.ended_at,
        "stopped_until": pause.end if pause else None,
        "why": explain(one),
    }
