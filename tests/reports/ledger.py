"""Tickets with their clocks as rows, and the rates counted from them the naive way: one by one, in
Python, with `if`s. It shares no code with what it checks."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.db import uuid7
from app.tickets.models import Ticket, TicketClock, TicketEntry
from app.tickets.models_recheck import TicketRecheck
from tests.factories.tickets import Neighbourhood

ZONE = ZoneInfo("Asia/Shanghai")
Counted = Counter[tuple[UUID | None, str, str, str]]


@dataclass
class Shape:
    """One ticket to be, in words that hypothesis can draw."""

    status: str
    lead: str | None
    began: int  # hours before now
    due: int  # hours after it began
    took: int | None  # hours until the clock ended
    met: bool
    came_back: bool
    reopened: int
    joined: bool
    pending: bool
    solved: str | None
    satisfied: str | None
    recheck: str | None


def write(session: Session, here: Neighbourhood, shapes: list[Shape], now: datetime) -> None:
    """The shapes as rows, straight into the tables."""
    head = _ticket(here, Shape("submitted", None, 1, 1, None, *[False] * 2, 0, *[False] * 2,
                               None, None, None), now, "HEAD")  # fmt: skip
    session.add(head)
    session.flush()
    for number, shape in enumerate(shapes):
        ticket = _ticket(here, shape, now, f"T{number}")
        ticket.duplicate_of = head.id if shape.joined else None
        session.add(ticket)
        session.flush()
        _add_clocks(session, here, shape, ticket)
        if shape.came_back:
            session.add(TicketEntry(ticket_id=ticket.id, verb="send_back", at=ticket.created_at))
        if shape.recheck and shape.lead:
            session.add(_recheck(ticket, shape.recheck))
    session.flush()


def _ticket(here: Neighbourhood, shape: Shape, now: datetime, number: str) -> Ticket:
    began = now - timedelta(hours=shape.began)
    closed = shape.status == "closed"
    ended = began + timedelta(hours=shape.took or 0)
    return Ticket(
        id=uuid7(),
        number=number,
        category="facility.lift",
        text="电梯停在三楼",
        status=shape.status,
        community_id=here.community.id,
        estate_id=here.estate.id,
        place_id=here.unit.id,
        place_text="演示",
        public_area=True,
        reporter_id=here.people["volunteer"].id,
        lead_org_id=here.organisations[shape.lead].id if shape.lead else None,
        lead_party="property" if shape.lead else None,
        reopened=shape.reopened,
        suspension_pending=shape.pending,
        solved=shape.solved,
        satisfied=shape.satisfied,
        created_at=began,
        stage_at=ended,
        closed_at=ended if closed else None,
    )


def _add_clocks(session: Session, here: Neighbourhood, shape: Shape, ticket: Ticket) -> None:
    began = ticket.created_at
    due = began + timedelta(hours=shape.due)
    ended = None if shape.took is None else began + timedelta(hours=shape.took)
    common: dict[str, Any] = {
        "ticket_id": ticket.id,
        "started_at": began,
        "warn_at": due,
        "due_at": due,
        "ended_at": ended,
        "met": shape.met and ended is not None,
    }
    session.add(TicketClock(no=0, holder="community", kind="accept", **common))
    if shape.lead:
        lead = {"holder": "lead", "organisation_id": here.organisations[shape.lead].id}
        session.add(TicketClock(no=1, kind="accept", **lead, **common))
        session.add(TicketClock(no=2, kind="arrive", **lead, **common))
        session.add(TicketClock(no=3, kind="resolve", **lead, **common))


def _recheck(ticket: Ticket, result: str) -> TicketRecheck:
    return TicketRecheck(
        ticket_id=ticket.id,
        month="2026-10",
        community_id=ticket.community_id,
        lead_org_id=ticket.lead_org_id,
        lead_party="property",
        unrated=False,
        result=None if result == "waiting" else result,
    )


def naive(session: Session, now: datetime) -> Counted:
    """The number of tickets by organisation, month, measure and outcome."""
    found: Counted = Counter()
    for ticket in session.scalars(select(Ticket)).all():
        for one in session.scalars(select(TicketClock).where(TicketClock.ticket_id == ticket.id)):
            if one.holder == "co" or one.kind not in ("accept", "resolve"):
                continue
            measure = "response" if one.kind == "accept" else "resolution"
            outcome = _of_clock(session, ticket, one, now)
            if one.kind == "resolve" and outcome == "in_time":
                outcome = _of_work(session, ticket)
            found[one.organisation_id, _month(one.due_at), measure, outcome] += 1
        if ticket.status == "closed" and ticket.lead_org_id and ticket.closed_at:
            key = (ticket.lead_org_id, _month(ticket.closed_at), "satisfaction", _said(ticket))
            found[key] += 1
        if ticket.lead_org_id is None and ticket.status in ("closed", "rejected", "withdrawn"):
            found[None, _month(ticket.stage_at), "resolution", _gone(ticket)] += 1
    return found


def _of_clock(session: Session, ticket: Ticket, one: TicketClock, now: datetime) -> str:
    if one.ended_at is not None:
        if one.ended_at > one.due_at:
            return "late"
        return "in_time" if one.met else _gone(ticket)
    if ticket.status == "escalated":
        return "late" if ticket.stage_at > one.due_at else "escalated"
    if now > one.due_at:
        return "late"
    if ticket.status == "suspended" and not ticket.suspension_pending:
        return "suspended"
    return "open"


def _of_work(session: Session, ticket: Ticket) -> str:
    entries = session.scalars(select(TicketEntry).where(TicketEntry.ticket_id == ticket.id)).all()
    looked = session.scalars(select(TicketRecheck).where(TicketRecheck.ticket_id == ticket.id))
    if ticket.reopened or any(one.verb in ("send_back", "reopen") for one in entries):
        return "came_back"
    if any(one.result == "untrue" for one in looked):
        return "untrue"
    return "unsolved" if ticket.solved == "no" else "in_time"


def _gone(ticket: Ticket) -> str:
    if ticket.duplicate_of:
        return "joined"
    return ticket.status if ticket.status in ("withdrawn", "rejected") else "passed_on"


def _said(ticket: Ticket) -> str:
    if ticket.duplicate_of:
        return "joined"
    said = {"yes": "satisfied", "fairly": "fairly", "no": "unsatisfied", "wont_say": "wont_say"}
    return said.get(ticket.satisfied or "", "unrated")


def _month(moment: datetime) -> str:
    local = moment.astimezone(ZONE)
    return f"{local.year}-{local.month:02d}"
