"""A matter is reported in front of a door. It becomes a ticket like any other.

Its reporter is a row of people that nobody can sign in as (`Person.guest`), one for each report:
so every query, message and rule that asks for a ticket's reporter holds, and two reports of one
person have nothing in common. The phone makes the secret of the link and hands it in; we keep a
digest, and no answer of ours ever carries it.
"""

from math import ceil
from typing import Any

from sqlalchemy.orm import Session

from app.core import clock
from app.core.errors import Conflict, Invalid
from app.core.events import publish
from app.core.keys import keys
from app.identity.models import Person
from app.identity.sign_in import NOBODY
from app.places.models import Place
from app.places.rules import telephone_of
from app.residents import queries
from app.residents.events import ReportedAtDoor
from app.residents.models import ResidentReport
from app.residents.refusals import FormTooFast, FormUsed
from app.residents.rules import GUEST, tidy
from app.residents.visitor import Visitor, digest
from app.tickets.models import Ticket
from app.tickets.rules.doubles import is_hinted
from app.tickets.service import open_ticket
from app.tickets.service.doubles import follow

AGREED_BY = "本人"


def report(
    session: Session, visitor: Visitor, said: dict[str, Any], *, read_for: int
) -> ResidentReport:
    """Report a matter, or meet one that was reported here today in the same words. `read_for`: so
    many seconds a person needs at least to fill in the form.

    Raises FormTooFast, FormUsed, Invalid, or what opening a ticket raises.
    """
    not_too_fast(visitor, read_for)
    contact = contact_of(said)
    if queries.known_link(session, said["secret"]):
        raise Conflict
    if session.get(Person, visitor.id):
        raise FormUsed
    said = said | {"text": tidy(said["text"])}
    place = _place(session, visitor, said)
    _make_guest(session, visitor, contact["name"])
    ticket = _same(session, visitor, place, said) or _open(session, visitor, place, said)
    row = ResidentReport(
        id=visitor.id,
        digest=digest(said["secret"]),
        door_id=visitor.door.id,
        person_id=visitor.id,
        ticket_id=ticket.id,
        **contact,
    )
    session.add(row)
    session.flush()
    joined = ticket.reporter_id != visitor.id
    publish(
        session,
        ReportedAtDoor(subject_id=row.id, actor_id=visitor.id, ticket_id=ticket.id, joined=joined),
    )
    return row


def _same(session: Session, visitor: Visitor, place: Place, said: dict[str, Any]) -> Ticket | None:
    """What was reported here today in the same words, with this visitor as one who met it too.
    Never what neighbours may not hear of: a home, a person, a complaint."""
    if not is_hinted(said["category"], public_area=said["public_area"]):
        return None
    found = queries.same_matter(session, place, said["category"], said["text"])
    return follow(session, visitor, found, "", said.get("media") or []) if found else None


def not_too_fast(visitor: Visitor, read_for: int) -> None:
    """Nobody fills in a form in no time. FormTooFast, with how long to wait."""
    waited = (clock.now() - visitor.since).total_seconds()
    if waited < read_for:
        raise FormTooFast(retry_after=ceil(read_for - waited))


def contact_of(said: dict[str, Any]) -> dict[str, str | None]:
    """The name and number that somebody leaves, if they leave any: a number only with consent."""
    shown = (said.get("phone") or "").strip()
    phone = telephone_of(shown) if shown else None
    errors = {}
    if shown and phone is None:
        errors["phone"] = ["请写手机号，或者区号加座机号；也可以不留。"]
    if shown and not said.get("consent"):
        errors["consent"] = ["留电话要先点“我同意”；也可以不留。"]
    if errors:
        raise Invalid(errors=errors)
    return {"name": tidy(said.get("name") or ""), "phone": phone}


def _place(session: Session, visitor: Visitor, said: dict[str, Any]) -> Place:
    """Where it is: this door's place or one that holds it. Invalid for any other."""
    for place in queries.around(session, visitor.door):
        if place.id == said["place_id"]:
            return place
    raise Invalid(errors={"place_id": ["请选本单元、本楼或者小区里。"]})


def _make_guest(session: Session, visitor: Visitor, name: str | None) -> None:
    person = Person(
        id=visitor.id,
        name=name or GUEST,
        phone="",
        phone_blind=keys().blind(f"guest:{visitor.id}"),
        password_hash=NOBODY,
        guest=True,
    )
    session.add(person)
    session.flush()


def _open(session: Session, visitor: Visitor, place: Place, said: dict[str, Any]) -> Ticket:
    return open_ticket(
        session,
        visitor,
        category=said["category"],
        text=said["text"],
        place_id=place.id,
        public_area=said["public_area"],
        agreed_by=None if said["public_area"] else AGREED_BY,
        spot=said.get("spot"),
        media=said.get("media") or [],
    )
