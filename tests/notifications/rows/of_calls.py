"""Emergency calls, and the visits that wait for them: done by the services themselves."""

from datetime import timedelta
from typing import Any

from app.calls.models import Summons
from app.calls.rules import Answer, CallKind
from app.calls.service import answering, ending
from app.calls.service.opening import Wanted, open_call
from app.core import clock
from tests.factories import routing, teams
from tests.notifications.rows.doors import Stair
from tests.notifications.rows.of_records import OF_DOORS, asked

tells = OF_DOORS.tells
TEAMS = "chen li zhou leader other_leader armband steward"
HEADS = "property desk"  # of the company, which keeps no list of who is on duty
CALLED = {"called_duty": HEADS, "called": TEAMS, "committee": "secretary"}
ENDED = {"called": f"{HEADS} {TEAMS}", "committee": "secretary"}


def called(stair: Stair, by: str = "committee", **other: Any) -> Summons:
    said = {
        "place_id": stair.here.community.id,
        "team_id": None,
        "kind": CallKind.FLOOD,
        "words": "河水涨了，请来堆沙袋。",
        "until": clock.today() + timedelta(days=2),
        "danger": False,
        "danger_reason": "",
    } | other
    return open_call(stair.session, stair.here.actors[by], Wanted(**said))


@tells("CallOpened.opened", **CALLED)
def opened(stair: Stair) -> None:
    called(stair)


@tells("CallOpened.danger", **CALLED)
def danger(stair: Stair) -> None:
    called(stair, danger=True, danger_reason="地下车库进水，有人困住")


@tells("CallOpened.opened", "to one team", called_duty="", called="armband", committee="secretary")
def one_team(stair: Stair) -> None:
    team = teams.team(stair.session, stair.here.community, stair.who("armband"))
    called(stair, team_id=team.id)


@tells(
    "CallOpened.opened",
    "where the company keeps a list",
    called_duty="fitter",
    called=TEAMS,
    committee="secretary",
)
def on_the_list(stair: Stair) -> None:
    routing.watch(stair.session, stair.here, "property", "fitter")
    stair.quiet()
    called(stair)


@tells(
    "CallOpened.opened",
    "by the subdistrict, where the clerk is in a team and on no list",
    called_duty=HEADS,
    called=f"{TEAMS} committee",
    committee="secretary",
)
def by_subdistrict(stair: Stair) -> None:
    """The clerk is told once, as somebody who is called."""
    teams.member(stair.session, stair.flag, stair.who("committee"))
    called(stair, by="subdistrict")


def with_visits(stair: Stair) -> Summons:
    """Chen and Li would have gone to the door."""
    asked(stair, "chen", "li", on=clock.today() + timedelta(days=1))
    stair.quiet()
    return called(stair)


@tells("VisitsSetAside.aside", besides={"CallOpened.opened": CALLED}, visitor="chen li")
def aside(stair: Stair) -> None:
    with_visits(stair)


def closed(stair: Stair, call: Summons, by: str = "committee") -> None:
    stair.quiet()
    ending.close(stair.session, stair.here.actors[by], call.id, call.version, None)


def called_off(stair: Stair, call: Summons) -> None:
    stair.quiet()
    by = stair.here.actors["committee"]
    ending.call_off(stair.session, by, call.id, call.version, "点错了")


@tells("CallClosed.closed", **ENDED)
def over(stair: Stair) -> None:
    call = called(stair)
    answering.answer(stair.session, stair.here.actors["chen"], call.id, Answer.CANNOT)
    closed(stair, call)


@tells("CallCalledOff.called_off", **ENDED)
def mistaken(stair: Stair) -> None:
    called_off(stair, called(stair))


@tells("VisitsAskedAnew.anew", besides={"CallClosed.closed": ENDED}, visitor="chen li")
def asked_anew(stair: Stair) -> None:
    closed(stair, with_visits(stair))


NEAR = "chen li other_leader armband steward"  # paired with something of the estate


@tells(
    "VisitsBroughtBack.back",
    besides={"CallCalledOff.called_off": ENDED | {"called": f"{HEADS} {NEAR}"}},
    visitor="zhou leader",
)
def brought_back(stair: Stair) -> None:
    """Whoever was called as well, as nobody is here, reads both in one message."""
    asked(stair, "zhou", "leader", on=clock.today() + timedelta(days=1))
    called_off(stair, called(stair, place_id=stair.here.estate.id))


@tells("CallCalledOff.called_off", "and with it visits of who was called", **ENDED)
def both_in_one(stair: Stair) -> None:
    called_off(stair, with_visits(stair))
