"""A filled document says where it comes from, in its properties and in its footer."""

import io
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest

from casa.drafting import filling, read
from casa.drafting.filling.stamping import PREFIX
from casa.drafting.xml import parse
from tests.drafting.makers_models import docx_of, odt_of

SAID = {"modello": "Lettera & contratto", "versione": "versione 3", "fascicolo": "fascicolo 12"}
LINE = "Lettera & contratto – versione 3 – fascicolo 12"


def made(path: Path, **more) -> bytes:
    return filling.fill(path, {"oggetto": "pulizie"}, stamp=SAID, **more)


def properties(data: bytes) -> dict[str, str]:
    with ZipFile(io.BytesIO(data)) as archive:
        root = parse(archive.read("docProps/custom.xml"))
    return {one.get("name", ""): "".join(one.itertext()) for one in root}


def test_a_word_document_has_properties_and_a_footer(tmp_path: Path):
    path = docx_of(tmp_path / "a.docx", "Si affida {{ oggetto }}.")
    document = docx.Document(str(path))
    document.sections[0].footer.paragraphs[0].text = "Pagina"
    document.save(str(path))

    data = made(path)

    assert properties(data) == {f"{PREFIX}{name}": value for name, value in SAID.items()}
    written = docx.Document(io.BytesIO(data))
    assert [one.text for one in written.sections[0].footer.paragraphs] == ["Pagina", LINE]
    assert written.paragraphs[0].text == "Si affida pulizie."
    (tmp_path / "b.docx").write_bytes(data)
    assert "Si affida pulizie." in read(tmp_path / "b.docx").text


def test_a_document_made_again_of_a_stamped_one_is_stamped_once(tmp_path: Path):
    first = tmp_path / "a.docx"
    first.write_bytes(made(docx_of(tmp_path / "m.docx", "Si affida {{ oggetto }}.")))
    again = filling.fill(first, {}, stamp={**SAID, "versione": "versione 4"})
    assert properties(again)[f"{PREFIX}versione"] == "versione 4"
    assert len(properties(again)) == len(SAID)


def test_an_odt_has_its_properties_too(tmp_path: Path):
    meta = '<office:meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"/>'
    path = odt_of(tmp_path / "a.odt", "Si affida {{ oggetto }}.", meta=meta)
    with ZipFile(io.BytesIO(made(path))) as archive:
        held = archive.read("meta.xml").decode() if "meta.xml" in archive.namelist() else ""
        body = archive.read("content.xml").decode()
    assert "Si affida pulizie." in body
    assert all(f"{PREFIX}{name}" in held for name in SAID)
    assert "Lettera &amp; contratto" in held


@pytest.mark.parametrize("stamp", [None, {}])
def test_without_a_stamp_the_bytes_are_those_of_filling(tmp_path: Path, stamp):
    path = docx_of(tmp_path / "a.docx", "Si affida {{ oggetto }}.")
    data = {"oggetto": "pulizie"}
    assert filling.fill(path, data, stamp=stamp) == filling.filled(path, data)[0]
