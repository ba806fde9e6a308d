"""Round sheets on paper over HTTP: how ticks become records."""

from datetime import timedelta

from sqlalchemy.orm import Session

from app.core.audit import AuditRow
from app.core.db import transaction
from app.places.models import Household
from app.visits.jobs_paper import forget_paper
from app.visits.models import Visit, VisitRecord
from app.visits.models_paper import PaperRow, PaperSheet
from tests.auditing import unwatched
from tests.factories import places
from tests.factories.visits import TODAY, Scene, done, found
from tests.visits.on_paper import TICKED, Clients, asked, enter, made, make


def test_ticks_become_records_of_who_made_the_visit_entered_by_the_clerk(
    session: Session, client: Clients, known: Scene
) -> None:
    first, second = asked(session, known, "101", "201")
    office = client(known.committee)
    sheet = made(office)
    answer = enter(
        office,
        sheet,
        {"number": 1},
        {"number": 2, "outcome": "not_home"},
    )
    assert answer.status_code == 200, answer.json
    assert answer.json["recorded"] == 2
    records = {one.visit_id: one for one in found(VisitRecord)}
    assert {one.recorded_by for one in records.values()} == {known.chen.id}
    assert records[second.id].next_step == "other_time"
    assert len(found(Visit)) == 3  # and somebody is asked to try again
    entered = found(AuditRow, AuditRow.verb == "entered_for", AuditRow.subject_id == first.id)
    assert [(row.actor_id, row.details) for row in entered] == [
        (known.committee.id, {"person_id": str(known.chen.id), "sheet_id": sheet["id"]})
    ]
    recorded = found(AuditRow, AuditRow.verb == "recorded", AuditRow.subject_id == first.id)
    assert recorded[0].actor_id == known.committee.id


def test_some_rows_now_and_the_others_later(
    session: Session, client: Clients, known: Scene
) -> None:
    asked(session, known, "101", "201")
    office = client(known.committee)
    sheet = enter(office, made(office), {"number": 2}).json
    assert [bool(one["record"]) for one in sheet["doors"]] == [False, True]
    assert enter(office, sheet, {"number": 1}).json["recorded"] == 2


def test_two_clerks_who_enter_the_same_sheet_are_caught(
    session: Session, client: Clients, known: Scene
) -> None:
    asked(session, known, "101", "201")
    one, other = client(known.committee), client(known.committee)
    sheet = made(one)
    enter(one, sheet, {"number": 1})
    late = enter(other, sheet, {"number": 1, "outcome": "declined"}, {"number": 2})
    assert late.status_code == 412
    current = late.json["current"]
    assert current["doors"][0]["record"]["outcome"] == "ok"
    assert enter(other, current, {"number": 2}).json["recorded"] == 2


def test_what_a_phone_recorded_meanwhile_is_shown_and_stays(
    session: Session, client: Clients, known: Scene
) -> None:
    [mine] = asked(session, known, "101")
    office = client(known.committee)
    sheet = made(office)
    taps = TICKED | {"outcome": "issue", "needs": ["leak"]}
    client(known.chen).put(f"/visits/{mine.id}/record", taps, version=1)
    [door] = office.get(f"/paper-sheets/{sheet['id']}").json["doors"]
    assert door["record"] == {
        "by": known.chen.name, "on": "2026-11-24", "method": "door", "outcome": "issue",
        "needs": ["leak"],
    }  # fmt: skip
    answer = enter(office, sheet, {"number": 1})
    assert answer.status_code == 200
    assert answer.json["doors"][0]["record"]["outcome"] == "issue"
    assert not found(AuditRow, AuditRow.verb == "entered_for")


def test_a_visit_that_was_called_off_and_yet_made_is_recorded_as_another(
    session: Session, client: Clients, known: Scene
) -> None:
    [off] = asked(session, known, "101")
    office = client(known.committee)
    sheet = made(office)
    office.post(f"/visits/{off.id}/cancel", {"reason": "下雨"}, version=1)
    answer = enter(office, sheet, {"number": 1}).json
    assert (answer["recorded"], answer["doors"][0]["state"]) == (1, "done")
    [record] = found(VisitRecord)
    assert record.visit_id != off.id
    assert found(PaperRow)[0].visit_id == record.visit_id


def test_a_row_that_is_wrong_is_named_and_nothing_is_entered(
    session: Session, client: Clients, known: Scene
) -> None:
    asked(session, known, "101", "201")
    office = client(known.committee)
    sheet = made(office)
    for row, field in (
        ({"number": 2, "on": "2026-11-25"}, "entries.2.on"),
        ({"number": 2, "outcome": "rescheduled"}, "entries.2.reschedule_to"),
        ({"number": 9}, "entries.9"),
    ):
        answer = enter(office, sheet, {"number": 1}, row)
        assert (answer.status_code, [*answer.json["errors"]]) == (422, [field])
    assert not found(VisitRecord)


def test_what_was_heard_becomes_a_ticket_in_the_same_step(
    session: Session, client: Clients, known: Scene
) -> None:
    asked(session, known, "101")
    office = client(known.committee)
    heard = {"category": "facility.power_lighting", "text": "楼道灯不亮", "public_area": True}
    enter(office, made(office), {"number": 1, "outcome": "issue", "ticket": heard})
    assert found(VisitRecord)[0].ticket_id is not None


def test_the_list_shows_how_far_each_sheet_is_with_few_statements(
    session: Session, client: Clients, known: Scene
) -> None:
    for place in range(3):
        asked(session, known, f"{place + 1}01", on=TODAY + timedelta(days=place))
    office = client(known.committee)
    make(office, last="2026-11-28")
    listed = office.get("/paper-sheets", limit=2).json
    assert [one["rows"] for one in listed["items"]] == [1, 1]
    assert listed["next_cursor"]


def test_sheets_are_forgotten_after_sixty_days_and_records_stay(
    session: Session, client: Clients, known: Scene
) -> None:
    home: Household = places.household(session, known.unit)
    done(session, home, known.chen)
    asked(session, known, "101")
    office = client(known.committee)
    sheet = made(office)
    with unwatched(), transaction() as writing:
        kept = writing.get_one(PaperSheet, found(PaperSheet)[0].id)
        kept.last_on = TODAY - timedelta(days=60)
    with transaction() as writing:
        forget_paper(writing, TODAY)
    assert len(found(PaperSheet)) == 1
    with transaction() as writing:
        forget_paper(writing, TODAY + timedelta(days=1))
    assert not found(PaperSheet)
    assert not found(PaperRow)
    assert found(VisitRecord)
    assert found(AuditRow, AuditRow.verb == "forgotten")[0].details == {"rows": 1}
    assert office.get(f"/paper-sheets/{sheet['id']}").status_code == 404
