"""Somebody hands on all they look after: for a leave from–to, or for good. Never commits."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from app.core import clock
from app.core.errors import Invalid, NotFound, Refusal
from app.core.events import publish
from app.identity.actor import Actor
from app.identity.models import Person
from app.teams import keeping, rosters
from app.teams.care_changes import Proposal, apply, differing, facts, new_change, restore
from app.teams.events_keeping import HandedOver, HandOverPlanned
from app.teams.models_keeping import CareChange, ChangeKind
from app.teams.pairing_over import hand_pairings
from app.teams.rules.keeping import handed


class NothingToHandOver(Refusal):
    status, code = 409, "care_nothing_to_hand_over"
    title = "这个人名下没有户，也没有结对，不用交接。"


@dataclass(frozen=True)
class HandOver:
    """Who hands on to whom, from when until when (None: for good), and a word for them."""

    community_id: UUID
    person_id: UUID
    receivers: tuple[UUID, ...]
    first: date
    last: date | None
    note: str | None = None


def handed_over(session: Session, actor: Actor, asked: HandOver) -> Proposal:
    """What a hand-over would change."""
    _check(session, actor, asked)
    return _handed(session, asked)


def hand_over(session: Session, actor: Actor, asked: HandOver) -> CareChange:
    """Hand somebody's doors on, today or on a later day."""
    proposal = handed_over(session, actor, asked)
    if not proposal.lines and not rosters.places_paired(session, asked.person_id):
        raise NothingToHandOver
    change = new_change(actor, asked.community_id, ChangeKind.HAND_OVER)
    change.person_id, change.note = asked.person_id, asked.note
    change.receivers = [str(one) for one in asked.receivers]
    change.first, change.last, change.doors = asked.first, asked.last, len(proposal.lines)
    session.add(change)
    session.flush()
    if asked.first > clock.today():
        publish(session, HandOverPlanned(**facts(change, actor.id)))
    else:
        begin(session, change)
    return change


def begin(session: Session, change: CareChange) -> None:
    """The day of a hand-over has come: its doors go over, whatever they are by now."""
    asked = _asked(change)
    proposal = _handed(session, asked)
    change.begun_at = clock.now()
    apply(session, change.made_by, change, proposal)
    doors_to = {
        door.id: (main if door.main == asked.person_id else backup)
        for door, (main, backup) in proposal.lines
    }
    most = Counter(person for person in doors_to.values() if person in asked.receivers)
    otherwise = most.most_common(1)[0][0] if most else asked.receivers[0]
    hand_pairings(session, change, otherwise)
    publish(
        session,
        HandedOver(
            **facts(change, change.made_by),
            person_id=asked.person_id,
            first=change.first,
            last=change.last,
            doors_to={door: person for door, person in doors_to.items() if person is not None},
            otherwise=otherwise or asked.receivers[0],
        ),
    )


def finish(session: Session, change: CareChange) -> None:
    """Somebody is back from leave: the persons of before are back too."""
    change.ended_at = clock.now()
    restore(session, change, change.made_by, undone=False)


def _asked(change: CareChange) -> HandOver:
    if change.person_id is None:
        raise NotFound
    receivers = tuple(UUID(one) for one in change.receivers)
    return HandOver(change.community_id, change.person_id, receivers, change.first, change.last)


def _check(session: Session, actor: Actor, asked: HandOver) -> None:
    if asked.community_id not in actor.committee_communities:
        raise NotFound
    errors = {}
    if session.get(Person, asked.person_id) is None:
        errors["person_id"] = ["没有找到这个人。"]
    if problem := _receivers_problem(session, asked):
        errors["receivers"] = [problem]
    if asked.first < clock.today():
        errors["first"] = ["交接最早从今天开始。"]
    if asked.last is not None and asked.last < asked.first:
        errors["last"] = ["最后一天不能早于第一天。"]
    if errors:
        raise Invalid(errors=errors)


def _receivers_problem(session: Session, asked: HandOver) -> str | None:
    if asked.person_id in asked.receivers:
        return "接手的人不能是本人。"
    if not set(asked.receivers) <= rosters.team_people(session, asked.community_id):
        return "接手的人要在本社区的队伍里。"
    if rosters.people_of_property(session, asked.receivers):
        return "物业人员不做住户的联系人。"
    return None


def _handed(session: Session, asked: HandOver) -> Proposal:
    doors = keeping.doors_of(session, keeping.held_in(asked.community_id, asked.person_id))
    room = dict.fromkeys(asked.receivers, len(doors))  # nobody may be left alone, whatever is usual
    keepers = keeping.keepers_of(session, asked.receivers, doors, room)
    after = handed(doors, asked.person_id, keepers, for_good=asked.last is None)
    return differing(doors, after)
