"""What service hours are, how minutes become hours, and who may do what to a record. Pure.

Start at `words`, then `minutes` (how much a record counts) and `states` (one table of moves).
"""

from app.hours.rules.words import BY_HAND, KIND_NAMES, STATE_NAMES, HoursState, Kind

__all__ = ["BY_HAND", "KIND_NAMES", "STATE_NAMES", "HoursState", "Kind"]
