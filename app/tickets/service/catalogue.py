"""A district changes a category, a committee enters what a contract says. Each is first asked for
as what it would move, then done; both go the same way up to the last step.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from uuid import UUID

from sqlalchemy.orm import Session

from app.core import clock, known
from app.core.errors import Invalid, NotAllowed, Stale
from app.core.events import publish
from app.core.jobs import JobRow
from app.identity.actor import Actor
from app.identity.rules import OrganisationKind, Party, Role
from app.tickets import catalogue
from app.tickets.catalogue import Districts, as_agreed, as_kept
from app.tickets.events_catalogue import CategoryChanged, ContractChanged
from app.tickets.models_catalogue import CategoryChange, ContractChange
from app.tickets.queries import catalogue as queries
from app.tickets.queries.catalogue import Reach
from app.tickets.rules import GROUP_NAMES
from app.tickets.rules.catalogue import with_category, with_contract
from app.tickets.service import recompute
from app.tickets.service.recompute import Change

UPPER = (OrganisationKind.DISTRICT, OrganisationKind.SUBDISTRICT)
Said = Mapping[str, Any]


Row = TypeVar("Row", CategoryChange, ContractChange)


@dataclass(frozen=True)
class Plan(Generic[Row]):
    """A change that is ready to be made: its row, and what it would be like."""

    row: Row
    change: Change
    name_before: str = ""


def district_of(actor: Actor) -> UUID:
    """The district whose catalogue the actor reads: where their first post is."""
    return catalogue.root(actor.posts[0].place_path)


def edited_by(actor: Actor) -> UUID:
    """The district whose catalogue the actor may change. NotAllowed without such a post."""
    for post in actor.posts:
        if post.role is Role.ADMIN and post.kind in UPPER:
            return catalogue.root(post.place_path)
    raise NotAllowed


def plan_category(session: Session, actor: Actor, said: Said) -> Plan[CategoryChange]:
    """What a category would be like. Raises NotAllowed, Stale, or Invalid for what does not fit."""
    district_id = edited_by(actor)
    districts = catalogue.fresh(session)
    held = districts.of_district(district_id)
    code = said.get("code") or _new_code(districts, said.get("group"))
    if said.get("code") and code not in held:
        raise Invalid(errors={"code": ["没有这个事项，请刷新后再改。"]})
    version = len(held.kept.get(code, ()))
    if said["version"] != version:
        raise Stale
    row = CategoryChange(
        district_id=district_id,
        code=code,
        version=version + 1,
        since=clock.now(),
        by_person_id=actor.id,
        name=said["name"].strip(),
        lead=Party(said["lead_party"]),
        off=said["off"],
        times=_times(said["times"]),
    )
    _check_name(held, row)
    new = with_category(held, as_kept(row))
    changed = Districts({**districts.catalogues, district_id: new}, districts.contracts)
    change = Change(Reach(code=code, district_id=district_id), changed)
    return Plan(row, change, held.name(code))


def plan_contract(session: Session, actor: Actor, said: Said) -> Plan[ContractChange]:
    """What a contract would say. Raises NotFound, Stale, or Invalid for what does not fit."""
    company = queries.company(session, actor, said["organisation_id"])
    districts = catalogue.fresh(session)
    code = said["code"]
    if code not in districts.of_district(district_of(actor)):
        raise Invalid(errors={"code": ["没有这个事项，请刷新后再改。"]})
    version = len(districts.contracts.agreed.get((company.id, code), ()))
    if said["version"] != version:
        raise Stale
    row = ContractChange(
        organisation_id=company.id,
        code=code,
        version=version + 1,
        since=clock.now(),
        by_person_id=actor.id,
        limits={kind: limit for kind, limit in said["times"].items() if limit},
    )
    agreed = as_agreed(row, company.name)
    changed = Districts(
        {
            key: with_contract(one, company.id, code, agreed)
            for key, one in districts.catalogues.items()
        },
        with_contract(districts.contracts, company.id, code, agreed),
    )
    return Plan(row, Change(Reach(code=code, company_id=company.id), changed))


def change_category(session: Session, actor: Actor, said: Said) -> JobRow:
    """Change or add a category; the work of moving the running clocks."""
    plan = plan_category(session, actor, said)
    work = _make(session, actor, plan)
    publish(
        session,
        CategoryChanged(
            subject_id=plan.row.id,
            actor_id=actor.id,
            district_id=plan.row.district_id,
            code=plan.row.code,
            off=plan.row.off,
            renamed=plan.row.name != plan.name_before,
        ),
    )
    return work


def change_contract(session: Session, actor: Actor, said: Said) -> JobRow:
    """Enter, change or end what a contract says of a category; the work of moving the running
    clocks."""
    plan = plan_contract(session, actor, said)
    work = _make(session, actor, plan)
    changed = ContractChanged(
        subject_id=plan.row.organisation_id, actor_id=actor.id, code=plan.row.code
    )
    publish(session, changed)
    return work


def _make(session: Session, actor: Actor, plan: Plan[Any]) -> JobRow:
    session.add(plan.row)
    session.flush()  # two at once: the second meets the version of the first
    known.changed(session, catalogue.KNOWN)
    return recompute.start(session, actor.id, plan.change.reach)


def _new_code(districts: Districts, group: str | None) -> str:
    """The next free code inside a group. No two districts have the same: what is learnt from closed
    tickets is learnt for all of them."""
    if group not in GROUP_NAMES:
        raise Invalid(errors={"group": ["请选一个大类。"]})
    taken = {
        code
        for held in districts.catalogues.values()
        for code in held.kept
        if code.startswith(f"{group}.own")
    }
    return f"{group}.own{len(taken) + 1}"


def _check_name(held: Any, row: CategoryChange) -> None:
    if not row.name:
        raise Invalid(errors={"name": ["请写名称。"]})
    group = row.code.partition(".")[0]
    for other, offered in held.all():
        if offered and other.code != row.code and (other.group, other.name) == (group, row.name):
            raise Invalid(errors={"name": ["同一类里已经有叫这个名称的事项。"]})


def _times(said: Mapping[str, Any]) -> dict[str, Any]:
    """As the row keeps them. Taking it on and finishing it are always said, be it by a word."""
    errors = {
        f"times.{kind}": ["请填时限，或者写一句怎么算。"]
        for kind in ("accept", "resolve")
        if not said.get(kind)
    }
    if errors:
        raise Invalid(errors=errors)
    return {kind: said.get(kind) for kind in ("accept", "arrive", "contain", "resolve")}
