"""Which organisations work where a ticket is: who may be asked, who takes an emergency."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from app.identity.models import Membership, Organisation
from app.identity.queries import current
from app.identity.rules import OrganisationKind, Party, party_of
from app.places.models import Place
from app.tickets import catalogue, routing
from app.tickets.rules.routing import Rule


@dataclass(frozen=True, slots=True)
class Choice:
    """An organisation that a ticket may be given to."""

    id: UUID
    name: str
    kind: OrganisationKind
    party: Party


def at_place(session: Session, place: Place) -> list[Choice]:
    """The organisations of the five parties that work here, those nearest to the place first.

    One works here when its own place, or the post of one of its people, holds the place. One
    without people could not act, and is left out.
    """
    holding = [UUID(part) for part in place.path.split("/") if part]
    depth = {place_id: level for level, place_id in enumerate(holding)}
    own, posted = Organisation.place_id, Membership.place_id
    rows = session.execute(
        select(Organisation.id, Organisation.name, Organisation.kind, own, posted.label("posted"))
        .join(Membership, and_(Membership.organisation_id == Organisation.id, current()))
        .where(or_(own.in_(holding), posted.in_(holding)))
        .distinct()
    )
    near: dict[UUID, tuple[int, Choice]] = {}
    for row in rows:
        party = party_of(row.kind)
        level = max(depth.get(row.place_id, -1), depth.get(row.posted, -1))
        if party is not None and level >= near.get(row.id, (-1,))[0]:
            near[row.id] = (level, Choice(row.id, row.name, row.kind, party))
    ranked = sorted(near.values(), key=lambda found: (-found[0], _office(found[1]), found[1].name))
    return [choice for _, choice in ranked]


def for_emergency(session: Session, place: Place, category: str) -> list[Choice]:
    """Who takes an emergency at once: as a rule decides, else the nearest of the leading party and
    then of those who help.

    Empty when nobody of the leading party is here: then the community dispatches by hand.
    """
    here = at_place(session, place)
    rule = routing.at_once(place, category)
    if rule and (takers := by_rule(here, rule)):
        return takers
    kind = catalogue.of_place(place.path).category(category)
    found = [_first(here, party) for party in (kind.lead, *kind.also)]
    return [one for one in found if one is not None] if found[0] else []


def by_rule(here: Iterable[Choice], rule: Rule) -> list[Choice]:
    """The lead of a rule and its helpers; empty when the lead does not work here (any more)."""
    known = {one.id: one for one in here}
    if rule.lead_org_id not in known:
        return []
    return [known[one] for one in (rule.lead_org_id, *rule.co_org_ids) if one in known]


def suggested(place: Place, category: str) -> frozenset[Party]:
    """The parties that the table of categories names here."""
    kind = catalogue.of_place(place.path).category(category)
    return frozenset({kind.lead, *kind.also})


def owners_here(session: Session, place: Place) -> bool:
    """Whether the estate of this place has an owners' committee."""
    return _first(at_place(session, place), Party.OWNERS_COMMITTEE) is not None


def _office(choice: Choice) -> bool:
    """Sorts the residents' committee, which does the office work, before the party branch."""
    return choice.kind is not OrganisationKind.RESIDENTS_COMMITTEE


def _first(choices: Iterable[Choice], party: Party) -> Choice | None:
    return next((one for one in choices if one.party is party), None)
