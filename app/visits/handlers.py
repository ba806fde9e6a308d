"""What visits do when other areas say that something happened."""

from flask import Flask
from sqlalchemy.orm import Session

from app.core.events import subscribe
from app.places.events import HouseholdChanged
from app.places.models import Household
from app.places.rules import VisitWish
from app.teams.events_keeping import CareRestored, HandedOver
from app.visits.service.answers import call_off_door
from app.visits.service.follow_up import NO_MORE
from app.visits.service.handing import ask_again, bring_back, hand_on


def listen(app: Flask) -> None:
    """Subscribe to the facts of other areas."""
    with app.app_context():
        subscribe(HouseholdChanged)(keep_the_wish)
        subscribe(HandedOver)(hand_on)
        subscribe(CareRestored)(undo_hand_over)


def keep_the_wish(session: Session, event: HouseholdChanged) -> None:
    """A household whose wish was set to "no more visits" is not visited any more."""
    if "wish" not in event.fields:
        return
    household = session.get_one(Household, event.subject_id)
    if household.wish is VisitWish.NO_MORE_VISITS:
        call_off_door(session, event.actor_id, household.id, NO_MORE)


def undo_hand_over(session: Session, event: CareRestored) -> None:
    """An undone hand-over never was; who is back from leave is asked to what nobody accepted."""
    if event.undone:
        bring_back(session, event.subject_id, event.actor_id)
    else:
        ask_again(session, event)
