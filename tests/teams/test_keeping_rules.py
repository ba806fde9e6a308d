"""Who should look after which door: near, balanced, keeping the known faces."""

from collections import Counter
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from app.teams.rules.keeping import Door, Keeper, handed, suggest


def somebody(number: int) -> UUID:
    return UUID(int=number + 1)


def door(number: int, *, main: UUID | None = None, backup: UUID | None = None) -> Door:
    """Four doors to a unit, two units to a building."""
    unit, building = number // 4, number // 8
    lies = (UUID(int=20_000 + unit), UUID(int=30_000 + building), building)
    return Door(UUID(int=10_000 + number), f"{number:04}", *lies, main=main, backup=backup)


def keeper(number: int, room: int = 60, *buildings: int) -> Keeper:
    places = frozenset(UUID(int=30_000 + building) for building in buildings)
    return Keeper(somebody(number), room, places, frozenset(buildings))


PEOPLE = st.one_of(st.none(), st.integers(0, 6).map(somebody))
DOORS = st.lists(st.tuples(PEOPLE, PEOPLE), max_size=40).map(
    lambda held: [
        door(number, main=main, backup=backup if backup != main else None)
        for number, (main, backup) in enumerate(held)
    ]
)
KEEPERS = st.lists(st.integers(0, 12), max_size=5).map(
    lambda rooms: [keeper(number, room) for number, room in enumerate(rooms)]
)


def test_new_doors_go_to_whoever_is_paired_with_their_building() -> None:
    after = suggest([door(n) for n in range(24)], [keeper(0, 60, 2), keeper(1, 60, 0, 1)])
    mains = [after[UUID(int=10_000 + n)][0] for n in range(24)]
    assert mains[16:] == [somebody(0)] * 8
    assert Counter(mains) == {somebody(0): 12, somebody(1): 12}


def test_known_faces_stay_though_others_have_less() -> None:
    held = [door(n, main=somebody(0), backup=somebody(1)) for n in range(8)]
    after = suggest(held, [keeper(0), keeper(1), keeper(2)])
    assert set(after.values()) == {(somebody(0), somebody(1))}


def test_who_has_too_much_keeps_what_is_nearest_to_their_own_building() -> None:
    held = [door(n, main=somebody(0)) for n in range(16)]
    after = suggest(held, [keeper(0, 8, 1), keeper(1)])
    assert [after[one.id][0] for one in held] == [somebody(1)] * 8 + [somebody(0)] * 8


def test_doors_for_which_nobody_has_room_are_left_and_not_forced_on_anybody() -> None:
    after = suggest([door(n) for n in range(5)], [keeper(0, 2), keeper(1, 1)])
    assert Counter(main for main, _ in after.values())[None] == 2


@given(DOORS, KEEPERS)
def test_a_suggestion_never_breaks_what_it_promises(
    doors: list[Door], keepers: list[Keeper]
) -> None:
    after = suggest(doors, keepers)
    room = {one.id: one.room for one in keepers}
    mains = Counter(main for main, _ in after.values() if main)
    assert set(after) == {one.id for one in doors}
    assert all(count <= room[person] for person, count in mains.items())
    assert all(main is None or main != backup for main, backup in after.values())
    assert all(backup is None or main is not None for main, backup in after.values())
    if sum(room.values()) >= len(doors):
        assert None not in {main for main, _ in after.values()}
    for one in doors:
        held = sum(other.main == one.main for other in doors)
        if one.main in room and held <= room[one.main]:
            assert after[one.id][0] == one.main
    assert suggest(reversed(doors), keepers) == after


@given(DOORS, st.integers(1, 3), st.booleans())
def test_whoever_hands_over_leaves_no_door_alone(
    doors: list[Door], takers: int, for_good: bool
) -> None:
    leaving = somebody(0)
    theirs = [one for one in doors if leaving in (one.main, one.backup)]
    keepers = [keeper(number, len(doors)) for number in range(1, takers + 1)]
    after = handed(theirs, leaving, keepers, for_good=for_good)
    assert set(after) == {one.id for one in theirs}
    receivers = {one.id for one in keepers}
    for one in theirs:
        main, backup = after[one.id]
        assert main != leaving
        assert main is None or main != backup
        if one.main == leaving:
            assert main in receivers
        if for_good:
            assert backup != leaving


def test_the_known_backup_moves_up_and_who_is_away_for_a_while_stays_behind_them() -> None:
    held = [door(0, main=somebody(0), backup=somebody(1))]
    assert handed(held, somebody(0), [keeper(1)], for_good=False)[held[0].id] == (
        somebody(1),
        somebody(0),
    )
    assert handed(held, somebody(0), [keeper(1)], for_good=True)[held[0].id] == (somebody(1), None)
    assert handed(held, somebody(0), [keeper(2)], for_good=True)[held[0].id] == (
        somebody(2),
        somebody(1),
    )
