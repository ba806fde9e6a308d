"""What an actor may see of calls, and as what."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from app.calls.models import CalledPerson, Summons
from app.calls.rules import Answer, CallState
from app.calls.rules.seats import View
from app.core import clock
from app.core.errors import NotFound
from app.identity.actor import Actor
from app.identity.rules import OrganisationKind
from app.teams.models import TeamMember


def led_communities(actor: Actor) -> frozenset[UUID]:
    """Where the actor may call: as its committee, or as the subdistrict above it."""
    return actor.committee_communities | actor.communities(OrganisationKind.SUBDISTRICT)


def companies(actor: Actor) -> frozenset[UUID]:
    """The property companies that the actor works for."""
    return frozenset(
        post.organisation_id for post in actor.posts if post.kind is OrganisationKind.PROPERTY
    )


def visible_to(actor: Actor) -> Select[Summons]:
    """The calls that an actor may open, as a statement without order."""
    seen: ColumnElement[bool] = Summons.community_id.in_(led_communities(actor))
    if actor.posts:
        theirs = select(CalledPerson.call_id).where(
            or_(
                CalledPerson.person_id == actor.id,
                CalledPerson.organisation_id.in_(companies(actor)),
            )
        )
        seen = or_(seen, Summons.id.in_(theirs))
    return select(Summons).where(seen)


def get(session: Session, actor: Actor, call_id: UUID, *, lock: bool = False) -> Summons:
    """One call that the actor may open. NotFound otherwise. `lock`: whoever else writes waits."""
    wanted = visible_to(actor).where(Summons.id == call_id)
    found = session.scalar(wanted.with_for_update(of=Summons) if lock else wanted)
    if found is None:
        raise NotFound
    return found


def led(session: Session, actor: Actor, call_id: UUID) -> Summons:
    """One call that the actor may close or call off. NotFound otherwise."""
    found = get(session, actor, call_id, lock=True)
    if found.community_id not in led_communities(actor):
        raise NotFound
    return found


def views(session: Session, actor: Actor, call: Summons) -> frozenset[View]:
    """How the actor is placed towards a call."""
    held = {
        View.COMMITTEE: call.community_id in actor.committee_communities,
        View.SUBDISTRICT: call.community_id in actor.communities(OrganisationKind.SUBDISTRICT),
        View.COMPANY: session.scalar(_of_company(actor, call).limit(1)) is not None,
        View.SHUT_OUT: bool(companies(actor)),
        View.LEADER: session.scalar(_led_teams(actor).limit(1)) is not None,
        View.CALLED: called(session, call.id, actor.id) is not None,
    }
    return frozenset(view for view, holds in held.items() if holds)


def _of_company(actor: Actor, call: Summons) -> Select[UUID]:
    return select(CalledPerson.person_id).where(
        CalledPerson.call_id == call.id, CalledPerson.organisation_id.in_(companies(actor))
    )


def called(session: Session, call_id: UUID, person_id: UUID) -> CalledPerson | None:
    """Somebody as they were called."""
    return session.get(CalledPerson, (call_id, person_id))


def _led_teams(actor: Actor) -> Select[UUID]:
    return select(TeamMember.team_id).where(
        TeamMember.person_id == actor.id,
        TeamMember.leader,
        TeamMember.standing(clock.today()),
    )


def own_people(actor: Actor) -> ColumnElement[bool]:
    """The condition: somebody called is of a team that the actor leads, or of their company."""
    members = select(TeamMember.person_id).where(
        TeamMember.team_id.in_(_led_teams(actor)), TeamMember.standing(clock.today())
    )
    return or_(
        CalledPerson.person_id == actor.id,
        CalledPerson.person_id.in_(members),
        CalledPerson.organisation_id.in_(companies(actor)),
    )


def answers(
    session: Session, call_id: UUID, whose: ColumnElement[bool] | None = None
) -> dict[Answer | None, int]:
    """How many said what; None are those who said nothing, whom nobody lists."""
    counted = select(CalledPerson.answer, func.count()).where(CalledPerson.call_id == call_id)
    counted = counted if whose is None else counted.where(whose)
    rows = session.execute(counted.group_by(CalledPerson.answer))
    return {row[0]: row[1] for row in rows}


def who_said(
    session: Session, call_id: UUID, answer: Answer, whose: ColumnElement[bool] | None = None
) -> Sequence[UUID]:
    """The people who gave an answer, the first to answer on top."""
    found = select(CalledPerson.person_id).where(
        CalledPerson.call_id == call_id, CalledPerson.answer == answer
    )
    found = found if whose is None else found.where(whose)
    order = (CalledPerson.answered_at, CalledPerson.person_id)
    return session.scalars(found.order_by(*order)).all()


def open_in(session: Session, place_id: UUID, team_id: UUID | None) -> bool:
    """Whether a call of the same people there is open."""
    found = select(Summons.id).where(
        Summons.state == CallState.OPEN,
        Summons.place_id == place_id,
        Summons.team_id == team_id,
    )
    return session.scalar(found.limit(1)) is not None


def open_calls(community_id: UUID) -> Select[UUID]:
    """The open calls of a community."""
    return select(Summons.id).where(
        Summons.community_id == community_id, Summons.state == CallState.OPEN
    )
