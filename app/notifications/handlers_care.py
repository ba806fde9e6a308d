"""Who is told that nobody answers at a door: whoever is near, and the committee; and who wrote a
record that somebody else has set right."""

from sqlalchemy.orm import Session

from app.core.events import subscribe
from app.notifications import queries
from app.notifications.rules import visits
from app.notifications.rules.telling import Kind, Seat, each_once
from app.notifications.service.telling import Subject, settle, tell
from app.places.models import Household
from app.teams import heads, rosters
from app.visits.events import NobodyAnswers, VisitEvent, WellnessCheckNeeded
from app.visits.events_records import VisitCorrected, VisitVoided
from app.visits.rules import Outcome


def register() -> None:
    """Listen to the facts; called once, with the application at hand."""
    subscribe(WellnessCheckNeeded)(wellness_check_needed)
    subscribe(NobodyAnswers)(nobody_answers)
    subscribe(VisitCorrected)(set_right)
    subscribe(VisitVoided)(set_right)


def wellness_check_needed(session: Session, event: WellnessCheckNeeded) -> None:
    body = "重点关心的人家，今天敲门没有人应"
    _tell(session, visits.Fact.WELLNESS_CHECK, event, body)


def nobody_answers(session: Session, event: NobodyAnswers) -> None:
    _tell(session, visits.Fact.NOBODY_ANSWERS, event, "去过几次，也打过电话")


def set_right(session: Session, event: VisitCorrected | VisitVoided) -> None:
    """Nobody has to look any more where the door was not found closed; before new words are heard,
    which may say that it was."""
    if event.was["outcome"] == Outcome.NOT_HOME:
        settle(session, event.subject_id, [Kind.CARE_TODO])
    subject = Subject(
        id=event.subject_id,
        link=f"/visits/household/{event.household_id}",
        body="点开看看现在怎么记的",
    )
    lines = visits.TABLE[visits.Fact.SET_RIGHT]
    tell(session, each_once(lines, {Seat.SENDER: [event.maker_id]}, event.actor_id), subject)


def _tell(session: Session, fact: visits.Fact, event: VisitEvent, body: str) -> None:
    """The link is to the door: who is near looks after it, and has not been asked to the visit."""
    household = session.get_one(Household, event.household_id)
    seated = {
        Seat.BUILDING_HEAD: heads.building_heads_of(session, household),
        Seat.TEAM_LEADER: rosters.leaders_of(session, household),
        Seat.COMMITTEE: queries.committee_of(session, event.community_id),
    }
    subject = Subject(id=event.subject_id, link=f"/visits/household/{household.id}", body=body)
    tell(session, each_once(visits.TABLE[fact], seated, event.actor_id), subject)
