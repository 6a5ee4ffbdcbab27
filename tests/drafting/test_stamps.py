"""A filled document is known again, in Word, ODT and PDF; nonsense says nothing."""

from datetime import date
from pathlib import Path

import docx
import pytest

from casa.drafting import Block, Draft, Metadata, filling, from_json, lay_out, read, to_json
from casa.drafting.limits import Limits
from casa.drafting.stamps import stamp_of
from tests.drafting.helped import with_office
from tests.drafting.makers_models import docx_of, odt_of

SAID = {
    "modello": "Lettera – d'invito",
    "versione": "versione 3",
    "fascicolo": "fascicolo 12",
    "data": "03/11/2026",
}


def known(path: Path) -> tuple[object, ...] | None:
    found = stamp_of(read(path))
    if found is None:
        return None
    return found.names(SAID["modello"]), found.version, found.dossier, found.on


def word(path: Path, *, footer: str = "") -> Path:
    docx_of(path, "Si affida {{ oggetto }}.")
    if footer:
        document = docx.Document(str(path))
        document.sections[0].footer.paragraphs[0].text = footer
        document.save(str(path))
    return path


def made(model: Path, **more) -> Path:
    to = more.get("to") or model.suffix[1:]
    path = model.with_name(f"made.{to}")
    path.write_bytes(filling.fill(model, {"oggetto": "pulizie"}, stamp=SAID, **more))
    return path


@pytest.mark.parametrize("footer", ["", "Pagina"])
def test_a_word_document_is_known_with_and_without_a_footer(tmp_path: Path, footer):
    path = made(word(tmp_path / "a.docx", footer=footer))
    assert known(path) == (True, 3, 12, date(2026, 11, 3))
    assert from_json(to_json(read(path))) == read(path)


def test_an_odt_is_known(tmp_path: Path):
    meta = '<office:meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"/>'
    path = made(odt_of(tmp_path / "a.odt", "Si affida {{ oggetto }}.", meta=meta))
    assert known(path) == (True, 3, 12, date(2026, 11, 3))


@pytest.mark.parametrize(
    "footer", [pytest.param("", marks=with_office), pytest.param("Pagina", marks=with_office)]
)
def test_a_pdf_is_known(tmp_path: Path, footer):
    path = made(word(tmp_path / "a.docx", footer=footer), to="pdf", limits=Limits(programs=1))
    assert known(path) == (True, 3, 12, date(2026, 11, 3))


def draft(*lines: str, stamp: tuple[str, ...] = ()) -> Draft:
    blocks = tuple(Block("paragraph", line) for line in lines)
    return Draft("pdf", lay_out(blocks)[0], blocks, (), Metadata(stamp=stamp))


def test_a_pdf_printed_by_another_program_is_known_by_its_footer():
    found = stamp_of(
        draft("Testo.", "Lettera –", "d'invito – versione 3 – fascicolo 12 – 03/11/2026")
    )
    assert found is not None
    assert found.names(SAID["modello"])
    assert not found.names("Altra lettera")
    assert not found.names("")


@pytest.mark.parametrize(
    "one",
    [
        draft("Testo."),
        draft("Vedi la versione 3 del fascicolo 12 del 03/11/2026."),
        draft("Lettera – versione 3 – fascicolo 12 – 33/11/2026"),
        draft("Lettera – versione 3 – fascicolo 9999999999999 – 03/11/2026"),
        draft("x", stamp=("modello: L", "versione: tre", "fascicolo: fascicolo 12", "data: oggi")),
        draft("x", stamp=("modello: L", "versione: versione 3")),
    ],
)
def test_what_is_no_stamp_says_nothing(one):
    assert stamp_of(one) is None
