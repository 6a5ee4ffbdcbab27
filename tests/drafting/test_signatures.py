"""Signed envelopes: every encoding and nesting opened, every change of the content seen."""

import base64
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import pkcs7

from casa.drafting import Unreadable, from_json, read, signatures, to_json
from tests.drafting.makers import make_docx
from tests.drafting.makers_signed import base64_lines, identity, signed, told_of_damage

CONTENT = b"Art. 1 - Oggetto\nIl servizio dura dodici mesi.\n"
MUTATIONS = 500
REAL = Path(__file__).parents[3] / "shared" / "data" / "p7m"


def integrities(data):
    return [signer.integrity for signer in signatures.unwrap(data).signers]


@pytest.mark.parametrize(
    "written",
    [
        lambda der: der,
        base64_lines,
        base64.b64encode,
        lambda der: b"\xef\xbb\xbf" + base64_lines(der).replace(b"\n", b"\r\n"),
        lambda der: base64.b64encode(base64.b64encode(der)),
        lambda _der: signed(CONTENT, pem=True),
        lambda der: (
            b"MIME-Version: 1.0\nContent-Type: application/pkcs7-mime\n"
            b"Content-Transfer-Encoding: base64\n\n" + base64_lines(der)
        ),
    ],
    ids=["DER", "base64", "one line", "mark and CRLF", "twice", "PEM", "MIME"],
)
def test_every_encoding_is_opened(written):
    envelope = signatures.unwrap(written(signed(CONTENT)))
    assert envelope.content == CONTENT
    (signer,) = envelope.signers
    assert (signer.integrity, signer.name, signer.issuer) == (
        "intact",
        "Prova Firmataria",
        "Certificatore di prova",
    )
    assert signer.algorithm == "RSA SHA-256"
    assert signer.signed_at


def test_envelopes_in_envelopes_tell_all_signers_the_outermost_first():
    inner = signed(CONTENT, identity("Prima Firma"))
    outer = signatures.unwrap(signed(base64.b64encode(inner), identity("Seconda Firma")))
    assert outer.content == CONTENT
    assert [(one.name, one.layer, one.integrity) for one in outer.signers] == [
        ("Seconda Firma", 0, "intact"),
        ("Prima Firma", 1, "intact"),
    ]
    assert outer.layers == 2


def test_several_signers_and_kinds_of_key():
    data = signed(CONTENT, identity("Prima Firma"), identity("Curva Ellittica", curve=True))
    assert integrities(data) == ["intact", "intact"]


def test_a_signature_without_attributes_covers_the_content_itself():
    options = (pkcs7.PKCS7Options.Binary, pkcs7.PKCS7Options.NoAttributes)
    data = signed(CONTENT, options=options)
    assert integrities(data) == ["intact"]
    assert integrities(data.replace(b"dodici", b"ventun")) == ["altered"]


def test_a_changed_content_is_altered_and_still_readable():
    envelope = signatures.unwrap(signed(CONTENT).replace(b"dodici", b"ventun"))
    assert b"ventun" in envelope.content
    (signer,) = envelope.signers
    assert signer.integrity == "altered"
    assert signer.note == "Il contenuto è stato modificato dopo la firma."


def test_without_the_certificate_nothing_is_known():
    options = (pkcs7.PKCS7Options.Binary, pkcs7.PKCS7Options.NoCerts)
    (signer,) = signatures.unwrap(signed(CONTENT, options=options)).signers
    assert signer.integrity == "unverified"
    assert signer.name == ""


def test_a_detached_signature_says_what_to_bring():
    options = (pkcs7.PKCS7Options.Binary, pkcs7.PKCS7Options.DetachedSignature)
    with pytest.raises(signatures.BadEnvelope, match="firma separata"):
        signatures.unwrap(signed(CONTENT, options=options))


@pytest.mark.parametrize(
    "data", [b"", b"testo", b"\x30\x82\x01", b"MIIabc" * 40, signed(CONTENT)[:300]]
)
def test_what_is_no_envelope_or_a_broken_one_is_refused_in_italian(data):
    with pytest.raises(signatures.BadEnvelope) as refused:
        signatures.unwrap(data)
    assert str(refused.value).endswith(".")
    assert "Error" not in str(refused.value)


def test_no_damage_passes_for_the_signed_content():
    """The content counts: whatever else was damaged, «intact» is said only of the bytes signed."""
    whole = [signed(CONTENT), signed(CONTENT, identity("Curva Ellittica", curve=True))]
    seen = told_of_damage(whole, CONTENT, seed=20261125, count=MUTATIONS)
    assert seen >= {"refused", "intact", "altered"}


def test_a_signed_document_is_read_for_what_is_inside(tmp_path):
    inside = make_docx(tmp_path / "a.docx")
    path = tmp_path / "a.docx.p7m"
    path.write_bytes(signed(inside.read_bytes()))
    draft, plain = read(path), read(inside)
    assert (draft.format, draft.text, draft.envelopes) == ("docx", plain.text, 1)
    assert [signer.integrity for signer in draft.signers] == ["intact"]
    assert from_json(to_json(draft)) == draft
    assert plain.signers == ()


def test_a_broken_envelope_is_unreadable_with_its_sentence(tmp_path):
    path = tmp_path / "a.p7m"
    path.write_bytes(signed(CONTENT)[:-400])
    with pytest.raises(Unreadable) as refused:
        read(path)
    assert refused.value.code == "envelope"


@pytest.mark.may_skip("shared")
@pytest.mark.skipif(not REAL.exists(), reason="no ../shared/data/p7m")
def test_real_envelopes_are_opened_and_intact():
    for path in sorted(REAL.iterdir()):
        envelope = signatures.unwrap(path.read_bytes())
        assert envelope.content, path.name
        assert {signer.integrity for signer in envelope.signers} == {"intact"}, path.name
