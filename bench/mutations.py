"""Damaging files by seed, and reading them in a child that may die of it.

`python -m bench.mutations FILE FIRST COUNT` reads COUNT damaged copies of one file and prints a
line of JSON for each; whoever started it sees by the missing line which one brought it down.
"""

import io
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from bench.measure import forget_peak, peak_megabytes
from casa.drafting import Unreadable, parse_output, read, to_json

SEED = 20261125
MEMORY = 2 << 30
SECONDS = 20
Random = random.Random
INSIDE = 0.7
LONGEST_TAG = 500
DIGITS = range(ord("0"), ord("9") + 1)
BAD_WORDS = ("Traceback", "Error", "Exception", "NoneType", "object at 0x")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one damaged file: "read", the code of a refusal, or what must never be."""

    name: str
    number: int
    code: str
    message: str = ""
    seconds: float = 0.0
    megabytes: float = 0.0

    @property
    def is_failure(self) -> bool:
        """Neither read nor refused with an Italian sentence, or not within its time."""
        spoken = not any(word in self.message for word in BAD_WORDS)
        sentence = self.code == "read" or (self.message.endswith(".") and spoken)
        return self.code in ("crash", "error", "late") or not sentence


def mutated(data: bytes, chance: Random) -> bytes:
    """The file with damage: of its bytes, or of what is packed inside."""
    if data[:2] == b"PK" and chance.random() < INSIDE:
        with suppress(zipfile.BadZipFile, ValueError, OSError):
            return _repacked(data, chance)
    return _hurt(data, chance)


def _repacked(data: bytes, chance: Random) -> bytes:
    """The archive with one or two of its members damaged, and otherwise whole."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(target, "w") as made:
        names = source.namelist()
        chosen = set(chance.sample(names, min(len(names), chance.randint(1, 2))))
        for name in names:
            content = source.read(name)
            made.writestr(name, _hurt(content, chance) if name in chosen else content)
    return target.getvalue()


def _hurt(data: bytes, chance: Random) -> bytes:
    if not data:
        return bytes(chance.randrange(256) for _ in range(chance.randint(1, 50)))
    for _ in range(chance.randint(1, 3)):
        data = chance.choice(_WOUNDS)(data, chance) or b"\0"
    return data


def _flip(data: bytes, chance: Random) -> bytes:
    made = bytearray(data)
    for _ in range(chance.randint(1, 20)):
        made[chance.randrange(len(made))] = chance.randrange(256)
    return bytes(made)


def _truncate(data: bytes, chance: Random) -> bytes:
    return data[: chance.randrange(len(data))]


def _drop(data: bytes, chance: Random) -> bytes:
    start = chance.randrange(len(data))
    return data[:start] + data[start + chance.randint(1, 200) :]


def _repeat(data: bytes, chance: Random) -> bytes:
    start = chance.randrange(len(data))
    piece = data[start : start + chance.randint(1, 400)]
    return data[:start] + piece * chance.choice([2, 3, 50, 500]) + data[start:]


def _swap(data: bytes, chance: Random) -> bytes:
    one, two = sorted((chance.randrange(len(data)), chance.randrange(len(data))))
    length = chance.randint(1, 100)
    middle = data[one + length : two]
    return (
        data[:one]
        + data[two : two + length]
        + middle
        + data[one : one + length]
        + data[two + length :]
    )


def _number(data: bytes, chance: Random) -> bytes:
    """Some number of the file becomes one that nobody expects."""
    digits = [at for at, byte in enumerate(data[:200_000]) if byte in DIGITS]
    if not digits:
        return _flip(data, chance)
    at = chance.choice(digits)
    value = chance.choice([b"-1", b"0", b"99999999999999999999", b"2147483648", b"1e309", b"65536"])
    return data[:at] + value + data[at + 1 :]


def _tags(data: bytes, chance: Random) -> bytes:
    """Some element is opened many times, or closed once too often."""
    opened = data.find(b"<", chance.randrange(len(data)))
    closed = data.find(b">", opened)
    if opened < 0 or closed < 0 or closed - opened > LONGEST_TAG:
        return _flip(data, chance)
    tag = data[opened : closed + 1]
    return data[:opened] + tag * chance.choice([0, 2, 40, 3_000]) + data[closed + 1 :]


def _noise(data: bytes, chance: Random) -> bytes:
    start = chance.randrange(len(data))
    noise = bytes(chance.randrange(256) for _ in range(chance.randint(1, 300)))
    return data[:start] + noise + data[start:]


_WOUNDS: tuple[Callable[[bytes, Random], bytes], ...] = (
    _flip,
    _truncate,
    _drop,
    _repeat,
    _swap,
    _number,
    _tags,
    _noise,
)


def outcomes(path: Path, *, first: int, count: int) -> Iterator[Outcome]:
    """What becomes of that many damaged copies of a file, whatever they do to the child."""
    last = first + count
    while first < last:
        for outcome in _child(path, first=first, count=last - first):
            yield outcome
            first = outcome.number + 1


def _child(path: Path, *, first: int, count: int) -> Iterator[Outcome]:
    words = [sys.executable, "-m", "bench.mutations", str(path), str(first), str(count)]
    process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    reached = first
    with process:
        for line in process.stdout or ():
            outcome = Outcome(**json.loads(line))
            reached = outcome.number + 1
            yield outcome
    if reached < first + count:
        yield Outcome(path.name, reached, "crash", f"exit {process.returncode}")


def _read_damaged(path: Path, *, first: int, count: int) -> None:
    whole = path.read_bytes()
    with tempfile.TemporaryDirectory() as folder:
        for number in range(first, first + count):
            chance = random.Random(f"{SEED} {path.name} {number}")
            copy = Path(folder, "file")
            copy.write_bytes(mutated(whole, chance))
            print(json.dumps(_outcome(copy, name=path.name, number=number)), flush=True)


def _outcome(path: Path, *, name: str, number: int) -> dict[str, object]:
    forget_peak()
    begun = time.process_time()
    code, message = "read", ""
    try:
        parse_output(json.dumps(to_json(read(path))).encode())
    except Unreadable as refused:
        code, message = refused.code, refused.message
    except BaseException as error:  # noqa: BLE001 -- this is what is looked for
        code, message = "error", repr(error)[:300]
    seconds = time.process_time() - begun
    code = "late" if seconds > SECONDS else code
    return {
        "name": name,
        "number": number,
        "code": code,
        "message": message,
        "seconds": seconds,
        "megabytes": peak_megabytes(),
    }


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _read_damaged(Path(sys.argv[1]), first=int(sys.argv[2]), count=int(sys.argv[3]))
