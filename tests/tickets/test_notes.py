"""Notes and photos: added without a move, by those who have a seat."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.errors import Invalid, NotAllowed, NotFound
from app.tickets.models import TicketEntry, TicketPhoto
from app.tickets.rules import PhotoPhase, Verb
from app.tickets.rules.refusals import TicketOver
from app.tickets.service import add_note, add_photos
from tests.factories import tickets
from tests.factories.tickets import Neighbourhood, act


def phases(session: Session) -> list[str]:
    session.flush()
    return [str(phase) for phase in session.scalars(select(TicketPhoto.phase))]


def test_a_note_is_added_without_a_move_and_without_a_new_version(
    session: Session, here: Neighbourhood
) -> None:
    ticket = tickets.report(session, here)
    version = ticket.version
    add_note(session, here.actors["volunteer"], ticket.id, " 四楼也不亮 ", [])
    entry = session.scalars(select(TicketEntry).where(TicketEntry.verb == "note")).one()
    assert entry.text == "四楼也不亮"
    assert ticket.version == version


def test_a_notes_photo_is_the_reports_or_the_workers(session: Session, here: Neighbourhood) -> None:
    ticket = tickets.dispatched(session, here)
    for word in ("volunteer", "property"):
        shot = tickets.picture(session, here.actors[word])
        add_note(session, here.actors[word], ticket.id, "看一下", [shot])
    assert sorted(phases(session)) == ["before", "report"]


def test_before_and_after_are_the_workers_to_show(session: Session, here: Neighbourhood) -> None:
    ticket = tickets.dispatched(session, here, "property", ("social",))
    with pytest.raises(NotAllowed):
        add_photos(session, here.actors["volunteer"], ticket.id, PhotoPhase.AFTER, [])
    for word in ("property", "social"):
        shot = tickets.picture(session, here.actors[word])
        add_photos(session, here.actors[word], ticket.id, PhotoPhase.AFTER, [shot])
    assert phases(session) == ["after", "after"]


def test_the_same_photo_twice_adds_nothing(session: Session, here: Neighbourhood) -> None:
    ticket = tickets.report(session, here)
    shot = tickets.picture(session, here.actors["volunteer"])
    for _ in range(2):
        add_photos(session, here.actors["volunteer"], ticket.id, PhotoPhase.REPORT, [shot])
        session.flush()
    assert phases(session) == ["report"]
    assert session.scalars(select(TicketEntry.verb)).all().count("photos") == 1


def test_photos_of_others_missing_ones_and_too_many_are_refused(
    session: Session, here: Neighbourhood
) -> None:
    ticket = tickets.report(session, here)
    shot = tickets.picture(session, here.actors["owners"])
    many = [tickets.picture(session, here.actors["volunteer"]) for _ in range(10)]
    for hashes in ([shot], ["0" * 64], many):
        with pytest.raises(Invalid) as refused:
            add_photos(session, here.actors["volunteer"], ticket.id, PhotoPhase.REPORT, hashes)
        assert set(refused.value.errors) == {"media"}


def test_what_is_over_takes_no_more_notes(session: Session, here: Neighbourhood) -> None:
    ticket = tickets.report(session, here)
    act(session, here, ticket, "volunteer", Verb.WITHDRAW)
    with pytest.raises(TicketOver):
        add_note(session, here.actors["volunteer"], ticket.id, "再说一句", [])


def test_who_only_looks_on_adds_nothing(session: Session, here: Neighbourhood) -> None:
    ticket = tickets.report(session, here)
    with pytest.raises(NotAllowed):
        add_note(session, here.actors["district"], ticket.id, "区里看过", [])
    with pytest.raises(NotFound):
        add_note(session, here.actors["social"], ticket.id, "听说了", [])
