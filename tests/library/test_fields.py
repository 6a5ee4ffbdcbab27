"""The fields of models, found in the jail once per version; models made from ordinary documents."""

import io
from pathlib import Path

import docx
import pytest
from django.conf import settings

from casa.drafting import Malformed, filling, manuscript
from casa.drafting.filling import wire
from casa.drafting.manuscript import asking
from casa.foundation import jail
from casa.foundation.errors import Refused
from casa.intake import services as intake
from casa.intake.models import Upload
from casa.library import queries, services
from casa.library.models import FieldReading, MadeModel, StarterText
from casa.library.services.fields import look_again
from casa.registry.models import TrailLine
from tests.factories import BodyFactory
from tests.intake.makers import inspected
from tests.library.makers import NOON, EntryFactory, VersionFactory, published

pytestmark = pytest.mark.django_db
MODEL = (
    "Il Comune di {{ comune }} affida per euro {{ importo_base|importo }}.",
    "{% se urgente %}",
    "{# motivo: c'è urgenza di provvedere #}",
    "La consegna è entro il {{ consegna_data|data }}.",
    "{% fine se %}",
    "CUP: {{ cup|predefinito('non richiesto') }}",
)
DOCUMENT = (
    "Art. 1 – Oggetto",
    "Il sottoscritto ____________ nato a ____________ affida il servizio.",
    "Importo: euro ____________.",
)
QUERIES = 3


def word(*lines):
    made = io.BytesIO()
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    document.save(made)
    return made.getvalue()


@pytest.fixture
def body():
    return BodyFactory()


@pytest.fixture
def author(person, body):
    return person("author", body)


@pytest.fixture
def version_of(author, body):
    def make(*lines, name="modello.docx", content=None):
        upload = inspected(author, name, content or word(*lines))
        version = VersionFactory(entry__body=body)
        proposal = services.Proposal(
            changes="x", why="y", effective_on=NOON.date(), audience="public", uploads=[upload]
        )
        services.edit_version(version=version, proposal=proposal, actor=author, now=NOON)
        services.read_fields_again()
        return version

    return make


def confirm(*names):
    return [filling.Confirmed(number=at, name=name) for at, name in enumerate(names, start=1)]


# Fields


def test_the_fields_are_told_with_question_type_place_and_reason(version_of, author):
    told = queries.model_fields(version_of(*MODEL), author)

    rows = {field.name: field for field in told.fields}
    assert list(rows) == ["comune", "importo_base", "urgente", "consegna_data", "cup"]
    assert rows["comune"].question == "Come si chiama il Comune per cui si fa la gara?"
    assert rows["consegna_data"].question == "Consegna data"
    assert (rows["importo_base"].kind, rows["urgente"].kind) == ("importo", "sì o no")
    assert (rows["comune"].condition, rows["consegna_data"].condition) == ("", "urgente")
    assert rows["consegna_data"].reasons == ["c'è urgenza di provvedere"]
    assert [field.required for field in told.fields] == [True, True, True, True, False]
    assert rows["comune"].places == ["paragrafo 1"]


def test_a_field_has_the_reason_of_its_own_condition_only(version_of, author):
    version = version_of(
        "{% se importo < 50 %}",
        "{# motivo: è piccolo #}",
        "Nota: {{ nota_piccola }}.",
        "{% fine se %}",
        "{% se importo < 500 %}",
        "{# motivo: è medio #}",
        "Nota: {{ nota_media }}.",
        "{% fine se %}",
    )

    told = {field.name: field for field in queries.model_fields(version, author).fields}

    assert told["nota_piccola"].reasons == ["è piccolo"]
    assert told["nota_media"].reasons == ["è medio"]
    assert told["importo"].reasons == []


def test_a_plain_text_and_a_document_without_fields_ask_for_nothing(version_of, author):
    plain = version_of(name="nota.txt", content=b"Il Comune di {{ comune }} affida.")
    word_file = version_of("Nessun campo qui.")

    for version in (plain, word_file):
        told = queries.model_fields(version, author)
        assert (told.fields, told.reason, told.blanks) == ([], "", 0)


def test_words_in_quotation_marks_are_no_blanks_in_a_model_nor_where_a_thing_is_named(
    version_of, author
):
    quoted = "il d.lgs. 36/2023 (di seguito: «Codice»)."
    model = version_of("Il Comune di {{ comune }} applica " + quoted, "Sezione «Gare».")
    document = version_of("Il Comune di «Comune» applica " + quoted)

    assert queries.model_fields(model, author).blanks == 0
    assert [one.text for one in queries.blanks_of(document)] == ["«Comune»"]


def test_a_model_that_cannot_be_filled_says_which_paragraph_is_wrong(version_of, author):
    told = queries.model_fields(version_of("Il Comune di {{ comune.__class__ }}."), author)

    assert told.fields == []
    assert "aragrafo 1" in told.reason


def test_a_version_is_read_once_until_its_file_or_the_grammar_changes(
    version_of, author, monkeypatch
):
    version = version_of(*MODEL)
    FieldReading.objects.filter(version=version).update(reason="già letta")
    services.read_fields_again()
    assert FieldReading.objects.get(version=version).reason == "già letta"

    monkeypatch.setattr(FieldReading, "GRAMMAR", FieldReading.GRAMMAR + 1)
    services.read_fields_again()
    assert FieldReading.objects.get(version=version).reason == ""

    other = inspected(author, "altro.docx", word("Solo {{ oggetto }}."))
    proposal = services.Proposal(
        changes="x", why="y", effective_on=NOON.date(), audience="public", uploads=[other]
    )
    services.edit_version(version=version, proposal=proposal, actor=author, now=NOON)
    assert queries.model_fields(version, author) is None
    services.read_fields_again()
    assert [one.name for one in queries.model_fields(version, author).fields] == ["oggetto"]


def test_a_file_that_could_not_be_opened_is_tried_again_the_next_night(
    version_of, author, monkeypatch
):
    def too_slow(*_arguments, **_options):
        raise jail.TimedOut

    version = version_of("{{ comune }}")
    FieldReading.objects.all().delete()
    with monkeypatch.context() as patched:
        patched.setattr(jail, "run", too_slow)
        services.read_fields_again()
    assert "riprova più tardi" in queries.model_fields(version, author).reason
    services.read_fields_again()
    assert queries.model_fields(version, author).fields == []

    look_again()
    services.read_fields_again()

    assert [one.name for one in queries.model_fields(version, author).fields] == ["comune"]


def test_a_version_that_is_gone_is_no_mistake():
    services.read_fields(version_id=0)

    assert not FieldReading.objects.exists()


FIELD = {"name": "a", "type": "text", "places": [], "place": ""}


@pytest.mark.parametrize(
    "data",
    [
        {},
        [1],
        [{"name": "a"}],
        [FIELD | {"type": "program"}],
        [FIELD | {"extra": 1}],
        [FIELD | {"required": "sì"}],
        [FIELD | {"columns": [{"name": 1}]}],
        [FIELD] * 2001,
    ],
)
def test_what_the_jail_prints_is_not_taken_on_trust(data):
    with pytest.raises(Malformed):
        wire.fields_from(data)


def test_the_page_of_a_model_lists_its_fields(client, version_of, login, author):
    version = version_of(*MODEL)

    page = login(client, author).get(version.get_absolute_url()).content.decode()

    assert "5 campi da compilare" in page
    assert "Come si chiama il Comune per cui si fa la gara?" in page
    assert "C&#x27;è urgenza di provvedere." in page


@pytest.mark.parametrize("count", [1, 5])
def test_the_fields_are_as_many_queries_however_many(
    version_of, author, count, django_assert_num_queries
):
    made = version_of(*(f"Campo {{{{ campo_{n} }}}}." for n in range(count)))
    version = queries.versions_of(made.entry, author).get()

    with django_assert_num_queries(QUERIES):
        told = queries.model_fields(version, author)

    assert len(told.fields) == count


# From a document to a model


def test_confirmed_blanks_become_a_new_file_that_knows_its_original(version_of, author):
    version = version_of(*DOCUMENT)
    before = queries.main_upload(version)
    assert [blank.type.value for blank in queries.blanks_of(version)] == ["text", "text", "amount"]

    made = services.make_model(
        version=version, confirmed=confirm("nome", "luogo"), actor=author, now=NOON
    )

    intake.inspect(upload_id=made.pk, now=NOON)
    made.refresh_from_db()
    assert (made.state, made.name) == ("cleared", "modello - modello.docx")
    assert "Il sottoscritto {{ nome }} nato a {{ luogo }} affida" in made.reading.draft["text"]
    assert "euro ____________" in made.reading.draft["text"]
    tie = MadeModel.objects.get(upload=made)
    assert (tie.source, tie.original) == (version, before)
    assert queries.main_upload(version) == before
    assert TrailLine.objects.filter(act="library.model.made").count() == 1


def test_the_version_made_of_it_tells_the_document_it_comes_from(
    client, login, version_of, author, person, body
):
    source = version_of(*DOCUMENT)
    made = services.make_model(version=source, confirmed=confirm("nome"), actor=author, now=NOON)
    version = VersionFactory(entry=EntryFactory(body=body))
    use(version, made, author)

    assert queries.model_fields(version, author).origin == source
    stranger = queries.model_fields(version, person("author"))
    assert (stranger.origin, stranger.original) == (None, None)
    page = login(client, author).get(version.get_absolute_url()).content.decode()
    assert f'Modello ricavato da <a href="{source.get_absolute_url()}">' in page


def test_a_draft_that_took_the_model_itself_tells_the_file_it_comes_from(
    client, login, version_of, author, person
):
    version = version_of(*DOCUMENT)
    original = queries.main_upload(version)
    made = services.make_model(version=version, confirmed=confirm("nome"), actor=author, now=NOON)
    use(version, made, author)

    told = queries.model_fields(version, author)
    assert (told.origin, told.original) == (None, original)
    assert queries.model_fields(version, person("author")).original is None
    page = login(client, author).get(version.get_absolute_url()).content.decode()
    assert f'<a href="/carica/file/{original.token}/">modello.docx</a>' in page


def use(version, made, author):
    """Give the version the model, once inspected."""
    intake.inspect(upload_id=made.pk, now=NOON)
    made.refresh_from_db()
    proposal = services.Proposal(
        changes="x", why="y", effective_on=NOON.date(), audience="public", uploads=[made]
    )
    services.edit_version(version=version, proposal=proposal, actor=author, now=NOON)
    services.read_fields_again()


@pytest.mark.parametrize("name", ["class ", "importo-base", "__import__"])
def test_a_name_that_cannot_be_makes_nothing(version_of, author, name):
    version = version_of(*DOCUMENT)
    with pytest.raises(Refused, match="nome di un campo"):
        services.make_model(version=version, confirmed=confirm(name), actor=author, now=NOON)
    assert not MadeModel.objects.exists()


def test_a_blank_that_is_not_there_makes_nothing(version_of, author):
    with pytest.raises(Refused, match="non c'è in questo documento"):
        services.make_model(
            version=version_of(*DOCUMENT),
            confirmed=[filling.Confirmed(number=99, name="nome")],
            actor=author,
            now=NOON,
        )


@pytest.mark.parametrize("role", ["reviewer", "reader"])
def test_only_authors_of_the_body_make_models(version_of, person, body, role):
    with pytest.raises(Refused, match="mandato di redazione"):
        services.make_model(
            version=version_of(*DOCUMENT),
            confirmed=confirm("nome"),
            actor=person(role, body),
            now=NOON,
        )


def test_a_plain_text_makes_no_model(person, author, body):
    version = published(person, entry=EntryFactory(body=body))
    with pytest.raises(Refused, match="solo da un file Word"):
        services.make_model(version=version, confirmed=confirm("nome"), actor=author, now=NOON)


# The page


@pytest.fixture
def desk(client, login, author):
    return login(client, author)


def address(version):
    return f"{version.get_absolute_url()}modello/"


def typed(desk, version, **changes):
    form = desk.get(address(version)).context["form"]
    data = {field.html_name: field.value() for field in form if field.value() is not False}
    data |= {name.replace("_", "-"): value for name, value in changes.items()}
    return {name: value for name, value in data.items() if value is not None}


def test_the_page_proposes_a_name_and_a_type_for_each_blank(desk, version_of):
    version = version_of(*DOCUMENT)

    page = desk.get(address(version))

    form = page.context["form"]
    assert (form["nome-3"].value(), form["tipo-3"].value()) == ("importo", "amount")
    assert "… Importo: euro «____________» . …" in page.content.decode()
    link = desk.get(version.get_absolute_url()).content.decode()
    assert "Nel file ci sono 3 spazi da compilare" in link


def test_what_is_confirmed_makes_the_model_and_leads_to_its_file(desk, version_of):
    version = version_of(*DOCUMENT)

    answer = desk.post(address(version), typed(desk, version, campo_2=None, nome_1="dichiarante"))

    made = Upload.objects.get(made_model__source=version)
    assert answer["Location"] == f"/carica/file/{made.token}/"
    intake.inspect(upload_id=made.pk, now=NOON)
    made.refresh_from_db()
    assert "{{ dichiarante }} nato a ____________" in made.reading.draft["text"]
    assert "euro {{ importo|importo }}." in made.reading.draft["text"]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"nome_1": "nome del tizio"}, "Usa lettere senza accento"),
        ({"nome_1": ""}, "Di&#x27; come si chiama questo campo."),
        ({"nome_1": "importo"}, "è già un campo di un altro tipo"),
        ({"campo_1": None, "campo_2": None, "campo_3": None}, "Non hai scelto nessuno spazio"),
    ],
)
def test_what_cannot_be_is_said_and_the_rest_stays(desk, version_of, changes, said):
    version = version_of(*DOCUMENT)

    answer = desk.post(address(version), typed(desk, version, nome_2="luogo_scelto", **changes))

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert answer.context["form"]["nome-2"].value() == "luogo_scelto"
    assert not MadeModel.objects.exists()


def test_a_document_without_blanks_says_so(desk, version_of):
    page = desk.get(address(version_of("Nessuno spazio."))).content.decode()

    assert "In questo file non abbiamo trovato spazi da compilare" in page


@pytest.mark.parametrize("role", ["reviewer", "administrator"])
def test_others_are_told_why_they_may_not(client, login, person, version_of, body, role):
    answer = login(client, person(role, body)).get(address(version_of(*DOCUMENT)))

    assert answer.status_code == 403
    assert "mandato di redazione" in answer.content.decode()


OURS = ("determina-aggiudicazione", "proposta-aggiudicazione")
NAME = "proposta_protocollo"


def asked_by(slug):
    path = Path(settings.ROOT) / "data" / "starter" / "models" / f"{slug}.md"
    return asking.own_fields(manuscript.read(path.read_text("utf-8")))[NAME].label


@pytest.mark.parametrize("slug", OURS)
def test_a_text_of_ours_asks_with_its_own_words(version_of, author, slug):
    version = version_of(f"{{{{ {NAME} }}}} {{{{ cosa_strana }}}}")
    StarterText.objects.create(
        slug=slug,
        number=1,
        entry=version.entry,
        version=version,
        sha256="0" * 64,
        checked_on=NOON.date(),
        loaded_at=NOON,
    )

    told = queries.model_fields(version, author)

    assert [field.question for field in told.fields] == [asked_by(slug), "Cosa strana"]


def test_a_text_of_others_asks_with_the_words_of_one_of_ours(version_of, author):
    told = queries.model_fields(version_of(f"{{{{ {NAME} }}}}"), author)

    assert told.fields[0].question in [asked_by(slug) for slug in OURS]
