"""Boards and the numbers of buildings as plain data for the wire."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from app.identity.actor import Actor
from app.identity.rules import Party
from app.places import queries_plans
from app.tickets import present, queries
from app.tickets.queries import boards, buildings
from app.tickets.queries.boards import Work
from app.tickets.queries.buildings import Numbers
from app.tickets.rules import GROUP_NAMES, TicketStatus, Verb
from app.tickets.rules.boards import (
    AT_WORK,
    BOARDS,
    URGENCY_NAMES,
    may_be_counted,
    urgency_of,
)


def board(session: Session, actor: Actor) -> dict[str, Any]:
    """What waits for the actor's office: numbers, and the first of each or the work of the day."""
    at_work = actor.home in AT_WORK
    return {
        "parts": _parts(session, actor, with_items=not at_work),
        **(_day(session, actor) if at_work else {"numbers": [], "work": [], "urgencies": []}),
    }


def _parts(session: Session, actor: Actor, *, with_items: bool) -> list[dict[str, Any]]:
    board = BOARDS.get(actor.home, ())
    waiting = queries.queue_counts(session, actor, [part.queue for part in board])
    counts = {queue.key: count for queue, count in waiting}
    parts = [part for part in board if part.queue in counts]
    shown = [part.queue for part in parts if counts[part.queue]] if with_items else []
    items = boards.firsts(session, actor, shown)
    rows = present.Rows(actor)
    return [
        {
            "queue": part.queue,
            "name": part.name,
            "hint": part.hint,
            "step": part.step,
            "count": counts[part.queue],
            "items": [rows.of(line) for line in items.get(part.queue, [])],
        }
        for part in parts
    ]


def _day(session: Session, actor: Actor) -> dict[str, Any]:
    emergencies, today = boards.pressing(session, actor)
    rows = present.Rows(actor)
    return {
        "numbers": [
            {"key": "emergency", "name": "应急", "count": emergencies},
            {"key": "today", "name": "今天到期", "count": today},
        ],
        "work": [_piece(one, rows) for one in boards.work(session, actor)],
        "urgencies": [{"key": key, "name": name} for key, name in URGENCY_NAMES.items()],
    }


def _piece(one: Work, rows: present.Rows) -> dict[str, Any]:
    line = one.line
    return rows.of(line) | {
        "urgency": urgency_of(
            line.status, line.due_at, line.warn_at, emergency=line.emergency, now=rows.now
        ),
        "building_name": one.building,
        "steps": _steps(one),
        "proof": _proof(one),
        "public_area": line.public_area,
    }


def _steps(one: Work) -> list[Verb]:
    """What its lead may do at once. The table of moves decides when it is done."""
    if one.line.status is TicketStatus.DISPATCHED:
        return [Verb.START, *([Verb.ARRIVE] if one.arrival_due else [])]
    due = ((Verb.ARRIVE, one.arrival_due), (Verb.CONTAIN, one.containment_due))
    return [*(verb for verb, holds in due if holds), Verb.RESOLVE]


def _proof(one: Work) -> str:
    """Which pictures the company's work on public parts still needs."""
    if one.line.lead_party is not Party.PROPERTY or not one.line.public_area:
        return "none"
    return "after" if one.has_before else "both"


def estate_numbers(session: Session, actor: Actor, estate_id: UUID) -> dict[str, Any]:
    """The numbers of the buildings of one of the actor's estates."""
    here = queries_plans.reached(actor, estate_id)
    found = buildings.numbers(session, here)
    households = buildings.households(session, here)
    return {
        "estate_id": here,
        "groups": [{"key": key, "name": name} for key, name in GROUP_NAMES.items()],
        "buildings": [
            {"building_id": one.id, "name": one.name}
            | _numbers(found.get(one.id, Numbers()), households.get(one.id, 0))
            for one in queries_plans.buildings(session, here)
        ],
        "ground": _numbers(found.get(None, Numbers()), 0),
    }


def _numbers(found: Numbers, households: int) -> dict[str, Any]:
    if not may_be_counted(households):
        return {"hidden": True, "open": 0, "overdue": 0, "recent": {}}
    return {
        "hidden": False,
        "open": found.open,
        "overdue": found.overdue,
        "recent": dict(found.recent),
    }
