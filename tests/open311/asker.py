"""Another system, as seen from our side: no cookie, perhaps a key."""

from typing import Any
from xml.etree import ElementTree

from flask import Flask
from werkzeug.test import TestResponse

V2 = "/open311/v2"


class Asker:
    """`asker.get("/services.json")`, `asker.post("/requests.json", service_code=…)`."""

    def __init__(self, app: Flask, key: str | None = None) -> None:
        self.app = app
        self.http = app.test_client()
        self.key = {} if key is None else {"api_key": key}

    def get(self, path: str, **query: Any) -> TestResponse:
        with self.app.app_context():
            return self.http.get(V2 + path, query_string=self.key | query)

    def post(self, path: str = "/requests.json", **form: Any) -> TestResponse:
        with self.app.app_context():
            return self.http.post(V2 + path, data=self.key | form)


def errors(answer: TestResponse) -> list[tuple[int, str]]:
    """What a refusal says, read from either format as the standard has it."""
    if answer.mimetype == "application/json":
        return [(each["code"], each["description"]) for each in answer.json]
    root = xml_of(answer)
    assert root.tag == "errors"
    assert {child.tag for child in root} == {"error"}
    return [(int(each.findtext("code")), each.findtext("description")) for each in root]


def xml_of(answer: TestResponse) -> ElementTree.Element:
    """The root of an answer in XML."""
    assert answer.content_type == "text/xml; charset=utf-8"
    return ElementTree.fromstring(answer.data)  # noqa: S314 - our own server's
