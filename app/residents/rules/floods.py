"""How often is too often. Pure: which counters an act raises, and when to try again.

A whole building lives behind one address, so an address may do much; a door may do less, because
behind one door live a few dozen households. The numbers are in `config.py`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from ipaddress import ip_address

# what is done → by what it is counted → (how many, in how many seconds), …
Limits = Mapping[str, Mapping[str, Sequence[tuple[int, int]]]]
SIXTY_FOUR = 64  # the part of an IPv6 address that a household keeps


@dataclass(frozen=True)
class Counter:
    """So many may be counted under this name from `starts_at` on, for so many seconds."""

    name: str
    most: int
    starts_at: datetime
    seconds: int

    def wait(self, now: datetime) -> int:
        """The seconds until it starts anew; never none."""
        return max(1, int(self.starts_at.timestamp()) + self.seconds - int(now.timestamp()))


def counters(limits: Limits, act: str, by: Mapping[str, str], now: datetime) -> list[Counter]:
    """The counters that one act raises, those of the shorter times first: what one of them refuses
    uses up none of the longer. `by` names the door, the address, the link."""
    found = []
    for kind, name in by.items():
        for most, seconds in limits[act].get(kind, ()):
            started = int(now.timestamp()) // seconds * seconds
            found.append(
                Counter(
                    f"{act}:{kind}:{seconds}:{name}",
                    most,
                    datetime.fromtimestamp(started, UTC),
                    seconds,
                )
            )
    return sorted(found, key=lambda one: one.seconds)


def network_of(peer: str, forwarded: str, trusted: Sequence[str]) -> str:
    """Where a request comes from: what a proxy of ours says last, else who speaks to us. Of an
    IPv6 address only the part that a household keeps, for the rest changes at will."""
    said = forwarded.rpartition(",")[2].strip()
    shown = said if said and peer in trusted else peer
    try:
        address = ip_address(shown)
    except ValueError:
        return shown[:SIXTY_FOUR]
    if address.version == 4:
        return str(address)
    return f"{int(address) >> SIXTY_FOUR:x}"


def words_for(seconds: int) -> str:
    """「40 秒」 or 「7 分钟」: how long to wait, as one says it."""
    if seconds < 60:
        return f"{seconds} 秒"
    minutes = -(-seconds // 60)
    return f"{minutes} 分钟" if minutes < 90 else f"{-(-minutes // 60)} 小时"
