"""A cell: the command that runs one program in one jail, and the temporary folder it needs."""

import json
import os
import re
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import casa
from casa.foundation.jail.errors import NoJail
from casa.foundation.jail.kinds import Jail
from casa.foundation.jail.limits import JailLimits
from casa.foundation.jail.seccomp import program, supported
from casa.foundation.jail.strays import work_folder

NOBODY = 65534
PACKAGE = Path(casa.__file__).resolve().parent
LAUNCHER = Path(__file__).with_name("launcher.py")
INPUT = "input"
_PLACE = re.compile(r"\{(input\d?)\}")
_LIBRARIES = ("/lib", "/lib64", "/lib32", "/bin", "/sbin")
_FILES = (
    "/etc/ld.so.cache",
    "/etc/alternatives",
    "/etc/fonts",
    "/etc/localtime",
    "/etc/mime.types",
)
_OFFICE = ("/etc/libreoffice", "/var/lib/libreoffice")
_DEVICES = ("/dev/null", "/dev/zero", "/dev/urandom", "/dev/random")
_ENVIRONMENT = {
    "PATH": "/usr/bin:/bin",
    "LANG": "C.UTF-8",
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONSAFEPATH": "1",
    "OMP_THREAD_LIMIT": "1",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """A command ready to start, and the open folders that it inherits."""

    argv: list[str]
    open_folders: tuple[int, ...] = ()


@contextmanager
def cell_for(
    argv: Sequence[str],
    *,
    files: Sequence[Path],
    limits: JailLimits,
    jail: Jail,
    where: Path | None,
) -> Iterator[Cell]:
    """The cell of that jail; what it needs on disk, below `where`, goes away at the end."""
    if jail is Jail.NONE or not supported():
        raise NoJail
    if jail is Jail.BUBBLEWRAP:
        yield _bubblewrap(argv, files=files, limits=limits)
    elif os.geteuid() == 0:
        with _as_nobody(argv, files=files, limits=limits, where=where) as cell:
            yield cell
    else:
        with work_folder(where) as folder:
            for name, file in _named(files).items():
                shutil.copyfile(file, Path(folder, name))
            yield _as_myself(argv, folder=folder, limits=limits)


def bubblewrap_program() -> str | None:
    """Where bwrap is: on the system, or beside our Python when it came as a wheel."""
    beside = os.pathsep.join(("/usr/bin", "/usr/local/bin", str(Path(sys.prefix, "bin"))))
    return shutil.which("bwrap") or shutil.which("bwrap", path=beside)


def python_folders() -> list[Path]:
    """Every folder that our Python and its packages live in, as named and as they really are."""
    named = [
        Path(sys.prefix),
        Path(sys.base_prefix),
        Path(os.path.realpath(sys.executable)).parents[1],
    ]
    folders = dict.fromkeys([*named, *(folder.resolve() for folder in named)])
    return [folder for folder in folders if not folder.is_relative_to("/usr")]


def _bubblewrap(argv: Sequence[str], *, files: Sequence[Path], limits: JailLimits) -> Cell:
    bwrap = bubblewrap_program()
    if bwrap is None:
        raise NoJail
    command = [bwrap, "--unshare-all", "--die-with-parent", "--new-session", "--clearenv"]
    command += ["--cap-drop", "ALL", "--uid", str(NOBODY), "--gid", str(NOBODY)]
    command += ["--dev", "/dev", "--tmpfs", "/tmp", "--ro-bind", "/usr", "/usr"]  # noqa: S108
    for library in _LIBRARIES:
        if Path(library).is_symlink():
            command += ["--symlink", str(Path(library).readlink()), library]
        elif Path(library).is_dir():
            command += ["--ro-bind", library, library]
    office = _OFFICE if limits.may_fork else ()
    for shown in (*_FILES, *office, *map(str, python_folders()), str(PACKAGE)):
        command += ["--ro-bind-try", shown, shown]
    for name, file in _named(files).items():
        command += ["--ro-bind", str(file.resolve()), f"/tmp/{name}"]  # noqa: S108
    command += ["--chdir", "/tmp"]  # noqa: S108
    inside = _launch(
        _with_input(argv, "/tmp"),  # noqa: S108
        folder="/tmp",  # noqa: S108
        limits=limits,
        environment={"PYTHONPATH": str(PACKAGE.parent)},
        local_sockets=limits.may_fork,
    )
    return Cell([*command, "--", *inside])


def _as_myself(argv: Sequence[str], *, folder: str, limits: JailLimits) -> Cell:
    """The same user, from whom Landlock hides all but what it must read.

    Without Landlock it could read the secret key, the other uploads and the environment of the
    worker: then the launcher refuses, and this jail does not hold.

    Python lists the folder that it imports from, so it gets one with nothing but our package.
    """
    Path(folder, PACKAGE.name).symlink_to(PACKAGE)
    command = _launch(
        _with_input(argv, folder),
        folder=folder,
        limits=limits,
        environment={"PYTHONPATH": folder, "HOME": folder, "TMPDIR": folder},
        readable=[*map(str, python_folders()), str(PACKAGE)],
        must_hide=True,
    )
    return Cell(command)


@contextmanager
def _as_nobody(
    argv: Sequence[str], *, files: Sequence[Path], limits: JailLimits, where: Path | None
) -> Iterator[Cell]:
    """Root gives the program to `nobody`, who cannot pass through /root or a private home.

    So the folders of Python and of our package are opened while we still may, and the program
    reaches them as /proc/self/fd/N: an open folder is entered without walking to it.
    """
    with ExitStack() as stack:
        folder = stack.enter_context(work_folder(where))
        inside = Path(folder)
        for name, file in _named(files).items():
            shutil.copyfile(file, inside / name)
        copies = [inside / name for name in _named(files)]
        for made, mode in ((inside, 0o700), *((copy, 0o400) for copy in copies)):
            made.chmod(mode)
            os.chown(made, NOBODY, NOBODY)
        doors = _doors([*python_folders(), PACKAGE, Path(folder)], stack)
        here = doors[Path(folder)]
        Path(folder, PACKAGE.name).symlink_to(doors[PACKAGE])
        command = _launch(
            _with_input(_through(argv, doors), here),
            folder=folder,
            limits=limits,
            environment={**_python_home(doors, here), "HOME": here, "TMPDIR": here},
            readable=[*map(str, python_folders()), str(PACKAGE)],
            user=NOBODY,
        )
        yield Cell(command, tuple(int(door.rpartition("/")[2]) for door in doors.values()))


def _doors(folders: Sequence[Path], stack: ExitStack) -> dict[Path, str]:
    """Each folder opened, and the path by which whoever inherits it gets in."""
    doors = {}
    for folder in dict.fromkeys(folders):
        number = os.open(folder, os.O_PATH | os.O_DIRECTORY)
        stack.callback(os.close, number)
        doors[folder] = f"/proc/self/fd/{number}"
    return doors


def _through(argv: Sequence[str], doors: dict[Path, str]) -> list[str]:
    """The program by its real path, entered by its door."""
    real = Path(os.path.realpath(argv[0]))
    for folder, door in doors.items():
        if real.is_relative_to(folder):
            return [f"{door}/{real.relative_to(folder)}", *argv[1:]]
    return [str(real), *argv[1:]]


def _python_home(doors: dict[Path, str], here: str) -> dict[str, str]:
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    packages = f"{doors[Path(sys.prefix)]}/lib/{version}/site-packages"
    home = {"PYTHONPATH": f"{here}:{packages}"}
    base = doors.get(Path(sys.base_prefix))
    if base is not None:
        home |= {"PYTHONHOME": base, "LD_LIBRARY_PATH": f"{base}/lib"}
    return home


def _named(files: Sequence[Path]) -> dict[str, Path]:
    """The files by their names inside: "input", "input2", "input3"."""
    names = [INPUT, *(f"{INPUT}{number}" for number in range(2, len(files) + 1))]
    return dict(zip(names, files, strict=True))


def _with_input(argv: Sequence[str], folder: str) -> list[str]:
    """`{input}`, `{input2}` … as paths in that folder."""
    return [_PLACE.sub(rf"{folder}/\1", argument) for argument in argv]


def _launch(
    argv: Sequence[str],
    *,
    folder: str,
    limits: JailLimits,
    environment: dict[str, str],
    readable: Sequence[str] = (),
    user: int = 0,
    must_hide: bool = False,
    local_sockets: bool = False,
) -> list[str]:
    """The launcher with all it has to give up before it becomes the program."""
    seen = ["/usr", *_LIBRARIES, *_FILES, *readable] if readable else []
    description = {
        "argv": list(argv),
        "folder": folder,
        "environment": {"HOME": "/tmp", **_ENVIRONMENT, **environment},  # noqa: S108
        "bounds": _bounds(limits),
        "filter": program(may_fork=limits.may_fork, local_sockets=local_sockets).hex(),
        "readable": seen,
        "writable": [folder, *_DEVICES],
        "user": user,
        "must_hide": must_hide,
    }
    return [sys.executable, "-I", "-S", str(LAUNCHER), json.dumps(description)]


def _bounds(limits: JailLimits) -> dict[str, tuple[int, int]]:
    """Soft and hard. The hard bound of time is later, so that its end is told from a kill."""
    bounds = {
        "RLIMIT_AS": limits.memory,
        "RLIMIT_FSIZE": limits.written_file,
        "RLIMIT_NOFILE": limits.open_files,
        "RLIMIT_CORE": 0,
    }
    time = {"RLIMIT_CPU": (limits.cpu_seconds, limits.cpu_seconds + 2)}
    return {name: (bound, bound) for name, bound in bounds.items()} | time
