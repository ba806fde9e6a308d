"""What people hear about wishes that were left at stairwell doors: somebody has to ask there."""

from uuid import UUID

from sqlalchemy.orm import Session

from app.core.events import subscribe
from app.notifications import queries
from app.notifications.rules.telling import Kind, Seat, each_once
from app.notifications.rules.visits import TABLE, Fact
from app.notifications.service.telling import Subject, settle, tell
from app.residents.events import DoorWished, DoorWishSettled
from app.residents.rules import WishKind
from app.teams.queries import persons_for

WISHED = {
    WishKind.PLEASE_COME: Fact.WISHED_VISIT,
    WishKind.NO_MORE_VISITS: Fact.WISHED_NONE,
}
WISHES = "/wishes"


def register() -> None:
    """Listen to the facts; called once, with the application at hand."""
    subscribe(DoorWished)(door_wished)
    subscribe(DoorWishSettled)(door_wish_settled)


def door_wished(session: Session, event: DoorWished) -> None:
    seated = {
        Seat.VISITOR: _who_look_after(session, event.household_id),
        Seat.COMMITTEE: queries.committee_of(session, event.community_id),
    }
    subject = Subject(id=event.subject_id, link=WISHES, body="先问清楚是不是本人的意思，再确认")
    tell(session, each_once(TABLE[WISHED[event.kind]], seated, None), subject)


def door_wish_settled(session: Session, event: DoorWishSettled) -> None:
    settle(session, event.subject_id, [Kind.CARE_TODO, Kind.VISIT_TODO])


def _who_look_after(session: Session, household_id: UUID | None) -> list[UUID]:
    """The main and the backup person of the door that seems to be meant."""
    if household_id is None:
        return []
    persons = persons_for(session, [household_id]).get(household_id, (None, None))
    return [one for one in persons if one is not None]
