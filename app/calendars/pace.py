"""How often an address may be asked. A calendar asks once an hour or so; what asks without end is
broken and is told to wait. Counted in the memory of each process: it keeps load away, no secret,
and a count for all processes would be a write for each question (`docs/operate.md`).
"""

from datetime import datetime, timedelta

A_MINUTE = timedelta(minutes=1)
MOST_A_MINUTE = 30
MOST_KNOWN = 10_000

_asked: dict[str, tuple[datetime, int]] = {}


def seconds_to_wait(address: str, now: datetime) -> int:
    """How long until this address may be asked again; nought if now. Asking counts."""
    since, count = _asked.get(address, (now, 0))
    if now - since >= A_MINUTE:
        since, count = now, 0
    if len(_asked) >= MOST_KNOWN:
        _asked.clear()
    _asked[address] = (since, count + 1)
    if count < MOST_A_MINUTE:
        return 0
    return max(1, int((since + A_MINUTE - now).total_seconds()))
