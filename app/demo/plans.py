"""A drawn plan of the first estate, with its buildings placed on it; nothing real is pictured."""

import io
from hashlib import sha256

from PIL import Image, ImageDraw
from sqlalchemy.orm import Session

from app.core import media
from app.demo.people import Crowd
from app.demo.places import Town
from app.places.service_plans import save_plan

WIDTH, HEIGHT = 1200, 900
COLUMNS, ROWS = 4, 3
GRASS, ROAD, ROOF, EDGE, WATER = "#dfe8d3", "#f5f2ea", "#cfc5b6", "#a4988a", "#bcd7e2"
LEFT, TOP, ACROSS, DOWN = 190, 170, 270, 270
TREES = ((60, 60), (600, 60), (1130, 60), (60, 840), (1130, 840), (600, 840), (330, 300))


def build(session: Session, town: Town, crowd: Crowd) -> None:
    """The committee's clerk lays the plan down, as anybody would by hand."""
    clerk = crowd.actor(session, crowd.people["王干事"])
    raw = _drawn()
    picture = media.reencode(sha256(raw).hexdigest(), raw)
    media.keep(session, clerk.id, picture)
    estate = town.estates[0]
    spots = [
        {"building_id": building.id, "x": x / WIDTH, "y": y / HEIGHT}
        for building, (x, y) in zip(town.buildings[estate.id], _middles(), strict=True)
    ]
    save_plan(session, clerk, estate.id, 0, {"picture": picture.hash, "spots": spots})


def _middles() -> list[tuple[int, int]]:
    """Where the middle of each building is, row by row."""
    return [
        (LEFT + column * ACROSS, TOP + row * DOWN)
        for row in range(ROWS)
        for column in range(COLUMNS)
    ]


def _drawn() -> bytes:
    plan = Image.new("RGB", (WIDTH, HEIGHT), GRASS)
    draw = ImageDraw.Draw(plan)
    for row in range(ROWS + 1):
        y = TOP - DOWN // 2 + row * DOWN
        draw.line((0, y, WIDTH, y), ROAD, 34)
    for x in (LEFT - ACROSS // 2, LEFT + ACROSS * 3 // 2, LEFT + ACROSS * 7 // 2):
        draw.line((x, 0, x, HEIGHT), ROAD, 40)
    draw.ellipse((650, 330, 800, 410), WATER)
    for x, y in TREES:
        draw.ellipse((x - 22, y - 22, x + 22, y + 22), "#b9cfa3")
    for x, y in _middles():
        draw.rounded_rectangle((x - 96, y - 40, x + 96, y + 40), 8, ROOF, EDGE, 4)
        draw.line((x, y - 40, x, y + 40), EDGE, 3)
    out = io.BytesIO()
    plan.save(out, "PNG")
    return out.getvalue()
