"""The one door to what tickets can be about and how long they may take, district by district. Every
process keeps it in memory and hears of changes within a second (`core/known.py`).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import known
from app.core.db import reading
from app.identity.actor import Actor
from app.identity.models import Organisation
from app.places.models import Place
from app.tickets.models_catalogue import CategoryChange, ContractChange
from app.tickets.rules.catalogue import NATIONAL, PHONES, Agreed, Catalogue, Kept
from app.tickets.rules.categories import CATEGORIES, Category
from app.tickets.rules.times import ClockKind, Limit, Times, Unit

KNOWN = "catalogue"


@dataclass
class Districts:
    """The catalogues of the districts that have changed anything, and where communities lie."""

    catalogues: Mapping[UUID, Catalogue]
    contracts: Catalogue  # of a district that has changed nothing
    district_of: dict[UUID, UUID] = field(default_factory=dict)

    def of_district(self, district_id: UUID) -> Catalogue:
        return self.catalogues.get(district_id, self.contracts)


def of(community_id: UUID) -> Catalogue:
    """The catalogue that holds in a community."""
    districts = _districts()
    if not districts.catalogues:
        return districts.contracts
    if community_id not in districts.district_of:
        with reading() as session:
            path = session.scalar(select(Place.path).where(Place.id == community_id))
        if path is None:  # made in a transaction that is still open
            return districts.contracts
        districts.district_of[community_id] = root(path)
    return districts.of_district(districts.district_of[community_id])


class About(Protocol):
    """A ticket, or a fact about one."""

    @property
    def community_id(self) -> UUID: ...
    @property
    def category(self) -> str: ...


def name_of(about: About) -> str:
    """What a ticket is about, as its district calls it."""
    return of(about.community_id).name(about.category)


def of_place(path: str) -> Catalogue:
    """The catalogue that holds at a place."""
    return _districts().of_district(root(path))


def of_actor(actor: Actor) -> Catalogue:
    """The catalogue where the actor has their first post."""
    paths = [post.place_path for post in actor.posts]
    return of_place(paths[0]) if paths else _districts().contracts


def common() -> Catalogue:
    """The catalogue for whoever asks without a place: that of the one district that has any."""
    districts = _districts()
    only = list(districts.catalogues.values())
    return only[0] if len(only) == 1 else districts.contracts


def root(path: str) -> UUID:
    """The district in a path of places."""
    return _id_of(path.split("/")[1])


@lru_cache(maxsize=256)  # of a few districts thousands of times an hour
def _id_of(written: str) -> UUID:
    return UUID(written)


def fresh(session: Session) -> Districts:
    """As the present transaction sees it, for whoever is about to change something."""
    found: Districts = _load(session)
    return found


def _districts() -> Districts:
    found: Districts = known.get(KNOWN)
    return found


@known.loads(KNOWN)
def _load(session: Session) -> Districts:
    """Read every change there is; that is little, and seldom done."""
    agreed = _agreed(session)
    contracts = Catalogue(agreed=agreed) if agreed else NATIONAL
    kept: defaultdict[UUID, defaultdict[str, list[Kept]]]
    kept = defaultdict(lambda: defaultdict(list))
    ordered = select(CategoryChange).order_by(CategoryChange.code, CategoryChange.version)
    for row in session.scalars(ordered):
        kept[row.district_id][row.code].append(as_kept(row))
    return Districts({key: Catalogue(dict(own), agreed) for key, own in kept.items()}, contracts)


def _agreed(session: Session) -> dict[tuple[UUID, str], list[Agreed]]:
    found: defaultdict[tuple[UUID, str], list[Agreed]] = defaultdict(list)
    rows = session.execute(
        select(ContractChange, Organisation.name)
        .join(Organisation, Organisation.id == ContractChange.organisation_id)
        .order_by(ContractChange.organisation_id, ContractChange.code, ContractChange.version)
    )
    for row, company in rows:
        found[row.organisation_id, row.code].append(as_agreed(row, company))
    return dict(found)


def as_kept(row: CategoryChange) -> Kept:
    """One change of a category as the rules know it."""
    base = CATEGORIES.get(row.code) or Category(
        row.code, row.name, row.lead, phones=PHONES.get(row.code.partition(".")[0], ())
    )
    category = replace(base, name=row.name, lead=row.lead)
    return Kept(row.since, category, Times(**_limits(row.times)), row.off)


def as_agreed(row: ContractChange, company: str) -> Agreed:
    """One change of a contract as the rules know it."""
    limits = {ClockKind(kind): limit for kind, limit in _limits(row.limits).items() if limit}
    return Agreed(row.since, company, limits)


def _limits(said: Mapping[str, Any]) -> dict[str, Any]:
    return {kind: _limit(one) for kind, one in said.items()}


def _limit(said: Mapping[str, Any] | None) -> Limit | None:
    if said is None:
        return None
    unit = Unit(said["unit"]) if said.get("unit") else None
    return Limit(int(said["amount"]), unit, said.get("goal") or "")


def as_said(limits: Iterable[tuple[ClockKind, Limit]]) -> dict[str, Any]:
    """Limits as rows and answers hold them."""
    return {
        kind.value: {"amount": one.amount, "unit": one.unit, "goal": one.goal}
        for kind, one in limits
    }
