"""Have the system packages of the list: as root install them, else name what is skipped."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

LIST = Path(__file__).with_name("debian-packages.txt")


@dataclass(frozen=True)
class Package:
    """A line of the list."""

    name: str
    program: str
    needed_by: str
    optional: bool

    @property
    def is_missing(self) -> bool:
        """Say whether its program, its library, or the file that shows it is there."""
        if ".so" in self.program and not self.program.startswith("/"):
            return not _loads(self.program)
        if self.program.startswith("/"):
            return not Path(self.program).exists()
        return shutil.which(self.program) is None


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def read_list() -> list[Package]:
    """Read the list."""
    lines = [line.strip() for line in LIST.read_text().splitlines()]
    rows = [line.split("|") for line in lines if line and not line.startswith("#")]
    columns = [[column.strip() for column in row] for row in rows]
    return [Package(row[0], row[1], row[2], optional=row[3] == "optional") for row in columns]


def main() -> int:
    """Install or tell; 1 when something compulsory stays missing and CASA_REQUIRE_ALL is 1."""
    missing = [package for package in read_list() if package.is_missing]
    if missing and os.geteuid() == 0 and shutil.which("apt-get"):
        install(package.name for package in missing)
        missing = [package for package in missing if package.is_missing]
    for package in missing:
        print(f"Manca {package.name}: salto {package.needed_by}. apt-get install {package.name}")
    wanted = [package for package in missing if not package.optional]
    return 1 if wanted and os.environ.get("CASA_REQUIRE_ALL") == "1" else 0


def install(names: Iterable[str]) -> None:
    """Install with apt; what could not be had is told by the caller."""
    wanted = sorted(names)
    if not wanted:
        return
    print(f"- installo i pacchetti di sistema {', '.join(wanted)}...", flush=True)
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update"], ["install", "-y", "--no-install-recommends", *wanted]):
        words = ["apt-get", "-qq", *command]
        done = subprocess.run(words, check=False, capture_output=True, text=True, env=env)
        if done.returncode:
            print(done.stderr or done.stdout, file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
