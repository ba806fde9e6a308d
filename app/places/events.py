"""Facts about places: households changed, numbers shown, spreadsheets imported."""

from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class HouseholdChanged(Event):
    """Somebody of the committee changed a household; the audit keeps which fields, not what."""

    subject_kind: ClassVar[str] = "household"
    verb: ClassVar[str] = "changed"

    fields: tuple[str, ...]

    def details(self) -> dict[str, Any]:
        return {"fields": list(self.fields)}


@dataclass(frozen=True, kw_only=True)
class CareLapsed(Event):
    """A year went by without anybody confirming a care level; the system lets it go."""

    subject_kind: ClassVar[str] = "household"
    verb: ClassVar[str] = "care_lapsed"


@dataclass(frozen=True, kw_only=True)
class HouseholdPhoneShown(Event):
    """Somebody asked to see a telephone number and said why."""

    subject_kind: ClassVar[str] = "household"
    verb: ClassVar[str] = "phone_shown"

    reason: str

    def details(self) -> dict[str, Any]:
        return {"reason": self.reason}


@dataclass(frozen=True, kw_only=True)
class ImportEvent(Event):
    """Something happened to a spreadsheet import of one community."""

    subject_kind: ClassVar[str] = "household_import"
    verb: ClassVar[str] = "touched"

    community_id: UUID
    counts: dict[str, int]

    def details(self) -> dict[str, Any]:
        return {"community_id": str(self.community_id), **self.counts}


@dataclass(frozen=True, kw_only=True)
class ImportPreviewed(ImportEvent):
    """A spreadsheet was read and planned; nothing is written yet."""

    verb: ClassVar[str] = "previewed"


@dataclass(frozen=True, kw_only=True)
class ImportConfirmed(ImportEvent):
    """The plan was carried out, as a whole."""

    verb: ClassVar[str] = "confirmed"


@dataclass(frozen=True, kw_only=True)
class ImportDropped(ImportEvent):
    """The plan was thrown away."""

    verb: ClassVar[str] = "dropped"


@dataclass(frozen=True, kw_only=True)
class PlanSaved(Event):
    """The committee laid down the plan of an estate, with so many buildings on it."""

    subject_kind: ClassVar[str] = "estate_plan"
    verb: ClassVar[str] = "saved"

    buildings: int

    def details(self) -> dict[str, Any]:
        return {"buildings": self.buildings}


@dataclass(frozen=True, kw_only=True)
class DivisionAdded(Event):
    """An administrator added a subdistrict or a community."""

    subject_kind: ClassVar[str] = "place"
    verb: ClassVar[str] = "added"


@dataclass(frozen=True, kw_only=True)
class DivisionChanged(Event):
    """An administrator gave one another name or code."""

    subject_kind: ClassVar[str] = "place"
    verb: ClassVar[str] = "changed"
