"""Several models filled by one program, as the jail runs it."""

import io
import json
from zipfile import ZipFile

import docx
import pytest

from casa.drafting import Unreadable
from casa.drafting.filling.programs.fill_all import run
from tests.drafting.makers_models import docx_of


def orders(folder, *data):
    path = folder / "orders.json"
    path.write_text(json.dumps([{"data": one, "stamp": {}} for one in data]))
    return str(path)


def test_each_document_has_its_own_answers_and_a_refusal_its_own_sentence(tmp_path):
    models = [docx_of(tmp_path / f"{n}.docx", "Al {{ ente }}.") for n in range(3)]
    (tmp_path / "broken.docx").write_bytes(b"PK no")
    given = orders(tmp_path, {"ente": "Comune A"}, {}, {"ente": "Comune C"}, {"ente": "x"})
    made = run([given, *map(str, models), str(tmp_path / "broken.docx")])
    with ZipFile(io.BytesIO(made)) as archive:
        texts = [
            docx.Document(io.BytesIO(archive.read(name))).paragraphs[0].text for name in ("0", "2")
        ]
        refused = [json.loads(archive.read(name))["code"] for name in ("1", "3")]
    assert texts == ["Al Comune A.", "Al Comune C."]
    assert refused[0] == "data"
    assert refused[1] != "data"


def test_orders_that_do_not_fit_the_models_are_refused(tmp_path):
    model = str(docx_of(tmp_path / "a.docx", "x"))
    with pytest.raises(Unreadable):
        run([orders(tmp_path), model])
    (tmp_path / "bad.json").write_text("no")
    with pytest.raises(Unreadable):
        run([str(tmp_path / "bad.json"), model])
