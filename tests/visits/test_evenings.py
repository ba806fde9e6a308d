"""To when a volunteer could move a visit: their own times, as far as they suit the door."""

from datetime import date, timedelta

from sqlalchemy.orm import Session

from app.core import clock
from app.teams.models_availability import Availability, AvailabilityDate
from app.teams.rules.windows import Differs
from app.visits.rules import VisitState
from tests.auditing import unwatched
from tests.factories import places
from tests.factories.identity import stored
from tests.factories.visits import Scene, done, visit
from tests.visits.monthly import Clients

EVENINGS = [
    {"span": "workday_evening", "days": ["tue", "thu"], "from": "18:30", "to": "20:30"},
]


def test_only_my_own_times_are_offered_and_none_that_rest_or_night_forbid(
    session: Session, client: Clients, known: Scene
) -> None:
    home = places.household(session, known.unit)
    asked = visit(session, home, known.chen, state=VisitState.PROPOSED, on=date(2026, 11, 26))
    with unwatched():
        session.add(Availability(person_id=known.chen.id, pattern=EVENINGS))
        session.commit()
    away = AvailabilityDate(
        person_id=known.chen.id,
        kind=Differs.AWAY,
        first=date(2026, 12, 3),
        last=date(2026, 12, 3),
    )
    stored(session, away)
    items = client(known.chen).get(f"/visits/{asked.id}/evenings").json["items"]
    assert items[0] == {"date": "2026-12-01", "window": {"from": "18:30", "to": "20:30"}}
    dates = [date.fromisoformat(one["date"]) for one in items]
    assert {day.weekday() for day in dates} == {1, 3}
    assert date(2026, 12, 3) not in dates
    assert max(dates) <= clock.today() + timedelta(days=28)


def test_a_door_that_was_called_at_lately_is_offered_after_its_rest(
    session: Session, client: Clients, known: Scene
) -> None:
    home = places.household(session, known.unit)
    done(session, home, known.li, on=date(2026, 11, 20))
    asked = visit(session, home, known.chen, state=VisitState.PROPOSED, on=date(2026, 12, 8))
    items = client(known.chen).get(f"/visits/{asked.id}/evenings").json["items"]
    assert min(one["date"] for one in items) == "2026-12-04"


def test_who_goes_along_or_what_is_over_gets_none_and_strangers_see_nothing(
    session: Session, client: Clients, known: Scene
) -> None:
    home = places.household(session, known.unit)
    asked = visit(session, home, known.chen, known.li, state=VisitState.PROPOSED)
    over = visit(session, home, known.chen, state=VisitState.CANCELLED)
    assert client(known.li).get(f"/visits/{asked.id}/evenings").json["items"] == []
    assert client(known.chen).get(f"/visits/{over.id}/evenings").json["items"] == []
    assert client(known.zhou).get(f"/visits/{asked.id}/evenings").status_code == 404
