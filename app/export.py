"""What the PWA generates from the server: the Chinese names of things, and the table of moves."""

import json
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from app.calls import rules as calls
from app.hours import rules as hours
from app.identity import rules as identity
from app.notifications.rules.reach import GAP_NAMES
from app.notifications.rules.telling import KIND_NAMES as INBOX_KIND_NAMES
from app.places import rules as places
from app.teams import rules as teams
from app.teams.rules import windows
from app.tickets import rules as tickets
from app.tickets.rules.suggest import RULES
from app.visits import rules as visits
from app.visits.rules import following
from app.visits.rules.paper import SHEET_KIND_NAMES
from app.visits.rules.patrols import PATROL_ANSWER_NAMES, PATROL_STATE_NAMES
from app.visits.rules.record import METHODS, WISHES

TABLES: dict[str, Mapping[Any, str]] = {
    "PARTY": identity.PARTY_NAMES,
    "ORGANISATION_KIND": identity.KIND_NAMES,
    "ROLE": identity.ROLE_NAMES,
    "PLACE_KIND": identity.PLACE_KIND_NAMES,
    "CARE_LEVEL": places.CARE_LEVEL_NAMES,
    "VISIT_WISH": places.VISIT_WISH_NAMES,
    "TEAM_KIND": teams.TEAM_KIND_NAMES,
    "SPAN": windows.SPAN_NAMES,
    "WEEK_DAY": windows.WEEK_DAY_NAMES,
    "PURPOSE": visits.PURPOSE_NAMES,
    "METHOD": visits.METHOD_NAMES,
    "OUTCOME": visits.OUTCOME_NAMES,
    "NEED": visits.NEED_NAMES,
    "NEXT_STEP": visits.NEXT_STEP_NAMES,
    "VISIT_STATE": visits.VISIT_STATE_NAMES,
    "ROUND_STATE": visits.ROUND_STATE_NAMES,
    "STRAY_STATE": visits.STRAY_STATE_NAMES,
    "SHEET_KIND": SHEET_KIND_NAMES,
    "PATROL_STATE": PATROL_STATE_NAMES,
    "PATROL_ANSWER": PATROL_ANSWER_NAMES,
    "BAND": visits.BAND_NAMES,
    "DAYS": visits.DAYS_NAMES,
    "GAP": visits.GAP_NAMES,
    "SERVICE_KIND": hours.KIND_NAMES,
    "HOURS_STATE": hours.STATE_NAMES,
    "TICKET_STATUS": tickets.STATUS_NAMES,
    "VERB": tickets.VERB_NAMES,
    "SEAT": tickets.SEAT_NAMES,
    "PHOTO_PHASE": tickets.PHOTO_PHASE_NAMES,
    "SUSPEND_REASON": tickets.SUSPEND_REASON_NAMES,
    "SOLVED": tickets.SOLVED_NAMES,
    "SATISFIED": tickets.SATISFIED_NAMES,
    "CATEGORY": {category.code: category.name for category in tickets.CATEGORIES.values()},
    "CATEGORY_GROUP": tickets.GROUP_NAMES,
    "CALL_KIND": calls.KIND_NAMES,
    "CALL_STATE": calls.STATE_NAMES,
    "CALL_ANSWER": calls.ANSWER_NAMES,
    "CALL_BUILDING": calls.BUILDING_STATE_NAMES,
    "INBOX_KIND": INBOX_KIND_NAMES,
    "REACH_GAP": GAP_NAMES,
}

EMERGENCY_TYPE = """/** Words for an emergency: one of each group is said, and none of `without`. */
export interface EmergencyRule {
  category: string;
  points: number;
  groups: string[][];
  without: string[];
}

"""
FOLLOWING_TYPE = """/** What follows a record at its door: the first row that fits. Null is any. */
export interface FollowingRow {
  outcome: string;
  sentence: string;
  steps: string[] | null;
  levels: string[] | null;
  methods: string[] | null;
  coming: string;
  hears: string;
}

"""
HEAD = """// Exported from the server's rules by `honglin export-client`. Never edited by hand.

"""
MOVE_TYPE = """export interface MoveRow {
  verb: string;
  name: string;
  from: string[];
  to: string;
  by: string[];
  needs: string[];
  may: string[];
  danger: boolean;
}

"""


def domain_ts() -> str:
    """The text of `src/generated/domain.ts`; the same rules give the same text."""
    tables = "".join(
        f"export const {name}: Record<string, string> = {_json(dict(names))};\n\n"
        for name, names in TABLES.items()
    )
    offered = [_move(move) for move in tickets.MOVES if move.offered]
    moves = f"export const MOVES: MoveRow[] = {_json(offered)};\n"
    alarms = f"export const EMERGENCY_RULES: EmergencyRule[] = {_json(_emergencies())};\n"
    return HEAD + tables + MOVE_TYPE + moves + "\n" + EMERGENCY_TYPE + alarms + "\n" + _door()


def _door() -> str:
    """A phone says by itself what can be recorded at a door, and what follows from it."""
    rows = [_row(row) for row in following.ROWS]
    methods = {outcome: _in_order(METHODS[outcome], visits.Method) for outcome in visits.Outcome}
    return (
        f"export const METHODS_OF: Record<string, string[]> = {_json(methods)};\n\n"
        f"export const WISHES: string[] = {_json(list(WISHES))};\n\n"
        f"/** Nobody answered: what is tried after the first time, the second, the third. */\n"
        f"export const TRIES: string[] = {_json(following.TRIES)};\n\n"
        f"{FOLLOWING_TYPE}"
        f"export const FOLLOWING: FollowingRow[] = {_json(rows)};\n"
    )


def _row(row: following.Row) -> dict[str, Any]:
    return {
        "outcome": row.outcome,
        "sentence": row.sentence,
        "steps": row.steps and _in_order(row.steps, visits.NextStep),
        "levels": row.levels and _in_order(row.levels, places.CareLevel),
        "methods": row.methods and _in_order(row.methods, visits.Method),
        "coming": row.coming,
        "hears": row.hears,
    }


def _in_order(some: Collection[Any], words: Iterable[Any]) -> list[str]:
    return [word for word in words if word in some]


def _emergencies() -> list[dict[str, Any]]:
    """A phone sees by itself that somebody is in danger, also where there is no network."""
    return [
        {
            "category": code,
            "points": rule.points,
            "groups": [list(group) for group in rule.groups],
            "without": list(rule.without),
        }
        for code, rules in RULES.items()
        if tickets.CATEGORIES[code].emergency
        for rule in rules
    ]


def _move(move: tickets.Move) -> dict[str, Any]:
    return {
        "verb": move.verb,
        "name": move.name,
        "from": sorted(state for state in move.sources if state),
        "to": move.to,
        "by": sorted(move.by),
        "needs": list(move.needs),
        "may": list(move.may),
        "danger": move.danger,
    }


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)
