"""The one door to who should lead a ticket and who is on duty. Every process keeps the rules and
the duty lists in memory and hears of changes within a second (`core/known.py`), so that reporting a
ticket costs no statement more.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.core import clock, known
from app.identity.events import MembershipEnded, MembershipStarted
from app.identity.models import Membership, Organisation
from app.places.models import Place
from app.tickets.models_routing import DutyRow, RoutingRule
from app.tickets.rules import duty
from app.tickets.rules.duty import DutyList, Instead, Shift
from app.tickets.rules.routing import RETURNED_IT, Advice, Rule, best

KNOWN = "routing"


@dataclass(frozen=True)
class Routing:
    """All rules by community, all lists by organisation, and what the leads are called."""

    rules: Mapping[UUID, tuple[Rule, ...]]
    lists: Mapping[UUID, DutyList]
    names: Mapping[UUID, str]


def advice(
    community_id: UUID, path: str, category: str, returned: Collection[UUID] = ()
) -> Advice | None:
    """What the rules say of a ticket there; none where there is no rule for it."""
    held = _held()
    rule = best(held.rules.get(community_id, ()), path, category)
    if rule is None:
        return None
    if rule.lead_org_id in returned:
        return Advice(rule, RETURNED_IT.format(name=held.names[rule.lead_org_id]))
    return Advice(rule)


def at_once(place: Place, category: str) -> Rule | None:
    """The rule that gives an emergency to its lead, if one decides."""
    found = advice(place.community_id, place.path, category) if place.community_id else None
    return found.rule if found and found.decides else None


def name_of(organisation_id: UUID) -> str:
    """What the lead of a rule is called."""
    return _held().names[organisation_id]


def duty_list(organisation_id: UUID) -> DutyList | None:
    return _held().lists.get(organisation_id)


def on_duty(organisation_id: UUID) -> tuple[UUID, ...]:
    """Who is on duty for an organisation now, whom to telephone first on top."""
    held = duty_list(organisation_id)
    return duty.on_duty(held, clock.now()) if held else ()


def staff_changed(session: Session, event: MembershipStarted | MembershipEnded) -> None:
    """Whoever comes or goes, the list of their organisation is read anew."""
    if event.organisation_id in _held().lists:
        known.changed(session, KNOWN)


def fresh(session: Session) -> Routing:
    """As the present transaction sees it, for whoever is about to change something."""
    found: Routing = _load(session)
    return found


def _held() -> Routing:
    found: Routing = known.get(KNOWN)
    return found


@known.loads(KNOWN)
def _load(session: Session) -> Routing:
    rules: defaultdict[UUID, list[Rule]] = defaultdict(list)
    names = {}
    rows = session.execute(
        select(RoutingRule, Organisation.name)
        .join(Organisation, Organisation.id == RoutingRule.lead_org_id)
        .order_by(RoutingRule.id)
    )
    for row, name in rows:
        rules[row.community_id].append(as_rule(row))
        names[row.lead_org_id] = name
    lists = session.scalars(select(DutyRow)).all()
    staff = _staff(session, [row.organisation_id for row in lists])
    return Routing(
        {key: tuple(own) for key, own in rules.items()},
        {row.organisation_id: as_list(row, staff[row.organisation_id]) for row in lists},
        names,
    )


def _staff(session: Session, organisation_ids: list[UUID]) -> dict[UUID, dict[UUID, date | None]]:
    """Who works for these organisations, each with their last day."""
    last: defaultdict[UUID, dict[UUID, date | None]] = defaultdict(dict)
    if not organisation_ids:
        return last
    rows = session.execute(
        select(Membership.organisation_id, Membership.person_id, Membership.until_date).where(
            Membership.organisation_id.in_(organisation_ids),
            or_(Membership.until_date.is_(None), Membership.until_date >= clock.today()),
        )
    )
    for organisation_id, person_id, until in rows:
        own = last[organisation_id]
        ends = (until, own.get(person_id, until))
        own[person_id] = None if None in ends else max(one for one in ends if one)
    return last


def as_rule(row: RoutingRule) -> Rule:
    """A row as the rules know it."""
    helpers = tuple(UUID(one) for one in row.co_org_ids)
    return Rule(row.id, row.place_id, row.about, row.lead_org_id, helpers, row.decides)


def as_list(row: DutyRow, until: Mapping[UUID, date | None]) -> DutyList:
    """A row as the rules know it."""
    return DutyList(
        week=tuple(
            Shift(tuple(one["days"]), *_hours(one), people=_people(one)) for one in row.week
        ),
        instead=tuple(
            Instead(
                date.fromisoformat(one["first"]),
                date.fromisoformat(one["last"]),
                *_hours(one),
                people=_people(one),
            )
            for one in row.instead
        ),
        always=row.always,
        hotline=row.hotline,
        until=until,
    )


def _hours(said: Mapping[str, Any]) -> tuple[time, time]:
    return time.fromisoformat(said["from"]), time.fromisoformat(said["to"])


def _people(said: Mapping[str, Any]) -> tuple[UUID, ...]:
    return tuple(UUID(one) for one in said["people"])
