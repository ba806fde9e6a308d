"""How names of places, doors, floors and telephone numbers are read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.places import rules


@pytest.mark.parametrize(
    ("text", "door"),
    [
        ("202", "202"),
        (" 202室 ", "202"),
        ("１２０３", "1203"),
        ("a-1203", "A-1203"),
        ("", None),
        ("二零二", None),
        ("202/203", None),
        ("=1+1", None),
        ("1" * 40, None),
    ],
)
def test_a_door_is_a_number_with_at_most_a_letter(text: str, door: str | None) -> None:
    assert rules.door_of(text) == door


@pytest.mark.parametrize(
    ("text", "floor"),
    [("2", 2), ("12层", 12), ("-1", -1), ("0", None), ("顶", None), ("999", None)],
)
def test_a_floor_is_a_whole_number_that_a_house_can_have(text: str, floor: int | None) -> None:
    assert rules.floor_of(text) == floor


@pytest.mark.parametrize(
    ("door", "floor"), [("202", 2), ("1203", 12), ("12", None), ("A202", None), ("012", None)]
)
def test_the_floor_is_guessed_from_doors_of_three_or_four_digits(
    door: str, floor: int | None
) -> None:
    assert rules.floor_from_door(door) == floor


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("199 0000 0001", "19900000001"),
        ("+86 199-0000-0001", "19900000001"),
        ("025-85000000", "02585000000"),
        ("85000000", "85000000"),
        ("12345", None),
        ("1990000000", None),
        ("电话", None),
    ],
)
def test_a_telephone_number_can_be_rung(text: str, number: str | None) -> None:
    assert rules.telephone_of(text) == number


@pytest.mark.parametrize("name", ["3", "3栋", "3幢", "3号楼", "３ 栋", "03"])
def test_spellings_of_one_building_share_a_key(name: str) -> None:
    assert rules.building_key(name) == "3"
    assert rules.building_key(rules.building_name(name)) == "3"


def test_a_masked_number_never_shows_enough_to_ring_it() -> None:
    assert rules.masked("19900000001") == "199****0001"
    assert rules.masked("85000000") == "****0000"


@given(st.text(max_size=30))
def test_no_text_makes_a_reader_raise(text: str) -> None:
    for read in (rules.door_of, rules.floor_of, rules.telephone_of, rules.building_key):
        read(text)
    rules.unit_name(text)
    rules.place_sort(text, {1, 2})


@given(st.text(min_size=1, max_size=30).map(rules.plain).filter(bool))
def test_the_name_given_to_a_new_place_keeps_its_key(name: str) -> None:
    assert rules.building_key(rules.building_name(name)) == rules.building_key(name)
    assert rules.unit_key(rules.unit_name(name)) == rules.unit_key(name)


def test_walking_order_goes_by_building_unit_floor_and_door() -> None:
    doors = [((1, 3, 1), 2, "202"), ((1, 3, 1), 10, "1001"), ((1, 3, 2), 1, "101")]
    doors += [((1, 12, 1), -1, "B01"), ((1, 12, 1), 1, "101"), ((2, 1, 1), 1, "101")]
    orders = [rules.walk_order(*door) for door in doors]
    assert orders == sorted(orders)
