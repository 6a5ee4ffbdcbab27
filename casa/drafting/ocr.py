"""Words from pictures, by tesseract in Italian: lines with their place and a certainty.

A page that reads badly is tried turned, since scanners take it sideways and upside down. The
program is started only where `Limits.programs` says so, with its own time for each page.
"""

import csv
import io
import os
import shutil
import subprocess
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from statistics import fmean

from PIL import Image

from casa.drafting.limits import Limits
from casa.drafting.text import clean

DPI = 200  # 300 read worse and slower (documents.md §1)
MOST_PIXELS = 30_000_000
LANGUAGE = "ita"
MISSING = "sul server manca il programma che riconosce il testo nelle immagini (tesseract)"
NOT_ALLOWED = "il riconoscimento del testo non è riuscito"
LATE = "il riconoscimento del testo ha richiesto troppo tempo"
_GOOD = 72.0
_ENOUGH_LETTERS = 25
_TURNS = (180, 90, 270)
_WORD = "5"
_CERTAIN_WORD = 20.0
_LINE_KEYS = ("block_num", "par_num", "line_num")
_LEAST = 0.1


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """Words on one line, in pixels from the upper left corner of the picture as righted."""

    text: str
    left: int
    right: int
    bottom: int


@dataclass(frozen=True, slots=True)
class Recognised:
    """What was read in one picture: lines in reading order, mean certainty of words (0–100).

    `turned` is by how many degrees, counterclockwise, the picture had to be turned.
    """

    lines: tuple[PrintedLine, ...] = ()
    certainty: float = 0.0
    turned: int = 0
    height: int = 0

    @property
    def letters(self) -> int:
        """How many letters and figures were read."""
        return sum(letter.isalnum() for line in self.lines for letter in line.text)

    @property
    def worth(self) -> float:
        """More sure letters are better."""
        return self.letters * self.certainty


class CannotRecognise(Exception):  # noqa: N818 -- it reads as a sentence
    """No recognition here; the message is an Italian clause that gives the reason."""


class Clock:
    """The time that one document may take, dealt out page by page."""

    def __init__(self, limits: Limits) -> None:
        self._page = limits.ocr_page_seconds
        self._end = time.monotonic() + limits.ocr_seconds

    def seconds(self) -> float:
        """For the next page. Raises TimeoutError when all is spent."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return min(self._page, left)


@cache
def program() -> str | None:
    """Where tesseract is, if it knows Italian."""
    found = shutil.which("tesseract")
    if found is None:
        return None
    try:
        known = subprocess.run(  # noqa: S603 -- the command is ours
            [found, "--list-langs"], check=False, capture_output=True, text=True, timeout=20
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return found if LANGUAGE in known.stdout.split() else None


def check(limits: Limits) -> None:
    """Raise CannotRecognise, with the reason, where no recognition is to be had."""
    if shutil.which("tesseract") is None:
        raise CannotRecognise(MISSING)
    if not limits.programs:
        raise CannotRecognise(NOT_ALLOWED)
    if program() is None:
        raise CannotRecognise(MISSING)


def recognise(image: Image.Image, *, seconds: float) -> Recognised:
    """The lines of a picture, righted if need be. Raises TimeoutError after `seconds` in all."""
    image = bounded(image.convert("L"))
    end = time.monotonic() + seconds
    best = _recognised(image, turned=0, seconds=seconds)
    if best.certainty >= _GOOD and best.letters >= _ENOUGH_LETTERS:
        return best
    for turned in _turns(image, seconds=end - time.monotonic()):
        found = _recognised(image, turned=turned, seconds=end - time.monotonic())
        best = max(best, found, key=lambda one: one.worth)
        if found is best and found.certainty >= _GOOD and found.letters >= _ENOUGH_LETTERS:
            break
    return best


def bounded(image: Image.Image) -> Image.Image:
    """At most 30 megapixels: a page of 300 bytes may claim to be 500 metres long."""
    pixels = image.width * image.height
    if pixels <= MOST_PIXELS:
        return image
    factor = (MOST_PIXELS / pixels) ** 0.5
    size = (max(1, int(image.width * factor)), max(1, int(image.height * factor)))
    return image.resize(size)


def _turns(image: Image.Image, *, seconds: float) -> tuple[int, ...]:
    """The turn that tesseract's own look at the letters proposes first, then the others."""
    answer = _run(image, "--psm", "0", "-l", "osd", seconds=seconds)
    for line in answer.splitlines():
        name, _, value = line.partition(":")
        if name == "Orientation in degrees" and value.strip() in ("90", "180", "270"):
            first = int(value)
            return (first, *(turn for turn in _TURNS if turn != first))
    return _TURNS


def _recognised(image: Image.Image, *, turned: int, seconds: float) -> Recognised:
    upright = image.rotate(turned, expand=True) if turned else image
    output = _run(upright, "-l", LANGUAGE, "--psm", "3", "--oem", "1", "tsv", seconds=seconds)
    words = list(_words(output))
    certainty = fmean([float(word["conf"]) for word in words]) if words else 0.0
    return Recognised(tuple(_lines(words)), certainty, turned, upright.height)


def _words(output: str) -> Iterator[dict[str, str]]:
    rows = csv.DictReader(io.StringIO(output), delimiter="\t", quoting=csv.QUOTE_NONE)
    for row in rows:
        if row["level"] == _WORD and clean(row["text"] or ""):
            yield row


def _lines(words: Iterable[dict[str, str]]) -> Iterator[PrintedLine]:
    for _, group in groupby(words, key=lambda word: [word[key] for key in _LINE_KEYS]):
        members = list(group)
        if all(float(word["conf"]) < _CERTAIN_WORD for word in members):
            continue  # a stain, a stamp, a signature
        last = members[-1]
        yield PrintedLine(
            text=clean(" ".join(word["text"] for word in members)),
            left=int(members[0]["left"]),
            right=int(last["left"]) + int(last["width"]),
            bottom=round(fmean(int(word["top"]) + int(word["height"]) for word in members)),
        )


def _run(image: Image.Image, *words: str, seconds: float) -> str:
    """One run of tesseract over a picture; "" when it gives up."""
    found = program()
    if found is None:
        raise CannotRecognise(MISSING)
    picture = io.BytesIO()
    image.save(picture, "PNG", compress_level=1, dpi=(DPI, DPI))
    try:
        done = subprocess.run(  # noqa: S603 -- the command is ours
            [found, "-", "-", *words],
            check=False,
            input=picture.getvalue(),
            capture_output=True,
            timeout=max(_LEAST, seconds),
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    except subprocess.TimeoutExpired as error:
        raise TimeoutError from error
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else ""
