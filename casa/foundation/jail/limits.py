"""What a jailed program may use."""

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class JailLimits:
    """Bounds of one run; sizes in bytes, times in seconds.

    `may_fork` lets the program start others (LibreOffice, tesseract); a reader of files needs
    none. In bubblewrap, where there is nobody else, they may talk through Unix sockets.
    """

    memory: int = 2048 * MEGABYTE
    cpu_seconds: int = 60
    wall_seconds: float = 90.0
    written_file: int = 300 * MEGABYTE
    open_files: int = 256
    output: int = 64 * MEGABYTE
    may_fork: bool = False
