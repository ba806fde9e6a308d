"""Every SELECT on visits and rounds; each that a person asks for starts from what they may see.

`visible` decides who sees what, `cards` shows visits in batches, `rounds` shows rounds, and
`planning` gathers the doors that a round asks for.
"""

from app.visits.queries.visible import get, history_of, visible_to

__all__ = ["get", "history_of", "visible_to"]
