"""A phone's shelf, as the protocol asks for it: rows by scope, a cursor, and what was forgotten."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.core import clock
from tests.clients import Client

Name = tuple[str, str]


@dataclass
class Kept:
    """A row on a phone, with the scopes through which it came."""

    scopes: set[int]
    until: date | None
    row: dict[str, Any]


@dataclass
class Phone:
    """One signed-in phone."""

    client: Client
    cursor: str | None = None
    generation: str | None = None
    rows: dict[Name, Kept] = field(default_factory=dict)
    offered_again: int = 0

    def pull_once(self, limit: int = 500) -> bool:
        """One answer, put on the shelf together with its cursor; True if there is more."""
        query: dict[str, Any] = {"limit": limit}
        if self.cursor:
            query["cursor"] = self.cursor
        response = self.client.get("/sync", **query)
        if response.status_code == 204:
            return False  # nothing is new
        assert response.status_code == 200, response.text
        answer = response.json
        if answer["offer_again"] or answer["generation"] != self.generation:
            # Also at a first reading: what was sent before it may have been lost with a backup.
            self.rows.clear()
            self.offered_again += 1
        for number in answer["lost"]:
            self._forget_scope(number)
        for scope in answer["scopes"]:
            self._take(scope)
        self.generation, self.cursor = answer["generation"], answer["cursor"]
        return bool(answer["more"])

    def pull(self, limit: int = 500) -> int:
        """Answers until there is nothing more; how many there were."""
        answers = 1
        while self.pull_once(limit):
            answers += 1
            assert answers < 200, "the feed does not come to an end"
        return answers

    def shelf(self, kind: str) -> dict[str, dict[str, Any]]:
        """What the phone shows of one kind."""
        today = clock.today()
        return {
            row_id: kept.row
            for (each, row_id), kept in self.rows.items()
            if each == kind and (kept.until is None or kept.until >= today)
        }

    def names(self, kind: str) -> set[str]:
        return set(self.shelf(kind))

    def _take(self, scope: dict[str, Any]) -> None:
        number = scope["id"]
        if scope["fresh"]:
            self._forget_scope(number)
        for one in scope["rows"]:
            kept = self.rows.setdefault((one["kind"], one["id"]), Kept(set(), None, {}))
            kept.scopes.add(number)
            kept.row = one["row"]
            kept.until = date.fromisoformat(one["until"]) if one["until"] else None
        for one in scope["gone"]:
            self._drop((one["kind"], one["id"]), number)

    def _forget_scope(self, number: int) -> None:
        for name in list(self.rows):
            self._drop(name, number)

    def _drop(self, name: Name, number: int) -> None:
        kept = self.rows.get(name)
        if kept is None:
            return
        kept.scopes.discard(number)
        if not kept.scopes:
            del self.rows[name]
