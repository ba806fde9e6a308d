"""What the worker does for this area: forget who was called, half a year after it is over."""

from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.calls.events import CallPeopleForgotten
from app.calls.models import CalledPerson, Summons
from app.calls.rules.states import forgotten_before
from app.core import clock, duties
from app.core.events import publish


@duties.daily("calls.forget_people")
def forget_people(session: Session, day: date) -> None:
    """The sums stay; who was called and what they answered goes after 180 days."""
    kept = select(CalledPerson.call_id).distinct()
    over = session.scalars(
        select(Summons).where(
            Summons.ended_at < forgotten_before(clock.now()), Summons.id.in_(kept)
        )
    ).all()
    for call in over:
        session.execute(delete(CalledPerson).where(CalledPerson.call_id == call.id))
        if call.ended_at:
            publish(
                session,
                CallPeopleForgotten(subject_id=call.id, actor_id=None, ended_at=call.ended_at),
            )
