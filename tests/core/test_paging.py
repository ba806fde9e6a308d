"""Lists by cursor: every row once, in order, whatever comes or goes meanwhile."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.errors import Invalid
from app.core.paging import page_of
from app.identity.models import Person
from tests.factories import identity as make

ORDERS = {
    "up": (Person.name, Person.id),
    "down": (Person.name.desc(), Person.id.desc()),
    "mixed": (Person.name.desc(), Person.id),
    "by time": (Person.created_at.desc(), Person.id.desc()),
}


def walk(session: Session, order: str, limit: int) -> list[str]:
    names: list[str] = []
    cursor = None
    while True:
        page = page_of(
            session,
            select(Person),
            order=ORDERS[order],
            query={"cursor": cursor, "limit": limit},
            present=lambda person: person.name,
        )
        assert len(page["items"]) <= limit
        names += page["items"]
        cursor = page["next_cursor"]
        if cursor is None:
            return names


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("limit", [1, 3, 7, 8, 50])
def test_each_row_comes_once_and_in_order(session: Session, order: str, limit: int) -> None:
    for name in ("丁", "甲", "乙", "乙", "丙", "甲", "乙"):
        make.person(session, name)
    whole = list(session.scalars(select(Person.name).order_by(*ORDERS[order])))
    assert walk(session, order, limit) == whole


def test_a_statement_of_columns_hands_over_rows(session: Session) -> None:
    make.person(session, "甲")
    page = page_of(
        session,
        select(Person.name, Person.elder_mode),
        order=(Person.name, Person.id),
        query={"cursor": None, "limit": 5},
        present=lambda row: (row.name, row.elder_mode),
    )
    assert page["items"] == [("甲", False)]


def test_a_row_removed_meanwhile_loses_nothing(session: Session) -> None:
    made = [make.person(session, name) for name in "abcd"]
    query = {"cursor": None, "limit": 2}
    order = (Person.name, Person.id)
    first = page_of(session, select(Person), order=order, query=query, present=lambda p: p.name)
    session.delete(made[1])
    session.flush()
    query = {"cursor": first["next_cursor"], "limit": 2}
    rest = page_of(session, select(Person), order=order, query=query, present=lambda p: p.name)
    assert rest["items"] == ["c", "d"]


@pytest.mark.parametrize("cursor", ["x", "!!!!", "W10", "WyJhIl0", "WyJhIiwiYiJd", "汉字"])
def test_a_cursor_that_is_not_ours_is_refused_in_words(session: Session, cursor: str) -> None:
    with pytest.raises(Invalid) as refused:
        page_of(
            session,
            select(Person),
            order=(Person.name, Person.id),
            query={"cursor": cursor, "limit": 5},
            present=lambda person: person.name,
        )
    assert list(refused.value.errors) == ["cursor"]
