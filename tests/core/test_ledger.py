"""What has ended is written down once the database is back, and nothing is tried for ever."""

from collections.abc import Sequence

import pytest

from app.core.ledger import MOST_STUMBLES, Ledger


class Book:
    """Takes down what it is given, unless it is away."""

    def __init__(self) -> None:
        self.away = False
        self.tries = 0
        self.lines: list[str] = []

    def write(self, lines: Sequence[str]) -> None:
        self.tries += 1
        if self.away:
            raise OSError("away")
        self.lines += lines


def test_what_could_not_be_written_is_written_the_next_time() -> None:
    book = Book()
    ledger = Ledger(book.write)
    ledger.flush()
    assert book.tries == 0
    ledger.add(["a", "b"])
    book.away = True
    with pytest.raises(OSError, match="away"):
        ledger.flush()
    ledger.add(["c"])
    book.away = False
    ledger.flush()
    ledger.flush()
    assert (book.lines, len(ledger)) == (["a", "b", "c"], 0)


def test_what_can_never_be_written_does_not_stand_in_the_way_for_ever() -> None:
    book = Book()
    ledger = Ledger(book.write)
    ledger.add(["a"])
    book.away = True
    for _ in range(MOST_STUMBLES - 1):
        with pytest.raises(OSError, match="away"):
            ledger.flush()
    ledger.flush()
    assert (book.tries, len(ledger)) == (MOST_STUMBLES, 0)
    book.away = False
    ledger.add(["b"])
    ledger.flush()
    assert book.lines == ["b"]
