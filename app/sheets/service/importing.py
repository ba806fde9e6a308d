"""The verbs of a hand-over: read, point at the columns, mend a row, take over, drop. Never commits.

Nothing becomes a ticket before somebody says so; then every chosen row does, or says why not, in
one transaction.
"""

import json
from collections.abc import Collection
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.core import clock
from app.core.db import uuid7
from app.core.errors import Invalid, NotFound
from app.core.events import publish
from app.core.tables import FileEmpty, Table
from app.identity.actor import Actor
from app.places.imports import ImportSettled
from app.places.models import ImportState, Place
from app.sheets.events import (
    TicketImportDropped,
    TicketImportEvent,
    TicketImportMended,
    TicketImportPreviewed,
)
from app.sheets.models import TicketImport, TicketImportRow, TicketSource
from app.sheets.queries import imports
from app.sheets.rules import fields
from app.sheets.rules.fields import FIELDS, Field
from app.sheets.rules.incoming import EMERGENCY, RowState
from app.sheets.service.planning import numbered, plan, said_of
from app.tickets import catalogue
from app.tickets.rules.categories import is_emergency
from app.tickets.service.where import REPORTABLE

PREVIEW_KEPT = timedelta(days=7)
ROWS_KEPT = timedelta(days=90)


def read(
    session: Session, actor: Actor, community_id: UUID, source: str, upload: tuple[str, Table]
) -> TicketImport:
    """A file that another system handed over, to be looked at. NotFound for a community that is
    not the actor's, FileEmpty for one without lines."""
    if community_id not in actor.committee_communities:
        raise NotFound
    filename, table = upload
    at = fields.heading_row(table)
    lines = numbered(table, at)
    if not lines:
        raise FileEmpty("表格里没有工单，列名下面要有内容。")
    known = _source(session, community_id, source.strip())
    headings = [heading.strip()[:40] for heading in table[at]]
    kept = TicketImport(
        id=uuid7(),
        source_id=known.id,
        community_id=community_id,
        created_by=actor.id,
        filename=filename[:120],
        state=ImportState.PREVIEW,
        headings=headings,
        mapping={str(one): at for one, at in fields.guess(headings, known.headings).items()},
        lines=json.dumps(lines, ensure_ascii=False),
    )
    session.add(kept)
    session.flush()
    plan(session, kept)
    publish(session, fact(session, TicketImportPreviewed, kept, actor))
    return kept


def point(session: Session, actor: Actor, import_id: UUID, asked: dict[str, Any]) -> TicketImport:
    """Say under which column each field stands; it is remembered for this system. Invalid for a
    column that is not there, or that two fields share."""
    kept = open_one(session, actor, import_id)
    mapping = {name: at for name, at in asked.items() if at is not None}
    errors = {
        name: ["没有这一列。"] for name, at in mapping.items() if not 0 <= at < len(kept.headings)
    }
    for name, at in mapping.items():
        if list(mapping.values()).count(at) > 1:
            errors[name] = ["这一列选了两次。"]
    if errors:
        raise Invalid(errors=errors)
    kept.mapping = mapping
    known = session.get_one(TicketSource, kept.source_id)
    known.headings = {name: fields.bare(kept.headings[at]) for name, at in mapping.items()}
    plan(session, kept)
    publish(session, fact(session, TicketImportPreviewed, kept, actor))
    return kept


def mend(
    session: Session, actor: Actor, import_id: UUID, number: int, asked: dict[str, Any]
) -> TicketImportRow:
    """Give a row a place or a category by hand. NotFound; Invalid for what is not of here."""
    kept = open_one(session, actor, import_id)
    row = session.get(TicketImportRow, (kept.id, number))
    if row is None or row.state is RowState.DOUBLED:
        raise NotFound
    errors, doubts = dict(row.errors), dict(row.doubts)
    if asked.get("place_id"):
        row.place_id = _place(session, kept, asked["place_id"])
        _clear(Field.ADDRESS, errors, doubts)
    if asked.get("category"):
        row.category = _category(session, kept, asked["category"])
        _clear(Field.KIND, errors, doubts)
        if is_emergency(row.category):
            doubts[Field.KIND] = EMERGENCY
    row.errors, row.doubts = errors, doubts
    row.state = RowState.REFUSED if errors else RowState.READY
    session.flush()
    publish(session, fact(session, TicketImportMended, kept, actor))
    return row


def drop(session: Session, actor: Actor, import_id: UUID) -> None:
    """Throw a file away, with all that it said."""
    kept = open_one(session, actor, import_id)
    event = fact(session, TicketImportDropped, kept, actor)
    _forget(session, kept)
    publish(session, event)


def forget_old(session: Session, _day: date) -> None:
    """What nobody decided about for a week goes; rows of what was taken over after three months.
    The numbers stay: nothing comes in twice."""
    now = clock.now()
    stale = select(TicketImport).where(
        TicketImport.state == ImportState.PREVIEW, TicketImport.created_at < now - PREVIEW_KEPT
    )
    for kept in session.scalars(stale).all():
        event = fact(session, TicketImportDropped, kept, None)
        _forget(session, kept)
        publish(session, event)
    settled = select(TicketImport.id).where(TicketImport.settled_at < now - ROWS_KEPT)
    session.execute(delete(TicketImportRow).where(TicketImportRow.import_id.in_(settled)))


def settle(session: Session, kept: TicketImport, state: ImportState) -> None:
    """It is decided: the texts of the file go, its numbers and codes stay."""
    kept.state, kept.settled_at, kept.lines = state, clock.now(), None
    session.execute(
        update(TicketImportRow).where(TicketImportRow.import_id == kept.id).values(said=None)
    )


def open_one(session: Session, actor: Actor, import_id: UUID) -> TicketImport:
    """An import that nobody has decided about yet. NotFound, ImportSettled."""
    kept = imports.one(session, actor, import_id)
    if kept.state is not ImportState.PREVIEW:
        raise ImportSettled
    return kept


def fact(
    session: Session, kind: type[TicketImportEvent], kept: TicketImport, actor: Actor | None
) -> TicketImportEvent:
    """What is published about an import."""
    return kind(
        subject_id=kept.id,
        actor_id=actor.id if actor else None,
        community_id=kept.community_id,
        counts=dict(imports.counts(session, [kept.id])[kept.id]),
    )


def places_of(rows: Collection[TicketImportRow]) -> set[UUID]:
    """The places that rows name."""
    return {row.place_id for row in rows if row.place_id}


def texts_of(row: TicketImportRow) -> dict[str, Any]:
    """What a row says, for people to look at."""
    said = said_of(row)
    return {name: said.get(name) for name in ("text", "kind", "address", "called_at", "due_at")}


def _source(session: Session, community_id: UUID, name: str) -> TicketSource:
    known = imports.source_named(session, community_id, name)
    if known is None:
        known = TicketSource(id=uuid7(), community_id=community_id, name=name, headings={})
        session.add(known)
        session.flush()
    return known


def _forget(session: Session, kept: TicketImport) -> None:
    settle(session, kept, ImportState.DROPPED)
    session.execute(delete(TicketImportRow).where(TicketImportRow.import_id == kept.id))


def _clear(one: Field, *said: dict[str, Any]) -> None:
    """What was wrong with a field of which somebody has decided; an empty cell too."""
    if one in FIELDS:
        for each in said:
            each.pop(one.value, None)


def _place(session: Session, kept: TicketImport, place_id: UUID) -> UUID:
    place = session.get(Place, place_id)
    if place is None or place.kind not in REPORTABLE or place.community_id != kept.community_id:
        raise Invalid(errors={"place_id": ["这个地点不在这个社区里，请重新选。"]})
    return place.id


def _category(session: Session, kept: TicketImport, code: str) -> str:
    if not catalogue.of_place(session.get_one(Place, kept.community_id).path).offers(code):
        raise Invalid(errors={"category": ["请选一个类别。"]})
    return code
