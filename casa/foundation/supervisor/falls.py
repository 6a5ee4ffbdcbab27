"""How often a part fell, and when it may stand up again."""

from collections import deque
from dataclasses import dataclass, field

from casa.foundation.supervisor.parts import Part

TOO_MANY, WITHIN = 5, 60.0
LONGEST_PAUSE = 4.0


@dataclass
class Watched:
    """A part and its falls of the last minute."""

    part: Part
    ground: bool = False
    falls: deque[float] = field(default_factory=lambda: deque(maxlen=TOO_MANY))
    fallen: str = ""  # how it ended, while it waits to be started again
    start_at: float = 0.0
    quiet: bool = False  # it fell because the database did: no line, no count

    def note_fall(self, how: str, *, now: float, quiet: bool) -> None:
        """Write down a fall and when to start again: at once, then after growing pauses."""
        self.fallen, self.quiet = how, quiet
        if not quiet:
            self.falls.append(now)
        recent = sum(1 for fall in self.falls if now - fall <= WITHIN)
        pause = 0.0 if recent <= 1 else min(LONGEST_PAUSE, 0.25 * 2**recent)
        self.start_at = now + (1.0 if quiet else pause)

    def fell_too_often(self, now: float) -> bool:
        """Say whether it fell five times within a minute."""
        return len(self.falls) == TOO_MANY and now - self.falls[0] <= WITHIN


def describe(returncode: int) -> str:
    """Say in words how a process ended."""
    return f"segnale {-returncode}" if returncode < 0 else f"codice {returncode}"
