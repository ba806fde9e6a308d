"""Every SELECT of rates: `scope` says whose, `lines` counts from what, `counts` how many."""

from app.reports.queries.counts import Count, counted, counts_of, listed
from app.reports.queries.scope import Scope, communities_of, organisations_at, scope_of

__all__ = [
    "Count",
    "Scope",
    "communities_of",
    "counted",
    "counts_of",
    "listed",
    "organisations_at",
    "scope_of",
]
