"""Texts go from one installation to another, signed, and their lineage goes along."""

import json
import zipfile

import pytest
from django.core.files.storage import default_storage

from casa.foundation.errors import Refused
from casa.library import services
from casa.library.exchange import keys, zips
from casa.library.models import Adoption, Arrival, Bundle, Entry, Installation, Version
from casa.library.services import announcing, exchanging
from casa.library.services.campaign_duties import ask_offices
from casa.notices.models import Duty
from casa.registry.actor import SYSTEM
from casa.registry.models import TrailLine
from tests.factories import BodyFactory, MunicipalityFactory
from tests.library.exchange_makers import bring, export, houses, outcomes, trusting
from tests.library.makers import NOON, TEXT, FindingFactory, PillarFactory, published
from tests.library.test_campaigns import CITING, changed

pytestmark = pytest.mark.django_db
__all__ = ["houses"]
NEXT = TEXT.replace("due anni", "tre anni")


@pytest.fixture
def manager(person):
    return person(network="manager")


@pytest.fixture
def bundle(houses, person, tmp_path):
    """A bundle of installation A with one entry, and the entry."""
    version = published(person, title="Capitolato per il verde", slug="verde")
    with houses("A"):
        export(tmp_path / "a.zip", "verde")
        version.key = exchanging.own_key()
    return version


def test_a_text_arrives_with_its_words_its_licence_and_where_it_came_from(
    houses, bundle, manager, tmp_path
):
    with houses("B"):
        trusting("Casa A", bundle.key)
        done = bring(tmp_path / "a.zip", manager)

    assert outcomes(done) == ["published"]
    entry = Entry.objects.get(is_received=True)
    assert (entry.title, entry.licence, entry.slug) == (
        "Capitolato per il verde",
        "CC-BY-4.0",
        "capitolato-per-il-verde",
    )
    assert entry.current.text == bundle.text
    assert [clause.key for clause in entry.current.clauses.all()] == [
        clause.key for clause in bundle.clauses.all()
    ]
    assert entry.arrival.key == "verde"
    assert entry.arrival.installation.name == "Casa A"
    assert entry.body.name == "Casa A – origine esterna"
    assert entry.office.name == "Origine esterna"
    assert TrailLine.objects.filter(act="library.version.arrived").count() == 1


def test_who_does_not_publish_proposes_the_newest_version_to_another_person(
    houses, bundle, manager, person, tmp_path
):
    with houses("B"):
        trusting("Casa A", bundle.key)
        done = bring(tmp_path / "a.zip", manager, publishes=False)

    assert outcomes(done) == ["proposed"]
    version = Version.objects.get(entry__is_received=True)
    assert version.state == "in_review"
    review = {"version": version, "checklist": [], "waivers": [], "note": "", "now": NOON}
    with pytest.raises(Refused, match="Non puoi rivedere"):
        services.publish_version(actor=manager, **review)
    services.publish_version(actor=person(network="reviewer"), **review)
    assert Entry.objects.get(is_received=True).current == version


def test_the_same_bundle_brought_twice_makes_nothing(houses, bundle, manager, tmp_path):
    with houses("B"):
        trusting("Casa A", bundle.key)
        bring(tmp_path / "a.zip", manager)
        before = Version.objects.count()
        again = bring(tmp_path / "a.zip", manager)

    assert outcomes(again) == ["there"]
    assert Version.objects.count() == before
    assert again.stored == ""
    assert Bundle.objects.exclude(stored="").count() == 0


def test_a_copy_made_here_is_told_that_the_source_elsewhere_is_ahead(
    houses, bundle, manager, person, tmp_path
):
    comune = BodyFactory(name="Comune di Prova Alta")
    author = person("author", comune)
    with houses("B"):
        trusting("Casa A", bundle.key)
        bring(tmp_path / "a.zip", manager)
        received = Entry.objects.get(is_received=True)
        draft = services.derive(
            source=received,
            title="Il nostro verde",
            office=comune.offices.get(),
            actor=author,
            now=NOON,
        )
        services.propose_version(version=draft, actor=author, now=NOON)
    with houses("A"):
        published(person, entry=bundle.entry, text=NEXT)
        export(tmp_path / "a2.zip", "verde")
    with houses("B"):
        done = bring(tmp_path / "a2.zip", manager)

    assert outcomes(done) == ["published"]
    received.refresh_from_db()
    assert received.current.number == 2
    copy = Entry.objects.get(title="Il nostro verde")
    assert copy.derivation.behind == 1
    announcing.announce(version_id=received.current_id, now=NOON)
    duty = Duty.objects.get(kind="library.source_ahead")
    assert duty.office == comune.offices.get()
    assert any("Art. 2" in note for note in duty.notes)


def test_the_body_of_texts_from_elsewhere_never_owes_anything(houses, person, manager, tmp_path):
    """Nobody works there: not for a norm that changed, not for a text to confirm, not for answers."""
    version = published(person, slug="verde", audience="public", text=CITING)
    with houses("A"):
        export(tmp_path / "a.zip", "verde")
        key = exchanging.own_key()
    with houses("B"):
        trusting("Casa A", key)
        bring(tmp_path / "a.zip", manager)
    external = Installation.objects.exclude(body=None).get().body
    received = Entry.objects.get(is_received=True)
    assert received.office.body == external

    campaign = services.open_campaign(norm=changed(), actor=manager, now=NOON)
    ask_offices(campaign_id=campaign.pk, now=NOON)
    Entry.objects.update(review_by=NOON.date())
    services.ask_to_confirm(now=NOON)
    body = BodyFactory()
    author = person("author", body)
    use = services.InUse(state="trial", since=NOON.date())
    services.adopt(entry=received, use=use, office=body.offices.get(), actor=author, now=NOON)
    services.tell_experience(
        entry=received,
        outcome="no",
        why="Manca.",
        office=body.offices.get(),
        actor=author,
        now=NOON,
    )

    assert campaign.hits.count() == 2
    offices = set(Duty.objects.values_list("office__body", flat=True))
    assert offices == {version.entry.body_id}


def test_an_older_bundle_never_takes_a_text_backward(houses, bundle, manager, person, tmp_path):
    with houses("A"):
        published(person, entry=bundle.entry, text=NEXT)
        export(tmp_path / "a2.zip", "verde")
    with houses("B"):
        trusting("Casa A", bundle.key)
        bring(tmp_path / "a2.zip", manager)
        replayed = bring(tmp_path / "a.zip", manager)

    assert outcomes(replayed) == ["there"]
    assert "non si torna indietro" in replayed.lines.get().sentence
    entry = Entry.objects.get(is_received=True)
    assert (entry.current.number, entry.versions.count()) == (2, 2)


def test_versions_in_between_are_told_where_only_the_newest_is_proposed(
    houses, bundle, manager, person, tmp_path
):
    with houses("A"):
        published(person, entry=bundle.entry, text=NEXT)
        export(tmp_path / "a2.zip", "verde")
    with houses("B"):
        trusting("Casa A", bundle.key)
        bring(tmp_path / "a2.zip", manager, publishes=False)

    version = Version.objects.get(entry__is_received=True)
    assert version.number == 2
    assert "Versione 1: Prima stesura." in version.changes


def test_an_adaptation_finds_its_source_whichever_arrives_first(
    houses, bundle, manager, person, tmp_path
):
    comune = BodyFactory(name="Comune di Prova Bassa")
    author = person("author", comune)
    with houses("A"):
        draft = services.derive(
            source=bundle.entry, title="Copia", office=comune.offices.get(), actor=author, now=NOON
        )
        draft.audience = "public"
        draft.save()
        services.propose_version(version=draft, actor=author, now=NOON)
        services.publish_version(
            version=draft,
            checklist=[],
            waivers=[],
            note="",
            actor=person("reviewer", comune),
            now=NOON,
        )
        export(tmp_path / "copy.zip", "copia")
    with houses("B"):
        trusting("Casa A", bundle.key)
        bring(tmp_path / "copy.zip", manager)
        copy = Entry.objects.get(is_received=True)
        assert not hasattr(copy, "derivation")
        assert copy.arrival.source["title"] == "Capitolato per il verde"
        bring(tmp_path / "a.zip", manager)

    copy = Entry.objects.get(pk=copy.pk)
    assert copy.derivation.source.arrival.key == "verde"
    assert copy.current.basis.source_version.number == 1
    assert Adoption.objects.filter(entry=copy.derivation.source).count() == 0


def test_a_copy_made_elsewhere_comes_home_to_its_source(houses, bundle, manager, person, tmp_path):
    comune = BodyFactory(name="Comune di Prova Bassa")
    author = person("author", comune)
    with houses("B"):
        trusting("Casa A", bundle.key)
        bring(tmp_path / "a.zip", manager)
        draft = services.derive(
            source=Entry.objects.get(is_received=True),
            title="Copia di fuori",
            office=comune.offices.get(),
            actor=author,
            now=NOON,
        )
        draft.audience = "public"
        draft.save()
        services.propose_version(version=draft, actor=author, now=NOON)
        reviewer = person("reviewer", comune)
        services.publish_version(
            version=draft, checklist=[], waivers=[], note="", actor=reviewer, now=NOON
        )
        made = export(tmp_path / "b.zip", "copia-di-fuori")
        key = exchanging.own_key()
    assert made.entries[0].source.key == "verde"
    assert made.entries[0].source.body == str(bundle.entry.body)
    with houses("A"):
        Installation.objects.filter(uid=key.uid).update(name="Casa B", public_key=key.key)
        bring(tmp_path / "b.zip", manager)

    arrived = Arrival.objects.get(installation__name="Casa B").entry
    assert arrived.derivation.source == bundle.entry
    assert arrived.current.basis.source_version == bundle


def test_a_body_that_is_known_here_owns_what_is_its_own(houses, person, manager, tmp_path):
    place = MunicipalityFactory(istat_code="999001")
    there = BodyFactory(name="Comune di Prova", ipa_code="c_prova")
    published(person, body=there, slug="suo")
    with houses("A"):
        export(tmp_path / "a.zip", "suo")
        key = exchanging.own_key()
    with houses("B"):
        trusting("Casa A", key)
        bring(tmp_path / "a.zip", manager)

    entry = Entry.objects.get(is_received=True)
    assert entry.body == there
    assert place.pk
    author = person("author", there)
    with pytest.raises(Refused):
        services.edit_card(entry=entry, card=None, actor=author, now=NOON)


def test_the_manifest_names_bodies_and_no_person(bundle, tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip") as opened:
        content = opened.read(zips.MANIFEST).decode()

    assert str(bundle.author) not in content
    assert str(bundle.author.email) not in content
    assert json.loads(content)["entries"][0]["body"]["name"] == str(bundle.entry.body)


@pytest.mark.parametrize(
    "fields",
    [
        {"audience": "network"},
        {"audience": "body"},
        {"body__is_demo": True},
        {"is_received": True},
        {"withdrawn_at": NOON, "withdrawal_reason": "Superata."},
    ],
)
def test_only_open_public_texts_born_here_go_out(houses, person, tmp_path, fields):
    version = published(person, slug="chiuso")
    entry = Entry.objects.select_related("body").get(pk=version.entry_id)
    for name, value in fields.items():
        thing = entry.body if name.startswith("body__") else entry
        setattr(thing, name.removeprefix("body__"), value)
    entry.body.save()
    entry.save()
    with houses("A"), pytest.raises(Refused, match="Non si può esportare: chiuso"):
        export(tmp_path / "a.zip", "chiuso")


def test_what_the_intake_finds_to_be_weighed_waits_for_a_reviewer(
    houses, bundle, manager, tmp_path, monkeypatch
):
    from casa.library.services.exchanging import writing

    real = writing.inspected

    def with_a_warning(upload, *, now):
        upload = real(upload, now=now)
        FindingFactory(upload=upload)
        return upload

    monkeypatch.setattr(writing, "inspected", with_a_warning)
    with houses("B"):
        trusting("Casa A", bundle.key)
        done = bring(tmp_path / "a.zip", manager)

    assert outcomes(done) == ["proposed"]
    assert "Manca il motivo per accettare" in done.lines.get().sentence


def test_a_pillar_unknown_here_is_refused_with_the_reason(houses, bundle, manager, tmp_path):
    PillarFactory(code="sua")
    with houses("B"):
        trusting("Casa A", bundle.key)
        type(bundle.entry.pillar).objects.update(in_use=False)
        done = bring(tmp_path / "a.zip", manager)

    assert outcomes(done) == ["refused"]
    assert "pilastro «sua»" in done.lines.get().sentence


def test_only_network_managers_bring_bundles_in(houses, bundle, person, tmp_path):
    with houses("B"):
        trusting("Casa A", bundle.key)
        for who in (person(network="reviewer"), person("administrator")):
            with pytest.raises(Refused, match="chi gestisce la rete"):
                bring(tmp_path / "a.zip", who)
    assert Bundle.objects.count() == 0


def test_a_bundle_that_nobody_decides_about_lapses_with_its_file(houses, bundle, manager, tmp_path):
    with houses("B"):
        trusting("Casa A", bundle.key)
        kept = exchanging.receive_bundle(tmp_path / "a.zip", name="a.zip", actor=manager, now=NOON)
        assert default_storage.exists(kept.stored)
        assert exchanging.forget_bundles(now=NOON + exchanging.receiving.KEPT) == 0
        assert exchanging.forget_bundles(now=NOON + 2 * exchanging.receiving.KEPT) == 1

    assert not default_storage.exists(kept.stored)
    with pytest.raises(Refused, match="portalo di nuovo"):
        exchanging.start_bundle(bundle=kept, publishes=False, actor=manager, now=NOON)


def test_the_key_is_made_once_and_its_owner_alone_reads_it(houses):
    with houses("A"):
        first = exchanging.own_key()
        assert exchanging.own_key() == first
        assert keys.key_file().stat().st_mode & 0o777 == 0o600
        second = exchanging.renew_own_key(actor=SYSTEM, now=NOON)
    assert (second.uid, second.key != first.key) == (first.uid, True)
    assert len(first.fingerprint.split()) == 8
