"""Whether the full-text index finds so few that a list may look at all of them. Asking costs more
than looking near by where it finds many, so the verdict is remembered for a while: either way the
list is the same, and who turns a page asks the same again.
"""

from functools import cache
from time import monotonic
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.prepared import Prepared
from app.tickets.queries import narrow
from app.tickets.queries.look import Look
from app.tickets.queries.pieces import top

RARE = 1500  # fewer than these are all looked at
SMALL = 15_000  # who sees fewer sees a small part of what is frequent
VERDICT_SECONDS = 300.0
MOST_VERDICTS = 5000


def rarely(session: Session, look: Look, values: dict[str, Any]) -> str | None:
    """What to ask the index, if it then finds so few that all of them may be looked at. What is
    rare everywhere is found sooner without the tags of one's own grounds; these help where one
    sees a small part of what is frequent."""
    if look.indexed and not look.at_hand:
        anywhere, here, ground = (values[one] for one in narrow.ASKED)
        if _finds_fewer(session, look, anywhere, RARE):
            return str(anywhere)
        if (
            ground
            and _finds_fewer(session, look, ground, SMALL)
            and _finds_fewer(session, look, here, RARE)
        ):
            return str(here)
    return None


def _finds_fewer(session: Session, look: Look, said: str, most: int) -> bool:
    """Whether the index finds fewer. Counting what is frequent costs more than looking near by, so
    it is remembered for a while: either way the list is the same, and who turns a page asks the
    same again."""
    now = monotonic()
    verdicts: dict[str, tuple[float, bool]] = session.connection().info.setdefault("rare", {})
    until, fewer = verdicts.get(said, (0.0, False))
    if now < until:
        return fewer
    if len(verdicts) >= MOST_VERDICTS:
        verdicts.clear()
    fewer = bool(_hits(look.dialect, most).first(session, {narrow.MATCH: said}).found < most)
    verdicts[said] = now + VERDICT_SECONDS, fewer
    return fewer


@cache
def _hits(dialect: str, most: int) -> Prepared:
    found = narrow.hits(dialect).limit(top(most)).subquery()
    return Prepared(select(func.count().label("found")).select_from(found))
