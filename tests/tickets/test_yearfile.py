"""A year as a file: every way of writing a line, every way of getting one wrong, by its number."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.calendar import DayKind, ordinary
from app.tickets.rules.yearfile import MOST_LINES, NO_HOLIDAY, TOO_LONG, Line, read

HOLIDAY, MAKEUP, WEEKDAY = DayKind.HOLIDAY, DayKind.MAKEUP_WORKDAY, DayKind.WEEKDAY
GOOD = "2027-01-01,放假,元旦"


def only(line: str) -> Line:
    """One line below a good one, as it is read."""
    first, second = read(f"{GOOD}\n{line}\n", 2027)
    assert not first.wrong
    return second


@pytest.mark.parametrize(
    "written", ["2027-02-06", "2027/2/6", "2027.02.06", "2027年2月6日", " 2027-02-06 "]
)
def test_a_date_may_be_written_in_any_usual_way(written: str) -> None:
    line = only(f"{written},放假,春节")
    assert (line.on, line.kind, line.name, line.wrong) == (
        date(2027, 2, 6),
        HOLIDAY,
        "春节",
        "",
    )


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("2027-02-08,放假", HOLIDAY),
        ("2027-02-08,holiday", HOLIDAY),
        ("2027-02-08,Holiday", HOLIDAY),
        ("2027-02-14,调休上班", MAKEUP),
        ("2027-02-14,makeup", MAKEUP),
        ("2027-02-08,上班", WEEKDAY),
        ("2027-02-08,workday", WEEKDAY),
    ],
)
def test_a_kind_may_be_said_in_chinese_or_as_programs_say_it(written: str, kind: DayKind) -> None:
    line = only(written)
    assert (line.kind, line.name, line.wrong) == (kind, "", "")


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("2027-02-30,放假", "日期看不懂，请写成 2027-02-06 这样。"),
        ("二月六日,放假", "日期看不懂，请写成 2027-02-06 这样。"),
        (",放假", "日期看不懂，请写成 2027-02-06 这样。"),
        ("06-02-2027,放假", "日期看不懂，请写成 2027-02-06 这样。"),
        ("2026-12-31,放假", "这一天不在要导入的年份里。"),
        ("2028-01-01,放假", "这一天不在要导入的年份里。"),
        ("2027-01-01,放假", "这一天前面已经写过了。"),
        ("2027年1月1日,上班", "这一天前面已经写过了。"),
        ("2027-02-08,休息", "第二列要写“放假”“调休上班”或“上班”。"),
        ("2027-02-08,", "第二列要写“放假”“调休上班”或“上班”。"),
        ("2027-02-08,调休上班", "这天本来就是工作日，不用写调休上班。"),
        ("2027-02-07,上班", "这天是周末，要上班请写“调休上班”。"),
        ("2027-02-08,放假," + "春" * 21, "名称最多 20 个字。"),
        ("2027-02-08", "一行要有日期和种类两列，名称可以不写。"),
        ("放假", "一行要有日期和种类两列，名称可以不写。"),
    ],
)
def test_a_wrong_line_says_what_is_wrong_with_it(written: str, sentence: str) -> None:
    line = only(written)
    assert (line.number, line.wrong) == (2, sentence)
    assert line.said == "，".join(cell.strip() for cell in written.split(","))[:60]


def test_the_first_thing_that_is_wrong_is_said() -> None:
    assert only("2026-02-08,休息," + "春" * 21).wrong == "这一天不在要导入的年份里。"


def test_lines_keep_their_numbers_though_headings_and_empty_ones_are_left_out() -> None:
    text = f"\ufeff日期,种类,名称\r\n\r\n{GOOD}\r\n , ,\r\n2027-02-30,放假\r\n"
    assert [(line.number, bool(line.wrong)) for line in read(text, 2027)] == [(3, False), (5, True)]
    assert [line.number for line in read(f"Date,Kind\n{GOOD}", 2027)] == [2]


def test_a_line_that_was_wrong_does_not_make_its_day_written_twice_but_one_that_was_read_does() -> (
    None
):
    lines = read("2027-02-30,放假\n2027-02-08,休息\n2027-02-08,放假\n", 2027)
    assert [line.wrong for line in lines[2:]] == ["这一天前面已经写过了。"]


@pytest.mark.parametrize("text", ["", "\n\n", "日期,种类,名称\n", "2027-02-08,上班\n"])
def test_a_file_without_a_holiday_is_no_calendar(text: str) -> None:
    assert read(text, 2027)[-1] == Line(0, "", wrong=NO_HOLIDAY)


def test_a_file_that_is_far_too_long_is_read_no_further() -> None:
    lines = read("\n".join([GOOD] * (MOST_LINES + 100)), 2027)
    assert len(lines) == MOST_LINES + 1
    assert (lines[-1].number, lines[-1].wrong) == (MOST_LINES + 1, TOO_LONG)


def test_a_name_in_quotes_keeps_its_comma() -> None:
    assert only('2027-02-08,放假,"春节,初三"').name == "春节,初三"


@given(st.text(max_size=400))
def test_whatever_a_file_holds_it_is_read_line_by_line(text: str) -> None:
    for line in read(text, 2027):
        assert line.wrong or (line.on and line.on.year == 2027 and line.kind)


@given(st.sets(st.dates(date(2027, 1, 1), date(2027, 12, 31)), min_size=1, max_size=40))
def test_every_day_of_the_year_may_be_off_and_every_weekend_day_may_be_made_up(
    days: set[date],
) -> None:
    weekends = {day for day in days if ordinary(day) is DayKind.WEEKEND}
    said = [f"{day},{'调休上班' if day in weekends else '放假'}" for day in sorted(days)]
    lines = [line for line in read("\n".join(said), 2027) if line.number]
    assert not any(line.wrong for line in lines)
    assert {line.on for line in lines if line.kind is MAKEUP} == weekends
