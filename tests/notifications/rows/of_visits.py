"""What happens to rounds and visits before anybody goes, done by the services themselves."""

from datetime import timedelta
from typing import Any

from app.core import clock
from app.identity.rules import PlaceKind, Role
from app.places.models import Household
from app.teams import handing
from app.teams.handing import HandOver
from app.teams.jobs import hand_overs
from app.visits.models import Visit
from app.visits.rules import NextStep, Purpose, VisitState
from app.visits.rules.states import Verb
from app.visits.service import answers, passing, publishing, rounds
from app.visits.service.answers import Answer
from tests.factories import identity, places, teams, visits
from tests.factories.tickets import join
from tests.notifications.rows.doors import Stair
from tests.notifications.rows.of_records import OF_DOORS, OFFICE, asked, went

tells = OF_DOORS.tells


def round_of(stair: Stair, home: Household) -> Any:
    whom = {"care_levels": [], "building_ids": [], "household_ids": [str(home.id)]}
    return visits.round_(stair.session, stair.scene, whom=whom)


def published(stair: Stair, home: Household) -> Any:
    made = round_of(stair, home)
    return publishing.publish(stair.session, stair.here.actors["committee"], made.id, made.version)


@tells("VisitsProposed.asked", visitor="chen")
def a_round(stair: Stair) -> None:
    published(stair, stair.door)


@tells("RoundPublished.households_without_person", committee="secretary")
def nobody_for_a_door(stair: Stair) -> None:
    building = identity.place(stair.session, PlaceKind.BUILDING, stair.here.estate, "9栋")
    unit = identity.place(stair.session, PlaceKind.UNIT, building, "1单元")
    published(stair, places.household(stair.session, unit))


@tells("RoundCancelled.round_cancelled", visitor="chen leader")
def round_off(stair: Stair) -> None:
    """Chen was asked, the leader would go along."""
    made = published(stair, stair.door)
    stair.quiet()
    rounds.cancel(stair.session, stair.here.actors["committee"], made.id, made.version, "下雪")


@tells("VisitCancelled.visit_cancelled", visitor="chen", partner="li")
def visit_off(stair: Stair) -> None:
    made = asked(stair, "chen", "li")
    by = stair.here.actors["committee"]
    answers.cancel(stair.session, by, made.id, made.version, "搬家")


@tells(
    "VisitCancelled.visit_cancelled",
    "because the household wants none",
    visitor="li",
    partner="zhou",
)
def no_more(stair: Stair) -> None:
    asked(stair, "li", "zhou", on=clock.today() + timedelta(days=3))
    went(stair, asked(stair, "chen"), "chen", next_step=NextStep.NO_MORE_VISITS)


def answered(stair: Stair, made: Visit, who: str, verb: Verb, **said: Any) -> None:
    by = stair.here.actors[who]
    answers.answer(stair.session, by, made.id, made.version, Answer(verb=verb, **said))


@tells("VisitAnswered.turned_down", committee=OFFICE)
def turned_down(stair: Stair) -> None:
    """Nobody stands in for Zhou, who goes to this door for once."""
    made = asked(stair, "zhou", "li", state=VisitState.PROPOSED)
    answered(stair, made, "zhou", Verb.DECLINE, reason="出门在外")


@tells("VisitAsked.one_asked", "instead of who cannot come", visitor="leader")
def passed_on(stair: Stair) -> None:
    """The committee need not look for anybody, and hears nothing."""
    made = asked(stair, "chen", "li", state=VisitState.PROPOSED)
    answered(stair, made, "chen", Verb.DECLINE, reason="出门在外")


@tells("VisitAsked.one_asked", visitor="chen")
def residents_wait(stair: Stair) -> None:
    passing.ask_for(stair.session, stair.here.actors["committee"], stair.door, Purpose.ASKED)


@tells("VisitAnswered.going_together", partner="li zhou")
def accepted(stair: Stair) -> None:
    made = asked(stair, "chen", "li", "zhou", state=VisitState.PROPOSED)
    answered(stair, made, "chen", Verb.ACCEPT)


def handed(stair: Stair, to: str, *, by: str = "committee", leave: bool = False) -> None:
    """Chen hands on, for good or for today and tomorrow."""
    today = clock.today()
    last = today + timedelta(days=1) if leave else None
    over = HandOver(stair.here.community.id, stair.who("chen").id, (stair.who(to).id,), today, last)
    handing.hand_over(stair.session, stair.here.actors[by], over)


@tells("HandedOver.doors_handed", visitor="li")
def doors_handed(stair: Stair) -> None:
    handed(stair, "li")


ZHOU = {"visitor": "zhou"}


@tells("VisitsHandedOver.visits_handed", besides={"HandedOver.doors_handed": ZHOU}, **ZHOU)
def visits_handed(stair: Stair) -> None:
    asked(stair, "chen", "leader")
    handed(stair, "zhou")


@tells("HandedOver.doors_handed", "to who does it themselves", visitor="")
def taken_over(stair: Stair) -> None:
    join(stair.session, stair.here, "both", "volunteer", "committee", role=Role.CLERK)
    teams.member(stair.session, stair.flag, stair.who("both"))
    stair.meet_all()
    handed(stair, "both", by="both")


@tells("VisitsHandedOver.visits_handed", "back to who was on leave", visitor="chen")
def back_again(stair: Stair) -> None:
    """Li stood in, was asked to a later visit, and has not answered."""
    handed(stair, "li", leave=True)
    asked(stair, "li", state=VisitState.PROPOSED, on=clock.today() + timedelta(days=5))
    stair.quiet()
    with clock.frozen(clock.now() + timedelta(days=2)):
        hand_overs(stair.session, clock.today())
