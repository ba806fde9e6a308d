"""What closed tickets teach about texts and categories, kept for suggestions."""

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.core import clock
from app.tickets.models import SuggestionModel
from app.tickets.queries import learning
from app.tickets.rules.suggest_model import Learnt, packed


def keep_learnt(session: Session, learnt: Learnt) -> None:
    """Keep it in the place of what was learnt before; what is the same is left as it is."""
    content = packed(learnt)
    before = learning.newest_model(session)
    if before is not None and before.content == content:
        return
    session.execute(delete(SuggestionModel))
    if learnt.size:
        session.add(
            SuggestionModel(learnt_at=clock.now(), texts=learnt.size, content=content),
        )
