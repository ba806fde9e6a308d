"""The facts about filters that people keep. What they look for stays theirs."""

from dataclasses import dataclass
from typing import Any, ClassVar

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class FilterKept(Event):
    """A filter was saved or changed."""

    subject_kind: ClassVar[str] = "saved_filter"
    verb: ClassVar[str] = "kept"

    shared: bool

    def details(self) -> dict[str, Any]:
        return {"shared": self.shared}


@dataclass(frozen=True, kw_only=True)
class FilterDropped(Event):
    """A filter was taken away."""

    subject_kind: ClassVar[str] = "saved_filter"
    verb: ClassVar[str] = "dropped"


@dataclass(frozen=True, kw_only=True)
class FiltersOrdered(Event):
    """A person put their filters in order, or chose the one that comes first."""

    subject_kind: ClassVar[str] = "person"
    verb: ClassVar[str] = "ordered_filters"
