"""What may be done at a door, by whom and when. Pure: values in, values out.

Start at `words` (the vocabulary), then `states` (who may do what), `windows` (when a door may be
rung at), `record` (what a record must say), `following` (what comes next at that door) and `spread`
(who goes where on which day).
Holidays come from outside: see `app.core.calendar`.
"""

from app.visits.rules.words import (
    BAND_NAMES,
    DAYS_NAMES,
    GAP_NAMES,
    METHOD_NAMES,
    NEED_NAMES,
    NEXT_STEP_NAMES,
    OUTCOME_NAMES,
    PURPOSE_NAMES,
    ROUND_STATE_NAMES,
    STRAY_STATE_NAMES,
    VISIT_STATE_NAMES,
    Band,
    Days,
    Gap,
    Method,
    Need,
    NextStep,
    Outcome,
    Purpose,
    RoundState,
    StrayState,
    VisitState,
)

__all__ = [
    "BAND_NAMES",
    "DAYS_NAMES",
    "GAP_NAMES",
    "METHOD_NAMES",
    "NEED_NAMES",
    "NEXT_STEP_NAMES",
    "OUTCOME_NAMES",
    "PURPOSE_NAMES",
    "ROUND_STATE_NAMES",
    "STRAY_STATE_NAMES",
    "VISIT_STATE_NAMES",
    "Band",
    "Days",
    "Gap",
    "Method",
    "Need",
    "NextStep",
    "Outcome",
    "Purpose",
    "RoundState",
    "StrayState",
    "VisitState",
]
