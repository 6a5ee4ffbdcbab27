"""The seccomp filter, written by hand as classic BPF for x86-64 and ARM64.

It takes away sockets, signals to others, other processes' memory, new sessions and the rest of
the kernel that a reader of files never needs. What is denied answers "not permitted", so a
program that merely tries goes on.
"""

import errno
import platform
import struct
from dataclasses import dataclass

_LOAD, _EQUAL, _AT_LEAST, _AND, _RETURN = 0x20, 0x15, 0x35, 0x54, 0x06
_ALLOW, _KILL, _ERRNO = 0x7FFF0000, 0x80000000, 0x00050000
_NUMBER, _ARCHITECTURE, _FIRST_ARGUMENT = 0, 4, 16
_THREAD = 0x00010000
_X32 = 0x40000000
_LONGEST_JUMP = 255
_UNIX = 1
_LOCAL = ("socket", "bind", "listen", "connect", "accept", "accept4")

# name: (x86-64, ARM64); the numbers of a system call never change
_DENIED = {
    "socket": (41, 198), "socketpair": (53, 199), "connect": (42, 203), "accept": (43, 202),
    "accept4": (288, 242), "bind": (49, 200), "listen": (50, 201), "sendto": (44, 206),
    "sendmsg": (46, 211), "sendmmsg": (307, 269),
    "io_uring_setup": (425, 425), "io_uring_enter": (426, 426), "io_uring_register": (427, 427),
    "ptrace": (101, 117), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271),
    "kill": (62, 129), "tkill": (200, 130), "tgkill": (234, 131),
    "rt_sigqueueinfo": (129, 138), "rt_tgsigqueueinfo": (297, 240),
    "pidfd_open": (434, 434), "pidfd_send_signal": (424, 424), "pidfd_getfd": (438, 438),
    "setsid": (112, 157), "setpgid": (109, 154),
    "mount": (165, 40), "umount2": (166, 39), "pivot_root": (155, 41), "chroot": (161, 51),
    "unshare": (272, 97), "setns": (308, 268), "open_tree": (428, 428), "move_mount": (429, 429),
    "fsopen": (430, 430), "fsconfig": (431, 431), "fsmount": (432, 432), "fspick": (433, 433),
    "mount_setattr": (442, 442),
    "add_key": (248, 217), "request_key": (249, 218), "keyctl": (250, 219),
    "bpf": (321, 280), "perf_event_open": (298, 241), "userfaultfd": (323, 282),
    "name_to_handle_at": (303, 264), "open_by_handle_at": (304, 265),
    "init_module": (175, 105), "finit_module": (313, 273), "delete_module": (176, 106),
    "kexec_load": (246, 104), "kexec_file_load": (320, 294), "reboot": (169, 142),
    "swapon": (167, 224), "swapoff": (168, 225), "acct": (163, 89), "syslog": (103, 116),
    "quotactl": (179, 60), "personality": (135, 92), "settimeofday": (164, 170),
    "shmget": (29, 194), "semget": (64, 190), "msgget": (68, 186), "mq_open": (240, 180),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Machine:
    """How an architecture is known to the kernel, and its numbers for starting processes."""

    audit: int
    column: int
    clone: int
    forks: tuple[int, ...]
    clone3: int = 435


_MACHINES = {
    "x86_64": _Machine(audit=0xC000003E, column=0, clone=56, forks=(57, 58)),
    "aarch64": _Machine(audit=0xC00000B7, column=1, clone=220, forks=()),
}


def supported() -> bool:
    """Is there a filter for this machine?"""
    return platform.system() == "Linux" and platform.machine() in _MACHINES


def program(*, may_fork: bool, local_sockets: bool = False, machine: str = "") -> bytes:
    """The filter as an array of `struct sock_filter`.

    `local_sockets` leaves those of the Unix kind, which LibreOffice will not start without: only
    for a jail in which there is nobody to talk to.
    """
    known = _MACHINES[machine or platform.machine()]
    spared = _LOCAL if local_sockets else ()
    refused = [numbers[known.column] for name, numbers in _DENIED.items() if name not in spared]
    if not may_fork:
        refused += known.forks
    lines = [
        _line(_LOAD, _ARCHITECTURE),
        _line(_EQUAL, known.audit, yes=1),
        _line(_RETURN, _KILL),
        _line(_LOAD, _NUMBER),
        *_refuse_other_numbering(known),
        *_refuse(refused),
        *(_local_only(_DENIED["socket"][known.column]) if local_sockets else []),
        *([] if may_fork else _threads_only(known)),
        _line(_RETURN, _ALLOW),
    ]
    return b"".join(lines)


def _refuse_other_numbering(machine: _Machine) -> list[bytes]:
    """x86-64 kernels answer a second set of numbers, which would pass by the list."""
    if machine.column:
        return []
    return [_line(_AT_LEAST, _X32, no=1), _line(_RETURN, _KILL)]


def _refuse(numbers: list[int]) -> list[bytes]:
    lines = []
    for number in numbers:
        lines += [_line(_EQUAL, number, no=1), _line(_RETURN, _ERRNO | errno.EPERM)]
    return lines


def _local_only(socket: int) -> list[bytes]:
    """A socket of any kind but Unix is refused."""
    return [
        _line(_EQUAL, socket, no=4),
        _line(_LOAD, _FIRST_ARGUMENT),
        _line(_EQUAL, _UNIX, no=1),
        _line(_RETURN, _ALLOW),
        _line(_RETURN, _ERRNO | errno.EPERM),
    ]


def _threads_only(machine: _Machine) -> list[bytes]:
    """A new thread may start, a new process may not.

    clone3 hides its flags from the filter: "no such call" makes the C library use clone.
    """
    return [
        _line(_EQUAL, machine.clone3, no=1),
        _line(_RETURN, _ERRNO | errno.ENOSYS),
        _line(_EQUAL, machine.clone, no=4),
        _line(_LOAD, _FIRST_ARGUMENT),
        _line(_AND, _THREAD),
        _line(_EQUAL, 0, no=1),
        _line(_RETURN, _ERRNO | errno.EPERM),
    ]


def _line(code: int, value: int, *, yes: int = 0, no: int = 0) -> bytes:
    return struct.pack("=HBBI", code, yes, no, value)
