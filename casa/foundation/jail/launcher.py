"""What runs first inside the jail: gives up every right, then becomes the program.

Started by path with `python -I -S`, so it stands alone: standard library only. Its one argument
is a JSON object made by `cells`. It prints a reason and exits with 71 when a right cannot be
given up: then the program is not run at all.
"""

import ctypes
import errno
import json
import os
import resource
import signal
import struct
import sys
from pathlib import Path
from typing import Any

REFUSED = 71
_PDEATHSIG, _SECCOMP, _NO_NEW_PRIVILEGES = 1, 22, 38
_FILTER_MODE = 2
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_RULE_BENEATH = 1
_VERSION_ASKED = 1
_READ = 0b1101  # execute, read file, read folder
_READ_FILE = 0b0101
_USE_FILE = 0b0110  # write and read a file
_ALL_FIRST_VERSION = (1 << 13) - 1
_REFER, _TRUNCATE, _IOCTL = 1 << 13, 1 << 14, 1 << 15

libc = ctypes.CDLL(None, use_errno=True)


def main() -> None:
    """Enter the jail described by the argument and become the program."""
    cell = json.loads(sys.argv[1])
    try:
        _enter(cell)
    except OSError as error:
        sys.stderr.write(f"jail: {error}\n")
        sys.exit(REFUSED)
    try:
        os.execve(cell["argv"][0], cell["argv"], cell["environment"])  # noqa: S606
    except OSError as error:
        sys.stderr.write(f"jail: {cell['argv'][0]}: {error}\n")
        sys.exit(REFUSED)


def _enter(cell: dict[str, Any]) -> None:
    os.chdir(cell["folder"])
    _call(libc.prctl, _NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    ruleset = _ruleset(readable=cell["readable"], writable=cell["writable"])
    if ruleset is None and cell["must_hide"]:
        raise OSError(errno.ENOSYS, "no Landlock")
    if cell["user"]:
        os.setgroups([])
        os.setresgid(cell["user"], cell["user"], cell["user"])
        os.setresuid(cell["user"], cell["user"], cell["user"])
    for name, bounds in cell["bounds"].items():
        resource.setrlimit(getattr(resource, name), tuple(bounds))
    # after the change of user, which would forget it
    _call(libc.prctl, _PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if ruleset is not None:
        _call(libc.syscall, _RESTRICT_SELF, ruleset, 0)
        os.close(ruleset)
    _filter(bytes.fromhex(cell["filter"]))


def _filter(program: bytes) -> None:
    kept = ctypes.create_string_buffer(program, len(program))
    head = struct.pack("@HP", len(program) // 8, ctypes.addressof(kept))
    _call(libc.prctl, _SECCOMP, _FILTER_MODE, ctypes.create_string_buffer(head, len(head)), 0, 0)


def _ruleset(*, readable: list[str], writable: list[str]) -> int | None:
    """A Landlock ruleset that shows only these folders; None where the kernel has none."""
    version = libc.syscall(_CREATE_RULESET, None, 0, _VERSION_ASKED)
    if version < 1 or not readable:
        return None
    handled = _ALL_FIRST_VERSION
    for since, right in ((2, _REFER), (3, _TRUNCATE), (5, _IOCTL)):
        handled |= right if version >= since else 0
    attributes = ctypes.create_string_buffer(struct.pack("=Q", handled), 8)
    ruleset = libc.syscall(_CREATE_RULESET, attributes, 8, 0)
    if ruleset < 0:
        return None
    for path in readable:
        _show(ruleset, path, _READ if Path(path).is_dir() else _READ_FILE)
    for path in writable:
        _show(ruleset, path, handled if Path(path).is_dir() else _USE_FILE)
    return int(ruleset)


def _show(ruleset: int, path: str, rights: int) -> None:
    try:
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    rule = ctypes.create_string_buffer(struct.pack("=Qi", rights, place), 12)
    _call(libc.syscall, _ADD_RULE, ruleset, _RULE_BENEATH, rule, 0)
    os.close(place)


def _call(function: Any, *arguments: Any) -> None:
    if function(*arguments) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


if __name__ == "__main__":
    main()
