"""What time does to tickets, once a day."""

from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import clock, duties, outbox
from app.core.db import reading, transaction
from app.tickets.models import Ticket
from app.tickets.queries.keeping import kept_long_enough
from app.tickets.queries.learning import closed_texts
from app.tickets.rules import TicketStatus, Verb
from app.tickets.rules.guards import SILENCE
from app.tickets.rules.suggest_model import learn
from app.tickets.service import move_by_system, timeline
from app.tickets.service.learning import keep_learnt

PHOTOS_KEPT = timedelta(days=90)  # after the end, see DOMAIN 6.3
AT_A_TIME = 50


@duties.daily("close_silent_tickets")
def close_silent(session: Session, _day: date) -> None:
    """Close what was reviewed and that nobody has answered for seven days, as "unrated"."""
    silent = session.scalars(
        select(Ticket).where(
            Ticket.status == TicketStatus.REVIEWED, Ticket.stage_at <= clock.now() - SILENCE
        )
    ).all()
    for ticket in silent:
        move_by_system(session, ticket, Verb.CLOSE)


@duties.daily("tickets.forget_photos")
def plan_forgetting(session: Session, day: date) -> None:
    """Remove photos whose time is over; by a job of its own, as there may be many."""
    outbox.enqueue(session, "forget_photos", {}, f"forget_photos:{day}")


@outbox.handles("forget_photos")
def forget_photos(_job: outbox.Job) -> None:
    """Some tickets at a time, so that nobody waits for the database meanwhile."""
    while True:
        with transaction() as session:
            over = kept_long_enough(session, clock.now() - PHOTOS_KEPT, AT_A_TIME)
            for ticket in over:
                timeline.forget_photos(session, ticket)
        if len(over) < AT_A_TIME:
            return


@duties.daily("tickets.learn_categories")
def plan_learning(session: Session, day: date) -> None:
    """Learn anew from what is closed; by a job of its own, for it reads long and writes little."""
    outbox.enqueue(session, "learn_categories", {}, f"learn_categories:{day}")


@outbox.handles("learn_categories")
def learn_categories(_job: outbox.Job) -> None:
    """Read the closed tickets outside of any transaction, then keep what they teach."""
    with reading() as session:
        learnt = learn(closed_texts(session))
    with transaction() as session:
        keep_learnt(session, learnt)
