"""The verbs of tickets. They never commit and never touch Flask.

`opening` reports, `moving` moves (`effects` says what each move writes), `notes` adds.
"""

from app.tickets.service.moving import move, move_by_system, moves_for
from app.tickets.service.notes import add_note, add_photos
from app.tickets.service.opening import Report, draft, open_ticket, write

__all__ = [
    "Report",
    "add_note",
    "add_photos",
    "draft",
    "move",
    "move_by_system",
    "moves_for",
    "open_ticket",
    "write",
]
