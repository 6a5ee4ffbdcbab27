"""The pages of the library."""

import re
from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.urls import reverse
from django.utils import timezone

from casa.library import services
from casa.library.models import Entry, Version
from casa.registry.services import kept
from tests.factories import BodyFactory
from tests.library.makers import (
    NOON,
    FindingFactory,
    PillarFactory,
    TagFactory,
    UploadFactory,
    VersionFactory,
    published,
)

pytestmark = pytest.mark.django_db
CATALOGUE = "/biblioteca/"


def card_data(body, upload, **fields):
    return {
        "title": "Capitolato per il verde",
        "kind": "model",
        "object": "Manutenzione delle aree verdi.",
        "pillar": PillarFactory().pk,
        "office": body.offices.get().pk,
        "licence": "CC-BY-4.0",
        "main": upload.pk if upload else "",
        "changes": "Prima stesura.",
        "why": "Serviva.",
        "effective_on": "2026-05-04",
        "audience": "public",
        **fields,
    }


# The list


@pytest.mark.parametrize("items", [1, 5])
def test_the_list_asks_the_same_queries_however_long_it_is(
    client, person, items, django_assert_num_queries
):
    tag = TagFactory()
    for _ in range(items):
        published(person).entry.tags.add(tag)

    with django_assert_num_queries(13):
        page = client.get(CATALOGUE)

    assert len(page.context["page"].object_list) == items


def test_every_field_of_the_card_is_a_filter(client, person):
    wanted = published(
        person,
        kind="procedure",
        contract_type="works",
        procedure_type="open_procedure",
        criterion="lowest_price",
        amount_band="up_to_1m",
        phase="award",
    ).entry
    wanted.tags.add(TagFactory(slug="strade"))
    published(person, pillar=PillarFactory(code="europa", name="Europa"), licence="CC0-1.0")
    filters = {
        "tipo": "procedure",
        "contratto": "works",
        "procedura": "open_procedure",
        "criterio": "lowest_price",
        "importo": "up_to_1m",
        "fase": "award",
        "pilastro": "sua",
        "ente": wanted.body.slug,
        "etichetta": "strade",
        "licenza": "CC-BY-4.0",
    }

    for name, value in filters.items():
        page = client.get(CATALOGUE, {name: value})
        assert list(page.context["page"]) == [wanted], name
    both = client.get(CATALOGUE, {"tipo": "procedure", "licenza": "CC0-1.0"})
    assert list(both.context["page"]) == []
    assert "Togli un filtro" in both.text


def test_what_is_chosen_is_a_chip_that_can_be_removed(client, person):
    published(person, kind="procedure")

    page = client.get(CATALOGUE, {"tipo": "procedure"})

    assert [(chip.label, chip.value, chip.url) for chip in page.context["chips"]] == [
        ("Tipo", "Procedura", "?")
    ]


def test_the_list_hides_drafts_and_what_was_withdrawn(client, person):
    VersionFactory()
    gone = published(person).entry
    Entry.objects.filter(pk=gone.pk).update(
        withdrawn_at=gone.created_at, withdrawal_reason="Superata."
    )

    page = client.get(CATALOGUE)

    assert list(page.context["page"]) == []
    assert "ancora vuota" in page.text


def test_htmx_gets_only_the_results(client, person):
    published(person)

    fragment = client.get(CATALOGUE, headers={"HX-Request": "true"})

    assert "<h1>" not in fragment.text
    assert "1 scheda" in fragment.text
    assert "HX-Request" in fragment["Vary"]


# Reading


def test_anybody_reads_a_public_entry_clause_by_clause(client, person):
    entry = published(person).entry

    page = client.get(entry.get_absolute_url())

    assert 'id="art-1"' in page.text
    assert 'href="#art-2"' in page.text
    assert "sfalcio e la potatura" in page.text
    headings = [int(level) for level in re.findall(r"<h([1-6])", page.text)]
    assert headings[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(headings))


def test_a_draft_answers_like_a_page_that_does_not_exist(client, person, login):
    draft = VersionFactory()
    missing = client.get("/biblioteca/non-esiste/")

    for visitor in (None, person("author"), person("reader", draft.entry.body)):
        if visitor:
            login(client, visitor)
        hidden = client.get(draft.entry.get_absolute_url())
        assert (hidden.status_code, missing.status_code) == (404, 404)
        assert client.get(draft.get_absolute_url()).status_code == 404


def test_an_old_version_says_it_is_not_the_one_in_force(client, person):
    first = published(person)
    published(person, entry=first.entry, text="Art. 1 – Oggetto\n1. Altro.\n")

    page = client.get(first.get_absolute_url())

    assert "non è la versione in vigore" in page.text
    assert "sfalcio" in page.text


@pytest.mark.parametrize("versions", [1, 5])
def test_the_reading_page_asks_the_same_queries_however_many_versions_it_has(
    client, person, versions, django_assert_max_num_queries
):
    entry = published(person).entry
    for _ in range(versions - 1):
        published(person, entry=entry)
    client.get(entry.get_absolute_url())

    with django_assert_max_num_queries(26):
        client.get(entry.get_absolute_url())


def test_the_original_comes_as_an_attachment_of_a_fixed_type(client, person):
    version = published(person)
    file = version.files.get()

    answer = client.get(
        reverse("library:download", args=[version.entry.slug, version.number, file.position])
    )

    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert b"sfalcio" in b"".join(answer.streaming_content)


def test_the_file_of_what_one_may_not_read_can_not_be_taken(client, person, login):
    version = published(person, audience="body")
    address = reverse("library:download", args=[version.entry.slug, 1, 1])

    assert client.get(address).status_code == 404
    login(client, person("author"))
    assert client.get(address).status_code == 404
    login(client, person("reader", version.entry.body))
    assert client.get(address).status_code == 200


def test_an_outside_reviewer_asked_for_the_next_version_does_not_read_the_private_one(
    client, person, login
):
    entry = published(person, audience="body").entry
    VersionFactory(
        entry=entry, audience="public", state="in_review", text_file="Art. 1 – Nuovo\n1. Altro.\n"
    )
    login(client, person(network="reviewer"))

    page = client.get(entry.get_absolute_url())

    assert "sfalcio" not in page.text
    assert "Altro." in page.text
    assert client.get(f"{entry.get_absolute_url()}versione/1/").status_code == 404


def test_a_version_that_holds_from_a_day_to_come_says_which_one_holds_today(client, person):
    entry = published(person).entry
    published(person, entry=entry, effective_on=date(2099, 1, 1))

    today = client.get(entry.get_absolute_url())
    newest = client.get(f"{entry.get_absolute_url()}versione/2/")
    older = client.get(f"{entry.get_absolute_url()}versione/1/")

    assert today.context["version"].number == 1

    assert "non vale ancora" in newest.text
    assert "oggi vale la versione 1" in newest.text
    assert "è quella in vigore oggi" in older.text


def test_a_successor_that_was_closed_since_is_not_named(client, person, login):
    entry, successor = published(person).entry, published(person).entry
    services.withdraw_entry(
        entry=entry,
        reason="Superata.",
        successor=successor,
        actor=person("reviewer", entry.body),
        now=NOON,
    )
    Entry.objects.filter(pk=successor.pk).update(audience="body")

    assert successor.title not in client.get(entry.get_absolute_url()).text


# Making


def test_a_kept_form_older_than_a_colleagues_change_is_not_taken_up(client, person, login):
    version = VersionFactory()
    me = person("author", version.entry.body)
    login(client, me)
    address = reverse("library:edit_version", args=[version.entry.slug, 1])
    now = timezone.now()
    kept.keep_form(place=address, fields={"changes": ["Di lunedì."]}, actor=me, now=now)

    before = client.get(address)
    Version.objects.filter(pk=version.pk).update(edited_at=now + timedelta(days=1))
    after = client.get(address)

    assert "Di lunedì." in before.text
    assert "Di lunedì." not in after.text


def test_a_refusal_by_the_house_keeps_what_was_typed(client, person, login):
    login(client, person("author", body := BodyFactory()))
    upload = UploadFactory(body=body)
    version = VersionFactory(entry=published(person, body=body).entry)

    page = client.post(
        f"{version.entry.get_absolute_url()}nuova-versione/",
        {
            "main": upload.pk,
            "changes": "Testo già scritto.",
            "why": "Perché sì.",
            "effective_on": "2026-05-04",
            "audience": "public",
        },
    )

    assert page.status_code == 422
    assert "già una versione in lavorazione" in page.text
    assert "Testo già scritto." in page.text


def test_an_author_makes_an_entry_from_a_file(client, person, login):
    author = person("author", body := BodyFactory())
    upload = UploadFactory(body=body)
    login(client, author)

    form = client.get(reverse("library:new"), {"file": str(upload.token)})
    done = client.post(reverse("library:new"), card_data(body, upload, cpv_codes="55524000-9"))

    version = Version.objects.get()
    assert f'value="{upload.pk}" selected' in form.text
    assert done.status_code == 302
    assert done["Location"] == version.get_absolute_url()
    assert version.entry.cpv_codes == ["55524000"]


def test_a_wrong_form_says_what_is_wrong_and_keeps_what_was_typed(client, person, login):
    login(client, person("author", body := BodyFactory()))
    upload = UploadFactory(body=body)

    page = client.post(
        reverse("library:new"),
        card_data(body, upload, title="", object="Testo già scritto.", cpv_codes="12"),
    )

    assert page.status_code == 422
    assert "Testo già scritto." in page.text
    assert "«12» non è un codice CPV" in page.text
    assert Entry.objects.count() == 0


def test_the_form_does_not_offer_files_of_others(client, person, login):
    login(client, person("author", body := BodyFactory()))
    foreign = UploadFactory()
    UploadFactory(body=body)

    page = client.post(reverse("library:new"), card_data(body, foreign))

    assert page.status_code == 422
    assert foreign.name not in page.text


def test_a_visitor_is_asked_to_log_in_and_comes_back(client):
    answer = client.get(reverse("library:new"), {"file": "x"})

    assert answer.status_code == 302
    assert answer["Location"] == "/accesso/?next=/biblioteca/nuova/%3Ffile%3Dx"


@pytest.mark.parametrize("who", ["reader", "reviewer"])
def test_the_form_is_refused_with_a_reason_to_who_does_not_write(client, person, login, who):
    login(client, person(who, BodyFactory()))

    page = client.get(reverse("library:new"))

    assert page.status_code == 403
    assert "mandato di redazione" in page.text


def test_the_audiences_are_said_in_words_with_their_numbers(client, person, login):
    login(client, person("author", body := BodyFactory()))
    UploadFactory(body=body)

    page = client.get(reverse("library:new"))

    assert "anche senza accesso" in page.text
    assert "1 persona" in page.text


@pytest.mark.parametrize("items", [1, 5])
def test_a_file_can_become_the_next_version_of_an_entry_of_the_body(
    client, person, login, items, django_assert_max_num_queries
):
    body = BodyFactory()
    entries = [published(person, body=body).entry for _ in range(items)]
    VersionFactory(entry=published(person, body=body).entry)
    published(person)
    upload = UploadFactory(body=body)
    login(client, person("author", body))

    with django_assert_max_num_queries(8):
        page = client.get(reverse("library:renew"), {"file": str(upload.token)})

    assert {entry.slug for entry in page.context["page"]} == {entry.slug for entry in entries}
    form = client.get(f"{entries[0].get_absolute_url()}nuova-versione/?file={upload.token}")
    assert f'value="{upload.pk}" selected' in form.text


# Review


def test_the_reviewer_reads_decides_and_publishes(client, person, login):
    version = VersionFactory(state="in_review", author_id=person("author").person_id, author=None)
    warning = FindingFactory(upload=version.files.get().upload)
    login(client, person("reviewer", version.entry.body))
    address = reverse("library:review", args=[version.entry.slug, 1])
    boxes = dict.fromkeys(
        ("check_match", "check_read", "check_norms", "check_personal_data", "check_changes"), "on"
    )

    page = client.get(address)
    incomplete = client.post(address, {**boxes, "esito": "pubblica"})
    unticked = client.post(address, {**boxes, "check_norms": "", "esito": "pubblica"})
    done = client.post(
        address, {**boxes, f"waive_{warning.pk}": "Sono note interne.", "esito": "pubblica"}
    )

    assert "3 revisioni non accettate" in page.text
    assert incomplete.status_code == 422
    assert "Manca il motivo" in incomplete.text
    assert list(unticked.context["form"].errors) == ["check_norms"]
    assert done.status_code == 302
    version.refresh_from_db()
    assert version.state == "published"


def test_a_text_sent_back_shows_its_reason_to_the_author(client, person, login):
    version = VersionFactory(state="in_review", author_id=person("author").person_id, author=None)
    login(client, person("reviewer", version.entry.body))
    address = reverse("library:review", args=[version.entry.slug, 1])

    silent = client.post(address, {"esito": "rimanda"})
    client.post(address, {"esito": "rimanda", "note": "Manca la durata."})

    login(client, person("author", version.entry.body))
    page = client.get(version.get_absolute_url())
    assert silent.status_code == 422
    assert "Manca la durata." in page.text
    assert "Invia in revisione" in page.text


def test_a_draft_that_was_not_sent_has_no_review_page(client, person, login):
    version = VersionFactory()
    login(client, person("reviewer", version.entry.body))

    page = client.get(reverse("library:review", args=[version.entry.slug, 1]))

    assert page.status_code == 403
    assert "non è in revisione" in page.text


def test_the_author_is_refused_the_review_page(client, person, login):
    body = BodyFactory()
    me = person("reviewer", body)
    version = VersionFactory(
        entry__body=body, state="in_review", author_id=me.person_id, author=None
    )
    login(client, me)

    page = client.get(reverse("library:review", args=[version.entry.slug, 1]))

    assert page.status_code == 403
    assert "un'altra persona" in page.text.replace("&#x27;", "'")


@pytest.mark.parametrize("items", [1, 5])
def test_the_work_page_asks_the_same_queries_however_long_it_is(
    client, person, login, items, django_assert_max_num_queries
):
    body = BodyFactory()
    login(client, person("author", body))
    for _ in range(items):
        VersionFactory(entry__body=body)

    with django_assert_max_num_queries(9):
        page = client.get(reverse("library:work"))

    assert len(page.context["work"].drafts) == items
    assert f"{reverse('library:catalogue')}?ente={body.slug}" in page.text
    assert reverse("notices:duties") in page.text


# Withdrawal


def test_a_withdrawn_entry_keeps_its_address_with_reason_and_successor(client, person, login):
    entry, successor = published(person).entry, published(person).entry
    login(client, person("reviewer", entry.body))
    address = reverse("library:withdraw", args=[entry.slug])

    wrong = client.post(address, {"reason": "Superata.", "successor": "https://altrove/x"})
    client.post(
        address,
        {"reason": "Superata.", "successor": f"http://testserver{successor.get_absolute_url()}"},
    )
    client.logout()
    page = client.get(entry.get_absolute_url())

    assert wrong.status_code == 422
    assert "Superata." in page.text
    assert successor.get_absolute_url() in page.text
    assert "nuova-versione" not in page.text


# Lower rooms' pages


def test_a_cleared_file_offers_what_the_library_can_do_with_it(client, person, login):
    body = BodyFactory()
    upload = UploadFactory(body=body)
    login(client, person("author", body))

    page = client.get(reverse("intake:upload_detail", args=[upload.token]))

    assert f'href="{reverse("library:new")}?file={upload.token}"' in page.text
    assert f'href="{reverse("library:renew")}?file={upload.token}"' in page.text


def test_members_have_their_own_places_in_the_menu_and_visitors_do_not(client, person, login):
    visitor = client.get(CATALOGUE)
    stranger = login(client, person()).get(CATALOGUE)
    member = login(client, person("reader")).get(CATALOGUE)

    shown = [reverse("library:work") in page.text for page in (visitor, stranger, member)]
    assert shown == [False, False, True]


def test_a_draft_is_thrown_away_only_after_asking(client, person, login):
    version = VersionFactory()
    login(client, person("author", version.entry.body))
    address = reverse("library:discard", args=[version.entry.slug, 1])

    asked = client.get(address)

    assert "Vuoi eliminare la bozza?" in asked.text
    assert Version.objects.count() == 1
    client.post(address)
    assert Version.objects.count() == 0
