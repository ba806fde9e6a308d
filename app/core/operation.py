"""What one operation is, and what a view gets when it runs."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

from flask import Response, current_app
from marshmallow import Schema
from sqlalchemy.orm import Session

LARGEST_BODY = 256 * 1024


class Guard(Protocol):
    """Who may call an operation at all; what they then see is the query's business."""

    @property
    def name(self) -> str: ...

    def allows(self, actor: Any) -> bool: ...


@dataclass(frozen=True)
class Operation:
    """One method on one path, with all that the edge and the OpenAPI document need to know."""

    method: str
    rule: str
    endpoint: str
    view: Callable[..., object]
    guard: Guard
    summary: str
    tag: str
    body: type[Schema] | None = None
    query: type[Schema] | None = None
    answer: type[Schema] | None = None
    status: int = 200
    versioned: bool = False  # wants If-Match
    idempotent: bool = True  # wants an Idempotency-Key (only asked of writes)
    largest_body: int = LARGEST_BODY
    form: bool = False  # the body is a multipart form, not JSON
    prepare: Callable[[dict[str, Any]], object] | None = None  # slow work before the transaction
    packed: bool = True  # its JSON may be compressed (only asked of reads)
    asks: bool = False  # a POST that only reads: what it asks is too private for an address
    caller: Callable[[Session], Any] | None = None  # who calls, where cookies play no part

    @property
    def writes(self) -> bool:
        return self.method != "GET" and not self.asks


@dataclass
class Call:
    """One request, parsed. `session` writes unless the method is GET; `prepared` is what the
    operation's `prepare(query and body)` gave; `after` gets the response once all is committed."""

    session: Session
    actor: Any
    body: dict[str, Any] = field(default_factory=dict)
    query: dict[str, Any] = field(default_factory=dict)
    version: int = 0
    prepared: Any = None
    after: list[Callable[[Response], None]] = field(default_factory=list)


def operations() -> list[Operation]:
    """Every operation of the current application."""
    found: list[Operation] = current_app.extensions["operations"]
    return found
