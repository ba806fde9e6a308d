"""What somebody may print and enter on paper: the committee its community's visits, the leader of a
team those of its people. A property company prints no door, whoever of it leads a team."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, exists, false, func, or_, select
from sqlalchemy.orm import Session, aliased

from app.core import clock
from app.core.errors import NotFound
from app.identity.actor import Actor
from app.identity.queries import people_named
from app.places.doors import doors_of
from app.places.models import Household, Place
from app.places.queries import place_texts
from app.places.rules import CareLevel
from app.teams import rosters
from app.teams.models import Team, TeamMember
from app.visits.models import Visit, VisitRecord
from app.visits.models_paper import PaperRow, PaperSheet
from app.visits.queries import told
from app.visits.queries.cards import hours
from app.visits.queries.visible import shut_out
from app.visits.rules import VisitState
from app.visits.rules.paper import SheetKind
from app.visits.rules.states import OPEN

# Says of nobody's sheet whether there is one.
NOT_HERE = "没有找到您能录的这张单子。请对一对八位数；别人打印的，请打印的人或社区来录。"


def printable(actor: Actor) -> Select[Visit]:
    """The open visits that the actor may have on paper."""
    if shut_out(actor) or not actor.posts:
        return select(Visit).where(false())
    today = clock.today()
    lead, mate = aliased(TeamMember), aliased(TeamMember)
    led = (
        exists()
        .where(lead.person_id == actor.id, lead.leader, lead.standing(today))
        .where(mate.team_id == lead.team_id, mate.standing(today))
        .where(mate.person_id == Visit.person_id)
        .where(Team.id == lead.team_id, Team.community_id == Visit.community_id)
    )
    return select(Visit).where(
        Visit.state.in_(OPEN), or_(Visit.community_id.in_(actor.committee_communities), led)
    )


def wanted(actor: Actor, said: dict[str, Any]) -> Select[Visit]:
    """The visits that somebody asks to have on paper, in the order of stairs and floors."""
    found = printable(actor).where(Visit.on >= said["first"], Visit.on <= said["last"])
    if said.get("round_id"):
        found = found.where(Visit.round_id == said["round_id"])
    if said.get("whose"):
        who = or_(Visit.person_id.in_(said["whose"]), Household.building_id.in_(said["whose"]))
        found = found.where(who)
    return found.join(Household, Household.id == Visit.household_id).order_by(
        Household.walk_order, Visit.on, Visit.id
    )


def choices(session: Session, actor: Actor, first: date, last: date) -> dict[str, Any]:
    """Who has open visits in these days, and in which buildings, each with how many."""
    ids = printable(actor).where(Visit.on >= first, Visit.on <= last).with_only_columns(Visit.id)
    people = _counted(session, select(Visit.person_id, func.count()).where(Visit.id.in_(ids)))
    buildings = _counted(
        session,
        select(Household.building_id, func.count())
        .join(Visit, Visit.household_id == Household.id)
        .where(Visit.id.in_(ids)),
    )
    names = people_named(session, people)
    texts = place_texts(session, buildings)
    return {"people": _named(people, names), "buildings": _named(buildings, texts)}


def _counted(session: Session, statement: Select[UUID, int]) -> dict[UUID, int]:
    by = statement.selected_columns[0]
    return dict(session.execute(statement.group_by(by)).all())


def _named(counts: dict[UUID, int], names: dict[UUID, str]) -> list[dict[str, Any]]:
    found = [{"id": one, "name": names[one], "visits": counts[one]} for one in counts]
    return sorted(found, key=lambda one: str(one["name"]))


def sheets(actor: Actor) -> Select[PaperSheet]:
    """The sheets an actor may open: the committee's, and a leader's own."""
    if shut_out(actor) or not actor.posts:
        return select(PaperSheet).where(false())
    own = and_(
        PaperSheet.made_by == actor.id, PaperSheet.community_id.in_(rosters.led_by(actor.id))
    )
    return select(PaperSheet).where(
        or_(PaperSheet.community_id.in_(actor.committee_communities), own)
    )


def sheet(session: Session, actor: Actor, sheet_id: UUID, *, lock: bool = False) -> PaperSheet:
    """One sheet the actor may open. NotFound otherwise. `lock`: whoever else enters it waits."""
    one = sheets(actor).where(PaperSheet.id == sheet_id)
    found = session.scalar(one.with_for_update(of=PaperSheet) if lock else one)
    if found is None:
        raise NotFound
    return found


def with_code(session: Session, actor: Actor, code: str | None) -> PaperSheet:
    """The sheet with this code, if the actor may open it. NotFound otherwise."""
    found = session.scalar(sheets(actor).where(PaperSheet.code == code)) if code else None
    if found is None:
        raise NotFound(NOT_HERE)
    return found


def rows_of(session: Session, sheet_ids: Collection[UUID]) -> dict[UUID, list[PaperRow]]:
    """The rows of these sheets, in their order."""
    found: dict[UUID, list[PaperRow]] = {one: [] for one in sheet_ids}
    for row in session.scalars(
        select(PaperRow).where(PaperRow.sheet_id.in_(sheet_ids)).order_by(PaperRow.number)
    ):
        found[row.sheet_id].append(row)
    return found


def shown(session: Session, sheets: Sequence[PaperSheet]) -> list[dict[str, Any]]:
    """Sheets as a list shows them: whose, when, and how much of each has been entered."""
    ids = [one.id for one in sheets]
    names = people_named(session, {one.person_id for one in sheets if one.person_id})
    texts = place_texts(session, {one.building_id for one in sheets if one.building_id})
    counts = _done(session, ids)
    return [
        {
            "id": one.id,
            "code": one.code,
            "kind": one.kind,
            "title": names.get(one.person_id, "")
            if one.kind is SheetKind.OUTING and one.person_id
            else texts.get(one.building_id, "")
            if one.building_id
            else "",
            "first_on": one.first_on,
            "last_on": one.last_on,
            "rows": counts.get(one.id, (0, 0))[0],
            "recorded": counts.get(one.id, (0, 0))[1],
            "version": one.version,
        }
        for one in sheets
    ]


def _done(session: Session, ids: Collection[UUID]) -> dict[UUID, tuple[int, int]]:
    rows = session.execute(
        select(PaperRow.sheet_id, func.count(), func.count(VisitRecord.visit_id))
        .outerjoin(VisitRecord, VisitRecord.visit_id == PaperRow.visit_id)
        .where(PaperRow.sheet_id.in_(ids))
        .group_by(PaperRow.sheet_id)
    )
    return {sheet_id: (all_of, done) for sheet_id, all_of, done in rows}


def details(session: Session, sheets: Sequence[PaperSheet]) -> list[dict[str, Any]]:
    """Whole sheets: doors without names, and for each what has been recorded there."""
    rows = rows_of(session, [one.id for one in sheets])
    ids = {row.visit_id for some in rows.values() for row in some}
    visits = {one.id: one for one in session.scalars(select(Visit).where(Visit.id.in_(ids)))}
    doors = doors_of(session, {one.household_id for one in visits.values()})
    words = told.words_of(session, ids)
    names = people_named(session, words.speakers() | {one.person_id for one in visits.values()})
    communities = {one.community_id for one in sheets}
    places = dict(
        session.execute(select(Place.id, Place.name).where(Place.id.in_(communities))).all()
    )
    return [
        listed
        | {
            "community": places[one.community_id],
            "doors": [
                _row(row, visits[row.visit_id], doors, (words, names)) for row in rows[one.id]
            ],
        }
        for listed, one in zip(shown(session, sheets), sheets, strict=True)
    ]


def _row(
    row: PaperRow,
    visit: Visit,
    doors: dict[UUID, dict[str, Any]],
    said: tuple[told.Words, dict[UUID, str]],
) -> dict[str, Any]:
    door = doors[visit.household_id]
    words, names = said
    record = words.records.get(visit.id)
    return {
        "number": row.number,
        "building": door["building"]["name"],
        "door": f"{door['unit']['name']} {door['door']}",
        "floor": door["floor"],
        "same_day": door["care_level"] is CareLevel.HIGH,
        "wish": door["wish"],
        "person": {"id": visit.person_id, "name": names.get(visit.person_id, "")},
        "on": visit.on,
        "window": hours(visit.window_from, visit.window_to),
        "accepted": visit.state is VisitState.ACCEPTED,
        "state": visit.state,
        "record": {
            "by": names.get(record.recorded_by, ""),
            "on": record.on,
            "method": record.method,
            "outcome": record.outcome,
            "needs": record.needs,
        }
        if record
        else None,
    }
