"""Bundles made to do harm, or spoilt on the way: refused with a sentence, nothing changed."""

import json
import zipfile
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from casa.foundation.errors import Refused
from casa.library.exchange import keys, zips
from casa.library.models import Arrival, Bundle, Entry, Installation, Version
from casa.library.services import exchanging
from casa.registry.actor import SYSTEM
from tests.library.exchange_makers import (
    bring,
    export,
    houses,
    outcomes,
    resigned,
    rewritten,
    trusting,
)
from tests.library.makers import NOON, published

pytestmark = pytest.mark.django_db
__all__ = ["houses"]


@pytest.fixture
def manager(person):
    return person(network="manager")


@pytest.fixture
def good(houses, person, tmp_path):
    """A good bundle of A, A's key to sign others with, and B that trusts A."""
    published(person, slug="verde")
    path = tmp_path / "good.zip"
    with houses("A"):
        export(path, "verde")
        signing, key = keys.private_key(), exchanging.own_key()
    with houses("B"):
        trusting("Casa A", key)
        yield path, signing


def refused(path, manager, words):
    with pytest.raises(Refused, match=words):
        bring(path, manager)
    assert (Bundle.objects.count(), Arrival.objects.count()) == (0, 0)
    assert not Entry.objects.filter(is_received=True).exists()


def flipped(content, at):
    return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]


@pytest.mark.parametrize("part", ["manifest.json", "manifest.sig", "files/"])
@pytest.mark.parametrize("share", [0.0, 0.5, 0.99])
def test_one_byte_changed_anywhere_is_noticed(good, manager, tmp_path, part, share):
    path, _signing = good

    def change(parts):
        name = next(name for name in parts if name.startswith(part))
        parts[name] = flipped(parts[name], int(len(parts[name]) * share))

    bad = rewritten(path, tmp_path / "bad.zip", change)
    refused(bad, manager, r"firma|firmato|manifesto|passare per loro")


def test_no_byte_of_the_file_itself_can_change_what_is_brought_in(good, manager, tmp_path):
    """What stands beside the content in a ZIP (days, rights) may change; the content never does."""
    path, _signing = good
    content, bad = path.read_bytes(), tmp_path / "bad.zip"
    with zipfile.ZipFile(path) as whole:
        parts = {name: whole.read(name) for name in whole.namelist()}
    for at in range(0, len(content), 7):
        bad.write_bytes(flipped(content, at))
        try:
            with exchanging.receiving.opened_bundle(bad) as (opened, _installation):
                assert opened.manifest.to_bytes() == parts[zips.MANIFEST]
                for file in opened.manifest.files():
                    with opened.file(file) as stream:
                        assert sha256(stream.read()).hexdigest() == file.sha256
        except Refused:
            continue


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda parts: parts.update({"../../etc/passwd": b"x"}), "pezzi che non c'entrano"),
        (lambda parts: parts.update({"/files/x": b"x"}), "pezzi che non c'entrano"),
        (lambda parts: parts.update({"files/..": b"x"}), "pezzi che non c'entrano"),
        (lambda parts: parts.update({"files/" + "a" * 64: b"x"}), "non nomina"),
        (lambda parts: parts.pop(next(n for n in parts if n[:5] == "files")), "mancano file"),
        (lambda parts: parts.pop("manifest.sig"), "manca il manifesto o la firma"),
        (lambda parts: parts.pop("manifest.json"), "manca il manifesto o la firma"),
        (lambda parts: parts.update({"manifest.sig": b"\0" * 64}), "firma del pacchetto"),
        (lambda parts: parts.update({"manifest.sig": b"\0" * 65}), "pacchetto intero"),
        (lambda parts: parts.update({"manifest.json": b"[" * 100_000}), "manifesto"),
    ],
)
def test_what_does_not_belong_or_is_missing_is_refused(good, manager, tmp_path, change, words):
    path, _signing = good
    refused(rewritten(path, tmp_path / "bad.zip", change), manager, words)


def test_what_is_no_zip_or_half_a_zip_is_refused(good, manager, tmp_path):
    path, _signing = good
    bad = tmp_path / "bad.zip"
    for content in (b"", b"PK", path.read_bytes()[:-30], path.read_bytes() + b"x"):
        bad.write_bytes(content)
        refused(bad, manager, "pacchetto intero")


def test_a_file_that_unpacks_to_more_than_was_signed_is_given_up(good, manager, tmp_path):
    path, _signing = good

    def bomb(parts):
        name = next(name for name in parts if name.startswith("files/"))
        parts[name] = b"\0" * 50_000_000

    refused(rewritten(path, tmp_path / "bad.zip", bomb), manager, "non è quello che fu firmato")


def test_a_bundle_larger_than_what_is_taken_is_refused_before_it_is_read(
    good, manager, settings, tmp_path
):
    path, _signing = good
    settings.INTAKE_MAX_BYTES = 10
    refused(path, manager, "troppo grande")


def test_the_same_name_twice_is_refused(good, manager, tmp_path):
    path, _signing = good
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(path, "a") as archive:
        archive.writestr("manifest.json", b"{}")
    refused(path, manager, "pezzi che non c'entrano")


def test_a_key_that_nobody_trusts_is_refused_with_what_to_do(good, manager, houses, tmp_path):
    path, _signing = good
    with houses("B"):
        Installation.objects.filter(is_own=False).update(ended_at=NOON)
        refused(path, manager, "Chiedi a chi la gestisce la sua chiave, confronta l'impronta")
        Installation.objects.filter(is_own=False).delete()
        refused(path, manager, "non ci si fida")


def test_another_key_under_a_known_name_is_refused(good, manager, tmp_path):
    path, _signing = good
    other = Ed25519PrivateKey.generate()
    raw = other.public_key().public_bytes_raw()

    def its_own(value, _parts):
        value["public_key"] = keys.base64.b64encode(raw).decode()

    bad = resigned(path, tmp_path / "bad.zip", its_own, other)
    refused(bad, manager, "qualcuno si fa passare per loro")
    bad = resigned(path, tmp_path / "bad.zip", lambda *_: None, other)
    refused(bad, manager, "La firma del pacchetto non è valida")


@pytest.mark.parametrize(
    "change",
    [
        lambda entry: entry.update(title="x" * 201),
        lambda entry: entry.update(title="a\x00b"),
        lambda entry: entry.update(title=7),
        lambda entry: entry.update(kind="virus"),
        lambda entry: entry.update(licence="Proprietary"),
        lambda entry: entry.update(key="../x"),
        lambda entry: entry.update(address="javascript:alert(1)"),
        lambda entry: entry.update(cpv_codes=["12"]),
        lambda entry: entry.update(norms="art. 1"),
        lambda entry: entry.update(author="Mario"),
        lambda entry: entry.pop("object"),
        lambda entry: entry.update(versions=[]),
        lambda entry: entry.update(body=None),
        lambda entry: entry.update(review_by="domani"),
        lambda entry: entry["versions"].append(entry["versions"][0]),
        lambda entry: entry["versions"][0].update(number=0),
        lambda entry: entry["versions"][0].update(number=True),
        lambda entry: entry["versions"][0].update(effective_on="2026-13-01"),
        lambda entry: entry["versions"][0].update(published_at="2026-01-01T00:00:00"),
        lambda entry: entry["versions"][0]["files"][0].update(sha256="zz"),
        lambda entry: entry["versions"][0]["files"][0].update(size=-1),
        lambda entry: entry["versions"][0].update(files=[]),
    ],
)
def test_a_trusted_hand_that_signs_nonsense_is_refused_too(good, manager, tmp_path, change):
    path, signing = good
    bad = resigned(
        path, tmp_path / "bad.zip", lambda value, _parts: change(value["entries"][0]), signing
    )
    refused(bad, manager, "manifesto del pacchetto non è valido")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda value: value.update(format="casa-scambio/2"), "formato che questa"),
        (lambda value: value.update(entries=[]), "non è valido"),
        (lambda value: value.update(entries=value["entries"] * 2), "non è valido"),
        (lambda value: value.update(more=1), "non è valido"),
    ],
)
def test_a_manifest_of_another_kind_is_refused(good, manager, tmp_path, change, words):
    path, signing = good
    bad = resigned(path, tmp_path / "bad.zip", lambda value, _parts: change(value), signing)
    refused(bad, manager, words)


def test_a_manifest_written_another_way_is_refused(good, manager, tmp_path):
    path, signing = good

    def loosely(parts):
        parts["manifest.json"] = json.dumps(json.loads(parts["manifest.json"]), indent=1).encode()
        parts["manifest.sig"] = signing.sign(parts["manifest.json"])

    refused(rewritten(path, tmp_path / "bad.zip", loosely), manager, "JSON")


def test_a_version_that_says_something_else_than_the_first_time_is_refused(good, manager, tmp_path):
    path, signing = good
    bring(path, manager)

    def rewrite_the_past(value, parts):
        content = b"Art. 1 - Altro\n1. Un altro testo.\n"
        digest = sha256(content).hexdigest()
        version = value["entries"][0]["versions"][0]
        parts.pop("files/" + version["files"][0]["sha256"])
        parts["files/" + digest] = content
        version["files"] = [{"name": "a.txt", "size": len(content), "sha256": digest}]
        value["entries"][0]["versions"] = [version, {**version, "number": 2}]

    done = bring(resigned(path, tmp_path / "bad.zip", rewrite_the_past, signing), manager)

    assert outcomes(done) == ["refused"]
    assert "Una versione pubblicata non cambia" in done.lines.get().sentence
    assert Version.objects.filter(entry__is_received=True).count() == 1


def test_a_gap_between_versions_is_told(good, manager, tmp_path):
    path, signing = good
    bring(path, manager)

    def jump(value, _parts):
        version = value["entries"][0]["versions"][0]
        value["entries"][0]["versions"] = [{**version, "number": 4}]

    bad = resigned(path, tmp_path / "gap.zip", jump, signing)
    _installation, (line,) = exchanging.try_bundle(bad, actor=manager)

    assert line.outcome == "newer"
    assert "mancano le versioni: 2, 3" in line.sentence


def test_a_file_that_the_intake_rejects_brings_nothing_in(good, manager, tmp_path):
    path, signing = good

    def a_program(value, parts):
        content = b"\x7fELF" + bytes(200)
        digest = sha256(content).hexdigest()
        file = value["entries"][0]["versions"][0]["files"][0]
        parts.pop("files/" + file["sha256"])
        parts["files/" + digest] = content
        file.update(sha256=digest, size=len(content), name="../../capitolato.docx")

    done = bring(resigned(path, tmp_path / "elf.zip", a_program, signing), manager)

    assert outcomes(done) == ["refused"]
    assert "capitolato.docx" in done.lines.get().sentence
    assert not Entry.objects.filter(is_received=True).exists()


def test_an_installation_takes_no_name_or_key_of_another(good, manager, houses):
    with houses("B"):
        other = keys.PublicKey(keys.uuid.uuid4(), Installation.objects.trusted().get().public_key)
        with pytest.raises(Refused, match="è già il nome"):
            trusting("Casa A", other)
        same = exchanging.key_of(Installation.objects.trusted().get())
        with pytest.raises(Refused, match="usa lo stesso nome"):
            trusting("Un altro nome", same)
        with pytest.raises(Refused, match="della tua installazione"):
            trusting("Noi", exchanging.own_key())
        with pytest.raises(Refused, match="impronta non è quella"):
            exchanging.trust("Casa C", key=str(other), fingerprint="0000", actor=SYSTEM, now=NOON)
        for words in ("", "casa:x:y", "ssh-ed25519 AAAA", str(other)[:-3]):
            with pytest.raises(Refused, match="non è la chiave"):
                trusting("Casa C", words)
