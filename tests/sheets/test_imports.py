"""A hand-over is read, looked at, mended and taken in once; the other system hears of each row."""

import csv
import io
from collections.abc import Callable

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from app.core import clock
from app.core.audit import AuditRow
from app.sheets.models import ForeignTicket, TicketImport, TicketImportRow
from app.sheets.service.importing import forget_old
from app.tickets.models import Ticket
from app.tickets.rules import Verb
from tests.auditing import unwatched
from tests.clients import Client
from tests.factories import tickets
from tests.factories.tickets import Neighbourhood
from tests.sheets.handing import IMPORTS, csv_of, hand_over, line, rows_of, xlsx_of
from tests.sheets.reading import formulas, sheets

Clients = Callable[..., Client]


@pytest.fixture
def clerk(client: Clients, here: Neighbourhood) -> Client:
    return client(here.people["committee"])


def returned(clerk: Client, path: str, **query: str) -> list[list[str]]:
    """A file that goes back, as rows."""
    answer = clerk.get(path, **query)
    assert answer.status_code == 200, answer.text
    return list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))


def test_a_hotlines_file_becomes_tickets(
    clerk: Client, session: Session, here: Neighbourhood
) -> None:
    made = hand_over(clerk, here, csv_of(line(here, "0312-1"), line(here, "0312-2"))).json
    assert made["counts"]["ready"] == 2
    assert {one["key"]: one["column"] for one in made["columns"]} == {
        "number": 0, "text": 4, "address": 5, "kind": 3, "called_at": 6, "due_at": 7,
    }  # fmt: skip
    [first, _] = rows_of(clerk, made)
    assert (first["category"], first["place_id"]) == (
        "facility.power_lighting",
        str(here.building.id),
    )
    assert session.scalar(select(func.count()).select_from(Ticket)) == 0
    taken = clerk.post(f"{IMPORTS}/{made['id']}/take", {"rows": [2, 3]})
    assert taken.status_code == 200, taken.text
    assert taken.json["state"] == "confirmed"
    assert taken.json["counts"]["accepted"] == 2
    found = session.scalars(select(Ticket).order_by(Ticket.number)).all()
    assert [one.place_id for one in found] == [here.building.id] * 2
    story = clerk.get(f"/tickets/{found[0].id}").json["timeline"]
    note = next(entry["text"] for entry in story if entry["verb"] == "note")
    assert note == (
        f"由12345热线转来，对方编号 0312-1，原写地址：{here.estate.name}{here.building.name}，"
        "来电时间 2026-11-20 09:30，对方要求 2099-11-30 23:59 前办结。"
    )
    result = returned(clerk, f"{IMPORTS}/{made['id']}/result.csv")
    assert result[1] == ["0312-1", "0", "已接收", found[0].number, "", "2"]


def test_the_same_file_twice_makes_no_doubles(
    clerk: Client, session: Session, here: Neighbourhood
) -> None:
    content = csv_of(line(here, "7"), line(here, "8"), line(here, "7"))
    first = hand_over(clerk, here, content).json
    assert (first["counts"]["ready"], first["counts"]["doubled"]) == (2, 1)
    clerk.post(f"{IMPORTS}/{first['id']}/take", {"rows": [2, 3, 4]})
    again = hand_over(clerk, here, content).json
    assert again["counts"]["doubled"] == 3
    refused = clerk.post(f"{IMPORTS}/{again['id']}/take", {"rows": [2, 3, 4]})
    assert (refused.status_code, refused.json["code"]) == (422, "import_nothing_chosen")
    assert session.scalar(select(func.count()).select_from(Ticket)) == 2
    assert [row[1:3] for row in returned(clerk, f"{IMPORTS}/{again['id']}/result.csv")[1:]] == [
        ["1", "重复"]
    ] * 3


def test_two_who_took_the_same_preview_make_no_doubles(
    clerk: Client, session: Session, here: Neighbourhood
) -> None:
    content = csv_of(line(here, "7"))
    first, second = (hand_over(clerk, here, content).json for _ in range(2))
    clerk.post(f"{IMPORTS}/{first['id']}/take", {"rows": [2]})
    late = clerk.post(f"{IMPORTS}/{second['id']}/take", {"rows": [2]}).json
    assert (late["counts"]["accepted"], late["counts"]["doubled"]) == (0, 1)
    assert session.scalar(select(func.count()).select_from(Ticket)) == 1


def test_each_cell_says_what_is_wrong_with_it(clerk: Client, here: Neighbourhood) -> None:
    made = hand_over(
        clerk,
        here,
        csv_of(
            line(here, ""),
            line(here, "2", 诉求内容=""),
            line(here, "3", 事发地址="月亮上"),
            line(here, "4", 事发地址=f"{here.estate.name}99栋"),
            line(here, "5", 办理时限="下周"),
            line(here, "6", 诉求类型="", 诉求内容="嗯"),
            line(here, "1.2E+15"),
        ),
    ).json
    rows = rows_of(clerk, made)
    assert [sorted(row["errors"]) for row in rows] == [
        ["number"], ["text"], ["address"], [], [], ["kind"], ["number"],
    ]  # fmt: skip
    assert rows[3]["doubts"] == {"address": "没有找到「99栋」，先记在小区"}
    assert rows[3]["place_id"] == str(here.estate.id)
    assert rows[4]["doubts"] == {"due_at": "「下周」看不出是哪一天，先空着"}


def test_somebody_may_say_where_and_what_it_is(clerk: Client, here: Neighbourhood) -> None:
    content = csv_of(line(here, "1", 事发地址="月亮上", 诉求类型="", 诉求内容="嗯"))
    made = hand_over(clerk, here, content).json
    path = f"{IMPORTS}/{made['id']}/rows/2"
    wrong = clerk.patch(path, {"place_id": str(here.organisations["committee"].id)})
    assert list(wrong.json["errors"]) == ["place_id"]
    assert list(clerk.patch(path, {"category": "nonsense"}).json["errors"]) == ["category"]
    assert clerk.patch(path, {"place_id": str(here.unit.id)}).json["state"] == "refused"
    mended = clerk.patch(path, {"category": "inquiry"}).json
    assert (mended["state"], mended["errors"], mended["category_name"]) == ("ready", {}, "咨询")


def test_only_chosen_rows_come_in_and_the_others_say_so(
    clerk: Client, session: Session, here: Neighbourhood
) -> None:
    made = hand_over(
        clerk, here, csv_of(line(here, "1"), line(here, "2"), line(here, "3", 事发地址="月亮上"))
    ).json
    taken = clerk.post(f"{IMPORTS}/{made['id']}/take", {"rows": [3, 4]}).json
    assert {key: taken["counts"][key] for key in ("accepted", "left", "refused")} == {
        "accepted": 1, "left": 1, "refused": 1,
    }  # fmt: skip
    result = returned(clerk, f"{IMPORTS}/{made['id']}/result.csv")
    assert [row[1:3] for row in result[1:]] == [["3", "未导入"], ["0", "已接收"], ["2", "退回"]]
    assert "请选一个地点" in result[3][4]
    again = clerk.post(f"{IMPORTS}/{made['id']}/take", {"rows": [2]})
    assert again.json["code"] == "import_settled"


def test_what_the_rules_refuse_is_handed_back_and_the_rest_comes_in(
    clerk: Client, session: Session, here: Neighbourhood
) -> None:
    made = hand_over(clerk, here, csv_of(line(here, "1"), line(here, "2"))).json
    with unwatched():
        row = session.get_one(TicketImportRow, (TicketImport.id.type.python_type(made["id"]), 2))
        row.category = "was.taken.away"
        session.commit()
    taken = clerk.post(f"{IMPORTS}/{made['id']}/take", {"rows": [2, 3]}).json
    assert (taken["counts"]["accepted"], taken["counts"]["refused"]) == (1, 1)
    result = returned(clerk, f"{IMPORTS}/{made['id']}/result.csv")
    assert result[1][1:5] == ["2", "退回", "", "请选一个类别。"]


def test_columns_are_chosen_and_remembered_for_this_system(
    clerk: Client, here: Neighbourhood
) -> None:
    head = ("序", "事由", "哪里", "种类")
    row = ("A-1", "楼道灯不亮", f"{here.estate.name}{here.building.name}", "公共照明用电")
    made = hand_over(clerk, here, csv_of(row, head=head)).json
    blocked = clerk.post(f"{IMPORTS}/{made['id']}/take", {"rows": [2]})
    assert blocked.json["code"] == "import_columns_missing"
    path = f"{IMPORTS}/{made['id']}/mapping"
    assert clerk.put(path, {"number": 0, "text": 9}).status_code == 422
    assert clerk.put(path, {"number": 0, "text": 0}).status_code == 422
    pointed = clerk.put(path, {"number": 0, "text": 1, "address": 2, "kind": 3, "due_at": None})
    assert pointed.json["counts"]["ready"] == 1
    moved = csv_of((row[1], row[0], *row[2:]), head=(head[1], head[0], *head[2:]))
    assert hand_over(clerk, here, moved).json["counts"]["ready"] == 1
    assert hand_over(clerk, here, moved, source="别的系统").json["counts"]["ready"] == 0


def test_headings_are_found_below_a_title_in_merged_cells(
    clerk: Client, here: Neighbourhood
) -> None:
    content = xlsx_of(line(here, "1"), title="某某区交办单")
    made = hand_over(clerk, here, content, name="交办.xlsx").json
    assert made["counts"]["ready"] == 1
    assert rows_of(clerk, made)[0]["row"] == 3


def test_long_words_go_on_in_the_timeline(
    clerk: Client, session: Session, here: Neighbourhood
) -> None:
    made = hand_over(clerk, here, csv_of(line(here, "1", 诉求内容="灯" * 600))).json
    clerk.post(f"{IMPORTS}/{made['id']}/take", {"rows": [2]})
    ticket = session.scalars(select(Ticket)).one()
    assert len(ticket.text) == 500
    story = clerk.get(f"/tickets/{ticket.id}").json["timeline"]
    assert any(entry["text"].endswith("灯" * 100) for entry in story)


def test_who_called_is_not_kept_and_texts_are_sealed_until_it_is_settled(
    clerk: Client, session: Session, here: Neighbourhood
) -> None:
    made = hand_over(clerk, here, csv_of(line(here, "1"))).json
    raw = session.execute(text("SELECT lines FROM ticket_import")).scalar()
    assert "王女士" not in raw
    session.rollback()
    clerk.post(f"{IMPORTS}/{made['id']}/take", {"rows": [2]})
    assert session.execute(text("SELECT lines FROM ticket_import")).scalar() is None
    assert session.execute(text("SELECT said FROM ticket_import_row")).scalar() is None
    assert rows_of(clerk, made)[0]["text"] is None


def test_a_matter_of_a_home_has_the_callers_agreement(
    clerk: Client, session: Session, here: Neighbourhood
) -> None:
    made = hand_over(clerk, here, csv_of(line(here, "1", 诉求类型="家里维修"))).json
    clerk.post(f"{IMPORTS}/{made['id']}/take", {"rows": [2]})
    ticket = session.scalars(select(Ticket)).one()
    assert (ticket.public_area, ticket.agreed_by) == (False, "12345热线来电人")


def test_the_other_system_hears_how_it_ended(
    clerk: Client, session: Session, here: Neighbourhood
) -> None:
    content = csv_of(line(here, "=1+1"), line(here, "2"), line(here, "3", 办理时限="2026-11-01"))
    made = hand_over(clerk, here, content).json
    clerk.post(f"{IMPORTS}/{made['id']}/take", {"rows": [2, 3, 4]})
    for number, word in (("2", "不是本社区的"), ("3", "归水务办")):
        found = session.scalars(select(ForeignTicket).where(ForeignTicket.number == number)).one()
        ticket = session.get_one(Ticket, found.ticket_id)
        tickets.act(session, here, ticket, "committee", Verb.REJECT, reason=word, where_to="街道")
    session.commit()
    path = f"{IMPORTS}/sources/{made['source']['id']}/endings"
    head, *rows = returned(clerk, f"{path}.csv")
    by = {row[0]: dict(zip(head, row, strict=True)) for row in rows}
    assert by["'=1+1"]["状态"] == "待受理"
    assert by["2"]["状态"] == "不受理"
    assert by["2"]["办理结果"] == "不是本社区的"
    assert (by["2"]["是否超过要求时限"], by["3"]["是否超过要求时限"]) == ("否", "是")
    workbook = clerk.get(f"{path}.xlsx").data
    assert formulas(workbook) == []
    assert sheets(workbook)["结果"][1][0] == "=1+1"
    tomorrow = clock.today().isoformat().replace("2026", "2099")
    assert len(returned(clerk, f"{path}.csv", since=tomorrow)) == 1


def test_nothing_of_it_is_for_others(client: Clients, clerk: Client, here: Neighbourhood) -> None:
    made = hand_over(clerk, here, csv_of(line(here, "1"))).json
    for word in ("property", "owners", "volunteer", "subdistrict"):
        assert client(here.people[word]).get(f"{IMPORTS}/{made['id']}").status_code == 403
    assert clerk.get(f"{IMPORTS}/{made['id']}/result.pdf").status_code == 404


def test_what_nobody_decides_about_goes_after_a_week(
    clerk: Client, session: Session, here: Neighbourhood
) -> None:
    made = hand_over(clerk, here, csv_of(line(here, "1"))).json
    with tickets.later(days=8):
        forget_old(session, clock.today())
        session.commit()
    assert rows_of(clerk, made) == []
    assert session.scalars(select(TicketImport)).one().lines is None


def test_every_step_has_its_audit_row(clerk: Client, session: Session, here: Neighbourhood) -> None:
    made = hand_over(clerk, here, csv_of(line(here, "1"))).json
    clerk.patch(f"{IMPORTS}/{made['id']}/rows/2", {"category": "inquiry"})
    clerk.post(f"{IMPORTS}/{made['id']}/take", {"rows": [2]})
    other = hand_over(clerk, here, csv_of(line(here, "2"))).json
    assert clerk.delete(f"{IMPORTS}/{other['id']}").status_code == 204
    verbs = session.scalars(
        select(AuditRow.verb).where(AuditRow.subject_kind == "ticket_import").order_by(AuditRow.id)
    ).all()
    assert verbs == ["previewed", "mended", "applied", "previewed", "dropped"]
