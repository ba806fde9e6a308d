"""The community of the tests of calls, and what people do with one."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from app.identity.models import Person
from tests.clients import Client
from tests.factories.visits import TODAY, Scene


@dataclass(frozen=True)
class Calling:
    """The community of the tests, and how a call is made there."""

    scene: Scene
    officer: Person
    stranger: Person
    clients: Callable[[Person], Client]

    def said(self, **other: Any) -> dict[str, Any]:
        """What the committee says when it calls the estate."""
        return {
            "place_id": str(self.scene.unit.estate_id),
            "kind": "cold",
            "words": "夜里降温，请看看老人家里的暖气。",
            "until": (TODAY + timedelta(days=3)).isoformat(),
        } | other

    def opened(self, **other: Any) -> dict[str, Any]:
        """A call that went out."""
        answer = self.clients(self.scene.committee).post("/summons", self.said(**other))
        assert answer.status_code == 201, answer.text
        found: dict[str, Any] = answer.json or {}
        return found

    def ask(self, who: Person, path: str) -> Any:
        """What somebody reads."""
        answer = self.clients(who).get(path)
        assert answer.status_code == 200, answer.text
        return answer.json

    def board(self, who: Person, call: dict[str, Any]) -> Any:
        return self.ask(who, f"/summons/{call['id']}/board")

    def answers(self, who: Person, call: dict[str, Any], answer: str) -> Any:
        """Somebody taps an answer."""
        return self.clients(who).put(f"/summons/{call['id']}/answer", {"answer": answer})

    def closed(self, call: dict[str, Any]) -> dict[str, Any]:
        version = self.ask(self.scene.committee, f"/summons/{call['id']}")["version"]
        client = self.clients(self.scene.committee)
        answer = client.post(f"/summons/{call['id']}/close", {"words": "都看过了"}, version=version)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json or {}
        return found
