"""Make the environment of the house from nothing but Python 3.11 and a network: .uv, then .venv.

    python3 tools/bootstrap.py run      what serves to run
    python3 tools/bootstrap.py test     the same and what serves to test
    python3 tools/bootstrap.py uv       only the installer

When nothing changed it does nothing, and needs no network: a stamp in `.venv` remembers the hash of
the requirements, the version of Python and the place. The packages are locked with hashes.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

OLDEST_PYTHON = (3, 11)
PYTHONS = ("python3.13", "python3.12", "python3.11", "python3")
ROOT = Path(__file__).resolve().parent.parent
UV_HOME, VENV = ROOT / ".uv", ROOT / ".venv"
UV, PYTHON, STAMP = UV_HOME / "bin" / "uv", VENV / "bin" / "python", VENV / ".casa.json"
UV_LOCK = Path(__file__).with_name("uv-requirements.txt")
LOCKS = {"run": "requirements.txt", "test": "requirements-dev.txt"}
CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")
ABOUT = "import sys; print(sys.prefix); print('.'.join(map(str, sys.version_info[:3])))"
COMMAND = """#!/bin/sh
'''exec' "$(dirname "$(realpath "$0")")/python" "$0" "$@"
' '''
from casa.cli import main

main()
"""


class Trouble(Exception):  # noqa: N818 -- its text is a sentence for a person
    """What the person at the keyboard must do first, in Italian."""


def main(words: list[str]) -> int:
    """Do what the single word asks; 0 done, 1 refused with a reason, 2 wrong use."""
    if len(words) != 1 or words[0] not in {*LOCKS, "uv"}:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        prepare(words[0])
    except Trouble as trouble:
        print(f"\n{trouble}", file=sys.stderr)
        return 1
    except PermissionError as error:
        print(f"\nNon posso scrivere in {error.filename}: di chi è la cartella?", file=sys.stderr)
        return 1
    return 0


def prepare(goal: str) -> None:
    """Bring the environment up to the goal; two at a time wait for each other."""
    if sys.version_info < OLDEST_PYTHON:
        raise Trouble("Serve Python 3.11 o più recente: sudo apt-get install python3")
    with Path(__file__).open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if goal == "uv":
            ensure_uv()
        elif not is_current(goal):
            build(goal)


def is_current(goal: str) -> bool:
    """Say whether `.venv` is what the requirements ask for, here and with this Python."""
    stamp = read_stamp()
    if stamp.get("place") != str(ROOT) or stamp.get("run") != fingerprint("run"):
        return False
    if goal == "test" and stamp.get("test") != fingerprint("test"):
        return False
    return stamp.get("python") is not None and stamp["python"] == python_version(PYTHON, VENV)


def build(goal: str) -> None:
    """Make or mend `.venv`, install the locked packages and put the command `casa` in it."""
    if "test" in read_stamp():
        goal = "test"  # a later `make run` does not take the test tools away
    ensure_uv()
    make_venv()
    install(goal)
    add_the_house()
    packages = {name: fingerprint(name) for name in ("run", goal)}
    version = python_version(PYTHON, VENV)
    STAMP.write_text(json.dumps({"place": str(ROOT), "python": version, **packages}))


def read_stamp() -> dict[str, str]:
    """Give what the last build wrote; nothing when there was none."""
    try:
        stamp = json.loads(STAMP.read_text())
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def fingerprint(goal: str) -> str:
    """Give the hash of everything that decides what is installed for the goal."""
    digest = hashlib.sha256()
    for path in (ROOT / LOCKS[goal], Path(__file__)):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def python_version(python: Path, home: Path | None = None) -> str | None:
    """Give the version of a Python that works (and, if asked, believes to live in `home`)."""
    try:
        answer = run(python, "-I", "-c", ABOUT).stdout.splitlines()
    except (OSError, subprocess.CalledProcessError):
        return None
    if home is not None and Path(answer[0]).resolve() != home.resolve():
        return None
    return answer[1]


def pythons() -> list[Path]:
    """Give the usable Pythons of this computer, best first; none of a virtual environment."""
    found = [shutil.which(name) for name in PYTHONS] + ["/usr/bin/python3", sys.executable]
    paths = [Path(name) for name in dict.fromkeys(found) if name]
    return [path for path in paths if is_recent(python_version(path)) and not in_venv(path)]


def is_recent(version: str | None) -> bool:
    """Say whether a version such as 3.11.2 is new enough."""
    return version is not None and tuple(map(int, version.split("."))) >= OLDEST_PYTHON


def in_venv(python: Path) -> bool:
    """Say whether a Python belongs to a virtual environment."""
    return (python.parent.parent / "pyvenv.cfg").exists()


def ensure_uv() -> None:
    """Have the pinned uv in `.uv`, with a hash like every other package."""
    version = uv_version()
    if UV.exists() and version in run(UV, "--version", check=False).stdout.split():
        return
    say(f"preparo l'installatore (uv {version})")
    python = python_with_venv()
    shutil.rmtree(UV_HOME, ignore_errors=True)
    download(python, "-m", "venv", UV_HOME)
    pip = (UV_HOME / "bin" / "python", "-m", "pip", "--disable-pip-version-check")
    download(*pip, "install", "--quiet", "--require-hashes", "-r", UV_LOCK)


def uv_version() -> str:
    """Give the version that the lock of the installer names."""
    return UV_LOCK.read_text().partition("==")[2].split()[0]


def python_with_venv() -> Path:
    """Give a Python that can make environments; as root on Debian, add what it lacks."""
    for python in pythons():
        if can_make_venv(python):
            return python
    if os.geteuid() == 0 and shutil.which("apt-get"):
        say("installo il pacchetto di sistema python3-venv")
        quiet = {"DEBIAN_FRONTEND": "noninteractive"}
        download("apt-get", "update", "-qq", env=quiet)
        option = "--no-install-recommends"
        download("apt-get", "install", "-y", "-qq", option, "python3-venv", env=quiet)
    for python in pythons():
        if can_make_venv(python):
            return python
    raise Trouble("A Python manca il modulo venv: sudo apt-get install python3-venv")


def can_make_venv(python: Path) -> bool:
    """Say whether a Python has what `-m venv` needs: Debian's bare one has not."""
    return run(python, "-I", "-c", "import ensurepip, venv", check=False).returncode == 0


def make_venv() -> None:
    """Make `.venv` anew unless it is whole and at home here."""
    stamp = read_stamp()
    moved = stamp.get("place", str(ROOT)) != str(ROOT)
    if not moved and is_recent(python_version(PYTHON, VENV)):
        return
    say("creo l'ambiente .venv")
    shutil.rmtree(VENV, ignore_errors=True)
    download(UV, "venv", "--quiet", "--no-project", "--python", pythons()[0], VENV)


def install(goal: str) -> None:
    """Make the packages of `.venv` exactly those of the lock."""
    say("installo i pacchetti Python")
    lock = ROOT / LOCKS[goal]
    options = ("--quiet", "--require-hashes", "--compile-bytecode", "--python", PYTHON)
    download(UV, "pip", "sync", *options, lock)


def add_the_house() -> None:
    """Put the house on the path of `.venv` and the command `casa` beside its python."""
    (site,) = VENV.glob("lib/python3*/site-packages")
    (site / "casa.pth").write_text(f"{os.path.relpath(ROOT, site)}\n")
    command = VENV / "bin" / "casa"
    command.write_text(COMMAND)
    command.chmod(0o755)


def say(what: str) -> None:
    """Tell the person what takes a while, in letters their terminal knows."""
    print(f"- {what}...", flush=True)


def run(*command: str | Path, check: bool = True) -> subprocess.CompletedProcess[str]:
    """Run a command and keep what it says."""
    words = [str(word) for word in command]
    return subprocess.run(words, check=check, capture_output=True, text=True, cwd=ROOT)


def download(*command: str | Path, env: dict[str, str] | None = None) -> None:
    """Run a command that may need the network; its own words are shown if it fails."""
    words = [str(word) for word in command]
    settings = {**uv_settings(), **(env or {})}
    done = subprocess.run(
        words, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        cwd=ROOT, env=settings,
    )  # fmt: skip
    if done.returncode:
        print(done.stdout, file=sys.stderr)
        raise Trouble(
            f"Non riuscito: {' '.join(words)}\nControlla il collegamento alla rete e ripeti."
        )


def uv_settings() -> dict[str, str]:
    """Give the environment for uv: no Python of its own, the certificates this computer trusts."""
    settings = {**os.environ, "UV_PYTHON_DOWNLOADS": "never"}
    settings.pop("VIRTUAL_ENV", None)
    if CERTIFICATES.exists():  # a public body's network often has a proxy with its own
        settings.setdefault("UV_SYSTEM_CERTS", "1")
    if not os.access(settings.get("HOME") or "/nowhere", os.W_OK):
        settings["UV_CACHE_DIR"] = str(UV_HOME / "cache")
    return settings


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
