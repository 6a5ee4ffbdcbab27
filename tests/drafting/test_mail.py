"""Messages of electronic mail."""

from email.message import EmailMessage
from pathlib import Path

from casa.drafting import read


def message(*, html=False, attachment=False):
    made = EmailMessage()
    made["From"] = "Ufficio gare <gare@comune.prova.example>"
    made["To"] = "protocollo@provincia.prova.example"
    made["Date"] = "Wed, 25 Nov 2026 09:00:00 +0100"
    made["Message-ID"] = "<1@prova.example>"
    made["Subject"] = "Richiesta di indizione della gara — refezione"
    if html:
        made.set_content(
            "<html><body><p>Si <b>chiede</b> di indire la gara.</p></body></html>", subtype="html"
        )
    else:
        made.set_content("Si chiede di indire la gara.\n\nCordiali saluti")
    if attachment:
        made.add_attachment(
            b"%PDF-1.4", maintype="application", subtype="pdf", filename="capitolato.pdf"
        )
    return made.as_bytes()


def drafted(tmp_path: Path, data: bytes):
    path = tmp_path / "messaggio"
    path.write_bytes(data)
    return read(path)


def test_a_message_is_read_with_who_when_and_what_about(tmp_path):
    draft = drafted(tmp_path, message())
    assert draft.format == "message"
    assert draft.text.startswith("Richiesta di indizione della gara — refezione")
    assert "Da: Ufficio gare <gare@comune.prova.example>" in draft.text
    assert "A: protocollo@provincia.prova.example" in draft.text
    assert "Si chiede di indire la gara." in draft.text
    assert draft.unread == ()


def test_a_message_in_html_is_read_as_text(tmp_path):
    assert "Si chiede di indire la gara." in drafted(tmp_path, message(html=True)).text


def test_attachments_are_named_and_the_page_says_what_to_do(tmp_path):
    draft = drafted(tmp_path, message(attachment=True))
    assert "capitolato.pdf" in draft.text
    assert draft.unread == (
        "Gli allegati del messaggio non si leggono qui: salvali e caricali uno per uno.",
    )
