"""What the inspection says of harmless, careless and hostile files, in the real jail."""

import pytest
from docx import Document

from casa import drafting
from casa.foundation import jail
from casa.intake.formats import FORMATS
from casa.intake.models import Finding
from tests.drafting.makers import ARTICLES, plain_text, rezip
from tests.factories import BodyFactory
from tests.intake.makers import (
    ARCHIVE,
    EXTERNAL_ENTITY,
    FISCAL_CODE,
    IBAN,
    OLD_SLIDES,
    docx,
    escaping_zip,
    inspected,
    zip_bomb,
)

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        jail.jail_in_force() is jail.Jail.NONE, reason="no jail on this machine: install bubblewrap"
    ),
]


@pytest.fixture
def author(person):
    return person("author", BodyFactory())


def found(upload):
    return [(finding.severity, finding.code) for finding in upload.findings.order_by("pk")]


CONVERT = "che per ora non si legge: salva il documento come DOCX, ODT o PDF e caricalo di nuovo."


# Refusals: each has its own sentence


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("vuoto.docx", b"", drafting.MESSAGES["empty"]),
        ("rotto.docx", b"PK\x03\x04 tronco", drafting.MESSAGES["corrupt"]),
        ("tronco.pdf", b"%PDF-1.7\n1 0 obj", drafting.MESSAGES["corrupt"]),
        ("bomba.docx", zip_bomb(), drafting.MESSAGES["archive_bomb"]),
        ("fuga.docx", escaping_zip(), drafting.MESSAGES["archive_unsafe"]),
        (
            "vecchio.ppt",
            OLD_SLIDES,
            f"Questo è una presentazione, {CONVERT}",
        ),
        (
            "pacco.docx",
            ARCHIVE,
            f"Il nome finisce in «.docx», ma il contenuto è un altro. Questo è un archivio compresso, {CONVERT}",
        ),
    ],
)
def test_a_file_that_cannot_be_read_has_its_own_sentence(author, name, content, sentence):
    assert inspected(author, name, content).reason == sentence


def test_a_file_with_too_many_pages_or_entries_is_refused(author, tmp_path, settings):
    settings.INTAKE_MAX_ENTRIES = 3
    assert inspected(author, "d.docx", docx(tmp_path)).reason == drafting.MESSAGES["archive_bomb"]


def test_a_page_that_names_files_of_the_server_gets_nothing_from_it(author):
    upload = inspected(author, "pagina.html", EXTERNAL_ENTITY)
    assert "root" not in (str(upload.reading.draft) if upload.is_cleared else upload.reason)


@pytest.mark.parametrize(
    ("failure", "words"),
    [
        (jail.NoJail(), "manca l'ambiente protetto"),
        (jail.TimedOut("x"), "troppo tempo"),
        (jail.OutOfMemory("x"), "più di quanto"),
        (jail.Crashed("Traceback"), "danneggiato"),
    ],
)
def test_a_reading_that_ends_badly_becomes_a_sentence(author, monkeypatch, failure, words):
    def fail(*_args, **_kwargs):
        raise failure

    monkeypatch.setattr(jail, "run", fail)
    upload = inspected(author)
    assert words in upload.reason
    assert "Traceback" not in upload.reason


# Findings


def test_a_name_that_promises_something_else_is_noted(author):
    upload = inspected(
        author, "avviso.pdf", b"<!doctype html><html><body><p>Avviso</p></body></html>"
    )
    assert (upload.is_cleared, upload.format) == (True, "html")
    finding = upload.findings.get()
    assert (finding.severity, finding.code) == ("note", "mismatched-name")
    assert "«.pdf» ma il file è una pagina web (HTML)" in finding.message


@pytest.mark.parametrize("name", ["senza-estensione", "testo.md", "testo.txt", "strano.xyz"])
def test_a_name_that_promises_nothing_else_is_not_noted(author, name):
    assert not inspected(author, name).findings.exists()


def test_a_fiscal_code_is_a_warning_with_its_clause_and_masked(author, tmp_path):
    articles = [*ARTICLES, ("Referente", [f"Il referente ha codice fiscale {FISCAL_CODE}."])]
    upload = inspected(author, "d.txt", plain_text(articles).encode())
    finding = upload.findings.get()
    assert (finding.severity, finding.code) == ("warning", "fiscal-code")
    assert finding.place.startswith("Art. 4")
    assert finding.excerpt == f"RSS{'•' * 12}{FISCAL_CODE[-1]}"
    assert FISCAL_CODE not in finding.message


def test_the_same_fiscal_code_is_said_once_with_how_often_it_comes(author):
    text = "\n\n".join([f"CF {FISCAL_CODE}", f"ancora {FISCAL_CODE.lower()}", "e basta"])
    finding = inspected(author, "d.txt", text.encode()).findings.get()
    assert finding.place.endswith("e in un altro punto")


def test_the_account_of_a_body_is_public_and_a_persons_is_not(author):
    own = inspected(author, "d.txt", f"Conto di tesoreria del Comune: {IBAN}.".encode())
    assert found(own) == []
    upload = inspected(author, "e.txt", f"Bonifico su {IBAN}.".encode())
    assert found(upload) == [("warning", "iban")]
    assert "dato personale (IBAN)" in upload.findings.get().message


def test_contacts_of_offices_pass_and_those_of_persons_are_told(author):
    public = "Scrivere a protocollo@comune.prova.example, tel. 0301234567."
    assert found(inspected(author, "d.txt", public.encode())) == []
    private = "Il sig. Ugo Vallarsa, residente in Via delle Prove n. 12, scrive da ugo@gmail.com."
    kinds = found(inspected(author, "e.txt", private.encode()))
    assert sorted(kinds) == [("note", "name"), ("warning", "address"), ("warning", "email")]


def test_macros_block(author, tmp_path):
    source = tmp_path / "a.docx"
    source.write_bytes(docx(tmp_path))
    made = rezip(source, tmp_path / "m.docx", changes={"word/vbaProject.bin": b"x"})
    upload = inspected(author, "m.docx", made.read_bytes())
    assert found(upload)[0] == (Finding.Severity.BLOCKING, "macros")


def test_tracked_changes_and_hidden_text_are_warnings(author, tmp_path):
    source, revised = tmp_path / "a.docx", tmp_path / "b.docx"
    document = Document()
    document.add_paragraph("Visibile")
    document.add_paragraph().add_run("Nascosto").font.hidden = True
    document.save(source)
    xml = Document(source).part.blob.replace(
        b"<w:t>Visibile</w:t>",
        b'<w:t>Visibile</w:t></w:r><w:ins w:id="1" w:author="x"><w:r><w:t>nuovo</w:t></w:r>'
        b'</w:ins><w:r><w:t xml:space="preserve"> </w:t>',
    )
    rezip(source, revised, changes={"word/document.xml": xml})
    assert [
        finding
        for finding in found(inspected(author, "b.docx", revised.read_bytes()))
        if finding[1] != "author-name"
    ] == [("warning", "hidden-text"), ("warning", "tracked-changes")]


def test_the_author_in_the_properties_is_a_note(author, tmp_path):
    upload = inspected(author, "d.docx", docx(tmp_path, author="Maria Bianchi"))
    finding = upload.findings.get()
    assert (finding.severity, finding.code) == ("note", "author-name")
    assert finding.excerpt == "Maria Bianchi"


def test_a_clean_document_has_no_finding(author, tmp_path):
    assert found(inspected(author, "d.docx", docx(tmp_path))) == []


def test_every_format_that_is_read_can_be_sent_out():
    assert set(FORMATS) == {kind.value for kind in drafting.READABLE}


def test_a_signed_file_is_not_taken_for_the_pdf_inside_it(author):
    signed = bytes.fromhex("30820fff06092a864886f70d010702a0820fee") + b"%PDF-1.7" + bytes(100)
    assert "busta firmata" in inspected(author, "contratto.pdf.p7m", signed).reason


def test_a_picture_that_cannot_be_read_is_accepted_and_the_page_says_why(author):
    upload = inspected(author, "foto.png", b"\x89PNG\r\n\x1a\n" + bytes(200))

    assert upload.format == "image"
    assert ("warning", "unread") in found(upload)
    assert "PNG o JPEG" in upload.findings.get(code="unread").message
