"""Keys of other systems: who gives them out, what is kept of them, what they open."""

from collections.abc import Callable

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from app.core import clock
from app.core.audit import AuditRow
from app.identity import sign_in
from app.identity.models import Membership, Person
from app.identity.queries import people_visible
from app.open311.holder import KeyHolder
from app.open311.models import Open311Key
from app.open311.queries import holder_of
from app.tickets import queries
from tests.clients import Client
from tests.factories import tickets
from tests.factories.tickets import Neighbourhood
from tests.open311.asker import Asker

Clients = Callable[..., Client]
LAMP = {"service_code": "facility.lift", "address_string": "东门"}


def test_the_committee_gives_out_a_key_that_is_shown_once(
    client: Clients, session: Session, here: Neighbourhood
) -> None:
    committee = client(here.people["committee"])
    made = committee.post("/open311/keys", {"name": "热线", "place_id": str(here.estate.id)})
    assert made.status_code == 201, made.text
    assert made.json["place"] == {"id": str(here.estate.id), "name": "和园一村"}
    [listed] = committee.get("/open311/keys").json["items"]
    assert "key" not in listed
    assert listed["last_used_on"] is None
    kept = session.scalars(select(Open311Key)).one()
    assert made.json["key"] not in str(vars(kept))
    assert holder_of(session, made.json["key"]) is not None
    assert session.execute(text("SELECT count(*) FROM idempotency")).scalar() == 0
    verbs = select(AuditRow.verb).where(AuditRow.subject_kind == "open311_key")
    assert session.scalars(verbs).all() == ["made"]


@pytest.mark.parametrize("word", ["committee", "secretary", "district"])
def test_committee_and_administrators_may(client: Clients, here: Neighbourhood, word: str) -> None:
    body = {"name": "热线", "place_id": str(here.community.id)}
    assert client(here.people[word]).post("/open311/keys", body).status_code == 201


@pytest.mark.parametrize("word", ["property", "owners", "volunteer", "social", "subdistrict"])
def test_others_may_not(client: Clients, here: Neighbourhood, word: str) -> None:
    body = {"name": "热线", "place_id": str(here.community.id)}
    assert client(here.people[word]).post("/open311/keys", body).status_code == 403


def test_a_key_is_for_a_community_or_an_estate_of_ones_own(
    client: Clients, session: Session, here: Neighbourhood
) -> None:
    elsewhere = tickets.neighbourhood(session)
    session.commit()
    committee = client(here.people["committee"])
    for place in (here.building, elsewhere.community, elsewhere.estate):
        body = {"name": "热线", "place_id": str(place.id)}
        assert committee.post("/open311/keys", body).status_code == 404
    mine = client(elsewhere.people["committee"])
    made = mine.post("/open311/keys", {"name": "热线", "place_id": str(elsewhere.estate.id)})
    assert committee.get("/open311/keys").json["items"] == []
    assert committee.delete(f"/open311/keys/{made.json['id']}").status_code == 404


def test_a_revoked_key_opens_nothing_and_stays_listed(
    client: Clients, session: Session, here: Neighbourhood, system: Asker
) -> None:
    assert system.post(**LAMP).status_code == 200
    committee = client(here.people["committee"])
    [listed] = committee.get("/open311/keys").json["items"]
    assert listed["last_used_on"] == clock.today().isoformat()
    for _ in range(2):  # once more changes nothing
        assert committee.delete(f"/open311/keys/{listed['id']}").status_code == 204
    assert system.post(**LAMP).status_code == 403
    [listed] = committee.get("/open311/keys").json["items"]
    assert listed["revoked_at"] is not None
    verbs = select(AuditRow.verb).where(AuditRow.subject_kind == "open311_key")
    assert session.scalars(verbs).all() == ["made", "revoked"]


def test_nobody_can_sign_in_as_another_system(
    client: Clients, session: Session, holder: KeyHolder
) -> None:
    person = session.get_one(Person, holder.id)
    assert person.phone == ""
    for password in ("", "!", "password"):
        assert not sign_in.matches(person.password_hash, password)
    session.commit()
    for phone in ("", f"open311:{holder.key_id}"):
        body = {"phone": phone, "password": "!", "device_name": "试"}
        assert client().post("/session", body).status_code >= 400


def test_another_system_holds_no_post_and_is_nobodys_colleague(
    session: Session, here: Neighbourhood, holder: KeyHolder
) -> None:
    held = session.scalars(select(Membership).where(Membership.person_id == holder.id)).all()
    assert held == []
    seen = session.scalars(people_visible(here.actors["committee"])).all()
    assert holder.id not in {person.id for person in seen}
    assert not holder.committee_communities
    assert not holder.is_admin


def test_another_system_sees_its_own_reports_only(
    session: Session, here: Neighbourhood, holder: KeyHolder, system: Asker
) -> None:
    tickets.report(session, here)
    session.commit()
    sent = system.post(**LAMP).json[0]["service_request_id"]
    seen = session.scalars(queries.visible_to(holder)).all()
    assert [str(ticket.id) for ticket in seen] == [sent]
