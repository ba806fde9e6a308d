"""Somebody on the stairs with a phone: no account, no cookie, only the codes of a door and a
link."""

from dataclasses import dataclass, field
from hashlib import sha256
from secrets import token_urlsafe
from typing import Any
from uuid import uuid4

from flask import Flask
from werkzeug.test import TestResponse

from tests.core.pictures import picture

LAMP = {
    "category": "facility.power_lighting",
    "text": "三楼楼道灯不亮",
    "public_area": True,
}


@dataclass
class Passer:
    """`open()` reads the page of the door; then `report(…)`, and `follow()` by the link."""

    app: Flask
    token: str
    address: str = "10.0.0.7"
    secret: str = field(default_factory=lambda: token_urlsafe(32))
    page: dict[str, Any] = field(default_factory=dict)

    def open(self) -> "Passer":
        answer = self.call("GET", f"/door/{self.token}")
        assert answer.status_code == 200, answer.text
        self.page = answer.json
        return self

    def report(self, *, key: object = None, **said: Any) -> TestResponse:
        body = LAMP | {"place_id": self.page["places"][0]["id"], "secret": self.secret} | said
        return self.post("reports", body, key=key)

    def wish(self, **said: Any) -> TestResponse:
        return self.post("wishes", {"kind": "no_more_visits", "door": "202"} | said)

    def post(self, what: str, body: dict[str, Any], *, key: object = None) -> TestResponse:
        path = f"/door/{self.token}/{what}"
        headers = {"X-Door-Form": self.page["form"], "Idempotency-Key": str(key or uuid4())}
        return self.call("POST", path, json=body, headers=headers)

    def photo(self, raw: bytes | None = None) -> str:
        """Send a picture to the door; its name."""
        raw = raw or picture()
        name = sha256(raw).hexdigest()
        headers = {"X-Door-Form": self.page["form"]}
        path = f"/door/{self.token}/photos/{name}"
        answer = self.call("PUT", path, data=raw, headers=headers)
        assert answer.status_code == 201, answer.text
        return name

    def follow(self) -> dict[str, Any]:
        """What the link shows."""
        answer = self.call("GET", f"/follow/{self.secret}")
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json
        return found

    def act(self, verb: str, *, version: int | None = None, **said: Any) -> TestResponse:
        seen = self.follow()["version"] if version is None else version
        headers = {"Idempotency-Key": str(uuid4()), "If-Match": str(seen)}
        path = f"/follow/{self.secret}/moves"
        return self.call("POST", path, json={"verb": verb, **said}, headers=headers)

    def note(self, text: str, **said: Any) -> TestResponse:
        headers = {"Idempotency-Key": str(uuid4())}
        body = {"text": text, **said}
        return self.call("POST", f"/follow/{self.secret}/notes", json=body, headers=headers)

    def call(self, method: str, path: str, **options: Any) -> TestResponse:
        client = self.app.test_client()
        headers = {"X-Forwarded-For": self.address} | options.pop("headers", {})
        with self.app.app_context():  # a request of its own, as on a server
            answer: TestResponse = client.open(
                f"/api/v1{path}", method=method, headers=headers, **options
            )
        return answer
