"""The verbs on subdistricts and communities: one by hand, many from the official list. Never
commits. Each new one gets its office at once, so that its first people can be invited."""

import json
from dataclasses import astuple
from hashlib import sha256

from sqlalchemy.orm import Session

from app.core.errors import Invalid, Refusal
from app.core.events import publish
from app.core.tables import FileEmpty
from app.identity.actor import Actor
from app.identity.invite import create_organisation
from app.identity.rules import OrganisationKind, PlaceKind
from app.places import queries_divisions as queries
from app.places import rules_divisions as rules
from app.places.events import DivisionAdded, DivisionChanged
from app.places.models import Place
from app.places.rules import plain
from app.places.rules_divisions import Division, Outcome
from app.places.service import add_place
from app.places.sheets import HeadingsWrong

MOST_ROWS = 3000
EMPTY = "表格里没有社区，请从第二行起填写。"
Lines = list[tuple[int, dict[str, str]]]


class ListOutdated(Refusal):
    status, code = 409, "list_outdated"
    title = "预览之后，这个区的社区有了变动。请再看一次预览，然后确认。"


class ListHasRefusedRows(Refusal):
    status, code = 409, "list_has_refused_rows"
    title = "还有行有问题，不能确认。请改好表格再传一次。"


def lines_of(table: list[list[str]]) -> Lines:
    """The lines of a list with headings. HeadingsWrong, FileEmpty."""
    if not table:
        raise FileEmpty(EMPTY)
    fields = [rules.COLUMNS.get(plain(heading)) for heading in table[0]]
    lacking = [f"缺少「{title}」列" for name, title in rules.NEEDED.items() if name not in fields]
    if lacking:
        raise HeadingsWrong(errors={"file": lacking})
    lines = [
        (number, {name: text for name, text in zip(fields, row, strict=False) if name})
        for number, row in enumerate(table[1:], start=2)
        if any(map(str.strip, row))
    ]
    if not lines:
        raise FileEmpty(EMPTY)
    return lines


def plan(session: Session, district: Place, lines: Lines) -> Division:
    """What a list would add to a district; nothing is written."""
    wanted = {rules.code_of(PlaceKind.COMMUNITY, cells.get("code", "")) for _, cells in lines}
    wanted |= {
        rules.code_of(PlaceKind.SUBDISTRICT, cells.get("street_code", "")) for _, cells in lines
    }
    wanted |= {code[:9] for code in wanted}
    return rules.plan(lines, district.code, queries.codes(session, district, wanted))


def digest(planned: Division) -> str:
    """What a preview showed, in short."""
    return sha256(json.dumps([astuple(row) for row in planned.rows]).encode()).hexdigest()


def take_over(session: Session, actor: Actor, district: Place, lines: Lines, seen: str) -> Division:
    """Write what the preview with the digest `seen` showed, as a whole."""
    planned = plan(session, district, lines)
    if planned.of(Outcome.REFUSE):
        raise ListHasRefusedRows
    if digest(planned) != seen:
        raise ListOutdated
    for code, name in planned.streets.items():
        _found(session, actor, district, name, code)
    streets = queries.streets(session, district)
    for row in planned.of(Outcome.CREATE):
        _found(session, actor, streets[row.street_code], row.name, row.code)
    return planned


def add(session: Session, actor: Actor, parent: Place, name: str, code: str) -> Place:
    """One subdistrict below a district, or community below a subdistrict. Invalid."""
    kind = rules.BELOW.get(parent.kind)
    if kind is None:
        raise Invalid(errors={"parent_id": ["社区下面的小区和楼栋，请用住户表格导入。"]})
    name, code = _checked(session, kind, parent, name, code)
    return _found(session, actor, parent, name, code)


def change(session: Session, actor: Actor, place: Place, name: str, code: str) -> Place:
    """Another name or code, where it was mistyped or the official list has changed. Invalid."""
    parent = session.get(Place, place.parent_id) if place.parent_id else None
    if parent is None or place.kind not in rules.CODE_LENGTH:
        raise Invalid(errors={"name": ["区的名称不在这里改。"]})
    place.name, place.code = _checked(session, place.kind, parent, name, code, place)
    session.flush()
    publish(session, DivisionChanged(subject_id=place.id, actor_id=actor.id))
    return place


def _found(session: Session, actor: Actor, parent: Place, name: str, code: str) -> Place:
    """The place and its office."""
    kind = rules.BELOW[parent.kind]
    short = rules.community_name(name) if kind is PlaceKind.COMMUNITY else name
    place = add_place(session, kind, short, parent, sort=int(code[-3:]), code=code)
    session.flush()
    publish(session, DivisionAdded(subject_id=place.id, actor_id=actor.id))
    if kind is PlaceKind.COMMUNITY:
        office = rules.office_name(name)
        create_organisation(session, actor, OrganisationKind.RESIDENTS_COMMITTEE, office, place.id)
    else:
        create_organisation(session, actor, OrganisationKind.SUBDISTRICT, name, place.id)
    return place


def _checked(
    session: Session,
    kind: PlaceKind,
    parent: Place,
    name: str,
    code: str,
    own: Place | None = None,
) -> tuple[str, str]:
    name, code = plain(name), rules.code_of(kind, code)
    other = queries.place_with(session, code)
    wrong = {
        "name": rules.wrong_name(name),
        "code": rules.wrong_code(kind, code, parent.code)
        or (rules.TAKEN if other is not None and other is not own else None),
    }
    errors = {field: [reason] for field, reason in wrong.items() if reason}
    if errors:
        raise Invalid(errors=errors)
    return name, code
