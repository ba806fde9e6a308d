"""The doors to how one is told: one's own choices, and the table of who hears what."""

from app.core.guards import SIGNED_IN
from app.core.http import Area, Call, list_of
from app.identity.guards import ADMIN, COMMITTEE, any_of
from app.notifications import setting
from app.notifications.rules.choosing import Choice
from app.notifications.rules.ladder import WAY_NAMES, ways_of
from app.notifications.rules.table import ROWS, Row
from app.notifications.rules.telling import KIND_NAMES, PRESSING_NAMES, SEAT_NAMES, Kind, Pressing
from app.notifications.schemas import ChooseTellingSchema, TableRowSchema, TellingChoicesSchema
from app.notifications.service import choices

area = Area("telling", url_prefix="/telling", title="提醒方式")


@area.get("/choices", guard=SIGNED_IN, summary="How the actor is told", answer=TellingChoicesSchema)
def get_choices(call: Call) -> object:
    return present(choices.kinds_of(call.actor), choices.of(call.session, call.actor))


@area.put(
    "/choices",
    guard=SIGNED_IN,
    summary="Tell the actor like this from now on",
    body=ChooseTellingSchema,
    answer=TellingChoicesSchema,
)
def put_choices(call: Call) -> object:
    most = {each["kind"]: each["most"] for each in call.body["kinds"]}
    chosen = choices.choose(call.session, call.actor, most, call.body["paused_until"])
    return present(choices.kinds_of(call.actor), chosen)


def present(kinds: tuple[Kind, ...], choice: Choice) -> dict[str, object]:
    """A choice as the contract says: every kind that there is a choice for, chosen or not."""
    return {
        "kinds": [
            {
                "kind": kind,
                "kind_name": KIND_NAMES[kind],
                "most": choice.most.get(kind, Pressing.TODAY),
            }
            for kind in kinds
        ],
        "paused_until": choice.paused_until,
    }


@area.get(
    "/table",
    guard=any_of(COMMITTEE, ADMIN),
    summary="Everything that is told: when, to whom, how pressing, in which words",
    answer=list_of(TableRowSchema),
)
def get_table(call: Call) -> object:
    return {"items": [present_row(row) for row in ROWS], "next_cursor": None}


def present_row(row: Row) -> dict[str, object]:
    """A row as the contract says."""
    line = row.line
    ways = ways_of(line, texts=setting.gateway() is not None)
    return {
        "when": row.when,
        "seat": line.seat,
        "seat_name": SEAT_NAMES[line.seat],
        "pressing": line.pressing,
        "pressing_name": PRESSING_NAMES[line.pressing],
        "kind_name": KIND_NAMES[line.kind],
        "way_names": [WAY_NAMES[way] for way in ways],
        "title": line.title,
    }
