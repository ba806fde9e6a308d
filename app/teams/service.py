"""Verbs on teams, their members and pairings; the persons of households are in `assigning.py`.

Never commits.
"""

from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.db import uuid7
from app.core.errors import Invalid, NotFound, Refusal, Stale
from app.core.events import publish
from app.identity.actor import Actor
from app.identity.models import Person
from app.identity.rules import PlaceKind
from app.places.models import Place
from app.teams import queries, rosters, rules
from app.teams.events import MemberJoined, MemberLeft, Paired, TeamMade, TeamRenamed, Unpaired
from app.teams.models import Pairing, Team, TeamMember
from app.teams.rules import TeamKind


class TeamNameTaken(Refusal):
    status, code = 409, "team_name_taken"
    title = "这个社区已经有同名的队伍。"


class AlreadyMember(Refusal):
    status, code = 409, "team_already_member"
    title = "这个人已经在队里。"


class StillHasHouseholds(Refusal):
    status, code = 409, "team_member_still_has_households"
    title = "这个人名下还有户，请先把户交给别人。"


class AlreadyPaired(Refusal):
    status, code = 409, "already_paired"
    title = "这个人已经和这里结对。"


def make_team(session: Session, actor: Actor, kind: TeamKind, name: str, place_id: UUID) -> Team:
    """The committee founds a team for its community or for one of its estates."""
    place = session.get(Place, place_id)
    if place is None or place.community_id not in actor.committee_communities:
        raise NotFound
    if place.kind not in (PlaceKind.COMMUNITY, PlaceKind.ESTATE):
        raise Invalid(errors={"place_id": ["队伍设在社区或小区。"]})
    _refuse_taken(session, place.community_id, name)
    team = Team(
        id=uuid7(), kind=kind, name=name, place_id=place.id, community_id=place.community_id
    )
    session.add(team)
    session.flush()
    publish(
        session, TeamMade(subject_id=team.id, actor_id=actor.id, community_id=team.community_id)
    )
    return team


def rename_team(session: Session, actor: Actor, team_id: UUID, version: int, name: str) -> Team:
    """The committee gives a team another name."""
    team = rosters.kept_team(session, actor, team_id)
    if team.version != version:
        raise Stale
    if name != team.name:
        _refuse_taken(session, team.community_id, name)
        team.name = name
        session.flush()
        publish(session, TeamRenamed(subject_id=team.id, actor_id=actor.id))
    return team


def add_member(
    session: Session, actor: Actor, team_id: UUID, person_id: UUID, *, leader: bool
) -> Team:
    """A person is in the team from today. Said again with another `leader`, it changes that."""
    team = rosters.kept_team(session, actor, team_id)
    if session.get(Person, person_id) is None:
        raise Invalid(errors={"person_id": ["没有找到这个人。"]})
    member = rosters.membership(session, team.id, person_id)
    if member is not None and member.leader == leader:
        raise AlreadyMember
    if member is not None:
        member.leader = leader
    else:
        session.add(
            TeamMember(team_id=team.id, person_id=person_id, leader=leader, from_date=clock.today())
        )
    session.flush()
    publish(
        session,
        MemberJoined(subject_id=team.id, actor_id=actor.id, person_id=person_id, leader=leader),
    )
    return team


def remove_member(session: Session, actor: Actor, team_id: UUID, person_id: UUID) -> None:
    """A person leaves the team today; refused while households would lose their person."""
    team = rosters.kept_team(session, actor, team_id)
    member = rosters.membership(session, team.id, person_id)
    if member is None:
        raise NotFound
    held = queries.households_held(session, person_id, team.community_id)
    if held and not rosters.other_teams(session, team, person_id):
        raise StillHasHouseholds(
            f"这个人还是 {held} 户的联系人。请先在「照看」里给这个人办交接，再移出队伍。",
            households=held,
        )
    last_day = rules.last_day_when_ended(clock.today())
    member.until_date = last_day
    pairings = session.scalars(
        select(Pairing).where(
            Pairing.team_id == team.id,
            Pairing.person_id == person_id,
            Pairing.lasting(clock.today()),
        )
    ).all()
    for pairing in pairings:
        pairing.until = last_day
    session.flush()
    publish(
        session,
        MemberLeft(
            subject_id=team.id,
            actor_id=actor.id,
            person_id=person_id,
            pairings_ended=len(pairings),
        ),
    )


def pair(
    session: Session,
    actor: Actor,
    team_id: UUID,
    person_id: UUID,
    place_id: UUID,
    since: date | None = None,
) -> Pairing:
    """A member of a team looks after a building or a unit, from today or from a date to come."""
    team = rosters.kept_team(session, actor, team_id)
    if rosters.membership(session, team.id, person_id) is None:
        raise Invalid(errors={"person_id": ["这个人不在这支队伍里，请先加入队伍。"]})
    place = session.get(Place, place_id)
    if place is None or place.community_id != team.community_id:
        raise Invalid(errors={"place_id": ["没有找到这栋楼或这个单元。"]})
    if place.kind not in (PlaceKind.BUILDING, PlaceKind.UNIT):
        raise Invalid(errors={"place_id": ["结对要结到楼栋或单元。"]})
    first = since or clock.today()
    if problem := rules.first_day_problem(first, clock.today()):
        raise Invalid(errors={"since": [problem]})
    if rosters.pairing_between(session, team.id, person_id, place.id, first) is not None:
        raise AlreadyPaired
    pairing = Pairing(
        id=uuid7(),
        team_id=team.id,
        person_id=person_id,
        place_id=place.id,
        since=first,
    )
    session.add(pairing)
    session.flush()
    publish(
        session,
        Paired(subject_id=pairing.id, actor_id=actor.id, person_id=person_id, place_id=place.id),
    )
    return pairing


def unpair(session: Session, actor: Actor, pairing_id: UUID) -> None:
    """The pairing is over from now on."""
    pairing = session.scalar(rosters.visible_pairings(actor).where(Pairing.id == pairing_id))
    if pairing is None:
        raise NotFound
    rosters.kept_team(session, actor, pairing.team_id)
    pairing.until = rules.last_day_when_ended(clock.today())
    session.flush()
    publish(
        session,
        Unpaired(
            subject_id=pairing.id,
            actor_id=actor.id,
            person_id=pairing.person_id,
            place_id=pairing.place_id,
        ),
    )


def _refuse_taken(session: Session, community_id: UUID, name: str) -> None:
    taken = select(Team.id).where(Team.community_id == community_id, Team.name == name)
    if session.scalar(taken) is not None:
        raise TeamNameTaken
