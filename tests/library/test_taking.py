"""The news of the source: told to the offices that derived, decided clause by clause."""

from datetime import timedelta
from pathlib import Path

import docx
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from casa.foundation.errors import Refused
from casa.foundation.jail import Jail, jail_in_force
from casa.intake.models import Reading
from casa.library import queries, services
from casa.library.models import Basis, Derivation, Taking
from casa.library.services.announcing import announce, leave_told
from casa.library.services.taking import carry_out
from casa.notices.models import Duty, News
from tests.factories import BodyFactory
from tests.library.makers import NOON, TODAY, UploadFactory, published
from tests.library.test_deriving import adapt

pytestmark = pytest.mark.django_db
BASE = ["La mensa serve le scuole.", "I pasti sono biologici.", "Il contratto dura due anni."]
needs_jail = pytest.mark.skipif(jail_in_force() is Jail.NONE, reason="no jail on this machine")


def text_of(lines):
    return "\n".join(f"Art. {n} – Punto {n}\n1. {line}\n" for n, line in enumerate(lines, start=1))


def made(tmp_path, lines, body):
    """A cleared Word file with one article per line, its reading that of the same text."""
    document = docx.Document()
    for number, line in enumerate(lines, start=1):
        document.add_paragraph(f"Art. {number} – Punto {number}", style="Heading 1")
        document.add_paragraph(f"1. {line}")
    path = tmp_path / "testo.docx"
    document.save(str(path))
    upload = UploadFactory(body=body, text=text_of(lines), name="testo.docx")
    stored = default_storage.save("quarantine/prova", ContentFile(path.read_bytes()))
    type(upload).objects.filter(pk=upload.pk).update(
        file=stored, format="docx", size=Path(path).stat().st_size
    )
    upload.refresh_from_db()
    from casa import drafting

    upload.reading.draft = drafting.to_json(drafting.read(path))
    type(upload.reading).objects.filter(pk=upload.reading.pk).update(draft=upload.reading.draft)
    return upload


def publish(
    entry,
    actor,
    upload,
    *,
    changes="Cambia la mensa.",
    effective_on=TODAY,
    audience="body",
    reviewer=None,
):
    proposal = services.Proposal(
        changes=changes,
        why="Prova",
        effective_on=effective_on,
        audience=audience,
        uploads=[upload],
    )
    version = services.open_version(entry=entry, proposal=proposal, actor=actor, now=NOON)
    version = services.propose_version(version=version, actor=actor, now=NOON)
    if reviewer is None:
        return version
    return services.publish_version(
        version=version, checklist=[], waivers=[], note="", actor=reviewer, now=NOON
    )


@pytest.fixture
def family(person, tmp_path):
    """A Province's model, a Comune's copy that changed art. 1, the Province's next one: 1 and 2."""
    province, comune = BodyFactory(kind="province"), BodyFactory(name="Comune di Prova")
    writer, author = person("author", province), person("author", comune)
    shared = {"audience": "network", "reviewer": person("reviewer", province)}
    first = published(person, body=province, audience="network")
    source = first.entry
    publish(source, writer, made(tmp_path, BASE, province), **shared)
    source.refresh_from_db()
    draft = adapt(source, author)
    copy = services.propose_version(version=draft, actor=author, now=NOON).entry
    ours = ["La mensa serve anche i nidi.", *BASE[1:]]
    publish(copy, author, made(tmp_path, ours, comune))
    theirs = ["La mensa serve le scuole e gli anziani.", "I pasti sono locali.", BASE[2]]
    latest = publish(source, writer, made(tmp_path, theirs, province), **shared)
    copy.refresh_from_db()
    source.refresh_from_db()
    return {
        "source": source,
        "copy": copy,
        "author": author,
        "writer": writer,
        "latest": latest,
        "comune": comune,
        "shared": shared,
    }


def test_the_office_of_the_copy_is_told_which_of_its_clauses_are_touched(family):
    announce(version_id=family["latest"].pk, now=NOON)
    announce(version_id=family["latest"].pk, now=NOON)

    duty = Duty.objects.get()
    assert duty.office.body == family["comune"]
    assert duty.kind == "library.source_ahead"
    assert [note for note in duty.notes if note.startswith("Tocca")] == [
        "Tocca: Art. 1, c. 1",
        "Tocca: Art. 2, c. 1",
    ]
    assert News.objects.count() == 1


def test_news_that_touch_nothing_ask_for_no_act(family, tmp_path):
    source, copy = family["source"], family["copy"]
    Basis.objects.filter(version=copy.current).update(source_version=family["latest"])
    Derivation.objects.update(behind=1)
    lines = ["La mensa serve le scuole e gli anziani.", "I pasti sono locali.", BASE[2], "Nuovo."]
    new = made(tmp_path, lines, source.body)
    version = publish(source, family["writer"], new, **family["shared"])

    announce(version_id=version.pk, now=NOON)

    duty = Duty.objects.get(kind="library.source_untouched")
    assert "nessuna azione" in duty.title

    assert leave_told(now=NOON) == 0  # nobody has read it yet
    Duty.objects.update(mailed_at=NOON)
    assert leave_told(now=NOON + timedelta(days=1)) == 1
    assert not Duty.objects.open().exists()


def test_conflicts_come_first_and_what_only_the_source_changed_is_taken(family):
    desk = queries.desk_of_news(queries.trio_of(family["copy"]), None)

    assert [(row.is_conflict, row.choice) for row in desk.rows] == [(True, ""), (False, "take")]
    assert desk.undecided[0].title.startswith("Art. 1")


def test_choices_are_kept_half_way_for_any_colleague(client, person, login, family):
    login(client, family["author"])
    address = f"{family['copy'].get_absolute_url()}novita/"
    page = client.get(address).content.decode()
    assert "Salva come nostra nuova versione" in page
    key = queries.desk_of_news(queries.trio_of(family["copy"]), None).rows[0].key

    client.post(address, {f"scelta:{key}": "keep", "atto": "salva"})

    login(client, person("author", family["comune"]))
    again = client.get(address).content.decode()
    assert f'name="scelta:{key}" value="keep" checked' in again


def test_an_undecided_conflict_is_asked_for_and_nothing_is_lost(client, login, family):
    login(client, family["author"])
    address = f"{family['copy'].get_absolute_url()}novita/"
    rows = queries.desk_of_news(queries.trio_of(family["copy"]), None).rows

    answer = client.post(address, {f"scelta:{rows[1].key}": "keep", "atto": "fine"})

    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Decidi prima che cosa fare" in page
    assert f'name="scelta:{rows[1].key}" value="keep" checked' in page


def test_keeping_everything_only_says_that_it_was_seen(family):
    copy, trio = family["copy"], queries.trio_of(family["copy"])
    announce(version_id=family["latest"].pk, now=NOON)
    rows = queries.desk_of_news(trio, None).rows
    taking = services.keep_choices(
        entry=copy,
        trio=trio,
        choices={row.key: "keep" for row in rows},
        texts={},
        actor=family["author"],
        now=NOON,
    )

    desk = queries.desk_of_news(trio, taking)
    services.finish_choices(taking=taking, desk=desk, actor=family["author"], now=NOON)

    assert copy.versions.count() == 2
    assert Basis.objects.get(version=copy.current).source_version == family["latest"]
    assert Derivation.objects.get(entry=copy).behind == 0
    assert not Duty.objects.open().exists()
    assert queries.trio_of(copy) is None


@needs_jail
def test_the_worker_writes_the_version_based_on_the_news_and_publishes_it_for_the_body(family):
    copy, trio = family["copy"], queries.trio_of(family["copy"])
    announce(version_id=family["latest"].pk, now=NOON)
    rows = queries.desk_of_news(trio, None).rows
    taking = services.keep_choices(
        entry=copy,
        trio=trio,
        choices={rows[0].key: "write", rows[1].key: "take"},
        texts={rows[0].key: "1. La mensa serve scuole, nidi e anziani."},
        actor=family["author"],
        now=NOON,
    )
    desk = queries.desk_of_news(trio, taking)
    services.finish_choices(taking=taking, desk=desk, actor=family["author"], now=NOON)
    carry_out(taking_id=taking.pk, now=NOON)

    copy.refresh_from_db()
    assert not Taking.objects.exists(), Taking.objects.get().problem
    assert copy.current.number == 3
    assert "scuole, nidi e anziani" in copy.current.text
    assert "I pasti sono locali" in copy.current.text
    assert Basis.objects.get(version=copy.current).source_version == family["latest"]
    assert Derivation.objects.get(entry=copy).behind == 0
    assert not Duty.objects.open().exists()


def test_an_open_draft_must_be_finished_first(family, tmp_path):
    copy, trio = family["copy"], queries.trio_of(family["copy"])
    proposal = services.Proposal(
        changes="x", why="y", effective_on=TODAY, audience="network",
        uploads=[made(tmp_path, BASE, family["comune"])],
    )  # fmt: skip
    services.open_version(entry=copy, proposal=proposal, actor=family["author"], now=NOON)
    rows = queries.desk_of_news(trio, None).rows
    choices = {row.key: "take" for row in rows}
    taking = services.keep_choices(
        entry=copy, trio=trio, choices=choices, texts={}, actor=family["author"], now=NOON
    )
    desk = queries.desk_of_news(trio, taking)
    with pytest.raises(Refused, match="in lavorazione"):
        services.finish_choices(taking=taking, desk=desk, actor=family["author"], now=NOON)


@pytest.mark.parametrize("role", ["reader", "reviewer"])
def test_only_authors_of_the_body_decide(client, person, login, family, role):
    login(client, person(role, family["comune"]))
    assert client.get(f"{family['copy'].get_absolute_url()}novita/").status_code == 403


@pytest.mark.parametrize("copies", [1, 5])
def test_many_copies_cost_no_more_questions(person, family, copies, django_assert_max_num_queries):
    for _ in range(copies - 1):
        body = BodyFactory()
        draft = adapt(family["source"], person("author", body))
        services.propose_version(version=draft, actor=person("author", body), now=NOON)
    Basis.objects.update(source_version=queries.trio_of(family["copy"]).base)
    Derivation.objects.update(behind=1)
    with django_assert_max_num_queries(28):
        announce(version_id=family["latest"].pk, now=NOON)
    assert Duty.objects.count() == copies


@needs_jail
def test_a_document_that_a_killed_worker_left_is_asked_for_again(family):
    copy, trio = family["copy"], queries.trio_of(family["copy"])
    rows = queries.desk_of_news(trio, None).rows
    choices = {row.key: "take" for row in rows}
    taking = services.keep_choices(
        entry=copy, trio=trio, choices=choices, texts={}, actor=family["author"], now=NOON
    )
    Taking.objects.update(state="working")

    assert services.sweep_takings(now=NOON) == 0
    assert services.sweep_takings(now=NOON + timedelta(minutes=3)) == 1

    assert not Taking.objects.filter(pk=taking.pk).exists()
    copy.refresh_from_db()
    assert copy.current.number == 3


def test_removing_the_demonstration_leaves_copies_standing_on_their_own(family):
    source, copy = family["source"], family["copy"]
    type(source.body).objects.filter(pk=source.body_id).update(is_demo=True)

    assert services.remove_demo(body_ids=[source.body_id]) == 1

    copy.refresh_from_db()
    assert copy.current is not None
    assert not Derivation.objects.exists()
    assert not Basis.objects.exists()


def unreadable(version):
    """As if the file of a version were a scan: nothing was read in it."""
    Reading.objects.filter(upload__version_file__version=version).delete()


def test_news_that_cannot_be_compared_are_not_called_up_to_date(client, login, family):
    copy = family["copy"]
    unreadable(family["latest"])
    announce(version_id=family["latest"].pk, now=NOON)
    login(client, family["author"])
    address = f"{copy.get_absolute_url()}novita/"

    page = client.get(address).content.decode()
    assert "la fonte è avanti" in page
    assert "Siete in pari" not in page
    assert "Non possiamo confrontarla clausola per clausola" in page

    said = client.post(address, {"atto": "visto"}, follow=True).content.decode()
    assert "Visto: il vostro testo resta" in said
    assert Derivation.objects.get(entry=copy).behind == 0
    assert not Duty.objects.open().exists()
    assert "Siete in pari" in client.get(address).content.decode()


def test_what_can_be_compared_is_decided_clause_by_clause(client, login, family):
    login(client, family["author"])
    answer = client.post(f"{family['copy'].get_absolute_url()}novita/", {"atto": "visto"})
    assert answer.status_code == 403
    assert Derivation.objects.get(entry=family["copy"]).behind == 1


def test_a_copy_that_is_a_draft_and_a_text_of_ones_own_have_no_news(client, person, login, family):
    other = BodyFactory()
    author = person("author", other)
    draft = adapt(family["source"], author)
    Derivation.objects.filter(entry=draft.entry).update(behind=1)
    login(client, author)
    page = client.get(f"{draft.entry.get_absolute_url()}novita/").content.decode()
    assert "ancora una bozza" in page
    assert "Siete in pari" not in page
    login(client, family["writer"])
    page = client.get(f"{family['source'].get_absolute_url()}novita/").content.decode()
    assert "non c'è una fonte" in page.replace("&#x27;", "'")
