"""Which rule speaks, and who has returned a ticket."""

from dataclasses import dataclass, field
from itertools import permutations
from typing import Any
from uuid import UUID, uuid4

import pytest

from app.tickets.rules.routing import Advice, Rule, best, returned_by

COMMUNITY, ESTATE, BUILDING, ELSEWHERE = (uuid4() for _ in range(4))
PATH = f"/{uuid4()}/{uuid4()}/{COMMUNITY}/{ESTATE}/{BUILDING}/{uuid4()}/"
LIFT = "facility.lift"


def rule(place: UUID, about: str) -> Rule:
    return Rule(uuid4(), place, about, uuid4())


# In the order in which they speak.
SPEAK = [
    rule(BUILDING, LIFT),
    rule(BUILDING, "facility"),
    rule(ESTATE, LIFT),
    rule(ESTATE, "facility"),
    rule(COMMUNITY, LIFT),
    rule(COMMUNITY, "facility"),
]
SILENT = [rule(ELSEWHERE, LIFT), rule(BUILDING, "facility.water_drain"), rule(BUILDING, "order")]


@pytest.mark.parametrize("first", range(len(SPEAK)))
def test_the_nearest_place_speaks_first_and_a_category_before_its_group(first: int) -> None:
    for some in permutations([*SPEAK[first:][:2], *SILENT[:2]]):
        assert best(some, PATH, LIFT) is SPEAK[first]


def test_where_no_rule_is_about_it_none_speaks() -> None:
    assert best(SILENT, PATH, LIFT) is None
    assert best([], PATH, LIFT) is None


def test_a_group_without_parts_is_a_category_too() -> None:
    asked = rule(COMMUNITY, "inquiry")
    assert best([asked], PATH, "inquiry") is asked


def test_what_cannot_be_followed_does_not_decide() -> None:
    decides = Rule(uuid4(), ESTATE, LIFT, uuid4(), decides=True)
    assert Advice(decides).decides
    assert not Advice(decides, "退过").decides
    assert not Advice(rule(ESTATE, LIFT)).decides


@dataclass
class Line:
    verb: str
    said: dict[str, Any] = field(default_factory=dict)


def test_who_returned_a_ticket_is_told_by_its_timeline() -> None:
    one, two = uuid4(), uuid4()
    given = Line("submit", {"lead_org_id": str(one)})
    assert returned_by([given]) == frozenset()
    assert returned_by([given, Line("return")]) == {one}
    again = Line("dispatch", {"lead_org_id": str(two)})
    assert returned_by([given, Line("return"), again]) == {one}
    assert returned_by([given, Line("return"), again, Line("note"), Line("return")]) == {one, two}
    assert returned_by([Line("return")]) == frozenset()
