"""How an area speaks HTTP: it declares operations, the edge runs them.

A route parses, calls one verb and answers plain data. Everything that all routes share (guard,
CSRF, one transaction, idempotency, versions, problem documents) lives in `edge.py`.
"""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Flask
from marshmallow import Schema, fields, validate

from app.core import edge, wording
from app.core.operation import Call, Operation
from app.core.paging import Page, page_of, page_through

__all__ = ["Area", "Call", "Operation", "Page", "PageQuery", "list_of", "page_of", "page_through"]

API = "/api/v1"

wording.speak_chinese()
View = Callable[..., object]


class Area:
    """The routes of one area, under /api/v1 unless a standard of others wants them elsewhere."""

    def __init__(self, name: str, *, url_prefix: str, title: str, root: str = API) -> None:
        self.name = name
        self.title = title
        self.prefix = root + url_prefix
        self.operations: list[Operation] = []

    def get(self, rule: str, **options: Any) -> Callable[[View], View]:
        return self._add("GET", rule, options)

    def post(self, rule: str, **options: Any) -> Callable[[View], View]:
        return self._add("POST", rule, options)

    def put(self, rule: str, **options: Any) -> Callable[[View], View]:
        return self._add("PUT", rule, options)

    def patch(self, rule: str, **options: Any) -> Callable[[View], View]:
        return self._add("PATCH", rule, options)

    def delete(self, rule: str, **options: Any) -> Callable[[View], View]:
        return self._add("DELETE", rule, options)

    def _add(self, method: str, rule: str, options: dict[str, Any]) -> Callable[[View], View]:
        def add(view: View) -> View:
            endpoint = view.__name__
            self.operations.append(
                Operation(
                    method=method,
                    rule=self.prefix + rule,
                    endpoint=f"{self.name}.{endpoint}",
                    view=view,
                    tag=self.title,
                    **options,
                )
            )
            return view

        return add

    def register(self, app: Flask) -> None:
        """Put the operations on the application; called once, by the area's `register`."""
        blueprint = Blueprint(self.name, __name__)
        for operation in self.operations:
            blueprint.add_url_rule(
                operation.rule,
                endpoint=operation.endpoint.removeprefix(f"{self.name}."),
                view_func=edge.runner(operation),
                methods=[operation.method],
            )
            app.extensions["operations"].append(operation)
        app.register_blueprint(blueprint)


class PageQuery(Schema):
    """The query of a list: where to go on, and how many."""

    cursor = fields.String(load_default=None, metadata={"description": "next_cursor of before"})
    limit = fields.Integer(
        load_default=50,
        validate=validate.Range(1, 200, error="每页最多 200 条。"),
    )


_lists: dict[type[Schema], type[Schema]] = {}


def list_of(item: type[Schema]) -> type[Schema]:
    """The answer schema of a list of these items."""
    if item not in _lists:
        _lists[item] = type(
            item.__name__.removesuffix("Schema") + "ListSchema",
            (Schema,),
            {
                "items": fields.List(fields.Nested(item), required=True),
                "next_cursor": fields.String(allow_none=True),
            },
        )
    return _lists[item]
