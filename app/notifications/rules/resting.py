"""How much a push service gets at once, by how well it has answered lately.

It is tried with a few messages, until it has said something. One that does not answer is left alone
for a while, so that it costs nobody else their turn; then it is tried with a few again.
"""

from dataclasses import dataclass

MOST_AT_ONCE = 256
FEW = 8
MISSES_BEFORE_REST = 8
REST_SECONDS = 60.0


@dataclass(slots=True)
class Health:
    """What is known of one push service; moments are those of one steady clock, in seconds."""

    misses: int = 0
    rests_until: float = 0.0
    known: bool = False

    def answered(self) -> None:
        """It said something, whatever it was."""
        self.misses, self.known = 0, True

    def missed(self, now: float) -> None:
        """It did not answer in time, or could not be reached."""
        self.misses += 1
        if self.misses >= MISSES_BEFORE_REST:
            self.rests_until = now + REST_SECONDS

    def rest(self, now: float) -> float:
        """How many seconds it is still to be left alone."""
        return max(0.0, self.rests_until - now)

    @property
    def at_once(self) -> int:
        """How many messages may be on their way to it."""
        return MOST_AT_ONCE if self.known and not self.misses else FEW
