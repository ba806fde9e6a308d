"""Rates as plain data for the wire and for files."""

from typing import Any
from uuid import UUID

from sqlalchemy import Row
from sqlalchemy.orm import Session

from app.core import clock
from app.core.errors import Invalid
from app.identity.actor import Actor
from app.identity.queries import organisations_named
from app.identity.rules import Party, party_of
from app.reports import queries, recent
from app.reports.queries import Scope
from app.reports.rules import (
    EXCLUDED,
    MEASURE_NAMES,
    OUTCOME_NAMES,
    TOO_FEW,
    Measure,
    Outcome,
    Tally,
    month_of,
    months_until,
)
from app.tickets import catalogue

DESK = "社区受理台"
PARTIES = list(Party)


def rates(session: Session, actor: Actor, query: dict[str, Any]) -> dict[str, Any]:
    """The three rates of each organisation that the actor may see, month by month."""
    scope = queries.scope_of(session, actor, query["community_id"])
    months = months_until(query["until"] or month_of(clock.now()), query["months"])
    return {
        "communities": [
            {"id": one.id, "name": one.name} for one in queries.communities_of(session, actor)
        ],
        "community": scope and {"id": scope.community.id, "name": scope.community.name},
        "months": months,
        "too_few": TOO_FEW,
        "items": _rows(session, scope, months) if scope else [],
    }


def _rows(session: Session, scope: Scope, months: list[str]) -> list[dict[str, Any]]:
    tallies = queries.counted(session, scope, months, recent.counts_of)
    named = organisations_named(session, {one for one, _, _ in tallies if one})
    seen = {(month, one) for one, month, _ in tallies}
    rows = [
        {
            "month": month,
            "organisation_id": one,
            "organisation_name": named[one].name if one else DESK,
            "party": party_of(named[one].kind) if one else Party.COMMUNITY_PARTY,
            **{
                measure.value: figure(tallies.get((one, month, measure), Tally()))
                for measure in Measure
            },
        }
        for month, one in seen
    ]
    return sorted(rows, key=lambda row: _order(row, months))


def _order(row: dict[str, Any], months: list[str]) -> tuple[int, bool, int, str, str]:
    """The latest month first; in it the desk, then by party and name."""
    party = PARTIES.index(row["party"]) if row["party"] else len(PARTIES)
    desk = row["organisation_id"] is not None
    name, one = row["organisation_name"], str(row["organisation_id"])
    return months.index(row["month"]), desk, party, name, one


def figure(tally: Tally) -> dict[str, Any]:
    """One rate with all that it is made of."""
    return {
        "hits": tally.hits,
        "base": tally.base,
        "percent": tally.percent,
        "excluded": tally.excluded,
        "outcomes": [
            {"outcome": outcome, "name": OUTCOME_NAMES[outcome], "count": tally.outcomes[outcome]}
            for outcome in Outcome
            if tally.outcomes[outcome]
        ],
    }


def tickets(session: Session, actor: Actor, query: dict[str, Any]) -> dict[str, Any]:
    """The tickets behind one figure. Nothing of an organisation that is not the actor's to see."""
    scope = queries.scope_of(session, actor, query["community_id"])
    organisation_id: UUID | None = query["organisation_id"]
    theirs = scope and (organisation_id in scope.organisations if organisation_id else scope.all)
    if scope is None or not theirs:
        return {"items": [], "next_cursor": None}
    asked = query | {"offset": _offset(query["cursor"]), "outcomes": _outcomes(query["outcome"])}
    rows, following = queries.listed(session, actor, scope, asked)
    return {
        "items": [_ticket(row) for row in rows],
        "next_cursor": None if following is None else str(following),
    }


def _ticket(row: Row[Any]) -> dict[str, Any]:
    outcome = Outcome(row.outcome)
    return {
        "id": row.id,
        "number": row.number,
        "category_name": catalogue.of(row.community_id).name(row.category),
        "place_text": row.place_text if row.shown else None,
        "outcome": outcome,
        "outcome_name": OUTCOME_NAMES[outcome],
        "excluded": outcome in EXCLUDED,
        "due_at": row.due_at,
        "done_at": row.done_at,
        "shown": bool(row.shown),
    }


def _offset(cursor: str | None) -> int:
    if cursor is None:
        return 0
    if not cursor.isdecimal() or len(cursor) > 7:
        raise Invalid(errors={"cursor": ["这一页找不到了，请从头再看。"]})
    return int(cursor)


def _outcomes(said: str | None) -> list[str]:
    known = {outcome.value for outcome in Outcome}
    found = [one for one in (said or "").split(",") if one]
    if any(one not in known for one in found):
        raise Invalid(errors={"outcome": ["没有这个结果。"]})
    return found


MOST_LISTED = 5000


def with_excluded(
    session: Session, actor: Actor, query: dict[str, Any]
) -> tuple[dict[str, Any], list[list[str]]]:
    """The rates, and a line for every ticket that is out of the reckoning (the first 5,000 of a
    figure)."""
    found = rates(session, actor, query)
    scope = queries.scope_of(session, actor, query["community_id"])
    lines = []
    for row, measure in _with_excluded(found):
        asked = {
            "measure": measure,
            "month": row["month"],
            "organisation_id": row["organisation_id"],
            "outcomes": [outcome.value for outcome in EXCLUDED],
            "offset": 0,
            "limit": MOST_LISTED,
        }
        tickets_out, _ = queries.listed(session, actor, scope, asked) if scope else ([], None)
        head = [row["month"], row["organisation_name"], MEASURE_NAMES[measure]]
        lines += [[*head, one.number, OUTCOME_NAMES[Outcome(one.outcome)]] for one in tickets_out]
    return found, lines


def _with_excluded(found: dict[str, Any]) -> list[tuple[dict[str, Any], Measure]]:
    return [
        (row, measure)
        for row in found["items"]
        for measure in Measure
        if row[measure.value]["excluded"]
    ]
