"""What followed from the words that lost is mended, and what the picked ones ask for is done."""

from datetime import timedelta

from sqlalchemy.orm import Session

from app.core.audit import AuditRow
from app.places.models import Household
from app.places.rules import CareLevel, VisitWish
from app.visits.models import Visit
from app.visits.rules import VisitState
from tests.factories.visits import TODAY, Scene, found, visit
from tests.visits.picking import TAPS, Clients, asked_together, picked, told

SATURDAY = {"date": "2026-11-28", "window": {"from": "15:00", "to": "17:00"}}


def test_a_second_try_that_only_the_lost_words_asked_for_is_called_off(
    session: Session, client: Clients, known: Scene
) -> None:
    home = asked_together(session, known)
    card = told(client, known, home, {"outcome": "not_home"}, {"outcome": "ok"})
    (again,) = found(Visit, Visit.follows_id.is_not(None))
    assert again.state is VisitState.PROPOSED
    picked(client(known.committee), card)
    (again,) = found(Visit, Visit.follows_id.is_not(None))
    assert again.state is VisitState.CANCELLED
    assert found(AuditRow, AuditRow.verb == "cancelled", AuditRow.subject_id == again.id)


def test_a_second_try_that_was_made_already_stays(
    session: Session, client: Clients, known: Scene
) -> None:
    home = asked_together(session, known)
    card = told(client, known, home, {"outcome": "not_home"}, {"outcome": "ok"})
    (again,) = found(Visit, Visit.follows_id.is_not(None))
    body = TAPS | {"outcome": "ok"}
    assert client(known.chen).put(f"/visits/{again.id}/record", body, version=1).status_code == 200
    picked(client(known.committee), card)
    assert found(Visit, Visit.id == again.id)[0].state is VisitState.DONE


def test_what_the_picked_words_ask_for_is_made(
    session: Session, client: Clients, known: Scene
) -> None:
    home = asked_together(session, known)
    card = told(client, known, home, {"outcome": "ok"}, {"outcome": "not_home"})
    assert found(Visit, Visit.follows_id.is_not(None)) == []
    picked(client(known.committee), card)
    (again,) = found(Visit, Visit.follows_id.is_not(None))
    assert (again.state, again.attempt, again.person_id) == ("proposed", 2, known.chen.id)


def test_the_date_that_the_household_asked_for_is_kept_with_the_words(
    session: Session, client: Clients, known: Scene
) -> None:
    home = asked_together(session, known)
    moved = {"outcome": "rescheduled", "reschedule_to": SATURDAY}
    card = told(client, known, home, {"outcome": "not_home"}, moved)
    picked(client(known.committee), card)
    further = found(Visit, Visit.follows_id.is_not(None))
    assert {one.state for one in further} == {VisitState.CANCELLED, VisitState.ACCEPTED}
    (agreed,) = [one for one in further if one.state is VisitState.ACCEPTED]
    assert (agreed.on.isoformat(), str(agreed.window_from)) == ("2026-11-28", "15:00:00")


def test_leaving_the_record_calls_nothing_off(
    session: Session, client: Clients, known: Scene
) -> None:
    home = asked_together(session, known)
    card = told(client, known, home, {"outcome": "not_home"}, {"outcome": "ok"})
    picked(client(known.committee), card, None)
    (again,) = found(Visit, Visit.follows_id.is_not(None))
    assert again.state is VisitState.PROPOSED


def test_picking_the_same_outcome_in_other_words_mends_nothing(
    session: Session, client: Clients, known: Scene
) -> None:
    home = asked_together(session, known)
    nobody = {"outcome": "not_home"}
    card = told(client, known, home, nobody, {"outcome": "ok"}, nobody | {"method": "phone"})
    by_phone = next(place for place, one in enumerate(card["accounts"]) if one["method"] == "phone")
    after = picked(client(known.committee), card, by_phone)
    assert after["record"]["method"] == "phone"
    (again,) = found(Visit, Visit.follows_id.is_not(None))
    assert again.state is VisitState.PROPOSED


def test_the_wish_of_the_picked_words_is_heard(
    session: Session, client: Clients, known: Scene
) -> None:
    home = asked_together(session, known)
    other = visit(session, home, known.zhou, on=TODAY + timedelta(days=9))
    wish = {"outcome": "declined", "next_step": "no_more_visits"}
    card = told(client, known, home, {"outcome": "ok"}, wish)
    picked(client(known.committee), card)
    assert found(Household)[0].wish is VisitWish.NO_MORE_VISITS
    assert found(Visit, Visit.id == other.id)[0].state is VisitState.CANCELLED


def test_nobody_home_at_a_fragile_household_is_worried_about_when_it_is_picked(
    session: Session, client: Clients, known: Scene
) -> None:
    home = asked_together(session, known, care_level=CareLevel.HIGH)
    card = told(client, known, home, {"outcome": "ok"}, {"outcome": "not_home"})
    assert found(AuditRow, AuditRow.verb == "wellness_check") == []
    picked(client(known.committee), card)
    (fact,) = found(AuditRow, AuditRow.verb == "wellness_check")
    assert str(fact.subject_id) == card["id"]
