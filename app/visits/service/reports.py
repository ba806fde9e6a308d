"""What somebody reports of a visit, with what comes with it: read from a body, checked, written as
columns, and kept as JSON where the report has to wait."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from app.core import clock
from app.core.errors import Invalid
from app.identity.actor import Actor
from app.places.models import Household
from app.tickets.models import Ticket
from app.tickets.service.opening import Report as Heard
from app.tickets.service.opening import open_ticket
from app.visits.models import Told, Visit
from app.visits.rules import Band, Method, Need, NextStep, Outcome
from app.visits.rules.following import next_step
from app.visits.rules.record import Said
from app.visits.rules.windows import Slot, Window, band_of


@dataclass(frozen=True, kw_only=True)
class Report:
    """What was said of a visit and what comes with it. `with_ids` None leaves who was planned."""

    said: Said
    with_ids: tuple[UUID, ...] | None = None
    device_time: datetime | None = None
    ticket: Mapping[str, Any] | None = None
    whole_stair: bool = False


def report_of(body: Mapping[str, Any]) -> Report:
    """The body of a record as the service takes it."""
    moved = body["reschedule_to"]
    with_ids = body["with_ids"]
    note = (body["note"] or "").strip()
    return Report(
        said=Said(
            on=body["on"],
            method=body["method"],
            outcome=body["outcome"],
            slot=body["slot"],
            needs=tuple(body["needs"]),
            note=note or None,
            note_agreed=body["note_agreed"],
            next_step=body["next_step"],
            reschedule_to=Slot(moved["date"], moved["window"]) if moved else None,
        ),
        with_ids=None if with_ids is None else tuple(with_ids),
        device_time=body["device_time"],
        ticket=body.get("ticket"),
        whole_stair=body.get("whole_stair", False),
    )


def columns(visit: Visit, report: Report, by: UUID, ticket: Ticket | None) -> dict[str, Any]:
    """What a row keeps of a report, be it the record or an account beside it."""
    said = report.said
    return {
        "on": said.on,
        "slot": said.slot or _slot_of(visit),
        "method": said.method,
        "outcome": said.outcome,
        "needs": sorted({need.value for need in said.needs}),
        "note": said.note or None,
        "note_agreed": bool(said.note) and said.note_agreed,
        "next_step": next_step(said, visit.attempt),
        "reschedule_to": _slot_kept(said.reschedule_to),
        "ticket_id": ticket.id if ticket else None,
        "recorded_by": by,
        "device_time": report.device_time,
        "received_at": clock.now(),
    }


def said_of(told: Told) -> Said:
    """What a row says, as the rules take it."""
    return Said(
        on=told.on,
        method=told.method,
        outcome=told.outcome,
        slot=told.slot,
        needs=tuple(Need(one) for one in told.needs),
        next_step=told.next_step,
        reschedule_to=_slot(told.reschedule_to),
    )


def said_kept(told: Told) -> dict[str, Any]:
    """What a row says, as JSON and without its note."""
    return {
        "on": told.on.isoformat(),
        "slot": told.slot.value,
        "method": told.method.value,
        "outcome": told.outcome.value,
        "needs": list(told.needs),
        "next_step": told.next_step.value if told.next_step else None,
        "reschedule_to": told.reschedule_to,
        "ticket_id": str(told.ticket_id) if told.ticket_id else None,
        "recorded_by": str(told.recorded_by),
        "received_at": told.received_at.isoformat(),
    }


def open_heard(
    session: Session, actor: Actor, visit: Visit, said: Mapping[str, Any] | None
) -> Ticket | None:
    """What was heard becomes a ticket in the same step, about the unit or about the household."""
    if said is None:
        return None
    household = session.get_one(Household, visit.household_id)
    report: Heard = {
        "id": said.get("id"),
        "category": said["category"],
        "text": said["text"],
        "place_id": household.unit_id,
        "household_id": None if said["public_area"] else household.id,
        "public_area": said["public_area"],
        "agreed_by": said.get("agreed_by"),
        "spot": said.get("spot"),
        "media": said.get("media") or [],
    }
    try:
        return open_ticket(session, actor, **report)
    except Invalid as wrong:
        errors = {f"ticket.{field}": said for field, said in wrong.errors.items()}
        raise Invalid(errors=errors) from wrong


def kept(report: Report) -> dict[str, Any]:
    """A report as JSON, without its note: that has a column of its own, so that it can go."""
    said = report.said
    ticket = dict(report.ticket) if report.ticket else None
    if ticket and ticket.get("id"):
        ticket["id"] = str(ticket["id"])
    return {
        "on": said.on.isoformat(),
        "method": said.method.value,
        "outcome": said.outcome.value,
        "slot": said.slot.value if said.slot else None,
        "needs": sorted({need.value for need in said.needs}),
        "next_step": said.next_step.value if said.next_step else None,
        "reschedule_to": _slot_kept(said.reschedule_to),
        "with_ids": None if report.with_ids is None else sorted(map(str, report.with_ids)),
        "device_time": report.device_time.isoformat() if report.device_time else None,
        "ticket": ticket,
    }


def from_kept(json: Mapping[str, Any], note: str | None) -> Report:
    """The report again. A note is only ever kept where the household had agreed to it."""
    ticket = dict(json["ticket"]) if json["ticket"] else None
    if ticket and ticket.get("id"):
        ticket["id"] = UUID(ticket["id"])
    with_ids, device_time = json["with_ids"], json["device_time"]
    return Report(
        said=Said(
            on=date.fromisoformat(json["on"]),
            method=Method(json["method"]),
            outcome=Outcome(json["outcome"]),
            slot=Band(json["slot"]) if json["slot"] else None,
            needs=tuple(Need(one) for one in json["needs"]),
            note=note,
            note_agreed=note is not None,
            next_step=NextStep(json["next_step"]) if json["next_step"] else None,
            reschedule_to=_slot(json["reschedule_to"]),
        ),
        with_ids=None if with_ids is None else tuple(UUID(one) for one in with_ids),
        device_time=datetime.fromisoformat(device_time) if device_time else None,
        ticket=ticket,
    )


def _slot_of(visit: Visit) -> Band:
    """The planned window's part of the day; the device's clock never decides anything."""
    return band_of(visit.window_from or clock.local_now().time())


def _slot_kept(slot: Slot | None) -> dict[str, str] | None:
    if slot is None:
        return None
    hours = (slot.window.start.isoformat(), slot.window.end.isoformat())
    return {"date": slot.date.isoformat(), "from": hours[0], "to": hours[1]}


def _slot(json: Mapping[str, str] | None) -> Slot | None:
    if json is None:
        return None
    window = Window(time.fromisoformat(json["from"]), time.fromisoformat(json["to"]))
    return Slot(date.fromisoformat(json["date"]), window)
