"""«Gare simili»: what others shared of the same branch and band, the nearest first."""

from datetime import date
from decimal import Decimal

import pytest

from casa.dossier.models import SharedTender
from casa.dossier.queries.similar import Wanted, similar
from casa.library import services as library
from casa.library.models import Entry
from casa.registry.actor import ANONYMOUS
from tests.dossier.makers import need, opened
from tests.factories import BodyFactory
from tests.library.makers import NOON, EntryFactory, UploadFactory, VersionFactory, published

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def files_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def shared(person):
    """A tender that a body shared, reviewed and published, with one document."""

    def make(title="Refezione", body=None, **fields) -> SharedTender:
        entry = EntryFactory(title=title, kind="procedure", body=body or BodyFactory())
        author, reviewer = (person(role, entry.body) for role in ("author", "reviewer"))
        version = VersionFactory(entry=entry, author_id=author.person_id, author=None)
        version.files.create(upload=UploadFactory(body=entry.body), position=2)
        version = library.propose_version(version=version, actor=author, now=NOON)
        version = library.publish_version(
            version=version, checklist=[], waivers=[], note="", actor=reviewer, now=NOON
        )
        given = {
            "outcome": "concluded", "procedure": "direct_award", "kind": "services",
            "division": "55", "amount_band": "up_to_150k", "days": {"planning": 5, "award": 30},
            "total_days": 35, "bidders": 3, "discount": Decimal("12.50"),
            "closed_on": date(2026, 5, 4), **fields,
        }  # fmt: skip
        made = SharedTender.objects.create(entry=version.entry, **given)
        made.models_used.set([published(person, title=f"Modello per {title}").entry])
        return made

    return make


@pytest.fixture
def tender(author):
    return opened(author, asked=need("120000", cpv="55523100"))


WANTED = Wanted("55", "up_to_150k", "services")


def titles(found) -> list[str]:
    return [one.tender.entry.title for one in found]


def test_the_own_province_comes_first_and_other_branches_and_bands_do_not(shared, comune, tender):
    shared("Altrove")
    shared("Della Provincia", body=BodyFactory(province_body=comune.province_body))
    shared("Della SUA", body=comune.province_body)
    shared("Altro ramo", division="90")
    shared("Altra fascia", amount_band="up_to_40k")
    found = similar(ANONYMOUS, Wanted.by(tender), body=comune)
    assert titles(found) == ["Della SUA", "Della Provincia", "Altrove"]
    assert [one.nearness for one in found][:2] == [0, 0]
    without = Wanted("", "up_to_150k", "services")
    assert "Altro ramo" in titles(similar(ANONYMOUS, without, body=None))


def test_only_what_one_may_read_and_what_is_not_withdrawn(shared, person):
    for title, audience in (("Per la rete", "network"), ("Per tutti", "public")):
        row = shared(title)
        Entry.objects.filter(pk=row.entry_id).update(audience=audience)
    waiting = shared("In revisione")
    Entry.objects.filter(pk=waiting.entry_id).update(current=None)
    gone = shared("Ritirata")
    Entry.objects.filter(pk=gone.entry_id).update(withdrawn_at=NOON, withdrawal_reason="x")
    assert titles(similar(ANONYMOUS, WANTED, body=None)) == ["Per tutti"]
    assert set(titles(similar(person("reader"), WANTED, body=None))) == {"Per tutti", "Per la rete"}


def test_a_member_reads_days_offers_discount_and_documents(client, login, shared, author, tender):
    row = shared("Refezione di prova")
    login(client, author)
    text = client.get(f"/fascicoli/{tender.pk}/gare-simili/").content.decode()
    for words in ("Refezione di prova", "programmazione 5, affidamento 30", "12,50 %"):
        assert words in text
    assert f"/biblioteca/{row.entry.slug}/" in text
    assert "Modello per Refezione di prova" in text


def test_where_nobody_shared_the_page_says_what_to_do(client, login, author, tender):
    login(client, author)
    text = client.get(f"/fascicoli/{tender.pk}/gare-simili/").content.decode()
    assert "Nessuno ha ancora condiviso una gara così" in text
    assert "tipo=procedure" in text


def test_anybody_asks_before_there_is_a_dossier(client, shared):
    shared("Refezione di prova")
    asked = "tipo=services&importo=120.000,00&cpv=55523100"
    assert "Refezione di prova" in client.get(f"/fascicoli/gare-simili/?{asked}").content.decode()
    assert client.get("/fascicoli/gare-simili/").status_code == 200
    wrong = client.get("/fascicoli/gare-simili/?tipo=services&importo=tanto")
    assert wrong.status_code == 422
    assert "tanto" in wrong.content.decode()


@pytest.mark.parametrize("count", [1, 5])
def test_one_and_five_tenders_ask_the_same(shared, comune, django_assert_num_queries, count):
    for number in range(count):
        shared(f"Gara {number}")
    with django_assert_num_queries(3):
        found = similar(ANONYMOUS, WANTED, body=comune)
        assert all(one.files and one.models and one.tender.entry.body.name for one in found)
    assert len(found) == count
