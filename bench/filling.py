"""Filling a model beside plain docxtpl, on the same file in the same run.

The model has 15 pages: fields in body, header and footer, a condition, a table of lots. docxtpl is
given what it needs (jinja2's own filters); it runs whatever a model says, which we do not.
"""

import io
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import docx
import docxtpl
from lxml import etree

from bench.measure import interleaved, surroundings, table
from casa.drafting import Limits, Unreadable, filling, read
from tests.drafting.makers_models import DATA, determination, docx_of, odt_of

PARAGRAPHS = 90
"""What makes 15 pages with LibreOffice; the report says how many there are."""
LOTS = (3, 40, 400)
BOMBS = (
    "{{ 'a'*1000000000 }}",
    "{{ 9**9**9**9 }}",
    "{% for a in range(9999) %}{% for b in range(9999) %}x{% endfor %}{% endfor %}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
)


def run(_size: int) -> str:
    """Measure; gives the report in Markdown."""
    with tempfile.TemporaryDirectory() as folder:
        parts = [_speed(Path(folder)), _process(Path(folder)), _bombs(Path(folder))]
    return "\n".join(["# Filling models\n", surroundings() + "\n", *parts])


def _speed(folder: Path) -> str:
    model = determination(folder / "model.docx", paragraphs=PARAGRAPHS)
    plain = _for_docxtpl(model, folder / "plain.docx")
    rows = []
    for count in LOTS:
        data = _data(count)
        ways: dict[str, Callable[[str], object]] = {
            "ours": lambda _, data=data: filling.fill(model, data),
            "docxtpl": lambda _, data=data: _docxtpl(plain, data),
            "fields": lambda _: filling.fields(model),
            "blanks": lambda _: filling.blanks(model),
        }
        series = interleaved(ways, [""] * 10)
        rows.append([f"{_pages(folder, model, data)} pages, {count} lots", *series.values()])
    head = ["", "fill", "plain docxtpl", "list the fields", "look for blanks"]
    return f"p50 / p95 in ms\n\n{table(head, rows)}"


def _data(count: int) -> dict[str, object]:
    lot = {"oggetto": "Servizio di pulizia", "cig": "B1A2C3D4E5", "importo": "1.000,50"}
    return {**DATA, "lotti": [lot] * count}


def _docxtpl(path: Path, data: dict[str, object]) -> bytes:
    template = docxtpl.DocxTemplate(str(path))
    template.render(data, autoescape=True)
    made = io.BytesIO()
    template.save(made)
    return made.getvalue()


def _for_docxtpl(model: Path, path: Path) -> Path:
    """The same model in the words of docxtpl, without the formats that it does not have."""
    words = {
        "{%p se pnrr %}{# motivo: fondi PNRR #}": "{%p if pnrr %}",
        "{%p altrimenti %}": "{%p else %}",
        "{%p fine se %}": "{%p endif %}",
        "{%tr per ogni l in lotti %}": "{%tr for l in lotti %}",
        "{%tr fine per %}": "{%tr endfor %}",
        "{{ loop.numero }}": "{{ loop.index }}",
    }
    document = docx.Document(str(model))
    for element in document.element.iter(etree.Element):
        if element.tag.endswith("}t"):
            text = words.get(element.text or "", element.text or "")
            for name in ("|importo", "|lettere", "|data_lunga"):
                text = text.replace(name, "")
            element.text = text
    document.save(str(path))
    return path


def _pages(folder: Path, model: Path, data: dict[str, object]) -> str:
    """How long the document is, told by LibreOffice when it is there."""
    try:
        pdf = folder / "pages.pdf"
        pdf.write_bytes(filling.fill(model, data, to="pdf", limits=Limits(programs=1)))
    except Unreadable:
        return "?"
    return str(read(pdf).pages)


def _process(folder: Path) -> str:
    """A whole process, as the jail starts it: Python, the program, the file written."""
    model = determination(folder / "process.docx", paragraphs=PARAGRAPHS)
    answers = folder / "answers.json"
    answers.write_text(json.dumps(_data(40)), encoding="utf-8")
    command = [sys.executable, "-m", "casa.drafting", "fill", str(model), str(answers)]
    times = []
    for _ in range(5):
        begun = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        times.append(time.perf_counter() - begun)
    return f"A process of its own, start included: {min(times) * 1000:.0f} ms.\n"


def _bombs(folder: Path) -> str:
    rows = []
    for index, bomb in enumerate(BOMBS):
        cells = []
        for make in (docx_of, odt_of):
            model = make(folder / f"{index}.{'docx' if make is docx_of else 'odt'}", bomb)
            begun = time.perf_counter()
            told = filling.problems(model)
            taken = (time.perf_counter() - begun) * 1000
            cells.append(f"{'refused' if told else 'TAKEN'}, {taken:.1f} ms")
        rows.append([f"`{bomb}`", *cells])
    return table(["attack", "DOCX", "ODT"], rows)
