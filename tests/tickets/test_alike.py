"""Which reports read alike, against pairs that were written by hand (see the head of the file)."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from app.tickets.rules import CATEGORIES, TicketStatus
from app.tickets.rules.alike import alikeness, gist_of, is_alike
from app.tickets.rules.doubles import Standing, is_hinted, standing_of

PAIRS = Path(__file__).parent / "data" / "alike_pairs.csv"


def pairs(part: str) -> list[dict[str, str]]:
    lines = PAIRS.read_text(encoding="utf-8").splitlines()
    rows = csv.DictReader(line for line in lines if not line.startswith("#"))
    return [row for row in rows if row["part"] == part]


def guessed(pair: dict[str, str]) -> bool:
    score = alikeness(gist_of(pair["first"]), gist_of(pair["second"]))
    return is_alike(score, same_category=pair["first_category"] == pair["second_category"])


def test_the_table_has_pairs_enough_of_both_kinds_and_known_categories() -> None:
    both = pairs("seen") + pairs("held")
    assert len(both) >= 60
    assert 0.4 < sum(pair["alike"] == "1" for pair in both) / len(both) < 0.6
    used = {pair[column] for pair in both for column in ("first_category", "second_category")}
    assert used <= set(CATEGORIES)


@pytest.mark.parametrize("part", ["seen", "held"])
def test_most_of_what_is_shown_is_the_same_and_most_of_the_same_is_shown(part: str) -> None:
    found = [(guessed(pair), pair["alike"] == "1") for pair in pairs(part)]
    right = sum(shown and same for shown, same in found)
    precision = right / sum(shown for shown, _ in found)
    recall = right / sum(same for _, same in found)
    assert precision >= 0.85
    assert recall >= 0.8


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("三单元楼道灯不亮", "3单元的楼道灯坏了", True),
        ("三单元楼道灯不亮", "五单元楼道灯不亮", False),
        ("三楼灯不亮", "3层的灯坏了", True),
        ("Ａ座 电梯 停了", "a座电梯停了", True),
        ("停水了", "今天没水", True),
        ("！！", "？？", False),
    ],
)
def test_what_says_the_same_in_other_signs_reads_alike(first: str, second: str, same: bool) -> None:
    score = alikeness(gist_of(first), gist_of(second))
    assert is_alike(score, same_category=True) is same


@given(some.text(max_size=40), some.text(max_size=40))
def test_alikeness_is_a_share_and_the_same_both_ways(first: str, second: str) -> None:
    one, other = gist_of(first), gist_of(second)
    score = alikeness(one, other)
    assert 0 <= score <= 1
    assert score == alikeness(other, one)
    assert alikeness(one, one) == (1 if one.pieces else 0)


def test_neighbours_hear_of_public_parts_and_never_of_people_homes_or_complaints() -> None:
    hinted = {code for code in CATEGORIES if is_hinted(code, public_area=True)}
    assert "facility.power_lighting" in hinted
    assert "emergency.burst_flood" in hinted
    private = ("home", "property_service", "owners", "neighbour", "care", "volunteer", "violation")
    assert not [code for code in hinted if code.startswith(private)]
    assert not hinted & {"emergency.person_safety", "order.noise", "order.pet", "inquiry"}
    assert not [code for code in CATEGORIES if is_hinted(code, public_area=False)]


def test_every_state_is_one_of_three_to_neighbours() -> None:
    assert {standing_of(status) for status in TicketStatus} == set(Standing)
    assert standing_of(TicketStatus.SUSPENDED) is Standing.UNDER_WAY
