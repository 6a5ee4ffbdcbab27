"""The jail: a program over a stranger's file, with no network, no privilege and bounded means.

    output = run([sys.executable, "-m", "casa.drafting", "{input}"], input_file=path)

Bubblewrap where it works; else a seccomp filter, where the program can also not read our data: as
another user, or behind Landlock; else nothing is run.
"""

from casa.foundation.jail.errors import (
    Crashed,
    JailBroken,
    NoJail,
    OutOfMemory,
    TimedOut,
    TooMuchOutput,
)
from casa.foundation.jail.kinds import Jail
from casa.foundation.jail.limits import JailLimits
from casa.foundation.jail.runner import jail_in_force, run
from casa.foundation.jail.strays import remove_strays

__all__ = [
    "Crashed",
    "Jail",
    "JailBroken",
    "JailLimits",
    "NoJail",
    "OutOfMemory",
    "TimedOut",
    "TooMuchOutput",
    "jail_in_force",
    "remove_strays",
    "run",
]
