"""A client as a phone is one: signed in, with CSRF token and a fresh key on each write."""

from typing import Any
from uuid import uuid4

from flask import Flask
from werkzeug.test import TestResponse

from app.core.db import Database
from app.identity import sign_in
from app.identity.loading import cookie_name
from app.identity.models import Person

WRITES = ("post", "put", "patch", "delete")


class Client:
    """`client.get("/tickets")`, `client.post("/tickets", {…}, version=3)`; below /api/v1."""

    def __init__(self, app: Flask, person: Person | None = None) -> None:
        self.app = app
        self.http = app.test_client()
        self.csrf = ""
        if person is not None:
            database: Database = app.extensions["database"]
            with database.transaction() as session:
                device, token = sign_in.start(session, person.id, "测试机")
                self.csrf = device.csrf_token
            self.http.set_cookie(cookie_name(), token)

    def get(self, path: str, **query: Any) -> TestResponse:
        with self.app.app_context():  # a request of its own, as on a server
            return self.http.get(f"/api/v1{path}", query_string=query)

    def post(self, path: str, body: Any = None, **options: Any) -> TestResponse:
        return self._write("post", path, body, **options)

    def put(self, path: str, body: Any = None, **options: Any) -> TestResponse:
        return self._write("put", path, body, **options)

    def patch(self, path: str, body: Any = None, **options: Any) -> TestResponse:
        return self._write("patch", path, body, **options)

    def delete(self, path: str, **options: Any) -> TestResponse:
        return self._write("delete", path, None, **options)

    def _write(
        self,
        method: str,
        path: str,
        body: Any,
        *,
        version: int | None = None,
        key: object = None,
        headers: dict[str, str] | None = None,
        **options: Any,
    ) -> TestResponse:
        sent = {"X-CSRF-Token": self.csrf, "Idempotency-Key": str(key or uuid4())}
        if version is not None:
            sent["If-Match"] = str(version)
        if body is not None or method != "delete":
            options.setdefault("json", body or {}) if "data" not in options else None
        send = getattr(self.http, method)
        with self.app.app_context():
            answer: TestResponse = send(f"/api/v1{path}", headers=sent | (headers or {}), **options)
        return answer
