"""Messages of electronic mail: EML, certified mail, MSG of Outlook."""

import random
from pathlib import Path

import pytest

from bench.mutations import mutated
from casa.drafting import Unreadable, from_json, read, to_json
from tests.drafting.makers import make_docx
from tests.drafting.makers_mail import make_message, make_msg, make_pec, outlook_tree
from tests.drafting.makers_signed import signed


def drafted(tmp_path: Path, data: bytes):
    path = tmp_path / "messaggio"
    path.write_bytes(data)
    draft = read(path)
    assert from_json(to_json(draft)) == draft
    return draft


def test_a_message_is_read_with_who_when_and_what_about(tmp_path):
    draft = drafted(tmp_path, make_message().as_bytes())
    assert draft.format == "message"
    assert draft.text.startswith("Richiesta di indizione della gara — refezione")
    assert "Da: Ufficio gare <gare@comune.prova.example>" in draft.text
    assert "A: protocollo@provincia.prova.example" in draft.text
    assert "Data: 25/11/2026 09:00 (+0100)" in draft.text
    assert "Si chiede." in draft.text
    assert draft.unread == ()
    assert draft.metadata.created == "2026-11-25T09:00:00+01:00"


def test_of_two_ways_to_say_the_same_one_is_read_and_no_attachment_is_lost(tmp_path):
    made = make_message(text="Si chiede di indire la gara.")
    made.add_alternative(
        "<html><body><p>Si <b>chiede</b> di indire la gara.</p></body></html>", subtype="html"
    )
    made.add_attachment(b"Testo allegato.", maintype="text", subtype="plain", filename="a.txt")
    text = drafted(tmp_path, made.as_bytes()).text
    assert text.count("di indire la gara.") == 1
    assert "Testo allegato." in text


def test_a_message_in_html_is_read_as_text(tmp_path):
    made = make_message()
    made.set_content("<html><body><p>Si <b>chiede</b>.</p></body></html>", subtype="html")
    assert "Si chiede." in drafted(tmp_path, made.as_bytes()).text


def test_attachments_are_listed_and_read_below_the_message(tmp_path):
    inside = make_docx(tmp_path / "a.docx")
    made = make_message(capitolato__docx=inside.read_bytes(), rotto__pdf=b"%PDF-1.4")
    draft = drafted(tmp_path, made.as_bytes())
    assert "capitolato.docx (un documento Word (DOCX), " in draft.text
    assert next(clause.heading for clause in read(inside).clauses if clause.heading) in draft.text
    (sentence,) = draft.unread
    assert sentence.startswith("«rotto.pdf»: ")


def test_a_signed_attachment_tells_who_signed_it(tmp_path):
    data = signed(b"Un testo firmato da leggere.")
    draft = drafted(tmp_path, make_message(atto__txt__p7m=data).as_bytes())
    assert "Un testo firmato da leggere." in draft.text
    (signer,) = draft.signers
    assert (signer.name, signer.integrity) == ("Prova Firmataria", "intact")
    assert signer.note.startswith("Nel file «atto.txt.p7m».")


def test_certified_mail_is_read_to_the_message_inside_with_the_providers_signature(tmp_path):
    data = make_pec(make_message(text="Il testo del mittente."))
    draft = drafted(tmp_path, data)
    assert "Il testo del mittente." in draft.text
    assert "smime.p7s (la firma del messaggio)" in draft.text
    assert [(one.name, one.integrity) for one in draft.signers] == [
        ("Gestore PEC di prova", "intact")
    ]
    on_unix = drafted(tmp_path, data.replace(b"\r\n", b"\n"))
    assert [one.integrity for one in on_unix.signers] == ["intact"]


def test_certified_mail_that_was_changed_is_altered(tmp_path):
    data = make_pec(make_message(text="Importo: 1000 euro.")).replace(b"1000", b"9000")
    assert [one.integrity for one in drafted(tmp_path, data).signers] == ["altered"]


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        (b"Subject: =?utf-8?q?Citt=C3=A0?=", "Città"),
        ("Subject: Città".encode(), "Città"),
        ("Subject: Città".encode("cp1252"), "Città"),
        (b"Subject: =?utf-8?b?%%%?= x", "x"),
        (b"Subject: =?boh?q?abc?=", "abc"),
    ],
)
def test_headers_are_read_however_they_are_written(tmp_path, raw, shown):
    data = b"From: a@b.example\r\n" + raw + b"\r\nMIME-Version: 1.0\r\n\r\nciao"
    assert shown in drafted(tmp_path, data).text


def test_messages_in_messages_are_read_to_a_bound(tmp_path):
    made = make_message(subject="0", text="Testo numero 0.")
    for number in range(1, 8):
        outer = make_message(subject=str(number), text=f"Testo numero {number}.")
        outer.add_attachment(made)
        made = outer
    draft = drafted(tmp_path, made.as_bytes())
    assert "Testo numero 7." in draft.text
    assert "Testo numero 5." in draft.text
    assert "Testo numero 0." not in draft.text
    assert "dentro troppi altri" in draft.unread[0]


def test_a_message_of_outlook_is_read_with_its_attachments(tmp_path):
    tree = outlook_tree(
        subject="Convocazione — seduta",
        allegato__txt="Il testo dell'allegato è questo.".encode(),
        inoltrato=outlook_tree(header=24, subject="Messaggio inoltrato", body="Testo di dentro."),
    )
    draft = drafted(tmp_path, make_msg(tree))
    assert draft.format == "message"
    assert draft.text.startswith("Convocazione — seduta")
    assert "Da: Ufficio gare <gare@comune.prova.example>" in draft.text
    assert "A: Protocollo <protocollo@provincia.prova.example>" in draft.text
    assert "Data: 25/11/2026 08:00 (+0000)" in draft.text
    assert "Il testo dell'allegato è questo." in draft.text
    assert "Testo di dentro." in draft.text
    assert draft.unread == ()


def test_a_message_of_outlook_without_plain_text_is_read_from_its_page_or_says_so(tmp_path):
    tree = outlook_tree(body="")
    tree["__substg1.0_10130102"] = "<html><body><p>È una pagina.</p></body></html>".encode()
    assert "È una pagina." in drafted(tmp_path, make_msg(tree)).text
    del tree["__substg1.0_10130102"]
    tree["__substg1.0_10090102"] = b"LZFu compresso"
    assert "RTF" in drafted(tmp_path, make_msg(tree)).unread[0]


def test_a_damaged_message_of_outlook_is_refused_in_italian(tmp_path):
    with pytest.raises(Unreadable) as refused:
        drafted(tmp_path, make_msg(outlook_tree())[:1500])
    assert refused.value.message.endswith(".")


def test_a_program_among_the_attachments_is_refused_by_name(tmp_path):
    data = make_message(fattura__exe=b"MZ\x90\0" + b"\0" * 100).as_bytes()
    with pytest.raises(Unreadable, match="programma"):
        drafted(tmp_path, data)


@pytest.mark.parametrize("kind", ["eml", "pec", "msg"])
def test_damaged_messages_are_read_or_refused_with_a_sentence(tmp_path, kind):
    whole = {
        "eml": make_message(atto__p7m=signed(b"Un testo firmato.")).as_bytes(),
        "pec": make_pec(make_message(nota__txt=b"Una nota.")),
        "msg": make_msg(outlook_tree(nota__txt=b"Una nota.", dentro=outlook_tree(header=24))),
    }[kind]
    chance, refusals = random.Random(20261125), []
    for _ in range(60):
        try:
            drafted(tmp_path, mutated(whole, chance))
        except Unreadable as refused:
            refusals.append(refused.message)
    assert all(message.endswith(".") for message in refusals)
    assert len(refusals) < 60
