"""What is still true of an item when a device is about to be rung for it: it is unread, its owner
still sits where they sat when they were told, and what they were asked still waits for them.

What happens settles most items at once (`service/telling.py`); a post may end with a date, and
somebody who was asked to five doors answers for one after another. That is looked at here.
"""

from sqlalchemy import ColumnElement, and_, exists, not_, or_

from app.core import clock
from app.identity.models import Membership
from app.identity.queries import current
from app.notifications.models import InboxItem
from app.notifications.rules.telling import Kind, Seat
from app.teams.models import Pairing, TeamMember
from app.visits.models import Visit
from app.visits.models_patrols import Patrol, PatrolPerson
from app.visits.rules import VisitState
from app.visits.rules.patrols import PatrolAnswer, PatrolState

OWN = (Seat.REPORTER, Seat.FOLLOWER)  # a resident without any post, maybe
ASKED = (Seat.VISITOR, Seat.PARTNER, Seat.SENDER, Seat.CALLED, Seat.CALLED_DUTY)
OFFICES = tuple(set(Seat) - {*OWN, *ASKED, Seat.TEAM_LEADER, Seat.BUILDING_HEAD})
PROPOSALS, PATROLS, ONE_VISIT = "/proposals", "/patrols", "/visits/"


def still_true() -> ColumnElement[bool]:
    """The condition: an item may be told today."""
    return and_(InboxItem.read_at.is_(None), _sits_there(), not_(_is_answered()))


def _sits_there() -> ColumnElement[bool]:
    """Items from before seats were written down are true as long as they are unread."""
    day, seat = clock.today(), InboxItem.seat
    mine = Membership.person_id == InboxItem.person_id
    posted = exists().where(mine, current(day))
    for_it = exists().where(
        mine, current(day), Membership.organisation_id == InboxItem.organisation_id
    )
    leads = exists().where(
        TeamMember.person_id == InboxItem.person_id, TeamMember.leader, TeamMember.standing(day)
    )
    paired = exists().where(Pairing.person_id == InboxItem.person_id, Pairing.standing(day))
    return or_(
        seat.is_(None),
        seat.in_(OWN),
        and_(seat.in_(OFFICES), for_it),
        and_(seat == Seat.TEAM_LEADER, posted, leads),
        and_(seat == Seat.BUILDING_HEAD, posted, paired),
        and_(seat.in_(ASKED), posted),
    )


def _is_answered() -> ColumnElement[bool]:
    """Whoever was asked has said something to each of what they were asked, or its day is over."""
    asked = and_(InboxItem.kind == Kind.VISIT_TODO, InboxItem.seat == Seat.VISITOR)
    open_visit = and_(
        Visit.person_id == InboxItem.person_id,
        Visit.state == VisitState.PROPOSED,
        Visit.on >= clock.today(),
    )
    open_patrol = exists().where(
        PatrolPerson.person_id == InboxItem.person_id,
        PatrolPerson.answer == PatrolAnswer.ASKED,
        Patrol.id == PatrolPerson.patrol_id,
        Patrol.state == PatrolState.OPEN,
        Patrol.on >= clock.today(),
    )
    this_visit = and_(Visit.id == InboxItem.about, open_visit)
    return and_(
        asked,
        or_(
            and_(InboxItem.link == PROPOSALS, not_(exists().where(open_visit))),
            and_(InboxItem.link == PATROLS, not_(open_patrol)),
            and_(InboxItem.link.startswith(ONE_VISIT), not_(exists().where(this_visit))),
        ),
    )
