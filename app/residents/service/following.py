"""What the holder of a link may do: the same verbs, by the same service and rules, as a reporter
with an account; and have their name and number forgotten at once."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from app.core.events import publish
from app.identity.models import Person
from app.residents.events import ContactForgotten
from app.residents.models import ResidentReport
from app.residents.refusals import OnlyFollowing
from app.residents.rules import GUEST
from app.residents.visitor import Follower
from app.tickets.models import Ticket
from app.tickets.rules import Verb
from app.tickets.service import add_note, move


def act(session: Session, who: Follower, version: int, verb: Verb, said: dict[str, Any]) -> Ticket:
    """Withdraw, rate or reopen. Raises OnlyFollowing, or what the move raises."""
    _reporter(who)
    return move(session, who, who.ticket.id, version, verb, said)


def add(session: Session, who: Follower, text: str, media: Sequence[str]) -> Ticket:
    """Answer or add something. Raises OnlyFollowing, or what a note raises."""
    _reporter(who)
    return add_note(session, who, who.ticket.id, text, media)


def forget_contact(session: Session, who: Follower) -> None:
    """Forget name and telephone now."""
    report = session.get_one(ResidentReport, who.report.id)
    forget(session, report, session.get_one(Person, report.person_id), who.id)


def forget(session: Session, report: ResidentReport, person: Person, actor_id: Any) -> None:
    """Name and telephone are gone, and the reporter is called what everybody is called."""
    report.name, report.phone, person.name = "", None, GUEST
    session.flush()
    publish(session, ContactForgotten(subject_id=report.id, actor_id=actor_id))


def _reporter(who: Follower) -> None:
    if not who.is_reporter:
        raise OnlyFollowing
