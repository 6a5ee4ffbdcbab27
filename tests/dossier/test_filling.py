"""One set of answers for every document of a tender, from the questions to the file."""

import io
from functools import cache
from zipfile import ZipFile

import docx
import pytest
from django.utils import timezone

from casa.dossier import queries, services
from casa.dossier.models import Answer, Product
from casa.foundation.errors import Refused
from casa.library import services as library
from casa.library.models import Adoption
from casa.library.models.choices import Audience
from casa.registry.models import TrailLine
from tests.dossier.makers import need, opened
from tests.factories import BodyFactory
from tests.intake.makers import inspected
from tests.library.makers import NOON, TODAY, EntryFactory

pytestmark = pytest.mark.django_db
LETTER = (
    "Il {{ ente }} affida {{ oggetto }} per euro {{ importo_stimato|importo }}.",
    "{% se urgente %}",
    "{# motivo: c'è urgenza #}",
    "La consegna è entro il {{ inizio|data }}.",
    "{% fine se %}",
)
NOTE = ("Si trasmette {{ oggetto }} a {{ operatore }}.",)


@pytest.fixture
def comune():
    return BodyFactory(name="Comune di prova", pec="pec@comune.prova.example")


@pytest.fixture
def author(person, comune):
    return person("author", comune)


@cache
def word(*lines) -> bytes:
    """A Word file; the same bytes for the same lines, so that it is read once (`read_once`)."""
    made, document = io.BytesIO(), docx.Document()
    for line in lines:
        document.add_paragraph(line)
    document.save(made)
    return made.getvalue()


@pytest.fixture
def model(person):
    """A published model of another body, public, with these lines."""

    def make(title, *lines, entry=None, data=b""):
        entry = entry or EntryFactory(title=title, audience=Audience.PUBLIC, kind="model")
        writer, reviewer = (person(role, entry.body) for role in ("author", "reviewer"))
        upload = inspected(writer, "modello.docx", data or word(*lines))
        proposal = library.Proposal(
            changes="x", why="y", effective_on=TODAY, audience=Audience.PUBLIC, uploads=[upload]
        )
        version = library.open_version(entry=entry, proposal=proposal, actor=writer, now=NOON)
        version = library.propose_version(version=version, actor=writer, now=NOON)
        return library.publish_version(
            version=version, checklist=[], waivers=[], note="", actor=reviewer, now=NOON
        )

    return make


@pytest.fixture
def dossier(author):
    return opened(author, asked=need("120000", cpv="55523100"), title="Refezione scolastica")


@pytest.fixture
def papers(dossier, author, model):
    now, steps = timezone.now(), dossier.case.steps
    return [
        services.lay(
            dossier.pk,
            steps.get(code=code).pk,
            services.Sheet(version=version),
            actor=author,
            now=now,
        )
        for code, version in (
            ("award", model("Lettera", *LETTER)),
            ("communications", model("Nota", *NOTE)),
        )
    ]


def answer(dossier, actor, **given):
    return services.answer(dossier.pk, given, actor=actor, now=timezone.now())


def produce(dossier, paper, actor):
    return services.produce(dossier.pk, paper.pk, actor=actor, now=timezone.now())


def words(product) -> str:
    document = docx.Document(io.BytesIO(bytes(product.content)))
    return "\n".join(paragraph.text for paragraph in document.paragraphs)


def forms(dossier, actor):
    return queries.forms_of(actor, dossier, now=timezone.now())


def ready(dossier, author):
    answer(
        dossier,
        author,
        ente="Comune di prova",
        oggetto="il servizio di refezione",
        importo_stimato="120.000,00",
        urgente=False,
        operatore="Alfa di prova",
    )


def test_one_set_of_answers_makes_every_document(dossier, author, papers):
    services.read_models(papers)
    ready(dossier, author)

    first, second = (produce(dossier, paper, author) for paper in papers)

    assert "affida il servizio di refezione per euro 120.000,00." in words(first)
    assert "consegna" not in words(first)
    with ZipFile(io.BytesIO(bytes(first.content))) as archive:
        held = archive.read("docProps/custom.xml").decode()
    assert "Lettera" in held
    assert f"fascicolo {dossier.pk}" in held
    assert words(second) == "Si trasmette il servizio di refezione a Alfa di prova."
    assert set(second.answers) == {"oggetto", "operatore"}
    used = Adoption.objects.filter(body=dossier.case.office.body, origin="filled")
    assert used.count() == 2


def test_a_later_change_tells_which_documents_are_old(dossier, author, papers):
    services.read_models(papers)
    ready(dossier, author)
    for paper in papers:
        produce(dossier, paper, author)
    answer(dossier, author, operatore="Beta di prova")

    assert [form.is_stale for form in forms(dossier, author)] == [False, True]
    produce(dossier, papers[1], author)
    assert [form.is_stale for form in forms(dossier, author)] == [False, False]
    assert Product.objects.count() == 3


def test_what_is_missing_is_told_and_nothing_is_made(dossier, author, papers):
    services.read_models(papers)
    answer(dossier, author, ente="Comune di prova", urgente=False)
    first, _second = forms(dossier, author)
    assert [one.name for one in first.missing] == ["oggetto", "importo_stimato"]
    with pytest.raises(Refused, match="I dati non bastano"):
        produce(dossier, papers[0], author)
    assert not Product.objects.exists()


def test_every_answer_keeps_who_and_when_and_the_same_one_is_kept_once(dossier, author, papers):
    assert len(answer(dossier, author, oggetto="uno")) == 1
    assert answer(dossier, author, oggetto="uno") == []
    answer(dossier, author, oggetto="due")
    answer(dossier, author, oggetto=None)
    assert [row.value for row in Answer.objects.order_by("pk")] == ["uno", "due", None]
    assert queries.values_of(dossier) == {}
    assert {row.given_by_id for row in Answer.objects.all()} == {author.id}
    line = TrailLine.objects.filter(act="dossier.dossier.answered").first()
    assert "uno" not in str(line.details)


def test_only_who_works_for_the_two_bodies_answers_and_produces(dossier, author, papers, person):
    reader, stranger = person("reader", dossier.case.office.body), person("author")
    for actor in (reader, stranger):
        with pytest.raises(Refused, match="chi lavora per uno dei due enti"):
            answer(dossier, actor, oggetto="x")
        with pytest.raises(Refused, match="chi lavora per uno dei due enti"):
            produce(dossier, papers[0], actor)


def test_a_new_version_of_a_model_changes_nothing_of_a_running_tender(
    dossier, author, papers, model
):
    services.read_models(papers)
    ready(dossier, author)
    made = produce(dossier, papers[1], author)
    newer = model("", "Tutto cambiato: {{ altro }}.", entry=papers[1].version.entry)
    assert newer.number == papers[1].version.number + 1

    assert forms(dossier, author)[1].paper.version == papers[1].version
    again = produce(dossier, papers[1], author)
    assert words(again) == words(made)


def test_the_page_asks_once_offers_what_is_known_and_keeps_what_is_right(
    client, login, dossier, author, papers
):
    login(client, author)
    address = f"/fascicoli/{dossier.pk}/domande/"
    assert "2 modelli si stanno leggendo" in client.get(address).content.decode()
    services.read_models(papers)
    text = client.get(address).content.decode()
    assert text.count('name="oggetto"') == 1
    assert "Refezione scolastica" in text
    assert "Serve anche per: Nota." in text
    assert "Serve solo se: rispondi «sì» a «Ricorre l&#x27;urgenza?»" in text

    given = {"ente": "Comune di prova", "oggetto": "la refezione", "importo_stimato": "tanto"}
    answered = client.post(address, given)
    assert answered.status_code == 422
    assert "tanto" in answered.content.decode()
    assert queries.values_of(dossier)["oggetto"] == "la refezione"
    done = client.post(
        address,
        {**given, "importo_stimato": "120.000,00", "urgente": "no", "operatore": "Alfa"},
        follow=True,
    )
    assert "risposte salvate" in done.content.decode()
    told = client.get(address).content.decode()
    assert f"Ricorre l&#x27;urgenza? {author.name}, " in told
    made = client.post(f"/fascicoli/{dossier.pk}/da-compilare/{papers[0].pk}/produci/", follow=True)
    assert "Prodotto da" in made.content.decode()
    product = Product.objects.get()
    file = client.get(f"/fascicoli/{dossier.pk}/prodotti/{product.pk}/")
    assert file["Content-Disposition"] == 'attachment; filename="lettera.docx"'
    assert "word/document.xml" in ZipFile(io.BytesIO(file.content)).namelist()


def test_products_are_for_the_two_bodies_alone(client, login, dossier, author, papers, person):
    services.read_models(papers)
    ready(dossier, author)
    product = produce(dossier, papers[1], author)
    login(client, person("author"))
    for page in ("domande/", "da-compilare/", f"prodotti/{product.pk}/"):
        assert client.get(f"/fascicoli/{dossier.pk}/{page}").status_code == 404
    other = opened(author)
    client.logout()
    login(client, author)
    assert client.get(f"/fascicoli/{other.pk}/prodotti/{product.pk}/").status_code == 404


@pytest.mark.parametrize("count", [1, 5])
def test_the_documents_ask_as_much_for_five_as_for_one(
    client, login, dossier, author, model, django_assert_max_num_queries, count
):
    step = dossier.case.steps.get(code="award")
    for number in range(count):
        sheet = services.Sheet(version=model(f"Modello {number}", *NOTE))
        paper = services.lay(dossier.pk, step.pk, sheet, actor=author, now=timezone.now())
        services.read_models([paper])
    answer(dossier, author, oggetto="la refezione", operatore="Alfa di prova")
    login(client, author)
    address = f"/fascicoli/{dossier.pk}/da-compilare/"
    client.get(address)
    with django_assert_max_num_queries(18):
        assert client.get(address).content.decode().count("Produci<span") == count


def test_the_words_of_a_stranger_s_model_are_shown_never_run(client, login, dossier, author, model):
    hostile = model("Titolo <b>x</b>", "{% se a == '<img src=x>' %}", "{{ b }}", "{% fine se %}")
    step = dossier.case.steps.get(code="award")
    sheet = services.Sheet(version=hostile)
    paper = services.lay(dossier.pk, step.pk, sheet, actor=author, now=timezone.now())
    services.read_models([paper])
    login(client, author)
    for page in ("domande/", "da-compilare/"):
        text = client.get(f"/fascicoli/{dossier.pk}/{page}").content.decode()
        assert "<img src=x" not in text
        assert "<b>x</b>" not in text
    assert "&lt;img src=x&gt;" in client.get(f"/fascicoli/{dossier.pk}/domande/").content.decode()


def test_a_model_with_a_product_stays_in_the_dossier(dossier, author, papers):
    services.read_models(papers)
    ready(dossier, author)
    produce(dossier, papers[1], author)
    with pytest.raises(Refused, match="già stato prodotto un documento"):
        services.take_away(dossier.pk, papers[1].pk, actor=author, now=timezone.now())
    services.take_away(dossier.pk, papers[0].pk, actor=author, now=timezone.now())
    assert [form.paper for form in forms(dossier, author)] == [papers[1]]


def test_all_that_is_ready_is_produced_at_once_and_a_bad_model_leaves_the_others_alone(
    client, login, dossier, author, papers, model
):
    step = dossier.case.steps.get(code="rup")
    odd = services.lay(
        dossier.pk,
        step.pk,
        services.Sheet(version=model("Storta", "{{ oggetto|importo }} di {{ ente }}")),
        actor=author,
        now=timezone.now(),
    )
    services.read_models([*papers, odd])
    ready(dossier, author)
    alone = produce(dossier, papers[1], author)
    login(client, author)
    address = f"/fascicoli/{dossier.pk}/da-compilare/"
    assert "Produci i 2 documenti pronti" in client.get(address).content.decode()

    text = client.post(f"{address}produci/", follow=True).content.decode()

    assert "1 documento prodotto." in text
    assert "Storta, versione 1: " in text
    newest = Product.objects.exclude(pk=alone.pk).get()
    assert newest.paper == papers[0]
    assert "affida il servizio di refezione per euro 120.000,00." in words(newest)
    again = client.post(f"{address}produci/", follow=True).content.decode()
    assert "Storta, versione 1: " in again
    assert Product.objects.count() == 2


def test_what_is_not_ready_is_not_produced(dossier, author, papers, person):
    services.read_models(papers)
    answer(dossier, author, oggetto="x")
    made = services.produce_all(dossier.pk, actor=author, now=timezone.now())
    assert (list(made.products), list(made.refused)) == ([], [])
    with pytest.raises(Refused, match="chi lavora per uno dei due enti"):
        services.produce_all(dossier.pk, actor=person("author"), now=timezone.now())
