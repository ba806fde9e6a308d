"""Who we are towards a push service: a signed token for each origin, made once and kept a while."""

import threading
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from py_vapid import Vapid02

from app.core import clock

LIFE = timedelta(hours=12)
FRESH_FOR = timedelta(hours=6)


@dataclass
class Signer:
    """`headers(origin)` says who sends. The claims are made anew for every origin."""

    private_pem: str
    contact: str
    _made: dict[str, tuple[datetime, dict[str, str]]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def headers(self, origin: str) -> dict[str, str]:
        """The Authorization header for an origin; the same one for six hours."""
        now = clock.now()
        with self._lock:
            made = self._made.get(origin)
            if made is None or not timedelta(0) <= now - made[0] < FRESH_FOR:
                made = self._made[origin] = (now, self._sign(origin, now))
            return dict(made[1])

    def _sign(self, origin: str, now: datetime) -> dict[str, str]:
        claims = {"aud": origin, "exp": int((now + LIFE).timestamp()), "sub": self.contact}
        signed: dict[str, str] = Vapid02.from_pem(self.private_pem.encode()).sign(claims)
        return signed
