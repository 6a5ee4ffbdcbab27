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
    draft = drafted(tmp_path, INVOICE % base64.b64encode(b"x" * 900).decode())
    assert draft.format == "xml"
    assert draft.text.startswith("Fattura elettronica")
    assert "Denominazione: Ditta di prova S.r.l." in draft.text
    assert "Importo totale documento: 122.00" in draft.text
    assert "CIG: B1C2D3E4F5" in draft.text
    assert "(un file allegato, che qui non si legge)" in draft.text
    assert from_json(to_json(draft)) == draft


def test_a_notice_of_the_union_is_told_in_italian(tmp_path):
    draft = drafted(tmp_path, NOTICE)
    assert draft.text.startswith("Bando di gara (eForms)")
    assert "Oggetto dell'appalto" in draft.text
    assert "Nome: Refezione scolastica" in draft.text
    assert "Valore stimato complessivo: 750000 EUR" in draft.text


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
