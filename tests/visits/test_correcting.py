"""Records are set right: by who wrote them within a day, by the leader with a reason."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.audit import AuditRow
from app.identity.models import Person
from app.places.models import Household
from app.places.rules import CareLevel, VisitWish
from app.visits.models import Visit, VisitFormer, VisitPartner, VisitRecord
from app.visits.rules import Band, Outcome, VisitState
from tests.auditing import unwatched
from tests.clients import Client
from tests.factories import places
from tests.factories.visits import TODAY, TUESDAY, Scene, found, leader, visit

Clients = Callable[[Person], Client]
TAPS = {"on": "2026-11-24", "method": "door", "outcome": "ok"}
WISH = {"outcome": "declined", "next_step": "no_more_visits"}


def recorded(session: Session, client: Clients, known: Scene, **more: Any) -> dict[str, Any]:
    """Chen's record of a door; `home` says what kind of household it is."""
    home = places.household(session, known.unit, **more.pop("home", {}))
    asked = visit(session, home, known.chen, *more.pop("partners", ()))
    answer = client(known.chen).put(f"/visits/{asked.id}/record", TAPS | more, version=1)
    assert answer.status_code == 200, answer.json
    card: dict[str, Any] = answer.json["visit"]
    return card


def corrected(who: Client, card: dict[str, Any], **more: Any) -> Any:
    path = f"/visits/{card['id']}/correct"
    return who.post(path, TAPS | more, version=card["version"])


def voided(who: Client, card: dict[str, Any], reason: str | None = None) -> Any:
    return who.post(f"/visits/{card['id']}/void", {"reason": reason}, version=card["version"])


def test_who_wrote_it_corrects_it_for_a_day_and_what_it_said_before_stays(
    session: Session, client: Clients, known: Scene
) -> None:
    card = recorded(session, client, known, slot="morning", needs=["leak"])
    answer = corrected(client(known.chen), card, method="phone")
    assert answer.status_code == 200, answer.json
    now = answer.json["record"]
    assert (now["method"], now["needs"], now["slot"]) == ("phone", [], "morning")
    assert answer.json["version"] > card["version"]
    (former,) = found(VisitFormer)
    assert (former.voided, former.replaced_by) == (False, known.chen.id)
    (row,) = found(AuditRow, AuditRow.verb == "corrected")
    assert row.details["was"] == former.said
    assert (former.said["method"], former.said["needs"]) == ("door", ["leak"])


@pytest.mark.parametrize(("minutes", "status"), [(24 * 60, 200), (24 * 60 + 1, 403)])
def test_the_day_is_counted_by_the_servers_clock_from_when_it_arrived(
    session: Session, client: Clients, known: Scene, minutes: int, status: int
) -> None:
    card = recorded(session, client, known, device_time="2026-11-20T08:00:00+08:00")
    with clock.frozen(TUESDAY + timedelta(minutes=minutes)):
        answer = corrected(client(known.chen), card, method="phone")
    assert answer.status_code == status
    if status == 403:
        assert answer.json["code"] == "visit_record_too_late"


@pytest.mark.parametrize(
    ("who", "status"),
    [("chen", 200), ("committee", 422), ("leader", 422), ("li", 403), ("zhou", 404)],
)
@pytest.mark.parametrize("verb", [corrected, voided])
def test_others_set_it_right_only_as_leader_or_committee_and_with_a_reason(
    session: Session,
    client: Clients,
    known: Scene,
    who: str,
    status: int,
    verb: Callable[..., Any],
) -> None:
    people = {"leader": leader(session, known)}
    person = people.get(who) or getattr(known, who)
    card = recorded(session, client, known, partners=[known.li])
    answer = verb(client(person), card)
    assert answer.status_code == status
    if status == 422:
        assert list(answer.json["errors"]) == ["reason"]
        with_reason = {"reason": "记错门了"}
        assert verb(client(person), card, **with_reason).status_code == 200
        assert found(VisitFormer)[0].reason == "记错门了"


def test_a_leader_may_long_after_and_the_date_is_judged_as_on_the_day_it_arrived(
    session: Session, client: Clients, known: Scene
) -> None:
    led = leader(session, known)
    card = recorded(session, client, known)
    with clock.frozen(TUESDAY + timedelta(days=90)):
        answer = corrected(client(led), card, on="2026-11-23", reason="前一天去的")
        later = corrected(client(led), answer.json, on="2026-11-25", reason="不对")
    assert (answer.status_code, answer.json["date"]) == (200, "2026-11-23")
    assert list(later.json["errors"]) == ["on"]


def test_a_stale_version_and_a_visit_without_a_record_are_refused(
    session: Session, client: Clients, known: Scene
) -> None:
    card = recorded(session, client, known)
    assert corrected(client(known.chen), card | {"version": 1}).status_code == 412
    asked = visit(session, places.household(session, known.unit, "303"), known.chen)
    nothing = {"id": asked.id, "version": 1}
    answer = corrected(client(known.committee), nothing, reason="x")
    assert (answer.status_code, answer.json["code"]) == (409, "visit_not_recorded")
    assert corrected(client(known.chen), nothing).json["code"] == "visit_not_yours"


def test_the_same_key_twice_corrects_once(session: Session, client: Clients, known: Scene) -> None:
    card, key = recorded(session, client, known), uuid4()
    path = f"/visits/{card['id']}/correct"
    chen = client(known.chen)
    answers = [chen.post(path, TAPS, version=card["version"], key=key) for _ in range(2)]
    assert answers[0].data == answers[1].data
    assert len(found(VisitFormer)) == 1


def test_a_correction_obeys_every_rule_of_a_record(
    session: Session, client: Clients, known: Scene
) -> None:
    card = recorded(session, client, known)
    chen = client(known.chen)
    assert list(corrected(chen, card, note="想换灯泡").json["errors"]) == ["note"]
    assert list(corrected(chen, card, outcome="rescheduled").json["errors"]) == ["reschedule_to"]
    assert list(corrected(chen, card, ticket={}).json["errors"]) == ["ticket"]
    assert found(VisitFormer) == []


def test_a_note_goes_from_the_record_and_is_in_neither_former_version_nor_audit(
    session: Session, client: Clients, known: Scene
) -> None:
    card = recorded(session, client, known, note="想换灯泡", note_agreed=True)
    assert corrected(client(known.chen), card).json["record"]["note"] is None
    kept = str([row.details for row in found(AuditRow)]) + str(found(VisitFormer)[0].said)
    assert "灯泡" not in kept


def test_a_leader_who_cannot_read_the_note_cannot_lose_it_unless_nobody_can_have_agreed(
    session: Session, client: Clients, known: Scene
) -> None:
    led = client(leader(session, known))
    card = recorded(session, client, known, note="想换灯泡", note_agreed=True)
    card = corrected(led, card, method="phone", reason="是打的电话").json
    assert (card["record"]["note"], found(VisitRecord)[0].note) == (None, "想换灯泡")
    corrected(led, card, outcome="not_home", reason="没人应")
    assert found(VisitRecord)[0].note is None


def test_who_went_along_is_set_right_too(session: Session, client: Clients, known: Scene) -> None:
    card = recorded(session, client, known, partners=[known.li])
    assert corrected(client(known.chen), card).status_code == 200
    assert [one.person_id for one in found(VisitPartner)] == [known.li.id]
    card = card | {"version": found(Visit)[0].version}
    corrected(client(known.chen), card, with_ids=[str(known.zhou.id)])
    assert [one.person_id for one in found(VisitPartner)] == [known.zhou.id]


def test_what_only_the_former_words_asked_for_is_called_off_and_the_new_ones_are_followed(
    session: Session, client: Clients, known: Scene
) -> None:
    high = {"care_level": CareLevel.HIGH}
    card = recorded(session, client, known, home=high, outcome="not_home", slot="morning")
    (again,) = found(Visit, Visit.follows_id.is_not(None))
    card = corrected(client(known.chen), card).json
    assert found(Visit, Visit.id == again.id)[0].state is VisitState.CANCELLED
    corrected(client(known.chen), card, outcome="not_home")
    states = [one.state for one in found(Visit, Visit.follows_id.is_not(None))]
    assert sorted(states) == [VisitState.CANCELLED, VisitState.PROPOSED]
    assert len(found(AuditRow, AuditRow.verb == "wellness_check")) == 2


def test_other_words_for_the_same_outcome_lead_to_nothing_new(
    session: Session, client: Clients, known: Scene
) -> None:
    card = recorded(session, client, known, outcome="not_home")
    corrected(client(known.chen), card, outcome="not_home", method="phone")
    (again,) = found(Visit, Visit.follows_id.is_not(None))
    assert again.state is VisitState.PROPOSED


@pytest.mark.parametrize("verb", [corrected, voided])
def test_a_wish_that_was_never_spoken_is_taken_back(
    session: Session, client: Clients, known: Scene, verb: Callable[..., Any]
) -> None:
    home = {"wish": VisitWish.CALL_FIRST}
    card = recorded(session, client, known, home=home, **WISH)
    assert found(Household)[0].wish is VisitWish.NO_MORE_VISITS
    assert verb(client(known.chen), card).status_code == 200
    assert found(Household)[0].wish is VisitWish.CALL_FIRST


def test_a_wish_that_somebody_has_changed_since_stays(
    session: Session, client: Clients, known: Scene
) -> None:
    card = recorded(session, client, known, **WISH)
    with unwatched():
        session.scalars(select(Household)).one().wish = VisitWish.PHONE_ONLY
        session.commit()
    assert corrected(client(known.chen), card).status_code == 200
    assert found(Household)[0].wish is VisitWish.PHONE_ONLY


def test_a_wish_that_is_still_said_is_not_taken_back(
    session: Session, client: Clients, known: Scene
) -> None:
    card = recorded(session, client, known, **WISH)
    corrected(client(known.chen), card, **WISH, method="phone")
    assert found(Household)[0].wish is VisitWish.NO_MORE_VISITS


def test_a_voided_record_is_kept_and_the_visit_can_be_recorded_anew(
    session: Session, client: Clients, known: Scene
) -> None:
    card = recorded(session, client, known, outcome="not_home")
    after = voided(client(known.chen), card).json
    assert (after["state"], after["record"], after["date"]) == ("accepted", None, "2026-11-24")
    assert found(VisitRecord) == []
    assert [one.voided for one in found(VisitFormer)] == [True]
    assert found(Visit, Visit.follows_id.is_not(None))[0].state is VisitState.CANCELLED
    path = f"/visits/{card['id']}/record"
    again = client(known.chen).put(path, TAPS, version=after["version"])
    assert again.json["visit"]["record"]["outcome"] == "ok"


def test_a_voided_visit_of_another_day_stands_on_today_again(
    session: Session, client: Clients, known: Scene
) -> None:
    card = recorded(session, client, known, on="2026-11-20")
    assert voided(client(known.chen), card).json["date"] == TODAY.isoformat()


def test_a_voided_visit_that_nobody_had_planned_is_over(
    session: Session, client: Clients, known: Scene
) -> None:
    home = places.household(session, known.unit)
    made = client(known.chen).post("/visits", TAPS | {"household_id": str(home.id)}).json["visit"]
    assert voided(client(known.chen), made).json["state"] == "cancelled"


def test_where_another_visitor_told_too_the_leader_picks_instead_of_voiding(
    session: Session, client: Clients, known: Scene
) -> None:
    card = recorded(session, client, known, partners=[known.li])
    other = TAPS | {"outcome": "not_home"}
    client(known.li).put(f"/visits/{card['id']}/record", other, version=card["version"])
    card = client(known.chen).get(f"/visits/{card['id']}").json
    answer = voided(client(known.chen), card)
    assert (answer.status_code, answer.json["code"]) == (409, "visit_others_told_too")
    agreed = corrected(client(known.chen), card, outcome="not_home").json
    assert agreed["disputed"] is False
    assert corrected(client(known.chen), agreed).json["disputed"] is True


def test_a_leaders_correction_settles_what_two_visitors_said(
    session: Session, client: Clients, known: Scene
) -> None:
    card = recorded(session, client, known, partners=[known.li])
    other = TAPS | {"outcome": "not_home"}
    client(known.li).put(f"/visits/{card['id']}/record", other, version=card["version"])
    card = client(known.committee).get(f"/visits/{card['id']}").json
    after = corrected(client(known.committee), card, outcome="declined", reason="问过住户").json
    assert (after["disputed"], after["leads"], after["may_pick"]) == (False, True, False)


def test_the_property_company_sets_nothing_right(
    session: Session, client: Clients, known: Scene
) -> None:
    card = recorded(session, client, known)
    assert corrected(client(known.steward), card, reason="x").status_code == 404
    assert voided(client(known.steward), card, "x").status_code == 404


def test_the_part_of_the_day_is_set_right_where_it_is_said(
    session: Session, client: Clients, known: Scene
) -> None:
    card = recorded(session, client, known, slot="morning")
    corrected(client(known.chen), card, slot="afternoon")
    (record,) = found(VisitRecord)
    assert (record.slot, record.outcome) == (Band.AFTERNOON, Outcome.OK)
