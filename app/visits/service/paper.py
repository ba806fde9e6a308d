"""Round sheets on paper: made from visits, printed, and entered again row by row.

What is entered goes the way of every record; it is a record of who made the visit. A row that has
been recorded meanwhile, on a phone or by another clerk, is left as it is.
"""

from collections.abc import Sequence
from secrets import randbelow
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from app.core import clock
from app.core.errors import Invalid
from app.core.events import publish
from app.identity.actor import Actor
from app.places.models import Household
from app.visits.events_paper import PaperEntered, PaperMade, PaperPrinted, VisitEnteredFor
from app.visits.models import Visit
from app.visits.models_paper import PaperRow, PaperSheet
from app.visits.queries import paper as queries
from app.visits.rules import VisitState
from app.visits.rules.paper import MOST_DAYS, Asked, Heading, SheetKind, code_of, sheets_of
from app.visits.service import records
from app.visits.service.reports import Report
from app.visits.service.rounds import current

MOST_VISITS = 300
Entry = tuple[int, Report]


def make(
    session: Session, actor: Actor, kind: SheetKind, said: dict[str, Any]
) -> Sequence[PaperSheet]:
    """The sheets of these days. One that stands as it is asked for is not made twice."""
    if (said["last"] - said["first"]).days not in range(MOST_DAYS):
        raise Invalid(errors={"last": [f"一次最多打印 {MOST_DAYS} 天，结束不能早于开始。"]})
    visits = session.scalars(queries.wanted(actor, said).limit(MOST_VISITS + 1)).all()
    if len(visits) > MOST_VISITS:
        raise Invalid(errors={"last": [f"一次最多打印 {MOST_VISITS} 户，请分几次打印。"]})
    known = {visit.id: visit for visit in visits}
    wanted = sheets_of(kind, _asked(session, visits))
    return [
        _sheet(session, actor, kind, heading, [known[one] for one in wanted[heading]])
        for heading in sorted(wanted)
    ]


def _asked(session: Session, visits: Sequence[Visit]) -> list[Asked]:
    doors = {visit.household_id for visit in visits}
    buildings: dict[UUID, UUID] = dict(
        session.execute(
            select(Household.id, Household.building_id).where(Household.id.in_(doors))
        ).all()
    )
    return [
        Asked(visit.id, visit.person_id, buildings[visit.household_id], visit.on)
        for visit in visits
    ]


def _sheet(
    session: Session, actor: Actor, kind: SheetKind, heading: Heading, visits: Sequence[Visit]
) -> PaperSheet:
    ids = [visit.id for visit in visits]
    if standing := _standing(session, actor, kind, heading, ids):
        return standing
    outing = kind is SheetKind.OUTING
    sheet = PaperSheet(
        code=_new_code(session),
        community_id=visits[0].community_id,
        kind=kind,
        person_id=heading.whose if outing else None,
        building_id=None if outing else heading.whose,
        first_on=heading.first_on,
        last_on=heading.last_on,
        made_by=actor.id,
        made_at=clock.now(),
    )
    session.add(sheet)
    session.flush()
    session.add_all(
        PaperRow(sheet_id=sheet.id, number=number, visit_id=visit_id)
        for number, visit_id in enumerate(ids, start=1)
    )
    session.flush()
    publish(session, PaperMade(**facts(sheet, actor.id, len(ids))))
    return sheet


def _standing(
    session: Session, actor: Actor, kind: SheetKind, heading: Heading, ids: list[UUID]
) -> PaperSheet | None:
    """The sheet that the actor may open with just these visits on it: paper is not printed twice
    under two codes."""
    whose = PaperSheet.person_id if kind is SheetKind.OUTING else PaperSheet.building_id
    same = queries.sheets(actor).where(
        PaperSheet.kind == kind, PaperSheet.first_on == heading.first_on, whose == heading.whose
    )
    found = {sheet.id: sheet for sheet in session.scalars(same)}
    for sheet_id, rows in queries.rows_of(session, found).items():
        if [row.visit_id for row in rows] == ids:
            return found[sheet_id]
    return None


def _new_code(session: Session) -> str:
    while True:
        code = code_of(randbelow(10**9))
        if session.scalar(select(PaperSheet.id).where(PaperSheet.code == code)) is None:
            return code


def printed(session: Session, actor: Actor, ids: Sequence[UUID]) -> list[PaperSheet]:
    """Sheets to be printed, in the order asked for; that somebody did is logged. NotFound."""
    sheets = [queries.sheet(session, actor, one) for one in dict.fromkeys(ids)]
    rows = queries.rows_of(session, [one.id for one in sheets])
    for sheet in sheets:
        publish(session, PaperPrinted(**facts(sheet, actor.id, len(rows[sheet.id]))))
    return sheets


def enter(
    session: Session, actor: Actor, sheet_id: UUID, version: int, entries: Sequence[Entry]
) -> PaperSheet:
    """Enter rows of a sheet, as many as are legible now. Stale where another clerk was quicker."""
    sheet = queries.sheet(session, actor, sheet_id, lock=True)
    current(sheet, version)
    rows = {row.number: row for row in queries.rows_of(session, [sheet.id])[sheet.id]}
    new = sum(_enter(session, actor, rows, entry) for entry in entries)
    flag_modified(sheet, "code")  # whoever else enters this sheet must have seen these
    session.flush()
    publish(session, PaperEntered(**facts(sheet, actor.id, new)))
    return sheet


def _enter(session: Session, actor: Actor, rows: dict[int, PaperRow], entry: Entry) -> bool:
    """Whether this row is new."""
    number, report = entry
    if number not in rows:
        raise Invalid(errors={f"entries.{number}": ["这张单子没有这一行。"]})
    row = rows[number]
    asked = session.get_one(Visit, row.visit_id, with_for_update=True)
    if asked.state is VisitState.DONE:
        return False
    try:
        records.check(session, asked, report, clock.today())
        at = (asked.household_id, asked.person_id)
        visit = records.visit_for(session, asked, at, asked.purpose, report.said.on)
        row.visit_id = visit.id
        again = bool(records.along(session, visit, [visit.person_id]))
        records.write(session, actor, visit, report, by=visit.person_id, again=again)
    except Invalid as wrong:
        errors = {f"entries.{number}.{field}": said for field, said in wrong.errors.items()}
        raise Invalid(errors=errors) from wrong
    publish(
        session,
        VisitEnteredFor(
            subject_id=visit.id,
            actor_id=actor.id,
            person_id=visit.person_id,
            sheet_id=row.sheet_id,
        ),
    )
    return True


def facts(sheet: PaperSheet, actor_id: UUID | None, rows: int) -> dict[str, Any]:
    """What every event of a sheet says."""
    return {
        "subject_id": sheet.id,
        "actor_id": actor_id,
        "community_id": sheet.community_id,
        "rows": rows,
    }
