"""A ZIP read as one document."""

import zipfile
from pathlib import Path

import pytest

from casa.drafting import Unreadable, from_json, read, to_json
from tests.drafting import makers_hostile as hostile
from tests.drafting.makers import make_docx, make_txt
from tests.drafting.makers_signed import signed


def bundle(path: Path, **files: bytes) -> Path:
    with zipfile.ZipFile(path, "w") as made:
        for name, data in files.items():
            made.writestr(name.replace("__", "."), data)
    return path


def test_every_file_stands_under_its_name(tmp_path):
    inner = make_docx(tmp_path / "d.docx").read_bytes()
    text = make_txt(tmp_path / "t.txt").read_bytes()
    path = bundle(tmp_path / "a.zip", b_capitolato__docx=inner, a_lettera__txt=text)
    draft, alone = read(path), read(tmp_path / "d.docx")
    assert draft.format == "zip"
    assert draft.text.index("a_lettera.txt") < draft.text.index("b_capitolato.docx")
    assert next(clause.label for clause in alone.clauses if clause.label) in draft.text
    assert from_json(to_json(draft)) == draft


def test_signed_files_inside_tell_who_signed(tmp_path):
    path = bundle(tmp_path / "a.zip", atto__txt__p7m=signed(b"Un testo firmato da leggere."))
    draft = read(path)
    assert "Firma integra: Prova Firmataria" in draft.text
    assert "Un testo firmato da leggere." in draft.text


def test_what_cannot_be_read_is_named_with_the_reason(tmp_path):
    path = bundle(tmp_path / "a.zip", buono__txt=b"Un testo.", rotto__docx=b"PK\x03\x04 rotto")
    draft = read(path)
    assert "Un testo." in draft.text
    assert len(draft.unread) == 1
    assert draft.unread[0].startswith("«rotto.docx»: ")


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (hostile.make_zip_bomb, "archive_bomb"),
        (hostile.make_traversal, "archive_unsafe"),
        (hostile.make_nested, "archive_bomb"),
    ],
)
def test_hostile_archives_are_refused(tmp_path, make, code):
    with pytest.raises(Unreadable) as refused:
        read(make(tmp_path / "a.zip"))
    assert refused.value.code == code


def test_an_archive_in_an_archive_is_read_and_an_empty_one_refused(tmp_path):
    inner = bundle(tmp_path / "i.zip", atto__txt=b"Il testo di dentro.").read_bytes()
    assert "Il testo di dentro." in read(bundle(tmp_path / "a.zip", dentro__zip=inner)).text
    with pytest.raises(Unreadable):
        read(bundle(tmp_path / "v.zip"))
