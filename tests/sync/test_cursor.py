"""The cursor of a phone: what it writes it reads again, and it knows what it has not missed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.sync.rules import Cursor, Place

PLACES = st.builds(Place, st.integers(0, 2**40), st.integers(0, 2**40))
CURSORS = st.builds(Cursor, st.uuids(), st.dictionaries(st.integers(1, 10**6), PLACES, max_size=8))


@given(CURSORS)
def test_a_cursor_is_read_as_far_as_it_was_written(cursor: Cursor) -> None:
    read = Cursor.read(cursor.text())
    assert read.generation == cursor.generation
    assert read.places.keys() == cursor.places.keys()
    for number, place in cursor.places.items():
        assert read.places[number].seq == place.seq
        assert all(
            read.places[number].covers(floor) == place.covers(floor)
            for floor in (0, place.seq, place.base, place.seq + 1, place.base + 1)
        )


@given(CURSORS)
def test_the_same_cursor_is_the_same_text(cursor: Cursor) -> None:
    again = Cursor(cursor.generation, dict(reversed(cursor.places.items())))
    assert again.text() == cursor.text()


@pytest.mark.parametrize("text", ["", "x", "zz|1:2", "0" * 32 + "|1", "0" * 32 + "|a:b", "|"])
def test_anything_else_is_no_cursor(text: str) -> None:
    with pytest.raises((ValueError, TypeError)):
        Cursor.read(text)


@pytest.mark.parametrize(
    ("place", "floor", "covered"),
    [
        (Place(5), 0, True),
        (Place(5), 5, True),
        (Place(5), 6, False),
        (Place(0, 6), 6, True),
        (Place(0, 6), 7, False),
        (Place(9, 6), 9, True),
    ],
)
def test_who_stands_below_what_was_dropped_has_missed_something(
    place: Place, floor: int, covered: bool
) -> None:
    assert place.covers(floor) is covered
