"""The verbs of the library."""

from contextlib import nullcontext
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import DatabaseError, connection, transaction

from casa.foundation.errors import Refused
from casa.library import services
from casa.library.models import Clause, Entry, Version
from casa.library.queries import use_of
from casa.library.signals import version_published
from casa.registry.actor import actor_for
from casa.registry.models import Person, TrailLine
from casa.search.models import IndexCard
from tests.factories import BodyFactory, MandateFactory, OfficeFactory
from tests.library.makers import (
    NOON,
    TODAY,
    EntryFactory,
    FindingFactory,
    PillarFactory,
    UploadFactory,
    VersionFactory,
    published,
)

pytestmark = pytest.mark.django_db

YES = [services.Answer("Ho letto il testo per intero", yes=True)]
NO = [services.Answer("Ho letto il testo per intero", yes=False)]


def card(body, **fields):
    return services.Card(
        **{
            "kind": "model",
            "title": "Capitolato per il verde",
            "object": "Manutenzione delle aree verdi.",
            "pillar": PillarFactory(),
            "office": body.offices.get(is_default=True),
            "licence": "CC-BY-4.0",
            **fields,
        }
    )


def proposal(*uploads, **fields):
    return services.Proposal(
        **{
            "changes": "Prima stesura.",
            "why": "Serviva.",
            "effective_on": TODAY,
            "audience": "public",
            "uploads": list(uploads),
            **fields,
        }
    )


def review(version, actor, **fields):
    return services.publish_version(
        version=version,
        actor=actor,
        now=NOON,
        **{"checklist": YES, "waivers": [], "note": "", **fields},
    )


@pytest.fixture
def in_review(person):
    """A version in review, and a reviewer of its body."""
    version = VersionFactory()
    version.author_id = (author := person("author", version.entry.body)).person_id
    version.save()
    return services.propose_version(version=version, actor=author, now=NOON), person(
        "reviewer", version.entry.body
    )


# Opening


def test_a_new_entry_is_a_draft_with_clauses_and_no_card_in_search(person):
    author = person("author", body := BodyFactory())
    version = services.open_entry(
        card=card(body),
        proposal=proposal(UploadFactory(body=body)),
        body=body,
        actor=author,
        now=NOON,
    )

    assert (version.state, version.number, version.entry.current) == ("draft", 1, None)
    assert list(version.clauses.order_by("position").values_list("key", flat=True)) == [
        "art-1",
        "art-1-c-1",
        "art-1-c-2",
        "art-2",
        "art-2-c-1",
    ]
    assert IndexCard.objects.count() == 0


@pytest.mark.parametrize("role", ["reader", "reviewer"])
def test_an_entry_is_refused_to_who_does_not_write_for_the_body(person, role):
    actor = person(role, body := BodyFactory())

    with pytest.raises(Refused, match="mandato di redazione"):
        services.open_entry(
            card=card(body),
            proposal=proposal(UploadFactory(body=body)),
            body=body,
            actor=actor,
            now=NOON,
        )
    assert Entry.objects.count() == 0


def test_two_entries_with_one_title_have_two_addresses(person):
    author = person("author", body := BodyFactory())
    slugs = [
        services.open_entry(
            card=card(body, title="Nuova"),
            proposal=proposal(UploadFactory(body=body)),
            body=body,
            actor=author,
            now=NOON,
        ).entry.slug
        for _ in range(2)
    ]

    assert slugs == ["nuova-2", "nuova-3"]  # «nuova» itself is the address of the form


def test_a_file_of_another_body_or_in_quarantine_or_in_use_is_refused(person):
    author = person("author", body := BodyFactory())
    taken = VersionFactory(entry__body=body).files.get().upload
    with_macros = FindingFactory(upload__body=body, severity="blocking").upload
    unfit = {
        "rilievo da correggere": with_macros,
        "altro ente": UploadFactory(),
        "non ha ancora superato": UploadFactory(body=body, state="quarantined", inspected_at=None),
        "già in un'altra versione": taken,
    }
    for words, upload in unfit.items():
        with pytest.raises(Refused, match=words), transaction.atomic():
            services.open_entry(
                card=card(body), proposal=proposal(upload), body=body, actor=author, now=NOON
            )


def test_an_office_of_another_body_is_refused(person):
    author = person("author", body := BodyFactory())

    with pytest.raises(Refused, match="altro ente"):
        services.open_entry(
            card=card(body, office=OfficeFactory()),
            proposal=proposal(UploadFactory(body=body)),
            body=body,
            actor=author,
            now=NOON,
        )


def test_one_open_version_at_a_time(person):
    version = VersionFactory()
    author = person("author", version.entry.body)

    with pytest.raises(Refused, match="già una versione in lavorazione"):
        services.open_version(
            entry=version.entry,
            proposal=proposal(UploadFactory(body=version.entry.body)),
            actor=author,
            now=NOON,
        )


def test_a_discarded_first_draft_takes_its_empty_entry_along_but_not_its_file(person):
    version = VersionFactory()
    upload = version.files.get().upload

    services.discard_version(version=version, actor=person("author", version.entry.body))

    upload.refresh_from_db()
    assert Entry.objects.count() == 0
    assert upload.state == "cleared"


def test_a_version_does_not_take_effect_before_the_one_it_follows(person):
    entry = published(person).entry
    upload = UploadFactory(body=entry.body)

    for day, refused in ((TODAY - timedelta(days=1), True), (TODAY, False)):
        with pytest.raises(Refused, match="vale dal 4 maggio 2026") if refused else nullcontext():
            services.open_version(
                entry=entry,
                proposal=proposal(upload, effective_on=day),
                actor=person("author", entry.body),
                now=NOON,
            )


# Review


def test_publishing_moves_the_pointer_writes_the_card_and_one_line(in_review):
    version, reviewer = in_review

    version = review(version, reviewer)

    entry = Entry.objects.get()
    found = IndexCard.objects.get()
    assert (entry.current, version.reviewer_id) == (version, reviewer.person_id)
    assert (found.title, found.audience, found.reviewed) == (entry.title, ["pub"], True)
    assert "sfalcio" in found.text
    assert list(TrailLine.objects.order_by("pk").values_list("act", "person_id")) == [
        ("library.version.proposed", version.author_id),
        ("library.version.published", reviewer.person_id),
    ]


def test_upper_rooms_are_told_after_the_commit(in_review, django_capture_on_commit_callbacks):
    version, reviewer = in_review
    told = []
    version_published.connect(lambda version, **_: told.append(version), weak=False)

    with django_capture_on_commit_callbacks(execute=True):
        review(version, reviewer)

    assert told == [version]


def test_publish_is_refused_to_the_author_and_to_a_stranger(in_review, person):
    version, _ = in_review
    author = person("reviewer", version.entry.body)
    Version.objects.filter(pk=version.pk).update(editor_ids=[author.person_id])

    with pytest.raises(Refused, match="a cui hai lavorato"):
        review(version, author)
    with pytest.raises(Refused, match="mandato di revisione"):
        review(version, person("reviewer"))
    version.refresh_from_db()
    assert version.state == "in_review"


def test_publishing_twice_is_refused(in_review):
    version, reviewer = in_review
    review(version, reviewer)

    with pytest.raises(Refused, match="non è in revisione"):
        review(version, reviewer)


def test_a_checklist_with_a_no_is_not_published(in_review):
    version, reviewer = in_review

    with pytest.raises(Refused, match="lista di controllo"):
        review(version, reviewer, checklist=NO)


def test_a_warning_needs_its_own_reason(in_review):
    version, reviewer = in_review
    warning = FindingFactory(upload=version.files.get().upload)

    with pytest.raises(Refused, match="Manca il motivo"):
        review(version, reviewer)
    with pytest.raises(Refused, match="Manca il motivo"):
        review(version, reviewer, waivers=[services.Waiver(str(warning.pk), "  ")])
    done = review(version, reviewer, waivers=[services.Waiver(str(warning.pk), "Sono note.")])

    assert done.reviews.get().waived == [{"finding": str(warning.pk), "reason": "Sono note."}]


def test_a_blocking_finding_can_not_be_waived(person):
    version = VersionFactory()
    upload = version.files.get().upload
    FindingFactory(upload=upload, severity="blocking", message="Contiene macro.")

    with pytest.raises(Refused, match="Contiene macro"):
        services.propose_version(
            version=version, actor=person("author", version.entry.body), now=NOON
        )


def test_a_returned_version_says_why_and_can_be_corrected_and_proposed_again(in_review, person):
    version, reviewer = in_review
    with pytest.raises(Refused, match="che cosa correggere"):
        services.return_version(version=version, checklist=NO, reason=" ", actor=reviewer, now=NOON)

    services.return_version(
        version=version, checklist=NO, reason="Manca la durata.", actor=reviewer, now=NOON
    )
    author = person("author", version.entry.body)
    better = UploadFactory(body=version.entry.body, text="Art. 1 – Durata\n1. Un anno.\n")
    services.edit_version(version=version, proposal=proposal(better), actor=author, now=NOON)
    again = services.propose_version(version=version, actor=author, now=NOON)

    assert (again.number, again.state) == (1, "in_review")
    assert again.reviews.get().reason == "Manca la durata."
    assert again.clauses.first().heading == "Durata"


def test_what_only_ones_own_body_reads_needs_no_second_person(person):
    version = published(person, audience="body")

    assert (version.state, version.reviewer) == ("published", None)
    assert IndexCard.objects.get().audience == [f"body:{version.entry.body_id}"]


def test_widening_the_audience_passes_through_review(person):
    entry = published(person, audience="body").entry
    author = person("author", entry.body)
    wider = services.open_version(
        entry=entry, proposal=proposal(UploadFactory(body=entry.body)), actor=author, now=NOON
    )

    wider = services.propose_version(version=wider, actor=author, now=NOON)

    entry.refresh_from_db()
    assert (wider.state, entry.audience) == ("in_review", "body")


def test_nobody_reviews_what_they_had_a_hand_in(person):
    version = VersionFactory()
    body = version.entry.body
    both = person("author", body)
    MandateFactory(person_id=both.person_id, person=None, body=body, role="reviewer")
    both = actor_for(Person.objects.get(pk=both.person_id), on=TODAY)

    services.edit_version(
        version=version, proposal=proposal(UploadFactory(body=body)), actor=both, now=NOON
    )
    version = services.propose_version(version=version, actor=person("author", body), now=NOON)

    assert both.person_id in version.editor_ids
    assert not Version.objects.reviewable_by(both).exists()
    with pytest.raises(Refused, match="a cui hai lavorato"):
        review(version, both)
    assert review(version, person("reviewer", body)).state == "published"


def test_an_author_alone_does_not_take_back_what_others_already_read(person):
    entry = published(person).entry
    author = person("author", entry.body)
    narrower = services.open_version(
        entry=entry,
        proposal=proposal(UploadFactory(body=entry.body), audience="body"),
        actor=author,
        now=NOON,
    )

    narrower = services.propose_version(version=narrower, actor=author, now=NOON)

    entry.refresh_from_db()
    assert (narrower.state, entry.audience) == ("in_review", "public")


def test_a_double_click_makes_one_entry(person):
    author = person("author", body := BodyFactory())
    upload = UploadFactory(body=body)
    made = [
        services.open_entry(
            card=card(body), proposal=proposal(upload), body=body, actor=author, now=NOON
        )
        for _ in range(2)
    ]

    assert made[0] == made[1]
    assert Entry.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_people_who_use_one_file_at_once_get_one_entry_and_one_refusal(person):
    body = BodyFactory()
    upload, pillar = UploadFactory(body=body), PillarFactory()
    authors = [person("author", body) for _ in range(2)]
    barrier, ends = Barrier(2), []

    def make(actor, title):
        barrier.wait()
        try:
            services.open_entry(
                card=card(body, title=title, pillar=pillar),
                proposal=proposal(upload),
                body=body,
                actor=actor,
                now=NOON,
            )
            ends.append("made")
        except Refused as refusal:
            ends.append(str(refusal))
        finally:
            connection.close()

    threads = [Thread(target=make, args=(actor, "Capitolato")) for actor in authors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(end[:4] for end in ends) == ["Il f", "made"]
    assert Entry.objects.count() == 1


# What lasts


def test_a_key_survives_renumbering_in_the_next_version(person):
    entry = published(person).entry
    renumbered = (
        "Art. 1 – Definizioni\n1. Per Comune si intende l'ente che affida il servizio.\n\n"
        "Art. 2 – Oggetto\n1. L'appalto riguarda la manutenzione delle aree verdi.\n"
        "2. Sono compresi lo sfalcio e la potatura.\n\n"
        "Art. 3 – Durata\n1. Il contratto dura tre anni.\n"
    )

    second = published(person, entry=entry, text=renumbered)

    keys = dict(second.clauses.values_list("heading", "key"))
    assert (keys["Oggetto"], keys["Durata"]) == ("art-1", "art-2")
    assert keys["Definizioni"] not in {"art-1", "art-2"}


def test_in_a_long_text_a_clause_knows_its_page_and_so_does_search(person):
    long = "\n\n".join(f"Art. {n} – Titolo {n}\n1. Testo {n}." for n in range(1, 1201))

    version = published(person, text=long)

    last = version.clauses.order_by("-position")[0]
    assert last.part == 2
    said = IndexCard.objects.get(key=f"library:entry:{version.entry_id}").clauses
    assert said[0]["address"] == "#art-1"
    assert said[-1]["address"] == f"?pagina=2#{last.key}"


def test_the_database_refuses_to_change_what_is_published(person):
    version = published(person)
    changes = (
        lambda: Version.objects.filter(pk=version.pk).update(text="altro"),
        lambda: Clause.objects.filter(version=version).update(text="altro"),
        lambda: version.files.update(position=9),
    )
    for change in changes:
        with pytest.raises(DatabaseError, match="never change"), transaction.atomic():
            change()


# Withdrawal


def test_a_withdrawn_entry_is_not_edited_any_more(person):
    entry = published(person).entry
    services.withdraw_entry(
        entry=entry, reason="No.", successor=None, actor=person("reviewer", entry.body), now=NOON
    )

    with pytest.raises(Refused, match="non si modifica più"):
        services.edit_card(
            entry=entry, card=card(entry.body), actor=person("author", entry.body), now=NOON
        )


def test_a_successor_is_readable_by_whoever_reads_the_withdrawn_one(person):
    entry = published(person).entry
    private = published(person, audience="body", body=entry.body).entry

    with pytest.raises(Refused, match="almeno da chi legge"):
        services.withdraw_entry(
            entry=entry,
            reason="No.",
            successor=private,
            actor=person("reviewer", entry.body),
            now=NOON,
        )


def test_a_withdrawn_entry_leaves_search_and_takes_no_new_version(person):
    version = published(person)
    successor = published(person).entry
    entry = version.entry

    services.withdraw_entry(
        entry=entry,
        reason="La norma è cambiata.",
        successor=successor,
        actor=person("reviewer", entry.body),
        now=NOON,
    )

    assert IndexCard.objects.get(key=f"library:entry:{entry.pk}").removed
    assert not Entry.objects.offered().contains(entry)
    assert Entry.objects.visible_to(person()).contains(entry)
    with pytest.raises(Refused, match="ritirata"):
        services.open_version(
            entry=entry,
            proposal=proposal(UploadFactory(body=entry.body)),
            actor=person("author", entry.body),
            now=NOON,
        )


def test_withdrawal_is_refused_to_an_author_and_to_a_reviewer_elsewhere(person):
    entry = published(person).entry

    for actor in (person("author", entry.body), person("reviewer")):
        with pytest.raises(Refused, match="Può ritirare"):
            services.withdraw_entry(
                entry=entry, reason="No.", successor=None, actor=actor, now=NOON
            )


def test_an_entry_does_not_succeed_itself_nor_is_succeeded_by_a_draft(person):
    entry = published(person).entry
    reviewer = person("reviewer", entry.body)

    for successor in (entry, EntryFactory()):
        with pytest.raises(Refused, match="un'altra, pubblicata"):
            services.withdraw_entry(
                entry=entry, reason="Sì.", successor=successor, actor=reviewer, now=NOON
            )


def test_the_demonstration_goes_with_its_entries_and_nothing_else(person):
    demo = published(person, body=BodyFactory(is_demo=True)).entry
    real = published(person).entry

    removed = services.remove_demo(body_ids=[demo.body_id, real.body_id])

    assert (removed, list(Entry.objects.all())) == (1, [real])
    assert IndexCard.objects.get(key=f"library:entry:{demo.pk}").removed


# Counting


def test_downloads_count_bodies_and_never_persons(person):
    version = published(person)
    comune = BodyFactory()
    for actor in (person("reader", comune), person("author", comune), person()):
        services.count_download(version=version, actor=actor, now=NOON)
    services.count_view(version=version, now=NOON)

    use = use_of(version.entry)
    assert (use.views, use.downloads, use.bodies) == (1, 3, 1)
