"""Several filled documents in another format, from one start of LibreOffice, in the jail."""

import io
import json
import sys
from pathlib import Path
from zipfile import ZipFile

import pikepdf
import pytest

from casa.drafting import Unreadable, read
from casa.drafting.filling.programs.convert_all import run
from casa.foundation import jail
from tests.drafting.helped import with_office
from tests.drafting.makers_models import docx_of, odt_of


def orders(folder: Path, *kinds: str) -> Path:
    path = folder / "orders.json"
    path.write_text(json.dumps([{"kind": one, "stamp": {"modello": "Lettera"}} for one in kinds]))
    return path


def broken(folder: Path) -> Path:
    """A file that says it is a package and holds no document."""
    path = folder / "broken.docx"
    with ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types")
        archive.writestr("word/document.xml", b"\x00" * 400)
    return path


def test_orders_that_do_not_fit_the_files_are_refused(tmp_path):
    file = str(docx_of(tmp_path / "a.docx", "x"))
    with pytest.raises(Unreadable):
        run(["--to", "pdf", str(orders(tmp_path)), file])
    with pytest.raises(Unreadable, match="LibreOffice"):
        run(["--to", "pdf", str(orders(tmp_path, "docx")), file])


class TestWithLibreOffice:
    pytestmark = with_office

    def test_two_kinds_become_tagged_pdfs_and_a_broken_one_leaves_them_alone(self, tmp_path):
        files = [
            docx_of(tmp_path / "a.docx", "Al Comune A."),
            broken(tmp_path),
            odt_of(tmp_path / "c.odt", "Al Comune C."),
        ]
        given = orders(tmp_path, "docx", "docx", "odt")
        program = [sys.executable, "-m", "casa.drafting", "convert-all", "--to", "pdf"]
        program += ["--limits", '{"programs": 1}', "{input}", "{input2}", "{input3}", "{input4}"]
        output = jail.run(
            program,
            input_file=given,
            more_files=files,
            limits=jail.JailLimits(may_fork=True, cpu_seconds=120, wall_seconds=180.0),
        )

        with ZipFile(io.BytesIO(output)) as archive:
            made = [archive.read(name) for name in ("0", "1", "2")]
        assert json.loads(made[1])["code"] == "not_supported"
        for data, words in ((made[0], "Al Comune A."), (made[2], "Al Comune C.")):
            (tmp_path / "out.pdf").write_bytes(data)
            assert read(tmp_path / "out.pdf").text == words
            with pikepdf.open(io.BytesIO(data)) as pdf:
                assert bool(pdf.Root.MarkInfo.Marked) is True
                assert "Lettera" in [str(value) for value in pdf.docinfo.values()]
