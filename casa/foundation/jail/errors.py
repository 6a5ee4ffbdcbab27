"""How a jailed program can fail. The caller turns these names into sentences."""


class NoJail(Exception):  # noqa: N818 -- it reads as a sentence
    """No jail can be had on this machine, so nothing was run."""


class JailBroken(Exception):  # noqa: N818 -- it reads as a sentence
    """The program gave no result. `detail` is for the log: what it wrote on its error stream."""

    def __init__(self, detail: str = "") -> None:
        self.detail = detail
        super().__init__(detail)


class TimedOut(JailBroken):
    """It ran longer than the wall clock or the processor time allows, and was killed."""


class OutOfMemory(JailBroken):
    """It asked for more memory than it may have."""


class TooMuchOutput(JailBroken):
    """It printed more than the caller takes, and was killed."""


class Crashed(JailBroken):
    """It ended by a signal or with an exit code that the caller does not accept."""
