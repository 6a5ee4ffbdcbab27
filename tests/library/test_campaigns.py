"""A norm changed: who cites it is listed, told, and leaves the list when mended."""

from datetime import date
from types import SimpleNamespace

import pytest

from casa.foundation.errors import Refused
from casa.library import access, queries, services
from casa.library.forms.campaigns import CampaignForm
from casa.library.models import Campaign, CampaignHit, Entry
from casa.library.queries.campaigns import by_office, progress
from casa.library.services import campaign_duties
from casa.library.services.campaign_duties import PATIENCE, ask_offices, sweep_campaigns
from casa.library.services.kit_duties import keep_kits
from casa.notices.models import Duty, News
from casa.registry.models import TrailLine
from tests.factories import BodyFactory
from tests.library.makers import NOON, published
from tests.library.test_kits import make_kit
from tests.library.test_kits import publish as publish_kit

pytestmark = pytest.mark.django_db
CITING = "Art. 1 – Base\n1. Si affida ai sensi dell'art. 50, comma 1, del d.lgs. 36/2023.\n"
OTHER = "Art. 1 – Base\n1. Si affida ai sensi dell'art. 71 del d.lgs. 36/2023.\n"


def changed(**more):
    given = {
        "act": "d.lgs. 36/2023",
        "article": "50",
        "change": "changed",
        "on": date(2026, 12, 1),
        "note": "Cambia la soglia: rivedi l'importo.",
        "due_on": date(2027, 1, 31),
        **more,
    }
    return services.ChangedNorm(**given)


def start(person, **more):
    manager = person(network="manager")
    campaign = services.open_campaign(norm=changed(**more), actor=manager, now=NOON)
    ask_offices(campaign_id=campaign.pk, now=NOON)
    return campaign


def opened(person):
    """A campaign of which the worker has done nothing yet."""
    return services.open_campaign(norm=changed(), actor=person(network="manager"), now=NOON)


def test_every_published_text_that_cites_the_norm_is_listed_and_its_office_told(person):
    entry = published(person, text=CITING, audience="public").entry
    published(person, text=OTHER, audience="public")

    campaign = start(person)

    hit = campaign.hits.get()
    assert (hit.entry, hit.office, hit.state) == (entry, entry.office, "open")
    assert hit.clauses == [entry.current.citations.get().clause]
    duty = Duty.objects.get()
    assert (duty.office, duty.due_on) == (entry.office, date(2027, 1, 31))
    assert News.objects.get().keys == [
        f"library:campaign:{campaign.pk}",
        "guide:norm:d.lgs. 36/2023:50",
        "guide:norm:d.lgs. 36/2023:",
    ]
    assert TrailLine.objects.get(act="library.campaign.opened").details == {"texts": 1}


@pytest.mark.parametrize(
    ("norm", "hits"),
    [
        ({"article": ""}, 1),
        ({"article": "50", "comma": "1"}, 1),
        ({"article": "50", "comma": "2"}, 0),
        ({"article": "5"}, 0),
        ({"act": "d.lgs. 50/2016"}, 0),
    ],
)
def test_the_whole_and_its_parts_are_told_apart(person, norm, hits):
    published(person, text=CITING, audience="public")
    assert start(person, **norm).hits.count() == hits


def test_a_text_leaves_the_list_when_the_clause_is_mended_and_not_before(person):
    entry = published(person, text=CITING, audience="public").entry
    campaign = start(person)

    published(person, entry=entry, text=f"{CITING}\nArt. 2 – Altro\n1. Niente di nuovo qui.\n")
    assert campaign.hits.get().state == "open"

    published(person, entry=entry, text=CITING.replace("Si affida", "Da dicembre si affida"))
    hit = campaign.hits.get()
    assert hit.state == "fixed"
    assert not Duty.objects.open().exists()
    assert not queries.banner_of(entry).exists()


def test_a_text_that_no_longer_cites_the_norm_leaves_too(person):
    entry = published(person, text=CITING, audience="public").entry
    campaign = start(person)
    published(person, entry=entry, text=OTHER)
    assert campaign.hits.get().state == "fixed"


def test_the_office_may_say_why_the_text_stays(person):
    entry = published(person, text=CITING, audience="public").entry
    campaign = start(person)
    hit, author = campaign.hits.get(), person("author", entry.body)
    for actor, why in ((person("author"), "Basta"), (author, " ")):
        with pytest.raises(Refused):
            services.keep_text(hit=hit, why=why, actor=actor, now=NOON)

    services.keep_text(hit=hit, why="La soglia non è scritta qui.", actor=author, now=NOON)

    assert campaign.hits.get().state == "kept"
    assert not Duty.objects.open().exists()
    with pytest.raises(Refused, match="già fuori"):
        services.keep_text(hit=hit, why="Ancora", actor=author, now=NOON)


def test_the_worker_gives_the_tasks_and_again_changes_nothing(
    person, client, login, django_capture_on_commit_callbacks
):
    published(person, text=CITING, audience="public")
    with django_capture_on_commit_callbacks() as later:
        campaign = opened(person)
    assert not Duty.objects.exists()
    login(client, person("reader"))
    page = f"/biblioteca/norme-cambiate/{campaign.pk}/"
    assert "in preparazione" in client.get(page).content.decode()

    for call in later:
        call()
    Duty.objects.update(mailed_at=NOON)
    ask_offices(campaign_id=campaign.pk, now=NOON)

    assert Duty.objects.get().mailed_at == NOON
    assert "in preparazione" not in client.get(page).content.decode()


def test_what_was_done_before_the_worker_came_is_asked_of_nobody(person, monkeypatch):
    monkeypatch.setattr(campaign_duties, "AT_A_TIME", 1)
    kept = published(person, text=CITING, audience="public").entry
    fixed = published(person, text=CITING, audience="public").entry
    left = [published(person, text=CITING, audience="public").entry for _ in range(2)]
    campaign = opened(person)
    author = person("author", kept.body)
    hit = campaign.hits.get(entry=kept)
    services.keep_text(hit=hit, why="Non riguarda noi.", actor=author, now=NOON)
    published(person, entry=fixed, text=OTHER)

    ask_offices(campaign_id=campaign.pk, now=NOON)

    offices = Duty.objects.order_by("office_id").values_list("office", flat=True)
    assert list(offices) == sorted(entry.office_id for entry in left)


def test_a_campaign_that_was_closed_first_asks_nobody(person):
    published(person, text=CITING, audience="public")
    campaign = opened(person)
    services.close_campaign(campaign=campaign, actor=person(network="reviewer"), now=NOON)
    ask_offices(campaign_id=campaign.pk, now=NOON)
    assert not Duty.objects.exists()


def test_what_a_killed_worker_left_is_asked_again(person, django_capture_on_commit_callbacks):
    published(person, text=CITING, audience="public")
    opened(person)
    assert sweep_campaigns(now=NOON + PATIENCE) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert sweep_campaigns(now=NOON + PATIENCE * 2) == 1
    assert Duty.objects.count() == 1
    assert sweep_campaigns(now=NOON + PATIENCE * 2) == 0


def test_nobody_here_owes_what_another_installation_writes(person, client, login):
    entry = published(person, text=CITING, audience="public").entry
    Entry.objects.filter(pk=entry.pk).update(is_received=True)

    campaign = start(person)

    hit = campaign.hits.get()
    assert not Duty.objects.exists()
    manager, author = person(network="manager"), person("author", entry.body)
    page = f"/biblioteca/norme-cambiate/{campaign.pk}/"
    keep = f"{page}{hit.pk}/va-bene/"
    login(client, author)
    assert client.get(keep).status_code == 404
    assert "Arriva da un'altra installazione" in client.get(page).content.decode()
    with pytest.raises(Refused):
        services.keep_text(hit=hit, why="Va bene.", actor=author, now=NOON)
    login(client, manager)
    assert keep in client.get(page).content.decode()
    client.post(keep, {"why": "L'abbiamo segnalata."})
    assert campaign.hits.get().state == "kept"


def test_only_the_network_opens_and_closes(person):
    for actor in (person("administrator"), person("author")):
        with pytest.raises(Refused):
            services.open_campaign(norm=changed(), actor=actor, now=NOON)
        assert not access.may_run_campaigns(actor)
    entry = published(person, text=CITING, audience="public").entry
    campaign = start(person)
    services.close_campaign(campaign=campaign, actor=person(network="reviewer"), now=NOON)
    assert not Duty.objects.open().exists()
    assert not queries.banner_of(entry).exists()


@pytest.mark.parametrize(
    "typed", ["", "il codice", "artt. 50 e 51 d.lgs. 36/2023", "art. 50 del Codice"]
)
def test_a_norm_must_be_one_and_sure(typed):
    form = CampaignForm({"norm": typed})
    assert "norm" in form.errors


def test_the_pages_walk(client, person, login):
    entry = published(person, text=CITING, audience="public").entry
    hidden = published(person, text=CITING, audience="body", body=BodyFactory()).entry
    manager = person(network="manager")
    login(client, manager)
    assert "Nessuna norma cambiata" in client.get("/biblioteca/norme-cambiate/").content.decode()
    bad = client.post("/biblioteca/norme-cambiate/nuova/", {"norm": "art. 50 d.lgs. 36/2023"})
    assert bad.status_code == 422
    assert "art. 50 d.lgs. 36/2023" in bad.content.decode()
    answers = {
        "norm": "art. 50, comma 1, d.lgs. 36/2023",
        "change": "changed",
        "on": "2026-12-01",
        "note": "Cambia la soglia.",
        "due_on": "2027-01-31",
    }
    made = client.post("/biblioteca/norme-cambiate/nuova/", answers, follow=True)
    page = made.content.decode()
    assert "2 testi da aggiornare su 2" in page
    assert "Per ufficio" in page
    assert f"{entry.office}, {entry.body}" in page
    assert hidden.title not in page.replace(entry.title, "")
    campaign = Campaign.objects.get()
    csv = client.get(f"/biblioteca/norme-cambiate/{campaign.pk}/elenco.csv").content.decode()
    assert entry.title in csv

    author = person("author", entry.body)
    login(client, author)
    assert "Cita una norma cambiata" in client.get(entry.get_absolute_url()).content.decode()
    hit = CampaignHit.objects.get(entry=entry)
    address = f"/biblioteca/norme-cambiate/{campaign.pk}/{hit.pk}/va-bene/"
    assert client.post(address, {"why": ""}).status_code == 422
    client.post(address, {"why": "Non riguarda noi."})
    assert (
        "Va bene così" in client.get(f"/biblioteca/norme-cambiate/{campaign.pk}/").content.decode()
    )
    other = CampaignHit.objects.get(entry=hidden)
    assert client.get(address.replace(f"/{hit.pk}/", f"/{other.pk}/")).status_code == 404


def test_strangers_are_sent_to_the_door_and_others_told_where_the_norms_are(client, person, login):
    assert client.get("/biblioteca/norme-cambiate/").status_code == 302
    login(client, person())
    assert client.get("/biblioteca/norme-cambiate/").status_code == 403


def test_the_boards_count_by_province_and_by_office_what_is_left_first():
    def hit(office, state):
        return SimpleNamespace(province="Rovigo", office=office, body="Comune", state=state)

    hits = [hit("Appalti", "fixed"), hit("Scuola", "open"), hit("Scuola", "fixed")]
    whole, offices = progress(hits), progress(hits, by_office)
    assert [(row.name, row.done, row.total) for row in whole] == [("Rovigo", 2, 3)]
    assert [(row.name, row.done, row.total) for row in offices] == [
        ("Scuola, Comune", 1, 2),
        ("Appalti, Comune", 1, 1),
    ]


@pytest.mark.parametrize("texts", [1, 5])
def test_a_campaign_costs_the_same_questions_however_many_texts(
    client, person, login, texts, django_assert_max_num_queries
):
    for _ in range(texts):
        published(person, text=CITING, audience="public")
    manager = person(network="manager")
    with django_assert_max_num_queries(16):
        campaign = services.open_campaign(norm=changed(), actor=manager, now=NOON)
    with django_assert_max_num_queries(3):
        assert len(queries.hits_of(campaign, manager)) == texts


def test_the_table_to_take_away_tells_nothing_private_and_starts_no_formula(client, person, login):
    private = CITING.replace("Art. 1 ", "Art. 777 ")
    published(person, text=private, audience="body", body=BodyFactory())
    entry = published(person, text=CITING, audience="public", title="=HYPERLINK(1)").entry
    campaign = start(person)
    login(client, person("author"))

    page = client.get(f"/biblioteca/norme-cambiate/{campaign.pk}/").content.decode()
    csv = client.get(f"/biblioteca/norme-cambiate/{campaign.pk}/elenco.csv").content.decode()

    assert [hit.clauses for hit in queries.hits_of(campaign, person("author")) if not hit.url] == [
        []
    ]
    for shown in (page, csv):
        assert "777" not in shown
    assert f";'{entry.title};" in csv


def test_a_double_click_opens_and_tells_once(person):
    published(person, text=CITING, audience="public")
    manager = person(network="manager")

    first = services.open_campaign(norm=changed(), actor=manager, now=NOON)
    assert services.open_campaign(norm=changed(), actor=manager, now=NOON) == first

    ask_offices(campaign_id=first.pk, now=NOON)
    assert (Duty.objects.count(), News.objects.count()) == (1, 1)
    other = services.open_campaign(norm=changed(note="Altro."), actor=manager, now=NOON)
    assert other != first


def test_what_is_left_to_do_comes_first(person):
    done, left = (published(person, text=CITING, audience="public").entry for _ in range(2))
    campaign = start(person)
    CampaignHit.objects.filter(entry=done).update(state="fixed")

    hits = queries.hits_of(campaign, person("reader"))

    assert [hit.title for hit in hits] == [left.title, done.title]


def test_a_kit_that_holds_such_a_text_says_so_and_is_listed(client, person, login):
    entry = published(person, text=CITING, audience="public").entry
    other = published(person, text=OTHER, audience="public").entry
    hidden = published(person, text=CITING, audience="body").entry
    body = BodyFactory()
    author, reviewer = person("author", body), person("reviewer", body)
    kits = [make_kit(author, body, entries=[one], title=one.title) for one in (entry, other)]
    for kit in kits:
        publish_kit(kit, author, reviewer)
    campaign = start(person)
    assert campaign.hits.filter(entry=hidden).exists()
    login(client, person("reader"))
    page = f"/biblioteca/norme-cambiate/{campaign.pk}/"

    hit, fine = (client.get(kit.get_absolute_url()).content.decode() for kit in kits)
    listed = client.get(page).content.decode()

    said = "Contiene testi che citano una norma cambiata"
    assert (said in hit, said in fine) == (True, False)
    assert kits[0].get_absolute_url() in listed
    assert kits[1].get_absolute_url() not in listed
    published(person, entry=entry, text=OTHER)
    assert said not in client.get(kits[0].get_absolute_url()).content.decode()
    assert "I kit che li contengono" not in client.get(page).content.decode()


def kit_with(person, *entries):
    body = BodyFactory()
    author, reviewer = person("author", body), person("reviewer", body)
    kit = make_kit(author, body, entries=list(entries), title="Kit della mensa")
    publish_kit(kit, author, reviewer)
    return kit, author, reviewer


def owed_for(kit):
    return Duty.objects.open().filter(kind="library.kit_hit", office=kit.office)


def test_the_office_of_a_kit_is_asked_until_the_last_of_its_texts_is_done(person):
    first, second = (published(person, text=CITING, audience="public").entry for _ in range(2))
    fine = published(person, text=OTHER, audience="public").entry
    kit, _author, _reviewer = kit_with(person, first, second, fine)
    other, _author, _reviewer = kit_with(person, fine)
    campaign = start(person)

    (duty,) = owed_for(kit)
    assert duty.url == kit.get_absolute_url()
    assert duty.notes == ["2 suoi testi la citano."]
    assert not owed_for(other).exists()
    ask_offices(campaign_id=campaign.pk, now=NOON)
    published(person, entry=first, text=OTHER)
    assert owed_for(kit).count() == 1
    published(person, entry=second, text=OTHER)
    assert not owed_for(kit).exists()


def test_a_closed_campaign_and_a_withdrawn_kit_ask_nothing(person):
    entry = published(person, text=CITING, audience="public").entry
    (kit, _author, reviewer), (other, *_) = kit_with(person, entry), kit_with(person, entry)
    campaign = start(person)
    services.withdraw_kit(kit=kit, reason="Superato.", actor=reviewer)
    assert (owed_for(kit).count(), owed_for(other).count()) == (0, 1)
    services.close_campaign(campaign=campaign, actor=person(network="manager"), now=NOON)
    assert not owed_for(other).exists()


def test_a_kit_published_again_without_the_text_owes_nothing(person):
    cited, fine = (
        published(person, text=text, audience="public").entry for text in (CITING, OTHER)
    )
    kit, author, reviewer = kit_with(person, cited, fine)
    start(person)
    services.reopen_kit(kit=kit, actor=author)
    assert not owed_for(kit).exists()  # a draft is on offer to nobody
    publish_kit(kit, author, reviewer)
    assert owed_for(kit).count() == 1
    services.reopen_kit(kit=kit, actor=author)
    kit.items.filter(entry=cited).delete()
    publish_kit(kit, author, reviewer)
    assert not owed_for(kit).exists()


def test_a_kit_that_gives_the_old_version_for_ever_is_asked_after_the_text_was_mended(person):
    entry = published(person, text=CITING, audience="public").entry
    kit, _author, _reviewer = kit_with(person, entry)
    kit.items.update(version=entry.current)
    campaign = start(person)
    published(person, entry=entry, text=OTHER)

    assert campaign.hits.get().state == "fixed"
    assert owed_for(kit).count() == 1
    assert queries.banner_of_kit(kit, person("reader"))
    kit.items.update(version=None)
    keep_kits(now=NOON)
    assert not owed_for(kit).exists()
    assert not queries.banner_of_kit(kit, person("reader"))
