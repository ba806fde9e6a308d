"""Places: the tree below a community, grids, households, and their import from spreadsheets.
Start at `rules.py`; for the import at `plan.py`."""

from flask import Flask

from app.core import duties, media, media_keeping
from app.places import queries_plans
from app.places.imports import forget_old
from app.places.jobs import lapse_care_levels
from app.places.routes import area as places_area
from app.places.routes_divisions import area as divisions_area
from app.places.routes_imports import area as imports_area
from app.places.routes_plans import area as plans_area


def register(app: Flask) -> None:
    """Put the area on the application."""
    places_area.register(app)
    divisions_area.register(app)
    imports_area.register(app)
    plans_area.register(app)
    with app.app_context():
        media.grant_when(queries_plans.may_see_picture)
        media_keeping.cited_when(queries_plans.shows_picture)
    duties.daily("places.forget_old_imports")(forget_old)
    duties.daily("places.lapse_care_levels")(lapse_care_levels)
