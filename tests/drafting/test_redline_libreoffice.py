"""LibreOffice reads our tracked changes as we mean them: what it would accept and reject."""

import random
import shutil
import subprocess
import zipfile
from datetime import date

import pytest

from casa.drafting import read, redline
from casa.drafting.readers.odf.names import OFFICE, TEXT
from casa.drafting.xml import local, parse
from tests.drafting import libreoffice
from tests.drafting.makers import make_docx
from tests.drafting.makers_word import Parts, check_box, control_box, paragraph, table, write_word
from tests.drafting.versions import document, edited

ON = date(2026, 3, 3)
pytestmark = [
    pytest.mark.may_skip("libreoffice"),
    pytest.mark.skipif(
        shutil.which("soffice") is None, reason="needs LibreOffice (soffice), a system package"
    ),
]


class _Rejecting:
    """The paragraphs of an ODT with every tracked change rejected, as its standard says it."""

    def __init__(self, root):
        self.paragraphs = [""]
        self.inserted, self.deleted, self.inside = set(), {}, set()
        for region in root.iter(f"{TEXT}changed-region"):
            name = region.get(f"{TEXT}id")
            for change in region:
                if local(change) == "insertion":
                    self.inserted.add(name)
                elif local(change) == "deletion":
                    self.deleted[name] = list(change.iter(f"{TEXT}p", f"{TEXT}h"))
        self.walk(root.find(f"{OFFICE}body/{OFFICE}text"))

    def walk(self, element):
        for child in element:
            name, change = local(child), child.get(f"{TEXT}change-id")
            if name == "change-start" and change in self.inserted:
                self.inside.add(change)
            elif name == "change-end":
                self.inside.discard(change)
            elif name == "change":
                for place, paragraph in enumerate(self.deleted.get(change, [])):
                    self.paragraphs += [""] if place else []
                    self.say("".join(paragraph.itertext()))
            elif name not in ("tracked-changes", "sequence-decls", ""):
                self.say(child.text)
                self.walk(child)
                if name in ("p", "h") and not self.inside:
                    self.paragraphs.append("")
            self.say(child.tail)

    def say(self, text):
        if text and not self.inside:
            self.paragraphs[-1] += text


@pytest.mark.parametrize("seed", range(3))
def test_libreoffice_accepts_the_new_text_and_rejects_to_the_old(tmp_path, seed):
    chance = random.Random(seed)
    old = document(chance, articles=6)
    new = edited(chance, old, changes=8)
    before = make_docx(tmp_path / "a.docx", articles=old)
    after = make_docx(tmp_path / "b.docx", articles=new)
    path = tmp_path / "revisioni.docx"
    path.write_bytes(redline.docx(before, after, author="Comune di Prova", on=ON))
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    command = ["soffice", profile, "--headless", "--norestore", "--convert-to", "odt"]
    subprocess.run(
        [*command, "--outdir", str(tmp_path), str(path)],
        check=True,
        capture_output=True,
        timeout=120,
    )
    written = tmp_path / "revisioni.odt"
    found = read(written)
    assert found.tracked_changes > 0
    assert found.text == read(after).text
    with zipfile.ZipFile(written) as archive:
        rejected = _Rejecting(parse(archive.read("content.xml"))).paragraphs
    assert [text for text in rejected if text] == [block.text for block in read(before).blocks]


def test_libreoffice_takes_check_boxes_and_rows_of_several_paragraphs_away(tmp_path):
    empty, ticked = check_box(ticked=False), check_box(ticked=True)
    first, last = paragraph("Modulo di domanda."), paragraph("Luogo, data e firma.")
    row = ["".join(paragraph(f"{word} da indicare") for word in ("Nome", "Cognome")), paragraph()]
    sides = {
        "before": (
            first,
            paragraph(empty, " Sono socio della ditta."),
            paragraph(control_box(), " Sono maggiorenne e residente."),
            table(row, [paragraph("Totale"), paragraph("1")]),
            last,
        ),
        "after": (
            first,
            paragraph(ticked, " Sono socio della ditta."),
            paragraph(empty, " Una dichiarazione nuova con la sua casella."),
            paragraph(control_box(), " Un impegno mai preso prima."),
            table([paragraph("Totale"), paragraph("1")], row),
            last,
        ),
    }
    files = {
        name: write_word(tmp_path / f"{name}.docx", Parts("".join(body)))
        for name, body in sides.items()
    }
    path = tmp_path / "revisioni.docx"
    path.write_bytes(redline.docx(files["before"], files["after"], author="Ente", on=ON))
    for what, side in (("Accept", "after"), ("Reject", "before")):
        assert said(libreoffice.resolved(path, what)) == said(files[side]), what


def said(path):
    return [(block.number, block.text, block.rows) for block in read(path).blocks]
