"""The link does what a reporter with an account may do, by the same rules, and no more."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.audit import AuditRow
from app.identity.models import Person
from app.residents import jobs
from app.residents.models import ResidentReport
from app.residents.rules import GUEST
from app.residents.rules.plain import LINES, STATES
from app.tickets.models import Ticket
from app.tickets.rules import TicketStatus, Verb
from tests.clients import Client
from tests.factories import tickets
from tests.factories.tickets import Neighbourhood, act, dispatch, later
from tests.residents.passer import Passer

Someone = Callable[[], Passer]


def the_ticket(session: Session) -> Ticket:
    """The only ticket, as it is on disk now; the session holds nothing open."""
    ticket = session.scalars(select(Ticket)).one()
    session.expire(ticket)
    session.refresh(ticket)
    session.commit()
    return ticket


def worked_on(session: Session, here: Neighbourhood, *, to_the_end: bool = True) -> Ticket:
    """The only ticket, accepted, dispatched and (to the end) resolved and reviewed."""
    ticket = the_ticket(session)
    act(session, here, ticket, "committee", Verb.ACCEPT)
    dispatch(session, here, ticket, "property")
    act(session, here, ticket, "property", Verb.START)
    if to_the_end:
        done = {"what_was_done": "换了灯管", "nothing_to_see": True}
        act(session, here, ticket, "property", Verb.RESOLVE, **done)
        act(session, here, ticket, "committee", Verb.REVIEW)
    session.commit()
    return ticket


def test_the_way_of_a_matter_is_told_in_plain_words_without_names(
    session: Session, here: Neighbourhood, passer: Someone
) -> None:
    somebody = passer()
    somebody.report()
    worked_on(session, here)
    seen = somebody.follow()
    assert (seen["state_name"], seen["shape"]) == ("请您看看", "☎")
    lead = here.organisations["property"].name
    assert [line["words"] for line in seen["timeline"]] == [
        "社区核对过了",
        "物业说办完了",
        "物业开始办了",
        f"安排{lead}来办",
        "社区受理了",
        "报上来了",
    ]
    assert seen["timeline"][1]["text"] == "换了灯管"
    assert not [person.name for person in here.people.values() if person.name in str(seen)]


def test_somebody_confirms_and_rates_and_has_it_done_again(
    session: Session, here: Neighbourhood, passer: Someone
) -> None:
    somebody = passer()
    somebody.report()
    worked_on(session, here)
    assert somebody.follow()["verbs"] == ["close"]
    assert somebody.act("close").status_code == 422
    rated = somebody.act("close", solved="partly", satisfied="fairly")
    assert rated.status_code == 200, rated.text
    assert (rated.json["state_name"], rated.json["solved"]) == ("已结束", "partly")
    assert rated.json["verbs"] == ["reopen"]
    again = somebody.act("reopen", reason="又不亮了")
    assert (again.json["state_name"], again.json["satisfied"]) == ("正在办", None)
    ticket = the_ticket(session)
    rows = select(AuditRow).where(AuditRow.subject_id == ticket.id)
    actors = [row.actor_id for row in session.scalars(rows.order_by(AuditRow.id))]
    assert actors[-1] == actors[-2] == ticket.reporter_id


def test_somebody_withdraws_before_anybody_works_on_it(passer: Someone) -> None:
    somebody = passer()
    somebody.report()
    assert somebody.act("withdraw").json["state_name"] == "您撤回了"
    assert somebody.act("withdraw").status_code == 409


def test_after_work_has_begun_there_is_no_withdrawing(
    session: Session, here: Neighbourhood, passer: Someone
) -> None:
    somebody = passer()
    somebody.report()
    worked_on(session, here, to_the_end=False)
    answer = somebody.act("withdraw")
    assert (answer.status_code, answer.json["code"]) == (409, "ticket_wrong_state")
    assert answer.json["current"]["state_name"] == "正在办"


def test_after_fifteen_days_nothing_is_reopened(
    session: Session, here: Neighbourhood, passer: Someone
) -> None:
    somebody = passer()
    somebody.report()
    worked_on(session, here)
    somebody.act("close", solved="yes", satisfied="yes")
    with later(days=16):
        assert somebody.act("reopen", reason="又坏了").json["code"] == "ticket_reopen_too_late"


def test_a_question_is_answered_with_words_and_a_photo(
    session: Session, here: Neighbourhood, passer: Someone, app: Flask
) -> None:
    somebody = passer()
    somebody.report()
    ticket = the_ticket(session)
    Client(app, here.people["committee"]).post(f"/tickets/{ticket.id}/notes", {"text": "几楼？"})
    asked = somebody.follow()["timeline"][0]
    assert (asked["words"], asked["text"]) == ("社区补充说", "几楼？")
    answer = somebody.note("三楼")
    assert answer.status_code == 200, answer.text
    told = answer.json["timeline"][0]
    assert (told["words"], told["text"], told["own"]) == ("您补充说", "三楼", True)


def test_an_old_version_is_refused_with_what_is_now(passer: Someone) -> None:
    somebody = passer()
    somebody.report()
    answer = somebody.act("withdraw", version=99)
    assert (answer.status_code, answer.json["current"]["state_name"]) == (412, "已收到")


@pytest.mark.parametrize("verb", sorted(set(Verb) - {Verb.WITHDRAW, Verb.CLOSE, Verb.REOPEN}))
def test_a_link_makes_no_other_move(passer: Someone, verb: str) -> None:
    somebody = passer()
    somebody.report()
    assert somebody.act(verb).status_code == 422


def test_a_link_opens_its_own_matter_and_nothing_of_the_app(
    app: Flask, session: Session, here: Neighbourhood, passer: Someone
) -> None:
    first, second = passer(), passer()
    first.report(media=[first.photo()])
    second.report(text="另一件")
    shown = first.follow()["photos"][0]["hash"]
    path = f"/follow/{first.secret}/photos/{shown}"
    assert first.call("GET", path).mimetype == "image/jpeg"
    assert second.call("GET", f"/follow/{second.secret}/photos/{shown}").status_code == 404
    for path in ("/tickets", "/households", "/residents/wishes", "/inbox"):
        headers = {"X-Door-Form": first.page["form"], "Authorization": f"Bearer {first.secret}"}
        assert first.call("GET", path, headers=headers).status_code == 401


def test_a_telephone_is_masked_shown_for_a_reason_and_forgotten_on_demand(
    app: Flask, session: Session, here: Neighbourhood, passer: Someone
) -> None:
    somebody = passer()
    somebody.report(phone="199 0000 0042", consent=True, name="王阿姨")
    ticket = the_ticket(session)
    session.commit()
    raw = session.connection().exec_driver_sql("SELECT phone FROM resident_report").scalar_one()
    assert "0042" not in str(raw)
    session.commit()
    path = f"/residents/reports/{ticket.id}"
    office = Client(app, here.people["committee"])
    listed = office.get(path).json["items"]
    assert [one["phone_masked"] for one in listed] == ["199****0042"]
    ask = f"{path}/{listed[0]['id']}/phone"
    assert office.post(ask, {"reason": ""}).status_code == 422
    assert office.post(ask, {"reason": "约时间上门"}).json == {"phone": "19900000042"}
    for stranger in ("owners", "volunteer", "property"):  # not theirs, or not yet
        assert Client(app, here.people[stranger]).get(path).status_code == 404
    session.commit()
    shown = select(AuditRow).where(AuditRow.verb == "phone_shown")
    assert session.scalars(shown).one().details == {"reason": "约时间上门"}
    session.commit()
    forgotten = somebody.call(
        "DELETE",
        f"/follow/{somebody.secret}/contact",
        headers={"Idempotency-Key": str(ticket.id)},
    )
    assert forgotten.json["phone_masked"] is None
    assert office.post(ask, {"reason": "再打一次"}).json["code"] == "resident_left_no_phone"
    session.commit()
    assert session.get_one(Person, ticket.reporter_id).name == GUEST


def test_the_company_complained_of_never_learns_who_it_was(
    app: Flask, session: Session, here: Neighbourhood, passer: Someone
) -> None:
    somebody = passer()
    complaint = {"category": "property_service.attitude", "text": "保安骂人"}
    somebody.report(**complaint, phone="19900000042", consent=True, name="王阿姨")
    ticket = the_ticket(session)
    act(session, here, ticket, "committee", Verb.ACCEPT)
    dispatch(session, here, ticket, "property")
    session.commit()
    company = Client(app, here.people["property"])
    seen = company.get(f"/tickets/{ticket.id}")
    assert "王阿姨" not in seen.text
    assert company.get(f"/residents/reports/{ticket.id}").status_code == 404


def test_name_and_telephone_are_gone_ninety_days_after_the_end(
    session: Session, passer: Someone
) -> None:
    somebody = passer()
    somebody.report(phone="19900000042", consent=True, name="王阿姨")
    somebody.act("withdraw")
    for days, kept in ((89, True), (91, False)):
        with later(days=days):
            session.commit()
            jobs.forget_contacts(session, clock.today())
            session.commit()
            row = session.scalars(select(ResidentReport)).one()
            assert (row.phone is not None, bool(row.name)) == (kept, kept)
    person = session.get_one(Person, row.person_id)
    session.refresh(person)
    assert person.name == GUEST


def test_the_lead_may_ring_once_it_is_theirs(
    app: Flask, session: Session, here: Neighbourhood, passer: Someone
) -> None:
    passer().report(phone="19900000042", consent=True)
    ticket = worked_on(session, here, to_the_end=False)
    company = Client(app, here.people["property"])
    assert len(company.get(f"/residents/reports/{ticket.id}").json["items"]) == 1


def test_every_state_and_every_verb_has_plain_words() -> None:
    assert set(STATES) == set(TicketStatus)
    hidden = {Verb.APPROVE_SUSPENSION, Verb.HAND_ON, Verb.PROPOSE}
    assert set(LINES) >= set(Verb) - hidden


def test_a_reporter_with_an_account_is_no_guest(
    app: Flask, session: Session, here: Neighbourhood
) -> None:
    ticket = tickets.report(session, here)
    session.commit()
    seen = Client(app, here.people["committee"]).get(f"/tickets/{ticket.id}").json
    assert seen["reporter"]["guest"] is False


def test_what_was_joined_into_a_neighbours_matter_goes_on_as_that_one_does(
    session: Session, here: Neighbourhood, passer: Someone
) -> None:
    first, second = passer(), passer()
    first.report(text="三楼楼道灯不亮")
    second.report(text="楼道的灯坏了")
    first.note("我家的狗叫旺财")
    head, other = session.scalars(select(Ticket).order_by(Ticket.number)).all()
    act(session, here, other, "committee", Verb.JOIN, into_id=head.id)
    act(session, here, head, "committee", Verb.ACCEPT)
    session.commit()
    seen = second.follow()
    assert (seen["same_as"], seen["state_name"]) == (head.number, "已受理")
    assert (seen["verbs"], seen["may_add"]) == ([], False)
    words = [line["words"] for line in seen["timeline"]]
    assert words[0] == "社区受理了"
    assert "和邻居报的同一件事一起办" in words
    assert "旺财" not in str(seen)
    assert first.follow()["same_as"] is None


def test_who_met_the_same_reads_nothing_that_was_written_to_the_first(
    session: Session, here: Neighbourhood, passer: Someone
) -> None:
    first, second = passer(), passer()
    first.report()
    second.report()
    said = {"reason": "您家的事不归这里", "where_to": "请打 12345"}
    act(session, here, the_ticket(session), "committee", Verb.REJECT, **said)
    session.commit()
    assert "12345" in str(first.follow()["timeline"])
    seen = second.follow()
    assert seen["timeline"][0]["words"] == "社区没有受理"
    assert not [line["text"] for line in seen["timeline"] if line["text"]]
