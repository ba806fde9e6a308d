"""From the lines of a file to what each would become, and into the table of its rows."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from app.core import clock
from app.places.models import Place
from app.sheets.models import TicketImport, TicketImportRow
from app.sheets.queries import imports
from app.sheets.rules.fields import FIELDS, Field
from app.sheets.rules.incoming import (
    Incoming,
    Reading,
    RowState,
    doubles_within,
    read_row,
)
from app.tickets import catalogue
from app.tickets.queries import learning
from app.tickets.rules.suggest import suggest

TEXTS = ("text", "rest", "kind", "address", "called_at", "due_at", "place_text")
Line = tuple[int, list[str]]


def plan(session: Session, kept: TicketImport) -> None:
    """Read every line anew and write down what it would become."""
    by = _reading(session, kept)
    found = [read_row(row, cells, by) for row, cells in lines_of(kept)]
    known = imports.taken(session, kept.source_id, [one.number for one in found])
    within = doubles_within(found)
    session.execute(delete(TicketImportRow).where(TicketImportRow.import_id == kept.id))
    values = [_values(kept.id, one, known, within) for one in found]
    if values:
        session.execute(insert(TicketImportRow), values)


def lines_of(kept: TicketImport) -> list[Line]:
    """The lines of a file that is not settled yet, each with its number."""
    return [(row, cells) for row, cells in json.loads(kept.lines or "[]")]


def missing(mapping: dict[str, int]) -> list[Field]:
    """The required fields that stand under no column."""
    return [one for one, known in FIELDS.items() if known.required and one not in mapping]


def said_of(row: TicketImportRow) -> dict[str, Any]:
    """The texts of a row; empty once it is settled."""
    found: dict[str, Any] = json.loads(row.said) if row.said else {}
    return found


def moment(said: dict[str, Any], name: str) -> datetime | None:
    """A moment among these texts."""
    return datetime.fromisoformat(said[name]) if said.get(name) else None


def _reading(session: Session, kept: TicketImport) -> Reading:
    learnt = learning.learnt(session)
    held = catalogue.of_place(session.get_one(Place, kept.community_id).path)
    names = held.names()

    def likely(text: str) -> tuple[str, str] | None:
        found = next(iter(suggest(text, learnt, names)), None)
        return (found.category, found.why) if found else None

    return Reading(
        mapping={Field(name): place for name, place in kept.mapping.items()},
        spots=imports.spots(session, kept.community_id),
        held=held,
        suggest=likely,
        zone=clock.LOCAL,
    )


def _values(
    import_id: UUID, one: Incoming, known: dict[str, str], within: dict[int, int]
) -> dict[str, Any]:
    state = RowState.REFUSED if one.errors else RowState.READY
    if one.number in known:
        state = RowState.DOUBLED
    elif one.row in within:
        state = RowState.DOUBLED
        one.doubts[Field.NUMBER] = f"和第 {within[one.row]} 行是同一个编号"
    texts = {name: value for name, value in asdict(one).items() if name in TEXTS}
    return {
        "import_id": import_id,
        "row": one.row,
        "state": state,
        "number": one.number,
        "said": json.dumps(texts, ensure_ascii=False, default=datetime.isoformat),
        "category": one.category,
        "place_id": one.place_id,
        "errors": dict(one.errors),
        "doubts": dict(one.doubts),
        "ours": known.get(one.number),
    }


def numbered(table: Sequence[Sequence[str]], headings: int) -> list[Line]:
    """The lines below the headings, each with its number as the spreadsheet shows it."""
    return [
        (number, list(row))
        for number, row in enumerate(table[headings + 1 :], start=headings + 2)
        if any(map(str.strip, row))
    ]
