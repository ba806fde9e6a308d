"""Who confirms whose hours, and what each sees of them."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.core import clock
from app.core.audit import AuditRow
from app.hours.rules import HoursState
from app.identity.rules import OrganisationKind
from tests.clients import Client
from tests.factories import identity, teams
from tests.factories import visits as made
from tests.hours.conftest import Known
from tests.hours.made import hours

Clients = Callable[..., Client]
MEETING = {"on": "2026-11-23", "kind": "meeting", "content": "消防培训", "minutes": 90}


def ids(client: Client, path: str, **query: str) -> list[str]:
    answer = client.get(path, **query)
    assert answer.status_code == 200, answer.json
    return [row["id"] for row in answer.json["items"]]


def test_the_leader_sees_what_waits_and_confirms_all_of_it(
    client: Clients, session: Session, known: Known
) -> None:
    """DOMAIN.md section 6.5: confirmed by the team leader."""
    rows = [hours(session, known, who) for who in (known.scene.chen, known.scene.li)]
    leader = client(known.leader)
    assert set(ids(leader, "/hours/to-confirm")) == {str(row.id) for row in rows}
    assert leader.get("/hours/summary").json["to_confirm"] == 2
    seen = [{"id": str(row.id), "version": 1} for row in rows]
    answer = leader.post("/hours/confirm", {"seen": seen})
    assert answer.json == {"confirmed": 2, "left": 0}
    assert ids(leader, "/hours/to-confirm") == []
    (first,) = client(known.scene.chen).get("/hours").json["items"]
    assert (first["state"], first["hours"], first["may"]) == ("confirmed", 1.75, [])
    audited = made.found(AuditRow, AuditRow.verb == "moved")
    assert {row.details["move"] for row in audited} == {"confirm"}


def test_what_has_changed_since_it_was_seen_is_not_confirmed(
    client: Clients, session: Session, known: Known
) -> None:
    row = hours(session, known, known.scene.chen)
    mine = client(known.scene.chen)
    said = mine.post(f"/hours/{row.id}/moves", {"verb": "say", "minutes": 60}, version=1)
    assert (said.status_code, said.json["minutes"]) == (200, 60)
    seen = [{"id": str(row.id), "version": 1}]
    assert client(known.leader).post("/hours/confirm", {"seen": seen}).json == {
        "confirmed": 0,
        "left": 1,
    }


def test_nobody_confirms_their_own(client: Clients, session: Session, known: Known) -> None:
    row = hours(session, known, known.leader)
    leader = client(known.leader)
    assert ids(leader, "/hours/to-confirm") == []
    seen = [{"id": str(row.id), "version": 1}]
    assert leader.post("/hours/confirm", {"seen": seen}).json["confirmed"] == 0
    for verb in ("confirm", "void"):
        said = {"verb": verb, "reason": "自己说的"}
        refused = leader.post(f"/hours/{row.id}/moves", said, version=1)
        assert refused.json["code"] == "hours_not_yours_to_confirm"


def test_the_committee_confirms_the_hours_of_a_leader_and_of_a_team_without_one(
    client: Clients, session: Session, known: Known
) -> None:
    scene = known.scene
    alone = teams.team(session, scene.community, scene.zhou)
    own = hours(session, known, known.leader)
    without = hours(session, known, scene.zhou, team_id=alone.id)
    hours(session, known, scene.chen)
    clerk = client(scene.committee)
    assert set(ids(clerk, "/hours/to-confirm")) == {str(own.id), str(without.id)}
    answer = clerk.post(f"/hours/{own.id}/moves", {"verb": "confirm"}, version=1)
    assert answer.json["state"] == "confirmed"


def test_a_second_leader_does_not_confirm_the_first(
    client: Clients, session: Session, known: Known
) -> None:
    second = made.leader(session, known.scene)
    hours(session, known, known.leader)
    assert ids(client(second), "/hours/to-confirm") == []


def test_a_leader_from_the_property_company_confirms_nothing_and_the_committee_does(
    client: Clients, session: Session, known: Known
) -> None:
    """Hours of visits say when somebody was at doors; the property company sees no visit."""
    scene = known.scene
    stewards = teams.team(session, scene.community, scene.chen)
    teams.member(session, stewards, scene.steward, leader=True)
    row = hours(session, known, scene.chen, team_id=stewards.id)
    steward = client(scene.steward)
    assert ids(steward, "/hours/to-confirm") == []
    assert steward.get("/hours/summary").json["confirms"] is False
    assert steward.get(f"/hours/{row.id}").status_code == 404
    assert ids(client(scene.committee), "/hours/to-confirm") == [str(row.id)]


def test_a_leader_whose_post_has_ended_leaves_it_to_the_committee(
    client: Clients, session: Session, known: Known
) -> None:
    scene = known.scene
    nobody = identity.person(session)
    orphaned = teams.team(session, scene.community, scene.chen)
    teams.member(session, orphaned, nobody, leader=True)
    row = hours(session, known, scene.chen, team_id=orphaned.id)
    assert ids(client(scene.committee), "/hours/to-confirm") == [str(row.id)]


def test_others_see_nothing_of_it(client: Clients, session: Session, known: Known) -> None:
    """DOMAIN.md section 6.1: no statistics of persons; a person sees only their own."""
    row = hours(session, known, known.scene.chen)
    elsewhere = identity.member(
        session, OrganisationKind.RESIDENTS_COMMITTEE, identity.community(session)
    )
    for who in (known.scene.li, known.scene.steward, elsewhere):
        them = client(who)
        assert ids(them, "/hours") == []
        assert ids(them, "/hours/to-confirm") == []
        assert them.get(f"/hours/{row.id}").status_code == 404
        refused = them.post(f"/hours/{row.id}/moves", {"verb": "confirm"}, version=1)
        assert refused.status_code == 404
    assert ids(client(elsewhere), "/hours/ledger") == []


def test_sent_back_with_a_reason_said_anew_and_confirmed(
    client: Clients, session: Session, known: Known
) -> None:
    row = hours(session, known, known.scene.chen)
    leader, mine = client(known.leader), client(known.scene.chen)
    path = f"/hours/{row.id}/moves"
    wordless = leader.post(path, {"verb": "send_back"}, version=1)
    assert wordless.json["errors"] == {"reason": ["请写一句原因。"]}
    back = leader.post(path, {"verb": "send_back", "reason": "那天只走了三户"}, version=1)
    assert (back.json["state"], back.json["reason"]) == ("sent_back", "那天只走了三户")
    (shown,) = mine.get("/hours").json["items"]
    assert shown["may"] == ["say", "withdraw"]
    said = mine.post(path, {"verb": "say", "minutes": 60, "reason": "改好了"}, version=2)
    assert (said.json["state"], said.json["said"]) == ("waiting", True)
    done = leader.post(path, {"verb": "confirm"}, version=3)
    assert (done.json["state"], done.json["reason"], done.json["hours"]) == ("confirmed", None, 1)


def test_the_leader_corrects_with_a_reason(client: Clients, session: Session, known: Known) -> None:
    row = hours(session, known, known.scene.chen)
    leader, path = client(known.leader), f"/hours/{row.id}/moves"
    bare = leader.post(path, {"verb": "correct"}, version=1)
    assert set(bare.json["errors"]) == {"minutes", "reason"}
    said = {"verb": "correct", "minutes": 45, "reason": "七点才到"}
    assert leader.post(path, said, version=1).json["hours"] == 0.75
    again = leader.post(path, said | {"minutes": 60}, version=2)
    assert (again.json["state"], again.json["minutes"]) == ("confirmed", 60)
    stale = leader.post(path, said, version=1)
    assert (stale.status_code, stale.json["current"]["minutes"]) == (412, 60)


def test_confirmed_hours_are_voided_by_the_committee_and_stay_to_be_seen(
    client: Clients, session: Session, known: Known
) -> None:
    """DOMAIN.md section 6.5: voided but not erased."""
    row = hours(session, known, known.scene.chen, state=HoursState.CONFIRMED)
    clerk, path = client(known.scene.committee), f"/hours/{row.id}/moves"
    voided = clerk.post(path, {"verb": "void", "reason": "那天活动取消了"}, version=1)
    assert (voided.json["state"], voided.json["reason"]) == ("voided", "那天活动取消了")
    again = clerk.post(path, {"verb": "void", "reason": "再来一次"}, version=2)
    assert again.json["code"] == "hours_settled"
    mine = client(known.scene.chen)
    assert [one["state"] for one in mine.get("/hours").json["items"]] == ["voided"]
    assert mine.get("/hours/summary").json["in_all"] == 0


def test_a_meeting_is_entered_by_hand_and_waits_for_the_leader(
    client: Clients, session: Session, known: Known
) -> None:
    mine = client(known.scene.chen)
    made_ = mine.post("/hours", MEETING)
    assert (made_.status_code, made_.json["state"], made_.json["hours"]) == (201, "waiting", 1.5)
    assert (made_.json["counted"], made_.json["records"]) == (None, 0)
    assert ids(client(known.leader), "/hours/to-confirm") == [made_.json["id"]]
    path = f"/hours/{made_.json['id']}/moves"
    gone = mine.post(path, {"verb": "withdraw"}, version=1)
    assert gone.json["state"] == "voided"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"kind": "visit"}, "kind"),
        ({"minutes": 481}, "minutes"),
        ({"content": "身份证 320113195001011234"}, "content"),
        ({"content": "会"}, "content"),
        ({"on": "2026-11-25"}, "on"),
        ({"on": "2026-09-24"}, "on"),
    ],
)
def test_what_is_wrong_in_an_entry_is_said_by_field(
    client: Clients, known: Known, wrong: dict[str, Any], field: str
) -> None:
    answer = client(known.scene.chen).post("/hours", MEETING | wrong)
    assert (answer.status_code, list(answer.json["errors"])) == (422, [field])


def test_who_was_in_no_team_that_day_is_told_so(
    client: Clients, session: Session, known: Known
) -> None:
    refused = client(known.scene.committee).post("/hours", MEETING)
    assert refused.json["code"] == "hours_in_no_team"
    other = teams.team(session, known.scene.community)
    elsewhere = client(known.scene.chen).post("/hours", MEETING | {"team_id": str(other.id)})
    assert elsewhere.json["code"] == "hours_in_no_team"


def test_own_figures_count_what_is_confirmed(
    client: Clients, session: Session, known: Known
) -> None:
    chen, today = known.scene.chen, clock.today()
    hours(session, known, chen)
    hours(session, known, chen, on=today - timedelta(1), state=HoursState.CONFIRMED)
    hours(session, known, chen, on=today - timedelta(400), state=HoursState.CONFIRMED)
    hours(session, known, chen, on=today - timedelta(2), state=HoursState.VOIDED)
    assert client(chen).get("/hours/summary").json == {
        "year": 2026,
        "this_year": 1.75,
        "in_all": 3.5,
        "waiting": 1,
        "confirms": False,
        "to_confirm": 0,
    }


def test_the_ledger_is_narrowed_by_state_dates_and_person(
    client: Clients, session: Session, known: Known
) -> None:
    chen, li, today = known.scene.chen, known.scene.li, clock.today()
    old = hours(session, known, chen, on=today - timedelta(40), state=HoursState.CONFIRMED)
    new = hours(session, known, li)
    clerk = client(known.scene.committee)
    assert ids(clerk, "/hours/ledger") == [str(new.id), str(old.id)]
    assert ids(clerk, "/hours/ledger", state="confirmed") == [str(old.id)]
    assert ids(clerk, "/hours/ledger", first="2026-11-01") == [str(new.id)]
    assert ids(clerk, "/hours/ledger", last="2026-11-01") == [str(old.id)]
    assert ids(clerk, "/hours/ledger", person_id=str(li.id)) == [str(new.id)]
    assert client(chen).get("/hours/ledger").status_code == 403
