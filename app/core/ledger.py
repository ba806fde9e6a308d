"""What is to be handed on and could not be yet: kept while the database is away."""

import logging
from collections.abc import Callable, Iterable, Sequence
from typing import Generic, TypeVar

MOST_STUMBLES = 20

T = TypeVar("T")
log = logging.getLogger(__name__)


class Ledger(Generic[T]):
    """Used by one thread. What can never be handed on is dropped in the end: its lease runs out."""

    def __init__(self, hand_on: Callable[[Sequence[T]], None]) -> None:
        self._hand_on = hand_on
        self._kept: list[T] = []
        self._stumbles = 0

    def __len__(self) -> int:
        return len(self._kept)

    def add(self, more: Iterable[T]) -> None:
        """Keep these until `flush`."""
        self._kept += more

    def flush(self) -> None:
        """Hand on all that is kept. Raises what that raised, and then keeps it for the next time;
        not for ever."""
        if not self._kept:
            return
        try:
            self._hand_on(self._kept)
        except Exception:
            self._stumbles += 1
            if self._stumbles < MOST_STUMBLES:
                raise
            log.exception("%d rows could not be handed on and are left", len(self._kept))
        self._kept, self._stumbles = [], 0
