"""Who sees which ticket, and what of it; the lists and queues of every seat."""

import pytest
from sqlalchemy.orm import Session

from app.core import clock
from app.core.errors import Invalid, NotFound
from app.tickets import present, queries
from app.tickets.models import Ticket
from app.tickets.queries import counts as counting
from app.tickets.queries import pieces
from app.tickets.rules import TicketStatus, Verb
from tests.factories import places, tickets
from tests.factories.tickets import Neighbourhood, act

EVERYBODY = (
    "committee",
    "secretary",
    "property",
    "owners",
    "volunteer",
    "social",
    "subdistrict",
    "district",
)
UPPER = {"committee", "secretary", "subdistrict", "district"}


def seeing(session: Session, here: Neighbourhood, ticket: Ticket) -> set[str]:
    """Who of the neighbourhood may see a ticket, by asking for it and by their list."""
    session.flush()
    found = set()
    for word in EVERYBODY:
        rows, _ = queries.page(session, here.actors[word], {})
        listed = ticket.id in {row.id for row in rows}
        for read in (queries.get, queries.shown):
            try:
                read(session, here.actors[word], ticket.id)
            except NotFound:
                assert not listed
            else:
                assert listed
                found.add(word)
    return found


def listed(session: Session, here: Neighbourhood, word: str, **query: object) -> list[str]:
    session.flush()
    return [row.number for row in queries.page(session, here.actors[word], query)[0]]


def counts(session: Session, here: Neighbourhood, word: str) -> dict[str, int]:
    session.flush()
    found = queries.queue_counts(session, here.actors[word])
    return {queue.key: count for queue, count in found if count}


def test_a_report_on_public_parts_is_seen_by_the_reporter_those_above_and_the_owners(
    session: Session, here: Neighbourhood
) -> None:
    ticket = tickets.report(session, here)
    assert seeing(session, here, ticket) == UPPER | {"volunteer", "owners"}


def test_a_private_matter_is_not_seen_by_the_owners(session: Session, here: Neighbourhood) -> None:
    ticket = tickets.report(session, here, public_area=False, agreed_by="王阿姨")
    assert seeing(session, here, ticket) == UPPER | {"volunteer"}


def test_lead_and_helpers_see_a_ticket_while_it_is_theirs(
    session: Session, here: Neighbourhood
) -> None:
    ticket = tickets.dispatched(session, here, "property", ("social",))
    assert seeing(session, here, ticket) == set(EVERYBODY)
    act(session, here, ticket, "property", Verb.RETURN, reason="不归我们管")
    assert seeing(session, here, ticket) == UPPER | {"volunteer", "owners"}


def test_a_private_matter_opens_to_its_reviewer_when_the_work_is_done(
    session: Session, here: Neighbourhood
) -> None:
    said = {"category": "care.need", "public_area": False, "agreed_by": "王阿姨"}
    ticket = tickets.started(session, here, "committee", **said)
    assert "owners" not in seeing(session, here, ticket)
    act(session, here, ticket, "committee", Verb.RESOLVE, what_was_done="陪去了医院")
    assert "owners" in seeing(session, here, ticket)


def test_the_neighbouring_community_sees_nothing(session: Session, here: Neighbourhood) -> None:
    other = tickets.neighbourhood(session)
    tickets.dispatched(session, other, "property", ("social",))
    for word in EVERYBODY:
        assert listed(session, here, word) == []


def test_only_the_community_and_the_reporter_learn_of_the_household(
    session: Session, here: Neighbourhood
) -> None:
    household = places.household(session, here.unit)
    said = {"household_id": household.id, "public_area": False, "agreed_by": "王阿姨"}
    ticket = tickets.report(session, here, "committee", category="home.repair", **said)
    ticket.reporter_id = here.people["volunteer"].id
    session.flush()
    act(session, here, ticket, "committee", Verb.ACCEPT)
    tickets.dispatch(session, here, ticket, "property", ("social",))
    for word in EVERYBODY:
        if word == "owners":
            continue
        shown = present.detail(session, here.actors[word], ticket)
        told = (shown["household_id"], shown["agreed_by"])
        knows = word in ("committee", "secretary", "volunteer")
        assert told == ((household.id, "王阿姨") if knows else (None, None)), word


def test_the_company_does_not_learn_who_complained_about_it(
    session: Session, here: Neighbourhood
) -> None:
    ticket = tickets.dispatched(session, here, category="property_service.attitude")
    for word, name in (("committee", "volunteer的人"), ("owners", "volunteer的人")):
        assert present.detail(session, here.actors[word], ticket)["reporter"]["name"] == name
    shown = present.detail(session, here.actors["property"], ticket)
    assert shown["reporter"] is None
    first = next(entry for entry in shown["timeline"] if entry["verb"] == "submit")
    assert (first["by_name"], first["by_party"]) == ("报事人", None)
    lamp = tickets.dispatched(session, here)
    assert present.detail(session, here.actors["property"], lamp)["reporter"] is not None


def test_what_was_said_in_a_call_back_stays_with_the_community_and_the_reporter(
    session: Session, here: Neighbourhood
) -> None:
    ticket = tickets.reviewed(session, here)
    said = {"solved": "yes", "satisfied": "yes", "call_back_note": "家里有病人"}
    act(session, here, ticket, "committee", Verb.CLOSE, **said)
    for word, knows in (("committee", True), ("volunteer", True), ("property", False)):
        shown = present.detail(session, here.actors[word], ticket)
        entry = next(one for one in shown["timeline"] if one["verb"] == "close")
        assert ("call_back_note" in entry["said"]) is knows
        assert entry["said"]["solved"] == "yes"


def test_every_queue_holds_what_waits_there(session: Session, here: Neighbourhood) -> None:
    tickets.report(session, here)
    tickets.dispatched(session, here, "property", ("social",))
    tickets.started(session, here)
    tickets.resolved(session, here)
    tickets.reviewed(session, here)
    tickets.resolved(session, here, "committee", category="suggestion")
    assert counts(session, here, "committee") == {
        "to_accept": 1,
        "under_way": 2,
        "to_review": 1,
        "to_call_back": 1,
        "lead_waiting": 1,
    }
    assert counts(session, here, "property") == {
        "lead_to_start": 1,
        "lead_working": 1,
        "lead_waiting": 2,
    }
    assert counts(session, here, "owners") == {"owners_to_review": 1}
    assert counts(session, here, "social") == {"to_help": 1}
    assert counts(session, here, "volunteer") == {"mine_open": 6}
    assert counts(session, here, "subdistrict") == {}


def test_queues_of_waiting_rests_escalations_and_supervision(
    session: Session, here: Neighbourhood
) -> None:
    resting = tickets.started(session, here)
    until = clock.today().replace(year=clock.today().year + 1)
    act(session, here, resting, "property", Verb.SUSPEND, reason_code="fund", until=until)
    raised = tickets.started(session, here)
    act(session, here, raised, "committee", Verb.ESCALATE, what_was_done="试过了")
    act(session, here, raised, "secretary", Verb.SUPERVISE, reason="拖得太久")
    done = tickets.dispatched(session, here, "property", ("social",))
    act(session, here, done, "social", Verb.FINISH_PART, what_was_done="贴了告示")
    assert counts(session, here, "committee")["to_approve"] == 1
    assert counts(session, here, "committee")["escalated"] == 1
    assert counts(session, here, "subdistrict") == {"to_answer": 1, "supervised": 1}
    assert counts(session, here, "social") == {}
    for key, count in counts(session, here, "committee").items():
        assert len(listed(session, here, "committee", queue=key)) == count


def test_the_subdistrict_reviews_where_there_is_no_owners_committee(session: Session) -> None:
    here = tickets.neighbourhood(session, without=("owners",))
    tickets.resolved(session, here, "committee", category="suggestion")
    assert counts(session, here, "subdistrict") == {"subdistrict_to_review": 1}


def test_a_count_stops_at_the_cap(
    session: Session, here: Neighbourhood, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, "COUNTED_AT_MOST", 2)
    counting._counting.cache_clear()
    for _ in range(3):
        tickets.report(session, here)
    assert counts(session, here, "committee")["to_accept"] == 2
    counting._counting.cache_clear()


def test_a_queue_of_another_seat_is_refused(session: Session, here: Neighbourhood) -> None:
    for key in ("to_accept", "no_such_queue"):
        with pytest.raises(Invalid) as refused:
            listed(session, here, "property", queue=key)
        assert set(refused.value.errors) == {"queue"}


def test_a_list_narrows_by_state_category_building_and_mine(
    session: Session, here: Neighbourhood
) -> None:
    lamp = tickets.report(session, here)
    lift = tickets.report(session, here, "committee", category="facility.lift")
    away = tickets.report(session, here, "committee", place_id=here.estate.id)
    act(session, here, lift, "committee", Verb.ACCEPT)
    cases = (
        ({"status": "accepted"}, [lift]),
        ({"category": "facility.lift"}, [lift]),
        ({"building_id": here.building.id}, [lift, lamp]),
        ({"mine": True}, [lift, away]),
        ({"status": TicketStatus.SUBMITTED, "mine": True}, [away]),
        ({"queue": "to_accept", "status": "accepted"}, []),
    )
    for query, expected in cases:
        found = listed(session, here, "committee", **query)
        assert sorted(found) == sorted(one.number for one in expected), query


def test_pages_follow_each_other_without_gap_or_double(
    session: Session, here: Neighbourhood
) -> None:
    made = []
    for hour in range(7):
        with tickets.later(hours=hour % 3):
            made.append(tickets.report(session, here, "committee").number)
    session.flush()
    found: list[str] = []
    cursor = None
    for _ in range(4):
        query = {"limit": 2, "cursor": cursor}
        rows, cursor = queries.page(session, here.actors["committee"], query)
        found += [row.number for row in rows]
    assert cursor is None
    assert sorted(found) == sorted(made)
    with pytest.raises(Invalid):
        listed(session, here, "committee", cursor="abc")
    with pytest.raises(Invalid):
        listed(session, here, "committee", cursor="MjAyNi0xMS0yNFQwMDowMDowMCB4")


def test_grounds_that_grow_too_many_are_asked_at_once(
    session: Session, here: Neighbourhood, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pieces, "MOST_PIECES", 0)
    ticket = tickets.started(session, here, co=("social",))
    for word in EVERYBODY:
        assert listed(session, here, word) == [ticket.number]
    assert listed(session, here, "property", queue="lead_working") == [ticket.number]
    assert counts(session, here, "property") == {"lead_working": 1}


def test_a_photo_is_seen_with_its_ticket(session: Session, here: Neighbourhood) -> None:
    shot = tickets.picture(session, here.actors["volunteer"])
    tickets.report(session, here, media=[shot])
    session.flush()
    assert queries.may_see_photo(session, here.actors["committee"], shot)
    assert not queries.may_see_photo(session, here.actors["property"], shot)
