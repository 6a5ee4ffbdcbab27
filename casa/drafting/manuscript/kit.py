"""Kits of starter texts: what one case needs, with the answers of one sample tender."""

import tempfile
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from casa.drafting import filling
from casa.drafting.errors import Unreadable
from casa.drafting.manuscript.asking import Asked, fields_of, sample
from casa.drafting.manuscript.manuscript import BadManuscript, Fault, Manuscript
from casa.drafting.manuscript.package import docx
from casa.drafting.manuscript.wording import english_in

_TEXTS = {"title": 200, "object": 1000, "pillar": 40}
_NOTE = 500


@dataclass(frozen=True, slots=True)
class Kit:
    """A kit as written: the texts that it names in order, each with what it is for."""

    title: str
    object: str
    pillar: str
    items: tuple[tuple[str, str], ...]
    answers: Mapping[str, Any]


def read_kit(text: str) -> Kit:
    """The kit in a TOML text. Raises `BadManuscript`."""
    try:
        head = tomllib.loads(text)
        items = tuple((item["model"], item["note"]) for item in head["items"])
        words = {name: str(head[name]) for name in _TEXTS}
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise BadManuscript([Fault(0, f"il kit non è valido: {error}")]) from error
    faults = [
        Fault(0, f"«{name}» deve avere da 1 a {most} caratteri")
        for name, most in _TEXTS.items()
        if not 0 < len(words[name]) <= most
    ]
    faults += [
        Fault(0, f"la nota di «{slug}» deve avere da 1 a {_NOTE} caratteri")
        for slug, note in items
        if not 0 < len(note) <= _NOTE
    ]
    if faults:
        raise BadManuscript(faults)
    return Kit(**words, items=items, answers=head.get("answers", {}))


def check_kit(
    kit: Kit, texts: Mapping[str, Manuscript], shared: Mapping[str, Asked]
) -> Iterator[Fault]:
    """What stands against a kit: texts that are not there, answers that do not fill them."""
    for words in (kit.title, kit.object, *(note for _slug, note in kit.items)):
        yield from (Fault(0, found) for found in english_in(words))
    slugs = [slug for slug, _note in kit.items]
    for slug in slugs:
        if slug not in texts or slugs.count(slug) > 1:
            yield Fault(0, f"il testo «{slug}» non c'è, o è due volte nel kit")
    there = {slug: texts[slug] for slug in slugs if slug in texts}
    known = {name for text in there.values() for name in fields_of(text, shared)}
    for name in kit.answers.keys() - known:
        yield Fault(0, f"la risposta «{name}» non è un campo dei testi del kit")
    for slug, text in there.items():
        yield from (Fault(0, f"{slug}: {words}") for words in _unfilled(text, kit, shared))


def _unfilled(text: Manuscript, kit: Kit, shared: Mapping[str, Asked]) -> Iterator[str]:
    """One set of answers fills every text of the kit."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "model.docx"
        path.write_bytes(docx(text))
        try:
            filling.fill(path, {**sample(fields_of(text, shared)), **kit.answers})
        except Unreadable as error:
            yield error.message
