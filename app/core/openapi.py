"""The OpenAPI 3.1 document, made from the declared operations, and a readable page of it."""

import re
from typing import Any

from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from flask import Flask, Response
from markupsafe import escape
from marshmallow import Schema

from app.core.edge import JSON, encode
from app.core.operation import Operation

CONVERTERS = {"uuid": {"type": "string", "format": "uuid"}, "int": {"type": "integer"}}
PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "code"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string"},
        "errors": {
            "type": "object",
            "additionalProperties": {"type": "array", "items": {"type": "string"}},
        },
        "current": {},
    },
}

PAGE = """<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>红邻 接口说明</title>
<meta name="viewport" content="width=device-width"><style>
body{font:16px/1.5 sans-serif;margin:2rem auto;max-width:72rem;padding:0 1rem}
table{border-collapse:collapse;width:100%}
td,th{border-bottom:1px solid #ddd;padding:.4rem;text-align:left;vertical-align:top}</style>
<h1>红邻 接口说明</h1>
<p>机器可读：<a href="openapi.json">openapi.json</a>（OpenAPI 3.1）</p>TABLES</html>
"""


def document(operations: list[Operation]) -> dict[str, Any]:
    """The whole contract as plain data."""
    spec = APISpec(
        title="Honglin",
        version="1",
        openapi_version="3.1.0",
        plugins=[MarshmallowPlugin(schema_name_resolver=_name)],
    )
    spec.components.schema("Problem", PROBLEM)
    for operation in sorted(operations, key=lambda each: (each.rule, each.method)):
        path, parameters = _path(operation.rule)
        spec.path(
            path=path, operations={operation.method.lower(): _describe(operation, parameters)}
        )
    whole: dict[str, Any] = spec.to_dict()
    return whole


def _name(schema: Any) -> str:
    kind = schema if isinstance(schema, type) else type(schema)
    return str(kind.__name__.removesuffix("Schema"))


def _path(rule: str) -> tuple[str, list[dict[str, Any]]]:
    parameters: list[dict[str, Any]] = []

    def replace(found: re.Match[str]) -> str:
        kind, name = found.group(1) or "string:", found.group(2)
        shape = CONVERTERS.get(kind.rstrip(":"), {"type": "string"})
        parameters.append({"in": "path", "name": name, "required": True, "schema": shape})
        return "{" + name + "}"

    return re.sub(r"<([a-z]+:)?([a-z_]+)>", replace, rule), parameters


def _header(name: str, shape: dict[str, str]) -> dict[str, Any]:
    return {"in": "header", "name": name, "required": True, "schema": shape}


def _describe(operation: Operation, parameters: list[dict[str, Any]]) -> dict[str, Any]:
    if operation.query:
        parameters.append({"in": "query", "schema": operation.query})
    if operation.versioned:
        parameters.append(_header("If-Match", {"type": "string"}))
    if operation.writes and operation.guard.name != "public" and operation.caller is None:
        parameters.append(_header("X-CSRF-Token", {"type": "string"}))
        if operation.idempotent:
            parameters.append(_header("Idempotency-Key", {"type": "string", "format": "uuid"}))
    described: dict[str, Any] = {
        "operationId": operation.endpoint.replace(".", "_"),
        "summary": operation.summary,
        "tags": [operation.tag],
        "x-guard": operation.guard.name,
        "parameters": parameters,
        "responses": {
            str(operation.status): _content(operation.answer),
            "default": {
                "description": "problem",
                "content": {
                    "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}
                },
            },
        },
    }
    if operation.body:
        kind = "multipart/form-data" if operation.form else "application/json"
        described["requestBody"] = {
            "required": True,
            "content": {kind: {"schema": operation.body}},
        }
    return described


def _content(answer: type[Schema] | None) -> dict[str, Any]:
    if answer is None:
        return {"description": "done"}
    return {"description": "done", "content": {"application/json": {"schema": answer}}}


def page(whole: dict[str, Any]) -> str:
    """The contract as one readable page, grouped by area, without any script."""
    groups: dict[str, list[str]] = {}
    for path, methods in whole["paths"].items():
        for method, described in methods.items():
            row = (
                f"<tr><td><b>{method.upper()}</b></td><td><code>{escape(path)}</code></td>"
                f"<td>{escape(described['summary'])}</td><td>{escape(described['x-guard'])}</td></tr>"
            )
            groups.setdefault(described["tags"][0], []).append(row)
    tables = "".join(
        f"<h2>{escape(tag)}</h2><table><tr><th>方法<th>地址<th>说明<th>谁可以用</tr>"
        f"{''.join(rows)}</table>"
        for tag, rows in groups.items()
    )
    return PAGE.replace("TABLES", tables)


def register(app: Flask) -> None:
    """Serve the contract at /api/v1/openapi.json and as a page at /api/v1/."""

    @app.get("/api/v1/openapi.json")
    def openapi_json() -> Response:
        return Response(encode(document(app.extensions["operations"])), content_type=JSON)

    @app.get("/api/v1/")
    def openapi_page() -> Response:
        return Response(page(document(app.extensions["operations"])), content_type="text/html")
