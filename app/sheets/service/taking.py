"""Chosen rows become tickets: all of them in one transaction, each with a code to hand back."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from app.core import clock
from app.core.errors import Refusal
from app.core.events import publish
from app.identity.actor import Actor
from app.places.models import ImportState
from app.sheets.events import TicketImportApplied
from app.sheets.models import ForeignTicket, TicketImport, TicketImportRow, TicketSource
from app.sheets.queries import imports
from app.sheets.refusals import ColumnsMissing, NothingChosen
from app.sheets.rules.fields import FIELDS, Field
from app.sheets.rules.incoming import RowState, is_private
from app.sheets.service.importing import fact, open_one, settle
from app.sheets.service.planning import missing, moment, said_of
from app.tickets.models import Ticket
from app.tickets.service import open_ticket, timeline


def take(session: Session, actor: Actor, import_id: UUID, chosen: Collection[int]) -> TicketImport:
    """Make tickets of these rows. What another hand-over brought meanwhile is a double; what the
    rules of reporting refuse says why, and the others come in all the same.

    Raises NotFound, ImportSettled, ColumnsMissing, NothingChosen.
    """
    kept = open_one(session, actor, import_id)
    if lacking := missing(kept.mapping):
        names = "、".join(FIELDS[one].name for one in lacking)
        raise ColumnsMissing(f"还没有指明哪一列是「{names}」。", errors={"mapping": [names]})
    rows = session.scalars(imports.rows(kept.id).order_by(TicketImportRow.row)).all()
    wanted = [row for row in rows if row.state is RowState.READY and row.row in chosen]
    if not wanted:
        raise NothingChosen
    source = session.get_one(TicketSource, kept.source_id)
    known = imports.taken(session, source.id, [row.number for row in wanted])
    for row in rows:
        if row in wanted:
            _take_one(session, actor, source, row, known)
        elif row.state is RowState.READY:
            row.state = RowState.LEFT
    session.flush()
    settle(session, kept, ImportState.CONFIRMED)
    publish(session, fact(session, TicketImportApplied, kept, actor))
    return kept


def _take_one(
    session: Session,
    actor: Actor,
    source: TicketSource,
    row: TicketImportRow,
    known: dict[str, str],
) -> None:
    if row.number in known:
        row.state, row.ours = RowState.DOUBLED, known[row.number]
        return
    try:
        with session.begin_nested():
            ticket = _opened(session, actor, source, row)
    except Refusal as refusal:
        said = [one for each in refusal.errors.values() for one in each]
        row.state, row.errors = RowState.REFUSED, {"row": (said or [refusal.sentence])[0]}
        return
    row.state, row.ours = RowState.ACCEPTED, ticket.number
    known[row.number] = ticket.number


def _opened(session: Session, actor: Actor, source: TicketSource, row: TicketImportRow) -> Ticket:
    said = said_of(row)
    assert row.category is not None  # noqa: S101 - a row without one is not ready
    assert row.place_id is not None  # noqa: S101
    private = is_private(row.category)
    ticket = open_ticket(
        session,
        actor,
        category=row.category,
        text=said["text"],
        place_id=row.place_id,
        public_area=not private,
        agreed_by=f"{source.name}来电人"[:40] if private else None,
        spot=None,
    )
    called, due = moment(said, Field.CALLED_AT), moment(said, Field.DUE_AT)
    note = _note(source.name, row.number, said, called, due)
    timeline.add_entry(ticket, "note", actor, {"note": note})
    session.add(
        ForeignTicket(
            source_id=source.id,
            number=row.number,
            ticket_id=ticket.id,
            called_at=called,
            due_at=due,
        )
    )
    session.flush()
    return ticket


def _note(
    source: str,
    number: str,
    said: dict[str, Any],
    called: datetime | None,
    due: datetime | None,
) -> str:
    """The line in the timeline that says where it comes from, and what found no room above."""
    parts = [f"由{source}转来，对方编号 {number}"]
    if said.get("address"):
        parts.append(f"原写地址：{said['address'][:60]}")
    if called:
        parts.append(f"来电时间 {_local(called)}")
    if due:
        parts.append(f"对方要求 {_local(due)} 前办结")
    note = "，".join(parts) + "。"
    rest = str(said["rest"])
    return note[: 500 - len(rest)] + rest


def _local(at: datetime) -> str:
    return f"{at.astimezone(clock.LOCAL):%Y-%m-%d %H:%M}"
