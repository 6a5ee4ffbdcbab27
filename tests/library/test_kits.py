"""Kits: composed in order, seen by another person, packed with what the reader may read."""

import hashlib
import io
import json
import zipfile
from urllib.parse import quote

import pytest
from django.urls import reverse

from casa.foundation.errors import Refused
from casa.library import services
from casa.library.models import Kit, KitItem, Tally
from casa.library.packing import Pack
from casa.library.queries import kits as queries
from casa.registry.models import TrailLine
from casa.search.models import IndexCard
from tests.factories import BodyFactory
from tests.library.makers import NOON, EntryFactory, PillarFactory, VersionFactory, published

pytestmark = pytest.mark.django_db
OTHER_TEXT = "Art. 1 – Penali\n1. Una penale al giorno.\n"


def make_kit(author, body, *, entries=(), audience="public", **fields):
    """A draft with these entries in this order."""
    card = services.KitCard(
        title=fields.pop("title", "Affidare il verde"),
        object="Tutto per affidare la manutenzione del verde.",
        pillar=PillarFactory(),
        office=body.offices.get(is_default=True),
        audience=audience,
    )
    kit = services.open_kit(card=card, body=body, actor=author, now=NOON)
    for entry in entries:
        line = services.KitLine(entry=entry, note=f"Serve per {entry.title}.")
        services.add_item(kit=kit, line=line, actor=author)
    return kit


def publish(kit, author, reviewer=None):
    kit = services.propose_kit(kit=kit, actor=author, now=NOON)
    return services.publish_kit(kit=kit, actor=reviewer, now=NOON) if reviewer else kit


@pytest.fixture
def body():
    return BodyFactory(name="Comune di prova")


@pytest.fixture
def author(person, body):
    return person("author", body)


@pytest.fixture
def reviewer(person, body):
    return person("reviewer", body)


def shown(client, address):
    answer = client.get(address)
    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    assert archive.testzip() is None
    return archive


# Composing


def test_things_keep_their_order_move_and_go(person, author, body):
    first, second, third = (published(person).entry for _ in range(3))
    kit = make_kit(author, body, entries=[first, second, third])
    last = kit.items.get(entry=third)

    services.move_item(kit=kit, item=last.pk, steps=-1, actor=author)
    services.move_item(kit=kit, item=kit.items.get(entry=first).pk, steps=-1, actor=author)
    services.remove_item(kit=kit, item=kit.items.get(entry=second).pk, actor=author)

    order = list(kit.items.order_by("position").values_list("position", "entry_id"))
    assert order == [(1, first.pk), (2, third.pk)]


def test_the_same_thing_twice_is_refused(person, author, body):
    entry = published(person).entry
    kit = make_kit(author, body, entries=[entry])

    with pytest.raises(Refused, match="già nel kit"):
        services.add_item(kit=kit, line=services.KitLine(entry=entry, note="x"), actor=author)


@pytest.mark.parametrize("role", ["reader", "reviewer"])
def test_only_authors_of_the_body_compose(person, author, body, role):
    kit = make_kit(author, body)

    for stranger in (person(role, body), person("author")):
        with pytest.raises(Refused):
            services.add_item(kit=kit, line=services.KitLine(key="x:y:1", note="x"), actor=stranger)


def test_an_author_composes_a_kit_by_addresses(client, person, login, author, body):
    current, pinned = published(person).entry, published(person)
    login(client, author)
    data = {
        "title": "Affidare il verde",
        "object": "Dal capitolato al contratto.",
        "pillar": PillarFactory().pk,
        "office": body.offices.get().pk,
        "audience": "public",
    }

    wrong = client.post(reverse("library:new_kit"), {**data, "title": ""})
    made = client.post(reverse("library:new_kit"), data, follow=True)
    address = reverse("library:kit_items", args=["affidare-il-verde"])
    for place in (f"http://x{current.get_absolute_url()}", pinned.get_absolute_url()):
        client.post(address, {"address": place, "note": "È il testo di base."})
    draft = VersionFactory().entry.get_absolute_url()
    missing = client.post(address, {"address": draft, "note": "Tenuta."})

    kit = Kit.objects.get()
    items = kit.items.order_by("position")
    assert (wrong.status_code, made.status_code, missing.status_code) == (422, 200, 422)
    assert "Tenuta." in missing.text
    assert [(item.entry_id, item.version_id) for item in items] == [
        (current.pk, None),
        (pinned.entry_id, pinned.pk),
    ]


# Four eyes


def test_a_kit_for_others_needs_another_person(person, author, reviewer, body):
    kit = make_kit(author, body, entries=[published(person).entry])
    kit = services.propose_kit(kit=kit, actor=author, now=NOON)

    for who in (author, person("reviewer"), person("author", body)):
        with pytest.raises(Refused):
            services.publish_kit(kit=kit, actor=who, now=NOON)
    kit = services.publish_kit(kit=kit, actor=reviewer, now=NOON)

    assert (kit.state, kit.reviewer_id) == ("published", reviewer.person_id)
    acts = TrailLine.objects.filter(subject_key=f"library:kit:{kit.pk}").order_by("pk")
    assert [line.act for line in acts if line.act != "library.kit.edited"] == [
        "library.kit.created",
        "library.kit.proposed",
        "library.kit.published",
    ]


def test_a_kit_for_the_own_body_is_published_at_once(person, author, body):
    kit = make_kit(author, body, entries=[published(person).entry], audience="body")

    assert publish(kit, author).state == "published"


def test_an_empty_kit_is_not_sent(author, body):
    with pytest.raises(Refused, match="vuoto"):
        services.propose_kit(kit=make_kit(author, body), actor=author, now=NOON)


def test_a_kit_sent_back_says_why(client, person, login, author, reviewer, body):
    kit = make_kit(author, body, entries=[published(person).entry])
    services.propose_kit(kit=kit, actor=author, now=NOON)
    login(client, reviewer)
    address = reverse("library:review_kit", args=[kit.slug])

    silent = client.post(address, {"esito": "rimanda"})
    client.post(address, {"esito": "rimanda", "note": "Manca il contratto."})

    login(client, author)
    assert silent.status_code == 422
    assert "Manca il contratto." in client.get(kit.get_absolute_url()).text


def test_a_reopened_kit_leaves_lists_and_comes_back_with_the_next_number(
    client, person, author, reviewer, body
):
    kit = publish(make_kit(author, body, entries=[published(person).entry]), author, reviewer)

    services.reopen_kit(kit=kit, actor=author)

    assert client.get(kit.get_absolute_url()).status_code == 404
    assert list(client.get(reverse("library:kits")).context["page"]) == []
    assert IndexCard.objects.get(key=f"library:kit:{kit.pk}").removed
    assert publish(kit, author, reviewer).number == 2


def test_a_withdrawn_kit_keeps_its_address_with_the_reason(
    client, person, login, author, reviewer, body
):
    kit = publish(make_kit(author, body, entries=[published(person).entry]), author, reviewer)
    login(client, reviewer)

    client.post(reverse("library:withdraw_kit", args=[kit.slug]), {"reason": "Superato."})
    client.logout()

    assert "Superato." in client.get(kit.get_absolute_url()).text
    assert list(client.get(reverse("library:kits")).context["page"]) == []
    with pytest.raises(Refused):
        services.withdraw_kit(kit=kit, reason="x", actor=author)


# Search


def test_search_knows_a_published_kit_and_nothing_its_readers_may_not_read(
    person, author, reviewer, body
):
    open_entry = published(person, title="Capitolato aperto").entry
    closed = published(person, title="Perizia riservata", audience="body", body=body).entry

    kit = publish(make_kit(author, body, entries=[open_entry, closed]), author, reviewer)

    card = IndexCard.objects.get(key=f"library:kit:{kit.pk}")
    assert (card.kind, card.audience, card.reviewed) == ("kit", ["pub"], True)
    assert card.confirm_by == kit.review_by
    assert IndexCard.objects.get(key=f"library:entry:{open_entry.pk}").confirm_by is not None
    assert "Capitolato aperto" in card.text
    assert "riservata" not in card.text.lower()


def test_what_search_knows_of_a_kit_follows_the_entries_in_it(person, author, reviewer, body):
    entry = published(person, title="Perizia aperta", body=body).entry
    other = published(person, title="Capitolato", body=body).entry
    kit = publish(make_kit(author, body, entries=[entry, other]), author, reviewer)
    assert "Perizia aperta" in IndexCard.objects.get(key=f"library:kit:{kit.pk}").text

    version = VersionFactory(entry=entry, audience="body", author_id=author.person_id, author=None)
    version = services.propose_version(version=version, actor=author, now=NOON)
    services.publish_version(
        version=version, checklist=[], waivers=[], note="", actor=reviewer, now=NOON
    )
    closed = IndexCard.objects.get(key=f"library:kit:{kit.pk}").text
    services.withdraw_entry(
        entry=other, reason="Superato.", successor=None, actor=reviewer, now=NOON
    )

    assert "Capitolato" in closed
    assert "Perizia" not in closed
    assert IndexCard.objects.get(key=f"library:kit:{kit.pk}").text == ""


# Reading and packing


def test_the_zip_has_the_files_in_order_with_version_numbers_and_true_hashes(
    client, person, author, reviewer, body
):
    first = published(person, title="Capitolato del verde")
    old = published(person, title="Schema di contratto", text=OTHER_TEXT)
    published(person, entry=old.entry)
    kit = make_kit(author, body, entries=[first.entry])
    line = services.KitLine(entry=old.entry, version=old, note="La versione approvata.")
    services.add_item(kit=kit, line=line, actor=author)
    publish(kit, author, reviewer)

    archive = shown(client, reverse("library:kit_pack", args=[kit.slug]))

    assert archive.namelist() == [
        "01-capitolato-del-verde-v1.txt",
        "02-schema-di-contratto-v1.txt",
        "00-indice.html",
        "manifest.json",
    ]
    manifest = json.loads(archive.read("manifest.json"))
    assert archive.read("02-schema-di-contratto-v1.txt").decode() == OTHER_TEXT
    for item in manifest["items"]:
        for file in item["files"]:
            assert file["sha256"] == hashlib.sha256(archive.read(file["name"])).hexdigest()
    assert [item["version"] for item in manifest["items"]] == [1, 1]
    assert "La versione approvata." in archive.read("00-indice.html").decode()
    assert queries.kit_use(kit).downloads == 1
    assert Tally.objects.get(version=old).downloads == 1


def test_what_one_may_not_read_is_named_nowhere_and_stays_out_of_the_zip(
    client, person, login, author, reviewer, body
):
    secret = published(person, title="Perizia segreta", audience="body", body=body).entry
    kit = make_kit(author, body, entries=[published(person).entry, secret])
    publish(kit, author, reviewer)
    address = reverse("library:kit_pack", args=[kit.slug])

    page = client.get(kit.get_absolute_url())
    archive = shown(client, address)

    assert "Elemento non disponibile" in page.text
    assert "1 elemento non è disponibile" in page.text
    everything = page.text + "".join(archive.read(name).decode() for name in archive.namelist())
    assert "segreta" not in everything
    assert len(archive.namelist()) == 3
    hidden = json.loads(archive.read("manifest.json"))["items"][1]
    assert "Non puoi leggerlo" in hidden["not_included"]
    login(client, person("reader", body))
    assert "02-perizia-segreta-v1.txt" in shown(client, address).namelist()


def test_a_withdrawn_entry_is_shown_with_its_reason_and_left_out_of_the_zip(
    client, person, author, reviewer, body
):
    entry = published(person, body=body).entry
    kit = publish(make_kit(author, body, entries=[entry]), author, reviewer)
    services.withdraw_entry(
        entry=entry, reason="Norma abrogata.", successor=None, actor=reviewer, now=NOON
    )

    page = client.get(kit.get_absolute_url())

    assert "Ritirato: Norma abrogata." in page.text
    assert queries.contents(kit, author)[0].files == ()


def test_anything_with_a_card_can_stand_in_a_kit(client, person, author, reviewer, body):
    other = publish(make_kit(author, body, entries=[published(person).entry]), author, reviewer)
    kit = make_kit(author, body, title="Kit di kit")
    line = services.KitLine(key=f"library:kit:{other.pk}", label=other.title, note="Prima questo.")
    services.add_item(kit=kit, line=line, actor=author)
    gone = services.KitLine(key="programme:course:9", label="Corso tolto", note="Poi.")
    services.add_item(kit=kit, line=gone, actor=author)

    linked, hidden = queries.contents(kit, author)

    assert (linked.url, linked.kind, linked.files) == (other.get_absolute_url(), "Kit", ())
    assert hidden.title == "Elemento non disponibile"


def test_a_draft_kit_answers_like_a_page_that_does_not_exist(client, person, login, author, body):
    kit = make_kit(author, body)

    for visitor in (None, person("author"), person("reader", body)):
        if visitor:
            login(client, visitor)
        assert client.get(kit.get_absolute_url()).status_code == 404
        assert client.get(reverse("library:kit_pack", args=[kit.slug])).status_code == 404
    login(client, author)
    assert client.get(kit.get_absolute_url()).status_code == 200
    assert client.get(reverse("library:kit_pack", args=[kit.slug])).status_code == 403


def test_a_kit_is_sent_without_holding_its_files_in_memory(person, author, reviewer, body):
    version = published(person)
    upload = version.files.get().upload
    with upload.file.storage.open(upload.file.name, "wb") as stored:
        for _ in range(200):
            stored.write(b"\x00" * 100_000)
    kit = publish(make_kit(author, body, entries=[version.entry]), author, reviewer)
    pack = Pack(kit, queries.contents(kit, author), site="https://x", now=NOON)

    blocks = [len(block) for block in pack.stream()]

    assert max(blocks) < 1_000_000
    assert len(blocks) > 200


@pytest.mark.parametrize("items", [1, 5])
def test_the_page_of_a_kit_asks_the_same_queries_however_long_it_is(
    client, person, author, reviewer, body, items, django_assert_max_num_queries
):
    entries = [published(person).entry for _ in range(items)]
    kit = make_kit(author, body, entries=entries)
    line = services.KitLine(key=f"library:entry:{entries[0].pk}", label="Rimando", note="Vedi.")
    services.add_item(kit=kit, line=line, actor=author)
    publish(kit, author, reviewer)
    client.get(kit.get_absolute_url())

    with django_assert_max_num_queries(14):
        page = client.get(kit.get_absolute_url())

    assert len(page.context["contents"]) == items + 1


@pytest.mark.parametrize("items", [1, 5])
def test_the_list_of_kits_asks_the_same_queries_however_long_it_is(
    client, person, author, reviewer, body, items, django_assert_max_num_queries
):
    for _ in range(items):
        publish(make_kit(author, body, entries=[published(person).entry]), author, reviewer)

    with django_assert_max_num_queries(4):
        page = client.get(reverse("library:kits"))

    assert len(page.context["page"]) == items


def test_the_demonstration_goes_with_its_kits(person):
    demo = BodyFactory(is_demo=True)
    author = person("author", demo)
    entry = published(person, body=demo).entry
    make_kit(author, demo, entries=[entry])
    other = BodyFactory()
    kept = make_kit(person("author", other), other, entries=[entry])

    services.remove_demo(body_ids=[demo.pk])

    assert list(Kit.objects.all()) == [kept]
    assert KitItem.objects.count() == 0
    assert EntryFactory._meta.model.objects.count() == 0


def test_kits_in_review_stand_on_the_table_of_who_reviews_and_of_who_wrote(
    client, login, author, reviewer, person, body
):
    kit = make_kit(author, body, entries=[published(person).entry])
    services.propose_kit(kit=kit, actor=author, now=NOON)
    pages = {}
    for who in (author, reviewer, person("reader", body), person("reviewer", BodyFactory())):
        login(client, who)
        pages[who] = client.get(reverse("library:work")).text
    seen = [kit.get_absolute_url() in page for page in pages.values()]
    assert seen == [True, True, False, False]
    assert "Kit da rivedere: tocca a te" in pages[reviewer]
    assert "Kit da rivedere: tocca a te" not in pages[author]


def test_an_entry_is_added_to_a_kit_from_its_own_page(
    client, login, author, reviewer, person, body
):
    entry, kit = published(person).entry, make_kit(author, body)
    login(client, author)
    way = f"{reverse('library:kits')}?aggiungi={quote(entry.get_absolute_url(), safe='')}"
    assert f'href="{way}"' in client.get(entry.get_absolute_url()).text
    items = f"{reverse('library:kit_items', args=[kit.slug])}?indirizzo="
    assert f'href="{items}{quote(entry.get_absolute_url(), safe="")}"' in client.get(way).text
    page = client.get(f"{items}{entry.get_absolute_url()}").text
    assert f'value="{entry.get_absolute_url()}"' in page

    login(client, reviewer)
    assert "Aggiungi a un kit" not in client.get(entry.get_absolute_url()).text
    assert f'href="{items}' not in client.get(way).text
