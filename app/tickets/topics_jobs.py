"""Topics are gathered once a day, by a job that takes one community at a time."""

from datetime import date

from flask import current_app
from sqlalchemy.orm import Session

from app.core import clock, duties, outbox
from app.core.db import reading, transaction
from app.tickets.queries import topics as asked
from app.tickets.rules.topics import WITHIN
from app.tickets.service import topics

KIND = "gather_topics"


@duties.daily("tickets.topics")
def plan_gathering(session: Session, day: date) -> None:
    """Look once a day at what repeats."""
    outbox.enqueue(session, KIND, {}, f"{KIND}:{day}")


@outbox.handles(KIND)
def gather_topics(_job: outbox.Job) -> None:
    """Gather what repeats, in every community in which anything was reported."""
    at_least = int(current_app.config["TOPIC_REPEATS"])
    with reading() as session:
        communities = asked.communities_reporting(session, clock.now() - WITHIN)
    for community_id in communities:
        with transaction() as session:
            topics.gather(session, community_id, at_least)
