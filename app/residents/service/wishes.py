"""「请不要上门」 and 「请来看看我」: asked at a stairwell by anybody for any door, so never done by
itself. Who looks after the door asks there and confirms; only then the household's wish changes.
The answer is the same whether the door exists or not."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from app.core import clock
from app.core.db import uuid7
from app.core.errors import Invalid, NotFound
from app.core.events import publish
from app.identity.actor import Actor
from app.places.models import Household, Place
from app.places.rules import VisitWish
from app.residents import queries
from app.residents.events import DoorWished, DoorWishSettled, HouseholdWishSet
from app.residents.models import DoorWish
from app.residents.refusals import WishSettled
from app.residents.rules import WishKind, WishState, tidy
from app.residents.service.reporting import contact_of, not_too_fast
from app.residents.visitor import Visitor
from app.teams.queries import visible_households
from app.visits.rules import Purpose
from app.visits.service.answers import call_off_door
from app.visits.service.passing import ask_for

NO_MORE = "住户说过不再上门。"


def wish(session: Session, visitor: Visitor, said: dict[str, Any], *, read_for: int) -> DoorWish:
    """Take a wish in. Raises FormTooFast, Invalid."""
    not_too_fast(visitor, read_for)
    place = session.get_one(Place, visitor.door.place_id)
    door = tidy(said["door"])
    made = DoorWish(
        id=uuid7(),
        door_id=visitor.door.id,
        community_id=visitor.community_id,
        place_id=place.id,
        kind=WishKind(said["kind"]),
        state=WishState.WAITING,
        door=door,
        said=tidy(said.get("said") or ""),
        household_id=queries.household_at(session, place, door),
        at=clock.now(),
        **contact_of(said),
    )
    session.add(made)
    session.flush()
    publish(
        session,
        DoorWished(
            subject_id=made.id,
            actor_id=None,
            kind=made.kind,
            community_id=made.community_id,
            household_id=made.household_id,
        ),
    )
    return made


def confirm(session: Session, actor: Actor, wish_id: UUID, household_id: UUID | None) -> DoorWish:
    """They do wish it: keep it with the household; call off what was planned there, or ask
    somebody to go.

    Raises NotFound, WishSettled, Invalid when it is not clear which household that is.
    """
    found = _open(session, actor, wish_id)
    household = _household(session, actor, found, household_id)
    found.household_id = household.id
    _keep(session, actor, household, found.kind)
    if found.kind is WishKind.PLEASE_COME:
        ask_for(session, actor, household, Purpose.ASKED)
    return _settle(session, actor, found, WishState.CONFIRMED)


def drop(session: Session, actor: Actor, wish_id: UUID) -> DoorWish:
    """Nobody there wishes it. Raises NotFound, WishSettled."""
    return _settle(session, actor, _open(session, actor, wish_id), WishState.DROPPED)


def to_settle(session: Session, actor: Actor, wish_id: UUID) -> DoorWish:
    """One wish that the actor may settle. NotFound otherwise."""
    found = session.scalar(queries.wishes_to_settle(actor).where(DoorWish.id == wish_id))
    if found is None:
        raise NotFound
    return found


def _open(session: Session, actor: Actor, wish_id: UUID) -> DoorWish:
    found = to_settle(session, actor, wish_id)
    session.refresh(found, with_for_update=True)
    if found.state is not WishState.WAITING:
        raise WishSettled
    return found


def _household(session: Session, actor: Actor, found: DoorWish, chosen: UUID | None) -> Household:
    """The household that was chosen, else the one we guessed: of that building, and the actor's."""
    household_id = chosen or found.household_id
    if household_id is None:
        raise Invalid(errors={"household_id": ["请选是哪一户；没有这一户就选“不成立”。"]})
    household = session.scalar(visible_households(actor).where(Household.id == household_id))
    if household is None or found.place_id not in (household.unit_id, household.building_id):
        raise Invalid(errors={"household_id": ["这一户不在这个门口，请重新选。"]})
    return household


def _keep(session: Session, actor: Actor, household: Household, kind: WishKind) -> None:
    """No more visits, or visits again after a call; what else was wished stays as it is."""
    closed = household.wish is VisitWish.NO_MORE_VISITS
    wanted = household.wish
    if kind is WishKind.NO_MORE_VISITS:
        wanted = VisitWish.NO_MORE_VISITS
    elif closed:
        wanted = VisitWish.CALL_FIRST
    if wanted is household.wish:
        return
    household.wish = wanted
    session.flush()
    publish(
        session,
        HouseholdWishSet(
            subject_id=household.id, actor_id=actor.id, community_id=household.community_id
        ),
    )
    if wanted is VisitWish.NO_MORE_VISITS:
        call_off_door(session, actor.id, household.id, NO_MORE)


def _settle(session: Session, actor: Actor, found: DoorWish, state: WishState) -> DoorWish:
    found.state, found.settled_by, found.settled_at = state, actor.id, clock.now()
    session.flush()
    publish(
        session,
        DoorWishSettled(
            subject_id=found.id,
            actor_id=actor.id,
            kind=found.kind,
            state=state,
            community_id=found.community_id,
        ),
    )
    return found
