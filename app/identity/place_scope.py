"""The tree of places from district to unit. It lives here, below `places`, because every
membership is bound to a place; all that is done with places is in the area `places`.
"""

from uuid import UUID

from sqlalchemy import ColumnElement, ForeignKey, Index, String, and_
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, enum_type, uuid7
from app.identity.rules import PlaceKind

PATH = String(300).with_variant(String(300, collation="C"), "postgresql")


class Place(Base):
    """One node. `path` is `/id/id/…/` from the district down to the node itself; `community_id`
    and `estate_id` are set on the community or estate itself and on all below it."""

    __tablename__ = "place"
    __table_args__ = (Index(None, "community_id", "kind"), Index(None, "parent_id", "sort"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    kind: Mapped[PlaceKind] = mapped_column(enum_type(PlaceKind, "kind"))
    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("place.id"))
    code: Mapped[str | None] = mapped_column(String(12), unique=True)
    name: Mapped[str] = mapped_column(String(60))
    path: Mapped[str] = mapped_column(PATH, unique=True)
    community_id: Mapped[UUID | None]
    estate_id: Mapped[UUID | None] = mapped_column(index=True)
    grid_id: Mapped[UUID | None]  # of a building; grids live in `places`, above us: no foreign key
    sort: Mapped[int] = mapped_column(default=0)

    @classmethod
    def below(cls, path: str) -> ColumnElement[bool]:
        """The condition "at or below the place with this path", as a range of the index."""
        return and_(cls.path >= path, cls.path < path[:-1] + "0")
