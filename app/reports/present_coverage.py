"""Coverage as plain data, for the wire and for a file. Whose it is to see is decided here, once:
the committee sees every month; who oversees it sees months that are settled."""

from base64 import b64encode
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from app.core import clock
from app.core.errors import NotFound
from app.core.events import publish
from app.identity.actor import Actor
from app.identity.rules import PlaceKind
from app.places.models import Place
from app.places.queries import grids_of, places_below
from app.reports import recent, sheets_coverage
from app.reports.events import CoverageTaken
from app.reports.models_coverage import CoverageMonth
from app.reports.queries import coverage as queries
from app.reports.rules import TOO_FEW, month_of, months_until
from app.reports.rules.coverage import DUE, SETTLED_ON, WORDS, Came, Line, afterwards
from app.reports.schemas_coverage import CoveredKind, MonthState
from app.reports.service import coverage as coverage_service
from app.reports.service import settling
from app.visits.queries.visible import shut_out


@dataclass(frozen=True)
class View:
    """What an actor sees of one community: the months that can be told of, the latest first."""

    community: Place
    communities: list[Place]
    months: list[dict[str, Any]]

    def month(self, named: str | None) -> dict[str, Any] | None:
        """The month that is asked for, or the latest. NotFound for one that is not to be told."""
        if named is None:
            return self.months[0] if self.months else None
        found = next((one for one in self.months if one["month"] == named), None)
        if found is None:
            raise NotFound
        return found


def view(session: Session, actor: Actor, community_id: UUID | None) -> View:
    """What the actor sees of a community, of the first with something to see if none is named.
    NotFound otherwise."""
    theirs = queries.communities_of(session, actor)
    wanted = [one for one in theirs if community_id in (None, one.id)]
    if not wanted:
        raise NotFound
    told_of = queries.settled_somewhere(session, [one.id for one in wanted])
    told_of |= actor.committee_communities
    community = next((one for one in wanted if one.id in told_of), wanted[0])
    told = [
        _month(
            row.month, MonthState.SETTLED, settled_on=row.settled_at.astimezone(clock.LOCAL).date()
        )
        for row in queries.kept(session, community.id)
    ]
    if community.id in actor.committee_communities:
        told = [*_unsettled({one["month"] for one in told}), *told]
    return View(community, theirs, told)


def _month(month: str, state: MonthState, settled_on: date | None = None) -> dict[str, Any]:
    late = settled_on is not None and afterwards(month, settled_on)
    return {"month": month, "state": state, "afterwards": late}


def _unsettled(settled: set[str]) -> list[dict[str, Any]]:
    """The running month, and the one before as long as it is not settled."""
    running, before = months_until(month_of(clock.now()), 2)
    found = [_month(running, MonthState.RUNNING)]
    if before not in settled:
        found.append(_month(before, MonthState.WAITING))
    return found


def coverage(session: Session, actor: Actor, query: dict[str, Any]) -> dict[str, Any]:
    """One month of a community, and how one of its places went before. NotFound for what is not
    the actor's to see."""
    seen = view(session, actor, query["community_id"])
    month = seen.month(query["month"])
    kept = {row.month: row for row in queries.kept(session, seen.community.id)}
    now = _lines(session, seen.community.id, kept, month) if month else []
    places = covered(session, seen.community)
    of = next((one for one in places if one["id"] == query["place_id"]), places[0])
    if query["place_id"] not in (None, of["id"]):
        raise NotFound
    course = {name: settling.lines_of(row) for name, row in kept.items()}
    if month:
        course[month["month"]] = now
    named = {one["id"] for one in places}
    return {
        "communities": [{"id": one.id, "name": one.name} for one in seen.communities],
        "community": {"id": seen.community.id, "name": seen.community.name},
        "months": seen.months,
        "month": month,
        "too_few": TOO_FEW,
        "settled_on": SETTLED_ON,
        "words": [{"key": one.key, "name": one.name, "what": one.what} for one in WORDS],
        "places": places,
        "items": [
            {"place_id": line.place, "care_level": line.level, **line.counts}
            for line in now
            if line.place in named
        ],
        "course_of": of,
        "course": [
            {"month": one, "care_level": line.level, **line.counts}
            for one in sorted(course, reverse=True)
            for line in course[one]
            if line.place == of["id"]
        ],
    }


def _lines(
    session: Session, community_id: UUID, kept: dict[str, CoverageMonth], month: dict[str, Any]
) -> list[Line]:
    row = kept.get(month["month"])
    if row is not None:
        return settling.lines_of(row)
    return recent.coverage_of(session, community_id, month["month"])


def covered(session: Session, community: Place) -> list[dict[str, Any]]:
    """The community, its grids, estates and buildings, each in their order."""
    found = [_place(community.id, CoveredKind.COMMUNITY, community.name)]
    found += [_place(one.id, CoveredKind.GRID, one.name) for one in grids_of(session, community.id)]
    below = places_below(session, community.id)
    estates = {one.id: one for one in below if one.kind is PlaceKind.ESTATE}
    found += [_place(one.id, CoveredKind.ESTATE, one.name) for one in estates.values()]
    for estate in estates.values():
        found += [
            _place(one.id, CoveredKind.BUILDING, f"{estate.name} {one.name}")
            for one in below
            if one.kind is PlaceKind.BUILDING and one.estate_id == estate.id
        ]
    return found


def _place(place_id: UUID, kind: CoveredKind, name: str) -> dict[str, Any]:
    return {"id": place_id, "kind": kind, "name": name}


def mine(session: Session, actor: Actor) -> dict[str, Any]:
    """What was owed this month to the doors that the actor looks after. NotFound for who works for
    a property company: they learn nothing of visits."""
    if shut_out(actor):
        raise NotFound
    counts = coverage_service.mine(session, actor.id)
    named = (DUE, Came.DONE.value, Came.REFUSED.value)
    return {"month": month_of(clock.now()), **{name: counts[name] for name in named}}


def file(session: Session, actor: Actor, asked: dict[str, Any]) -> dict[str, Any]:
    """Some months of a community as a spreadsheet; that they were taken away is on record."""
    seen = view(session, actor, asked["community_id"])
    last = seen.month(asked["month"])
    if last is None:
        raise NotFound
    names = months_until(last["month"], asked["months"])
    months = [one for one in seen.months if one["month"] in names]
    kept = {row.month: row for row in queries.kept(session, seen.community.id)}
    told = [(one, _lines(session, seen.community.id, kept, one)) for one in months]
    content = sheets_coverage.as_xlsx(covered(session, seen.community), told)
    publish(
        session,
        CoverageTaken(
            subject_id=seen.community.id,
            actor_id=actor.id,
            months=tuple(one["month"] for one in months),
        ),
    )
    return {"name": f"走访覆盖-{last['month']}.xlsx", "content": b64encode(content).decode()}
