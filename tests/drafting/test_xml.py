"""XML files as a readable outline."""

import base64
from pathlib import Path

import pytest

from casa.drafting import Unreadable, from_json, read, to_json

INVOICE = """<?xml version="1.0" encoding="UTF-8"?>
<p:FatturaElettronica xmlns:p="http://ivaservizi.agenziaentrate.gov.it/docs/xsd/fatture/v1.2" versione="FPA12">
  <FatturaElettronicaHeader>
    <CedentePrestatore><DatiAnagrafici><Anagrafica><Denominazione>Ditta di prova S.r.l.</Denominazione></Anagrafica></DatiAnagrafici></CedentePrestatore>
  </FatturaElettronicaHeader>
  <FatturaElettronicaBody>
    <DatiGenerali><DatiGeneraliDocumento><ImportoTotaleDocumento>122.00</ImportoTotaleDocumento></DatiGeneraliDocumento>
      <DatiContratto><CodiceCIG>B1C2D3E4F5</CodiceCIG></DatiContratto></DatiGenerali>
    <Allegati><Attachment>%s</Attachment></Allegati>
  </FatturaElettronicaBody>
</p:FatturaElettronica>"""
NOTICE = """<ContractNotice xmlns="urn:oasis:names:specification:ubl:schema:xsd:ContractNotice-2"
  xmlns:cac="urn:cac" xmlns:cbc="urn:cbc">
  <cac:ProcurementProject>
    <cbc:Name languageID="ITA">Refezione scolastica</cbc:Name>
    <cac:RequestedTenderTotal><cbc:EstimatedOverallContractAmount currencyID="EUR">750000</cbc:EstimatedOverallContractAmount></cac:RequestedTenderTotal>
  </cac:ProcurementProject>
</ContractNotice>"""


def drafted(tmp_path: Path, text: str):
    path = tmp_path / "file"
    path.write_text(text, encoding="utf-8")
    return read(path)


def test_an_invoice_is_told_in_words(tmp_path):
    inside = b"Il testo dentro la fattura. " * 40
    draft = drafted(tmp_path, INVOICE % base64.b64encode(inside).decode())
    assert draft.format == "xml"
    assert draft.text.startswith("Fattura elettronica")
    assert "Denominazione: Ditta di prova S.r.l." in draft.text
    assert "Importo totale documento: 122,00" in draft.text
    assert "CIG: B1C2D3E4F5" in draft.text
    assert "(un file allegato)" in draft.text
    assert "Il testo dentro la fattura." in draft.text
    assert from_json(to_json(draft)) == draft


def test_a_notice_of_the_union_is_told_in_italian(tmp_path):
    draft = drafted(tmp_path, NOTICE)
    assert draft.text.startswith("Bando di gara (eForms)")
    assert "Oggetto dell'appalto" in draft.text
    assert "Nome: Refezione scolastica" in draft.text
    assert "Valore stimato complessivo: 750.000 EUR" in draft.text


def test_an_unknown_file_is_an_outline_of_its_own_names(tmp_path):
    draft = drafted(
        tmp_path,
        "<?xml version='1.0'?><ElencoDitte><DittaInvitata>Prova</DittaInvitata></ElencoDitte>",
    )
    assert "Ditta invitata: Prova" in draft.text


@pytest.mark.parametrize(
    "text",
    [
        '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
        '<?xml version="1.0"?><a><b>rotto</a>',
        '<?xml version="1.0"?>' + "<a>" * 400 + "x" + "</a>" * 400,
    ],
)
def test_entities_damage_and_depth_are_refused(tmp_path, text):
    with pytest.raises(Unreadable) as refused:
        drafted(tmp_path, text)
    assert refused.value.message.endswith(".")


LINES = """<FatturaElettronica><FatturaElettronicaBody>
  <DatiGenerali><DatiGeneraliDocumento><TipoDocumento>TD01</TipoDocumento><Divisa>EUR</Divisa>
    <Data>2026-03-03</Data><Numero>12/A</Numero></DatiGeneraliDocumento></DatiGenerali>
  <DatiBeniServizi>
    <DettaglioLinee><NumeroLinea>1</NumeroLinea><Descrizione>Pasti</Descrizione><PrezzoTotale>1234.50</PrezzoTotale></DettaglioLinee>
    <DettaglioLinee><NumeroLinea>2</NumeroLinea><Descrizione>Trasporto</Descrizione><PrezzoTotale>80.00</PrezzoTotale><Natura>N4</Natura></DettaglioLinee>
  </DatiBeniServizi></FatturaElettronicaBody></FatturaElettronica>"""
ESPD = """<QualificationApplicationResponse xmlns="urn:q" xmlns:cac="urn:cac" xmlns:cbc="urn:cbc">
  <cac:TenderingCriterion>
    <cbc:ID>c1</cbc:ID><cbc:Name>Condanne penali</cbc:Name>
    <cbc:Description>Partecipazione a un'organizzazione criminale</cbc:Description>
    <cac:TenderingCriterionPropertyGroup>
      <cbc:ID>g1</cbc:ID>
      <cac:TenderingCriterionProperty><cbc:ID>q1</cbc:ID><cbc:Description>La tua risposta?</cbc:Description></cac:TenderingCriterionProperty>
      <cac:SubsidiaryTenderingCriterionPropertyGroup>
        <cac:TenderingCriterionProperty><cbc:ID>q2</cbc:ID><cbc:Description>Data della condanna</cbc:Description></cac:TenderingCriterionProperty>
      </cac:SubsidiaryTenderingCriterionPropertyGroup>
    </cac:TenderingCriterionPropertyGroup>
  </cac:TenderingCriterion>
  <cac:TenderingCriterionResponse><cbc:ID>r1</cbc:ID><cbc:ValidatedCriterionPropertyID>q1</cbc:ValidatedCriterionPropertyID>
    <cac:ResponseValue><cbc:ID>v1</cbc:ID><cbc:ResponseIndicator>false</cbc:ResponseIndicator></cac:ResponseValue></cac:TenderingCriterionResponse>
  <cac:TenderingCriterionResponse><cbc:ID>r9</cbc:ID><cbc:ValidatedCriterionPropertyID>altrove</cbc:ValidatedCriterionPropertyID>
    <cac:ResponseValue><cbc:Description>Risposta senza domanda</cbc:Description></cac:ResponseValue></cac:TenderingCriterionResponse>
</QualificationApplicationResponse>"""


def test_lines_of_an_invoice_are_a_table_and_codes_are_words(tmp_path):
    draft = drafted(tmp_path, LINES)
    assert draft.text.startswith("Fattura elettronica n. 12/A del 03/03/2026")
    assert "Tipo di documento: Fattura (TD01)" in draft.text
    (table,) = (block for block in draft.blocks if block.kind == "table")
    assert table.rows == (
        ("N.", "Descrizione", "Prezzo totale", "Natura"),
        ("1", "Pasti", "1.234,50", ""),
        ("2", "Trasporto", "80,00", "Esenti (N4)"),
    )


def test_questions_of_a_dgue_stand_with_their_answers(tmp_path):
    text = drafted(tmp_path, ESPD).text
    assert text.startswith("Documento di gara unico europeo (DGUE): risposta")
    assert "Condanne penali" in text
    assert "La tua risposta? No" in text
    assert "Data della condanna" in text
    assert "Risposta senza domanda" in text


def test_every_word_of_a_file_is_in_its_text(tmp_path):
    words = [f"parola{number}" for number in range(200)]
    leaves = "".join(
        f"<a{number % 7}><b>{word}</b></a{number % 7}>" for number, word in enumerate(words)
    )
    text = drafted(tmp_path, f"<?xml version='1.0'?><r>{leaves}<c><d>x</d>{leaves}</c></r>").text
    assert all(text.count(word) >= 2 for word in words)


def test_a_document_type_is_named_as_the_reason(tmp_path):
    with pytest.raises(Unreadable, match="DOCTYPE"):
        drafted(tmp_path, '<?xml version="1.0"?><!DOCTYPE a SYSTEM "a.dtd"><a>x</a>')
