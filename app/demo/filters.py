"""Filters that people of the demo keep: one of their own, and some for the whole office."""

from urllib.parse import urlencode

from sqlalchemy.orm import Session

from app.demo.people import Crowd
from app.tickets.service import filters

KEPT = (
    ("王干事", "committee", "公共设施，先到时限的在前", {"category": "facility", "sort": "due"}),
    ("王干事", "committee", "楼道里的事", {"q": "楼道"}),
    ("王干事", None, "我报的", {"mine": "true"}),
    ("周工", "property", "电梯", {"q": "电梯", "sort": "due"}),
)


def build(session: Session, crowd: Crowd) -> None:
    """Keep each of them, as its owner would."""
    for name, office, called, asked in KEPT:
        actor = crowd.actor(session, crowd.people[name])
        shared = crowd.organisations[office].id if office else None
        filters.keep(session, actor, name=called, query=urlencode(asked), shared_with=shared)
