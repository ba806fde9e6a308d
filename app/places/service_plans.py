"""The verb on plans of estates. Never commits."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from app.core import clock, media, media_keeping
from app.core.errors import Invalid, NotFound, Stale
from app.core.events import publish
from app.identity.actor import Actor
from app.places import queries_plans
from app.places.events import PlanSaved
from app.places.models_plans import EstatePlan, Spot


def save_plan(
    session: Session, actor: Actor, estate_id: UUID, version: int, said: dict[str, Any]
) -> EstatePlan:
    """The committee lays down a picture and where the buildings stand on it. Version 0 is that of
    an estate without a plan. Raises NotFound, Stale, Invalid."""
    estate = queries_plans.kept_estate(session, actor, estate_id)
    plan = queries_plans.plan(session, estate.id)
    if version != (plan.version if plan else 0):
        raise Stale
    if plan is None or plan.picture != said["picture"]:
        _check_picture(session, actor, said["picture"])
    values = {
        "picture": said["picture"],
        "spots": _checked(session, estate.id, said["spots"]),
        "changed_at": clock.now(),
        "changed_by": actor.id,
    }
    if plan is None:
        plan = EstatePlan(estate_id=estate.id, **values)
        session.add(plan)
    former = plan.picture
    for name, value in values.items():
        setattr(plan, name, value)
    session.flush()
    if former != plan.picture:
        media_keeping.let_go(session, [former])
    publish(
        session,
        PlanSaved(subject_id=estate.id, actor_id=actor.id, buildings=len(plan.spots)),
    )
    return plan


def _check_picture(session: Session, actor: Actor, digest: str) -> None:
    try:
        media.get(session, actor, digest)
    except NotFound as missing:
        raise Invalid(errors={"picture": ["图还没传上来，请再选一次。"]}) from missing


def _checked(session: Session, estate_id: UUID, spots: list[dict[str, Any]]) -> list[Spot]:
    """Buildings of this estate, each once."""
    here = {one.id for one in queries_plans.buildings(session, estate_id)}
    named = [spot["building_id"] for spot in spots]
    if len(set(named)) < len(named) or not here.issuperset(named):
        raise Invalid(errors={"spots": ["有楼栋不在这个小区里，请刷新后再试。"]})
    return [
        {"building_id": str(one["building_id"]), "x": round(one["x"], 4), "y": round(one["y"], 4)}
        for one in spots
    ]
