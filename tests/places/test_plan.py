"""What becomes of each row of a spreadsheet, without any database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.places import rules
from app.places.columns import COLUMNS, Line
from app.places.plan import Known, Plan, RowAction, plan
from app.places.rules import CareLevel, VisitWish

GOOD = {"estate": "和园一村", "building": "3栋", "unit": "1", "door": "202"}


def line(row: int = 2, **cells: str) -> Line:
    return Line(row, GOOD | cells)


def known_after(planned: Plan) -> Known:
    """What a community has when this plan was carried out in an empty one."""
    known = Known(
        estates=dict(planned.estates),
        buildings=dict(planned.buildings),
        units=dict(planned.units),
        grids=frozenset(planned.grids),
        grid_of=dict(planned.grid_of),
    )
    for row in planned.of(RowAction.CREATE):
        assert row.key is not None
        assert row.wanted is not None
        known.households[row.key] = {
            "floor": row.wanted.floor or rules.floor_from_door(row.wanted.door),
            "contact_name": row.wanted.contact_name or "",
            "care_level": row.wanted.care_level or CareLevel.GENERAL,
            "wish": row.wanted.wish or VisitWish.ANY,
            "contact_phone": row.wanted.contact_phone,
        }
    return known


def test_a_new_door_is_created_with_the_places_it_needs() -> None:
    planned = plan([line()], Known())
    assert planned.rows[0].action is RowAction.CREATE
    assert planned.rows[0].reasons == ("新建小区「和园一村」", "新建楼栋「3栋」")
    assert planned.news() == {"estates": 1, "buildings": 1, "units": 1, "grids": 0}


def test_a_second_door_needs_no_second_building() -> None:
    planned = plan([line(), line(3, door="203", building="3幢")], Known())
    assert planned.counts() == {"create": 2, "change": 0, "same": 0, "refuse": 0}
    assert planned.news()["buildings"] == 1


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"door": ""}, "门牌没有填"),
        ({"door": "二楼"}, "门牌：「二楼」不像门牌号，要写成 202 或 A-1203 这样"),
        ({"unit": ""}, "单元没有填"),
        ({"floor": "顶"}, "楼层：「顶」不像楼层，要写成 2 或 -1 这样"),
        ({"care_level": "很高"}, "关心程度：「很高」不认识，只能填 特别关心、重点关心、一般"),
        (
            {"wish": "随便"},
            "上门意愿：「随便」不认识，只能填 可以上门、先打电话、只打电话、不再上门",
        ),
        ({"contact_phone": "123"}, "联系电话：不是完整的手机号或座机号"),
        ({"contact_name": "=HYPERLINK(1)"}, "称呼：不能以 = + - @ 开头"),
        ({"contact_name": "王" * 21}, "称呼：不能超过 20 个字"),
        ({"estate": "@SUM(A1)"}, "小区：不能以 = + - @ 开头"),
        ({"grid": "网" * 41}, "网格：不能超过 40 个字"),
    ],
)
def test_a_bad_cell_refuses_its_row_and_says_why(cells: dict[str, str], reason: str) -> None:
    planned = plan([line(**cells)], Known())
    assert planned.rows[0].action is RowAction.REFUSE
    assert planned.rows[0].reasons == (reason,)
    assert planned.news() == {"estates": 0, "buildings": 0, "units": 0, "grids": 0}


def test_every_bad_cell_of_a_row_is_named() -> None:
    planned = plan([line(door="?", contact_phone="1")], Known())
    assert len(planned.rows[0].reasons) == 2


def test_the_same_door_twice_in_a_file_refuses_the_second() -> None:
    planned = plan([line(2), line(7, building="3号楼", door="202室")], Known())
    assert [row.action for row in planned.rows] == [RowAction.CREATE, RowAction.REFUSE]
    assert planned.rows[1].reasons == ("和第 2 行是同一户，请删掉其中一行",)


def test_a_building_lies_in_one_grid() -> None:
    rows = [line(2, grid="一网格"), line(3, door="203", grid="二网格"), line(4, door="204")]
    planned = plan(rows, Known())
    assert [row.action for row in planned.rows] == ["create", "refuse", "create"]
    assert list(planned.grids) == ["一网格"]


def test_a_blank_cell_leaves_what_is_there() -> None:
    known = known_after(plan([line(contact_name="王阿姨", contact_phone="19900000001")], Known()))
    planned = plan([line(contact_name="", contact_phone="")], known)
    assert planned.rows[0].action is RowAction.SAME


def test_a_change_says_from_what_to_what_with_numbers_masked() -> None:
    known = known_after(plan([line(care_level="一般", contact_phone="19900000001")], Known()))
    planned = plan([line(care_level="特别关心", contact_phone="19900000002")], known)
    assert planned.rows[0].action is RowAction.CHANGE
    assert [change.as_shown() for change in planned.rows[0].changes] == [
        {"field": "care_level", "name": "关心程度", "from": "一般", "to": "特别关心"},
        {
            "field": "contact_phone",
            "name": "联系电话",
            "from": "199****0001",
            "to": "199****0002",
        },
    ]


cell = st.one_of(
    st.text(max_size=12),
    st.sampled_from(["202", "3栋", "1", "和园", "特别关心", "先打电话", "19900000001", "", "=1"]),
)
lines = st.lists(
    st.fixed_dictionaries({column.field: cell for column in COLUMNS}), max_size=12
).map(lambda rows: [Line(number, cells) for number, cells in enumerate(rows, start=2)])


@given(lines)
def test_any_garbage_gets_an_action_and_a_reason_where_refused(rows: list[Line]) -> None:
    planned = plan(rows, Known())
    assert len(planned.rows) == len(rows)
    assert all(row.reasons for row in planned.of(RowAction.REFUSE))
    assert sum(planned.counts().values()) == len(rows)


@given(lines)
def test_the_same_file_twice_changes_nothing(rows: list[Line]) -> None:
    first = plan(rows, Known())
    again = plan(rows, known_after(first))
    assert again.counts()["create"] == again.counts()["change"] == 0
    assert again.counts()["same"] == first.counts()["create"]
    assert again.news() == {"estates": 0, "buildings": 0, "units": 0, "grids": 0}
