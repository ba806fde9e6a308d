"""Facts about certificates of service hours."""

from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class CertificateEvent(Event):
    """Something that happened to a certificate."""

    subject_kind: ClassVar[str] = "service_certificate"
    person_id: UUID
    number: str

    def details(self) -> dict[str, Any]:
        return {"number": self.number}


@dataclass(frozen=True, kw_only=True)
class CertificateIssued(CertificateEvent):
    verb: ClassVar[str] = "issued"


@dataclass(frozen=True, kw_only=True)
class CertificateRevoked(CertificateEvent):
    """It holds no more: somebody said so, or hours that it counts were voided."""

    verb: ClassVar[str] = "revoked"
