"""What a visit brings about once somebody was there, done by the services themselves."""

from typing import Any

from app.core import clock
from app.places.rules import CareLevel
from app.visits.models import Visit, VisitStray
from app.visits.rules import Method, Need, Outcome, VisitState
from app.visits.rules.record import Said
from app.visits.service import accounts, correcting, records, strays
from app.visits.service.reports import Report
from app.visits.service.strays import Refused
from tests.auditing import unwatched
from tests.factories import teams, visits
from tests.notifications.rows.doors import Stair
from tests.notifications.rows.watching import Cases

OFFICE = "committee secretary"
OF_DOORS = Cases()
tells = OF_DOORS.tells


def asked(stair: Stair, who: str, *partners: str, **given: Any) -> Visit:
    """Somebody has accepted to go to the door this evening, with these."""
    along = [stair.who(one) for one in partners]
    return visits.visit(stair.session, stair.door, stair.who(who), *along, **given)


def went(stair: Stair, made: Visit, who: str, **said: Any) -> None:
    """Somebody tells of it: seen at the door, all well, unless something else is said."""
    words = {"on": clock.today(), "method": Method.DOOR, "outcome": Outcome.OK} | said
    records.record(
        stair.session, stair.here.actors[who], made.id, made.version, Report(said=Said(**words))
    )


def cared_for(stair: Stair) -> None:
    """The household is of the highest care level."""
    with unwatched():
        stair.door.care_level = CareLevel.HIGH
        stair.door.care_confirmed_on = clock.today()
        stair.session.commit()


@tells("VisitRecorded.wants_call", committee=OFFICE)
def wants_call(stair: Stair) -> None:
    went(stair, asked(stair, "chen", "li"), "chen", needs=(Need.COMMUNITY_CALL,))


@tells("VisitAccountAdded.wants_call", committee=OFFICE)
def partner_heard_it(stair: Stair) -> None:
    made = asked(stair, "chen", "li")
    went(stair, made, "chen")
    went(stair, made, "li", needs=(Need.COMMUNITY_CALL,))


@tells("FollowUpMade.go_again", visitor="chen")
def go_again(stair: Stair) -> None:
    """Li found nobody; the visit was Chen's."""
    went(stair, asked(stair, "chen", "li"), "li", outcome=Outcome.NOT_HOME)


@tells(
    "WellnessCheckNeeded.wellness_check", building_head="li", team_leader="leader", committee=OFFICE
)
def nobody_opened(stair: Stair) -> None:
    cared_for(stair)
    went(stair, asked(stair, "chen"), "chen", outcome=Outcome.NOT_HOME)


@tells(
    "WellnessCheckNeeded.wellness_check",
    "where the leader is building head, too",
    building_head="li leader",
    team_leader="",
    committee=OFFICE,
)
def head_and_leader(stair: Stair) -> None:
    teams.pairing(stair.session, stair.flag, stair.who("leader"), stair.here.unit)
    nobody_opened(stair)


@tells("NobodyAnswers.nobody_answers", building_head="li", committee=OFFICE)
def third_try(stair: Stair) -> None:
    went(stair, asked(stair, "chen", attempt=3), "chen", outcome=Outcome.NOT_HOME)


@tells(
    "NobodyAnswers.nobody_answers",
    "where the clerk is building head, too",
    building_head="li committee",
    committee="secretary",
)
def head_and_clerk(stair: Stair) -> None:
    clerk = stair.who("committee")
    teams.member(stair.session, stair.flag, clerk)
    teams.pairing(stair.session, stair.flag, clerk, stair.here.unit)
    third_try(stair)


def disputed(stair: Stair) -> Visit:
    made = asked(stair, "chen", "li")
    went(stair, made, "chen")
    stair.quiet()
    went(stair, made, "li", outcome=Outcome.DECLINED)
    return made


@tells("VisitAccountAdded.disputed", team_leader="leader", committee=OFFICE)
def differ(stair: Stair) -> None:
    disputed(stair)


@tells("VisitPicked.picked", visitor="chen li")
def picked(stair: Stair) -> None:
    made = disputed(stair)
    stair.quiet()
    accounts.pick(stair.session, stair.here.actors["leader"], made.id, made.version, None)


def recorded(stair: Stair) -> Visit:
    made = asked(stair, "chen", "li")
    went(stair, made, "chen")
    stair.quiet()
    return made


@tells("VisitCorrected.set_right", sender="chen")
def corrected(stair: Stair) -> None:
    made = recorded(stair)
    right = Report(said=Said(on=clock.today(), method=Method.DOOR, outcome=Outcome.DECLINED))
    by = stair.here.actors["leader"]
    correcting.correct(stair.session, by, (made.id, made.version), right, "听错了")


@tells("VisitVoided.set_right", sender="chen")
def voided(stair: Stair) -> None:
    made = recorded(stair)
    by = stair.here.actors["leader"]
    correcting.void(stair.session, by, (made.id, made.version), "记错了门")


@tells("VisitVoided.set_right", "by who wrote it", sender="")
def voided_own(stair: Stair) -> None:
    made = recorded(stair)
    by = stair.here.actors["chen"]
    correcting.void(stair.session, by, (made.id, made.version), None)


def handed_in(stair: Stair) -> VisitStray:
    """Chen went, and learns of it only now that the visit had been called off."""
    made = asked(stair, "chen", state=VisitState.CANCELLED)
    said = Said(on=clock.today(), method=Method.DOOR, outcome=Outcome.OK)
    refused = Refused(
        visit_id=made.id,
        household_id=None,
        code="visit_is_over",
        purpose=None,
        report=Report(said=said),
    )
    return strays.hand_in(stair.session, stair.here.actors["chen"], refused)


@tells("StrayHandedIn.stray_handed_in", team_leader="leader", committee=OFFICE)
def stray(stair: Stair) -> None:
    handed_in(stair)


@tells("StrayEntered.stray_entered", sender="chen")
def entered(stair: Stair) -> None:
    one = handed_in(stair)
    stair.quiet()
    strays.enter(stair.session, stair.here.actors["leader"], one.id)


@tells("StrayDropped.stray_dropped", sender="chen")
def dropped(stair: Stair) -> None:
    one = handed_in(stair)
    stair.quiet()
    strays.drop(stair.session, stair.here.actors["leader"], one.id, "当天没有去")
