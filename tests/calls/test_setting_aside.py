"""Regular visits wait while a call is open; afterwards they are asked anew, or stand as before."""

from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.audit import AuditRow
from app.places.models import Household
from app.places.rules import CareLevel, VisitWish
from app.visits.models import Visit
from app.visits.rules import VisitState
from app.visits.rules.aside import SAID
from tests.auditing import unwatched
from tests.calls.calling import Calling
from tests.factories import places
from tests.factories import visits as going
from tests.factories.identity import community
from tests.factories.visits import TODAY, TUESDAY, found

P, A, C = VisitState.PROPOSED, VisitState.ACCEPTED, VisitState.CANCELLED
DAY = timedelta(days=1)


def stands() -> dict[str, tuple[VisitState, date]]:
    """How the visit at each door stands, as another request sees it."""
    doors = {one.id: one.door for one in found(Household)}
    return {doors[one.household_id]: (one.state, one.on) for one in found(Visit)}


def called_off(here: Calling, call: dict[str, object]) -> None:
    client = here.clients(here.scene.committee)
    path = f"/summons/{call['id']}/call-off"
    answer = client.post(path, {"reason": "点错了"}, version=1)
    assert answer.status_code == 200, answer.text


def four(session: Session, here: Calling) -> None:
    """Today accepted, in two days proposed, after the call's days, and at a door in close care."""
    unit, chen = here.scene.unit, here.scene.chen
    going.visit(session, places.household(session, unit, "101"), chen, here.scene.li)
    going.visit(session, places.household(session, unit, "102"), chen, state=P, on=TODAY + 2 * DAY)
    going.visit(session, places.household(session, unit, "103"), chen, on=TODAY + 9 * DAY)
    close = {"care_level": CareLevel.FOCUS, "care_confirmed_on": TODAY}
    going.visit(session, places.household(session, unit, "104", **close), chen)


def test_regular_visits_of_its_days_wait_and_no_others(session: Session, here: Calling) -> None:
    four(session, here)
    far = places.household(session, places.unit(session, community(session)), "900")
    going.visit(session, far, here.scene.zhou)
    assert here.opened()["set_aside"] == 2
    assert stands() == {
        "101": (C, TODAY),
        "102": (C, TODAY + 2 * DAY),
        "103": (A, TODAY + 9 * DAY),
        "104": (A, TODAY),
        "900": (A, TODAY),
    }
    assert {one.answer_reason for one in found(Visit, Visit.state == C)} == {SAID}
    rows = session.scalars(select(AuditRow).where(AuditRow.verb == "visits_set_aside")).all()
    assert [row.details for row in rows] == [{"visits": 2, "people": 2}]


def test_when_it_is_over_they_are_asked_anew_on_the_same_weekday(
    session: Session, here: Calling
) -> None:
    four(session, here)
    call = here.opened()
    with clock.frozen(TUESDAY + 3 * DAY):
        here.closed(call)
    assert stands()["101"] == (P, TODAY + 7 * DAY)
    assert stands()["102"] == (P, TODAY + 9 * DAY)


def test_called_off_they_stand_as_they_stood(session: Session, here: Calling) -> None:
    four(session, here)
    before = stands()
    called_off(here, here.opened())
    assert stands() == before
    assert found(Visit, Visit.answer_reason.is_not(None)) == []


def test_called_off_after_midnight_yesterdays_is_asked_anew_and_overdue_for_nobody(
    session: Session, here: Calling
) -> None:
    four(session, here)
    call = here.opened()
    with clock.frozen(TUESDAY + timedelta(hours=20)):
        called_off(here, call)
    assert stands()["101"] == (P, TODAY + 7 * DAY)
    assert stands()["102"] == (P, TODAY + 2 * DAY)


def test_a_door_that_was_seen_or_wishes_none_is_not_asked_for_again(
    session: Session, here: Calling
) -> None:
    four(session, here)
    call = here.opened()
    doors = {one.door: one for one in session.scalars(select(Household))}
    with clock.frozen(TUESDAY + timedelta(hours=1)):
        going.done(session, doors["101"], here.scene.chen)
    with unwatched():
        doors["102"].wish = VisitWish.NO_MORE_VISITS
        session.commit()
    with clock.frozen(TUESDAY + timedelta(hours=2)):
        here.closed(call)
    assert {one.state for one in found(Visit, Visit.on == TODAY + 2 * DAY)} == {C}
    assert found(Visit, Visit.state == P) == []
    board = here.board(here.scene.committee, call)
    assert board["asked_anew"] == 0


def test_a_team_puts_off_its_own_visits_only(session: Session, here: Calling) -> None:
    four(session, here)
    other = places.household(session, here.scene.unit, "201")
    stranger = here.officer
    going.visit(session, other, stranger)
    place = str(here.scene.community.id)
    assert here.opened(place_id=place, team_id=str(here.scene.team.id))["set_aside"] == 2
    assert stands()["201"][0] is A
