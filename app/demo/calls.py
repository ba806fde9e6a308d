"""One emergency call that is over: a cold night in the first estate, two evenings ago."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.calls.models import CalledPerson, Summons
from app.calls.rules import Answer, CallKind, Seat
from app.calls.service import answering, ending
from app.calls.service.opening import Wanted, open_call
from app.core import clock
from app.demo.people import Crowd
from app.demo.places import Town
from app.identity.loading import standing_in
from app.notifications.rules.telling import Kind
from app.notifications.service.telling import settle

SAID = (Answer.COMING, Answer.COMING, Answer.SAFE, Answer.CANNOT, None)


def build(session: Session, town: Town, crowd: Crowd) -> None:
    """The committee's clerk called, most have answered, and it was closed in the same evening."""
    evening = clock.local_now().replace(hour=17, minute=30, second=0, microsecond=0)
    began = evening - timedelta(days=2)
    with clock.frozen(began):
        clerk = crowd.actor(session, crowd.people["王干事"])
        wanted = Wanted(
            place_id=town.estates[0].id,
            team_id=None,
            kind=CallKind.COLD,
            words="今晚降温，请看看楼里老人家的暖气和水管，有事打社区电话。",
            until=began.date(),
            danger=False,
            danger_reason="",
        )
        call = open_call(session, clerk, wanted)
    with clock.frozen(began + timedelta(minutes=25)):
        _answer(session, call)
    with clock.frozen(began + timedelta(hours=3)):
        clerk = crowd.actor(session, crowd.people["王干事"])
        words = "楼里都转过了，没有停暖的。"
        ending.close(session, clerk, call.id, call.version, words)
        settle(session, call.id, [Kind.CALL_NEWS])  # read long since


def _answer(session: Session, call: Summons) -> None:
    people = session.scalars(
        select(CalledPerson)
        .where(CalledPerson.call_id == call.id, CalledPerson.seat == Seat.MEMBER)
        .order_by(CalledPerson.person_id)
    ).all()
    for place, called in enumerate(people):
        said = SAID[place % len(SAID)]
        if said:
            answering.answer(session, standing_in(session, called.person_id), call.id, said)
