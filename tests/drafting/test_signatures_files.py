"""The kinds of signed file of documents.md §2, one by one: opened, or refused with a reason."""

import base64
import shutil
import subprocess

import pytest
from asn1crypto import cms

from casa.drafting import Kind, Unreadable, read, signatures, sniff
from tests.drafting import makers_signed as make
from tests.drafting.makers import make_pdf
from tests.drafting.makers_signed import cms_signed, identity, signed

TEXT = "Art. 1 - Oggetto\nIl servizio dura dodici mesi.\n"
CONTENT = TEXT.encode()
CURVE = {"curve": True}
PRIMA, SECONDA = "Prima Firma", "Seconda Firma"
MUTATIONS = 500


def pem(der, name="PKCS7"):
    lines = base64.encodebytes(der).decode()
    return f"-----BEGIN {name}-----\n{lines}-----END {name}-----\n".encode()


def lines(der):
    return base64.encodebytes(der)


def der():
    return cms_signed(CONTENT)


# name -> (bytes, the integrity of each signer)
OPENED = {
    "DER": (der, ["intact"]),
    "BER": (lambda: make.indefinite(der()), ["intact"]),
    "PEM (PKCS7)": (lambda: pem(der()), ["intact"]),
    "PEM (CMS)": (lambda: pem(der(), "CMS"), ["intact"]),
    "base64 wrapped": (lambda: lines(der()), ["intact"]),
    "base64 one line": (lambda: base64.b64encode(der()), ["intact"]),
    "base64 with mark and CRLF": (
        lambda: b"\xef\xbb\xbf" + lines(der()).replace(b"\n", b"\r\n"),
        ["intact"],
    ),
    "base64 twice": (lambda: base64.b64encode(lines(der())), ["intact"]),
    "base64 of BER": (lambda: lines(make.indefinite(der())), ["intact"]),
    "p7m in p7m": (lambda: cms_signed(cms_signed(CONTENT, identity(PRIMA))), ["intact"] * 2),
    "base64 in p7m": (lambda: cms_signed(lines(der())), ["intact"] * 2),
    "two signers": (lambda: signed(CONTENT, identity(PRIMA), identity(SECONDA)), ["intact"] * 2),
    "SHA-1": (lambda: cms_signed(CONTENT, digest="sha1"), ["intact"]),
    "SHA-512": (lambda: cms_signed(CONTENT, digest="sha512"), ["intact"]),
    "RSA-PSS": (lambda: cms_signed(CONTENT, pss=True), ["intact"]),
    "ECDSA": (lambda: cms_signed(CONTENT, identity("Curva", **CURVE)), ["intact"]),
    "key id": (lambda: cms_signed(CONTENT, key_id=True), ["intact"]),
    "PKCS#7": (lambda: signed(CONTENT), ["intact"]),
    "countersigned": (lambda: make.counter_signed(CONTENT), ["intact"]),
    "S/MIME": (lambda: make.mime(der()), ["intact"]),
    ".m7m": (lambda: make.mime(der(), stamp=make.stamp_token(CONTENT)), ["intact"]),
    ".tsd": (lambda: make.time_stamped(CONTENT), ["intact"]),
    ".tsd around .p7m": (lambda: make.time_stamped(der()), ["intact"] * 2),
    ".tsd in base64": (lambda: lines(make.time_stamped(der())), ["intact"] * 2),
    ".tsd of something else": (lambda: make.time_stamped(CONTENT, stamped=b"altro"), ["altered"]),
    "bytes behind": (lambda: der() + b"\0" * 40, ["intact"]),
    "content changed": (lambda: der().replace(b"dodici", b"ventun"), ["altered"]),
    "time changed": (lambda: der().replace(b"260303093000Z", b"270303093000Z"), ["altered"]),
}


@pytest.mark.parametrize("name", OPENED)
def test_each_kind_is_recognised_opened_and_read_for_what_is_inside(tmp_path, name):
    written, expected = OPENED[name]
    path = tmp_path / "atto.p7m"
    data = written()
    path.write_bytes(data)
    assert sniff(path) == Kind.SIGNED
    draft = read(path)
    assert draft.format == "txt"
    assert "Art. 1" in draft.text
    assert [signer.integrity for signer in draft.signers] == expected
    assert path.read_bytes() == data


@pytest.mark.parametrize(
    ("written", "word"),
    [
        (lambda: der()[:-300], "danneggiata"),
        (lambda: lines(der())[:-301], "danneggiata"),
        (lambda: cms_signed(CONTENT, detached=True), "firma separata"),
        (lambda: b"\x30\x80" + der()[2:], "danneggiata"),
    ],
)
def test_what_cannot_be_opened_says_why(tmp_path, written, word):
    path = tmp_path / "atto.p7m"
    path.write_bytes(written())
    with pytest.raises(Unreadable) as refused:
        read(path)
    assert word in refused.value.message


def test_sha_1_is_intact_and_called_weak():
    (signer,) = signatures.unwrap(cms_signed(CONTENT, digest="sha1")).signers
    assert (signer.integrity, signer.algorithm) == ("intact", "RSA SHA-1")
    assert "debole" in signer.note
    (strong,) = signatures.unwrap(cms_signed(CONTENT)).signers
    assert strong.note == ""


def test_attributes_put_in_place_of_the_content_are_not_what_was_signed():
    """A known trick: the signature over the attributes fits a "content" made of them."""
    envelope = cms.ContentInfo.load(der())
    info = envelope["content"]["signer_infos"][0]
    attributes = info["signed_attrs"].untag().dump()
    forged = cms.ContentInfo.load(signed(b"x"))
    signer = forged["content"]["signer_infos"][0]
    signer["signed_attrs"] = cms.CMSAttributes([])
    data = cms.SignedData(
        {
            "version": "v1",
            "digest_algorithms": [{"algorithm": "sha256"}],
            "encap_content_info": {"content_type": "data", "content": attributes},
            "certificates": envelope["content"]["certificates"],
            "signer_infos": [
                {
                    "version": "v1",
                    "sid": info["sid"],
                    "digest_algorithm": {"algorithm": "sha256"},
                    "signature_algorithm": info["signature_algorithm"],
                    "signature": info["signature"].native,
                }
            ],
        }
    )
    made = cms.ContentInfo({"content_type": "signed_data", "content": data}).dump()
    (one,) = signatures.unwrap(made).signers
    assert one.integrity == "unverified"
    assert "ambiguo" in one.note


def test_a_certificate_put_in_place_of_the_signers_is_seen():
    other = identity("Nome Sostituito")[1]
    envelope = cms.ContentInfo.load(der())
    swapped = cms.Certificate.load(other.public_bytes(make.serialization.Encoding.DER))
    info = envelope["content"]["signer_infos"][0]
    info["sid"] = make._sid(swapped, key_id=False)
    envelope["content"]["certificates"] = [swapped]
    (one,) = signatures.unwrap(envelope.dump(force=True)).signers
    assert one.integrity == "altered"


@pytest.mark.parametrize(
    ("options", "name"),
    [
        ({}, "Prova Firmataria"),
        ({"sign": make.stamp_token, "sub_filter": "/ETSI.RFC3161"}, "Marca temporale di prova"),
    ],
)
def test_signatures_and_stamps_inside_a_pdf(tmp_path, options, name):
    path = make.signed_pdf(tmp_path / "a.pdf", **options)
    (signer,) = signatures.pdf_signers(path)
    assert (signer.name, signer.integrity) == (name, "intact")
    assert "byte aggiunti" not in signer.note


def test_what_was_written_behind_a_signature_is_told(tmp_path):
    path = make.signed_pdf(tmp_path / "a.pdf")
    path.write_bytes(path.read_bytes() + b"\n% nota\n")
    (signer,) = signatures.pdf_signers(path)
    assert signer.integrity == "intact"
    assert signer.note.startswith("8 byte aggiunti dopo la firma.")


def test_a_changed_pdf_is_altered_and_one_that_signs_less_is_not_called_intact(tmp_path):
    path = make.signed_pdf(tmp_path / "a.pdf")
    whole = path.read_bytes()
    path.write_bytes(whole.replace(b"200 200", b"200 209"))
    assert [one.integrity for one in signatures.pdf_signers(path)] == ["altered"]

    def less(data):
        return cms_signed(data[: len(data) - 9], detached=True)

    path = make.signed_pdf(tmp_path / "b.pdf", sign=less)
    data = path.read_bytes()
    told = next(part for part in data.split(b"[ ") if part.startswith(b"0 ")).split(b" ]")[0]
    start, first, second, length = told.split()
    shorter = b" ".join([start, first, second, str(int(length) - 9).encode()]).ljust(len(told))
    path.write_bytes(data.replace(told, shorter))
    (signer,) = signatures.pdf_signers(path)
    assert signer.integrity == "altered" or "byte aggiunti" in signer.note


def test_a_pdf_without_signatures_has_none(tmp_path):
    assert signatures.pdf_signers(make_pdf(tmp_path / "a.pdf")) == ()


def test_no_damage_of_any_kind_of_envelope_passes_for_the_signed_content():
    whole = [written() for written, expected in OPENED.values() if "altered" not in expected]
    seen = make.told_of_damage(whole, CONTENT, seed=5, count=MUTATIONS)
    assert seen >= {"refused", "intact", "altered"}


@pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl")
def test_openssl_agrees_on_what_it_can_read(tmp_path):
    for name in ("DER", "BER", "SHA-512", "RSA-PSS", "ECDSA", "key id", "content changed"):
        written, expected = OPENED[name]
        path = tmp_path / "a.p7m"
        path.write_bytes(written())
        program = ["openssl", "cms", "-verify", "-noverify", "-inform", "DER", "-binary"]
        done = subprocess.run([*program, "-in", path], capture_output=True, check=False)
        assert (done.returncode == 0) == (expected == ["intact"]), name
