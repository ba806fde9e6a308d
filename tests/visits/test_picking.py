"""Where two visitors differ a leader or the committee picks whose words count."""

from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from app.core.audit import AuditRow
from app.identity.models import Person
from app.visits.models import Visit, VisitAccount, VisitRecord
from tests.clients import Client
from tests.factories import identity, places
from tests.factories.visits import TODAY, Scene, account, done, found, leader, neighbour, visit
from tests.visits.picking import TAPS, Clients, asked_together, pick, picked, told


def apart(session: Session, known: Scene) -> VisitAccount:
    """Chen says that all was well, Li that nobody was at home."""
    home = places.household(session, known.unit)
    record = done(session, home, known.chen, note="想换灯泡", note_agreed=True, needs=["leak"])
    return account(session, record, known.li, on=TODAY - timedelta(days=1))


def opened(who: Client, of: VisitAccount) -> dict[str, Any]:
    return dict(who.get(f"/visits/{of.visit_id}").json or {})


def test_record_and_account_change_places_and_neither_is_lost(
    session: Session, client: Clients, known: Scene
) -> None:
    made = apart(session, known)
    office = client(known.committee)
    before = opened(office, made)
    assert (before["disputed"], before["may_pick"]) == (True, True)
    after = picked(office, before)
    assert (after["disputed"], after["may_pick"], after["date"]) == (False, False, "2026-11-23")
    told = ("by", "on", "method", "outcome", "needs", "note", "received_at")
    (was,), (now,) = before["accounts"], after["accounts"]
    assert [after["record"][name] for name in told] == [was[name] for name in told]
    assert [now[name] for name in told] == [before["record"][name] for name in told]
    assert (now["note"], now["needs"], now["id"]) == ("想换灯泡", ["leak"], was["id"])
    (fact,) = found(AuditRow, AuditRow.verb == "picked")
    assert fact.details == {"outcome": "not_home", "was": "ok"}
    assert fact.actor_id == known.committee.id


def test_the_record_may_be_left_as_it_is(session: Session, client: Clients, known: Scene) -> None:
    made = apart(session, known)
    office = client(known.committee)
    before = opened(office, made)
    after = picked(office, before, None)
    assert after["record"] == before["record"]
    assert after["accounts"] == before["accounts"]
    assert (after["disputed"], after["version"]) == (False, before["version"] + 1)


def test_the_leader_who_looks_after_the_door_picks_without_reading_the_notes(
    session: Session, client: Clients, known: Scene
) -> None:
    made = apart(session, known)
    head = client(leader(session, known))
    (listed,) = head.get("/visits/disputed").json["items"]
    assert (listed["id"], listed["may_pick"]) == (str(made.visit_id), True)
    after = picked(head, listed)
    assert (after["record"]["outcome"], after["accounts"][0]["note"]) == ("not_home", None)
    assert head.get("/visits/disputed").json["items"] == []


def test_the_visitors_see_both_but_do_not_pick(
    session: Session, client: Clients, known: Scene
) -> None:
    made = apart(session, known)
    for who in (known.chen, known.li):
        card = opened(client(who), made)
        assert card["may_pick"] is False
        answer = pick(client(who), card)
        assert (answer.status_code, answer.json["code"]) == (403, "visit_not_yours_to_pick")
        assert client(who).get("/visits/disputed").json["items"] == []


def strangers(session: Session, known: Scene) -> list[Person]:
    """Nobody of these settles a visit at the unit: the company, a member of the team, the leader of
    other doors, the leader and the committee of another community."""
    there = identity.community(session)
    kind = identity.OrganisationKind.RESIDENTS_COMMITTEE
    other = identity.member(session, kind, there)
    return [known.steward, known.zhou, leader(session, known, neighbour(session, known)), other]


def test_for_everybody_else_there_is_no_such_visit(
    session: Session, client: Clients, known: Scene
) -> None:
    made = apart(session, known)
    card = opened(client(known.committee), made)
    for who in strangers(session, known):
        assert client(who).get(f"/visits/{made.visit_id}").status_code == 404
        assert pick(client(who), card).status_code == 404
        assert client(who).get("/visits/disputed").json["items"] == []
    assert found(Visit)[0].disputed


def test_a_leader_sees_what_was_done_at_their_doors_without_its_note_and_no_more(
    session: Session, client: Clients, known: Scene
) -> None:
    """For a leader sets records right; what is still to be done is between others."""
    here = places.household(session, known.unit)
    record = done(session, here, known.chen, note="想换灯泡", note_agreed=True)
    asked = visit(session, here, known.chen)
    away = done(session, places.household(session, neighbour(session, known)), known.chen)
    head = client(leader(session, known))
    shown = head.get(f"/visits/{record.visit_id}").json
    assert (shown["leads"], shown["record"]["note"]) == (True, None)
    for other in (asked.id, away.visit_id):
        assert head.get(f"/visits/{other}").status_code == 404


def test_what_somebody_has_picked_is_not_picked_again_and_is_shown(
    session: Session, client: Clients, known: Scene
) -> None:
    made = apart(session, known)
    head, office = client(leader(session, known)), client(known.committee)
    card = opened(office, made)
    picked(office, card)
    late = pick(head, card)
    assert (late.status_code, late.json["code"]) == (409, "visit_not_disputed")
    assert late.json["current"]["record"]["outcome"] == "not_home"


def test_words_that_came_meanwhile_are_looked_at_first(
    session: Session, client: Clients, known: Scene
) -> None:
    home = asked_together(session, known)
    card = told(client, known, home, {"outcome": "ok"}, {"outcome": "not_home"})
    told_after = client(known.zhou).put(
        f"/visits/{card['id']}/record", TAPS | {"outcome": "issue"}, version=1
    )
    assert told_after.status_code == 200
    late = pick(client(known.committee), card)
    assert late.status_code == 412
    assert len(late.json["current"]["accounts"]) == 2


def test_only_what_was_said_of_this_visit_can_be_picked(
    session: Session, client: Clients, known: Scene
) -> None:
    made, office = apart(session, known), client(known.committee)
    home = places.household(session, known.unit, "303")
    elsewhere = account(session, done(session, home, known.chen), known.li)
    card = opened(office, made)
    for wrong in (str(elsewhere.id), str(made.visit_id)):
        answer = office.post(f"/visits/{card['id']}/pick", {"account_id": wrong}, version=1)
        assert answer.status_code == 412
        body = {"account_id": wrong}
        answer = office.post(f"/visits/{card['id']}/pick", body, version=card["version"])
        assert (answer.status_code, list(answer.json["errors"])) == (422, ["account_id"])
    nothing = office.post(f"/visits/{card['id']}/pick", {}, version=card["version"])
    assert list(nothing.json["errors"]) == ["account_id"]


def test_who_differs_after_a_pick_opens_the_question_again(
    session: Session, client: Clients, known: Scene
) -> None:
    home = asked_together(session, known)
    card = told(client, known, home, {"outcome": "ok"}, {"outcome": "not_home"})
    picked(client(known.committee), card)
    third = client(known.zhou).put(
        f"/visits/{card['id']}/record", TAPS | {"outcome": "ok"}, version=1
    )
    assert third.json["visit"]["disputed"] is True
    assert len(found(VisitAccount)) == 2


def test_disputes_are_listed_oldest_first_and_by_pages(
    session: Session, client: Clients, known: Scene
) -> None:
    for days, home in enumerate(places.households(session, known.unit, 3)):
        record = done(session, home, known.chen, on=TODAY - timedelta(days=days))
        account(session, record, known.li)
    office = client(known.committee)
    first = office.get("/visits/disputed", limit=2).json
    assert [one["date"] for one in first["items"]] == ["2026-11-22", "2026-11-23"]
    rest = office.get("/visits/disputed", limit=2, cursor=first["next_cursor"]).json
    assert [one["date"] for one in rest["items"]] == ["2026-11-24"]
    assert len(found(VisitRecord)) == 3
