"""The three rates, 三率, of organisations and months. Pure. Never of a person.

Every ticket counts once in a measure, with one outcome; a rate is a share of outcomes.
"""

from app.reports.rules.rates import (
    EXCLUDED,
    HITS,
    MEASURE_NAMES,
    MISSES,
    OUTCOME_NAMES,
    TOO_FEW,
    Measure,
    Outcome,
    Tally,
    month_of,
    months_until,
    span_of,
)

__all__ = [
    "EXCLUDED",
    "HITS",
    "MEASURE_NAMES",
    "MISSES",
    "OUTCOME_NAMES",
    "TOO_FEW",
    "Measure",
    "Outcome",
    "Tally",
    "month_of",
    "months_until",
    "span_of",
]
