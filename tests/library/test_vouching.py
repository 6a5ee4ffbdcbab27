"""How it went for bodies, who vouches for a version, and which step of the ladder it stands on."""

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from casa.foundation.errors import Refused
from casa.library import queries, services
from casa.library.models import BodyUse, Endorsement, Experience
from casa.library.services.vouching import ANSWERED, EXPERIENCE
from casa.notices.acts import acts_of
from casa.notices.models import Duty, News
from casa.notices.services import mail_offices
from casa.registry.actor import actor_for, body_token
from casa.registry.models import Body, Person, TrailLine
from tests.factories import BodyFactory, MandateFactory
from tests.library.makers import VersionFactory, published

pytestmark = pytest.mark.django_db
NOW = timezone.now()
TODAY = timezone.localdate()
CITING = "Art. 1 – Base\n1. Si affida ai sensi dell'art. 50, comma 1, del d.lgs. 36/2023.\n"


@pytest.fixture
def entry(person):
    return published(person, title="Convenzione tipo", audience="public").entry


def user_of(entry, person, body=None):
    """Somebody who writes for a body that took the file away."""
    body = body or BodyFactory()
    BodyUse.objects.create(version=entry.current, body=body, first_on=TODAY)
    return person("author", body)


def tell(entry, actor, outcome="changed", why="Abbiamo tolto le penali."):
    office = Body.objects.get(pk=actor.acting_for).offices.get()
    return services.tell_experience(
        entry=entry, outcome=outcome, why=why, office=office, actor=actor, now=NOW
    )


def vouch(version, actor, criteria="Le norme e l'uso in due gare."):
    return services.endorse(version=version, criteria=criteria, actor=actor, now=NOW)


def test_a_body_tells_once_and_may_change_its_mind(person, entry):
    user = user_of(entry, person)
    tell(entry, user)
    tell(entry, user, "yes", "Alla fine bene così.")
    row = Experience.objects.get()
    assert (row.outcome, row.why, row.version) == ("yes", "Alla fine bene così.", entry.current)
    found = queries.experiences(entry)
    assert (found.yes, found.changed, found.no, found.bodies) == (1, 0, 0, 1)
    assert TrailLine.objects.filter(act="library.experience.told").count() == 2


def test_an_adoption_counts_as_use_interest_does_not(person, entry):
    body = BodyFactory()
    author = person("author", body)

    def say(state):
        use = services.InUse(state=state, since=TODAY)
        services.adopt(entry=entry, use=use, office=body.offices.get(), actor=author, now=NOW)

    for before in (None, "interested"):
        if before:
            say(before)
        with pytest.raises(Refused, match="non l'ha ancora usato"):
            tell(entry, author)
    say("trial")
    assert tell(entry, author).body == body


def test_others_do_not_tell(person, entry):
    user = user_of(entry, person)
    body = Body.objects.get(pk=user.acting_for)
    for actor in (person("reader", body), person("reviewer", body)):
        with pytest.raises(Refused):
            tell(entry, actor)
    BodyUse.objects.create(version=entry.current, body=entry.body, first_on=TODAY)
    with pytest.raises(Refused):
        tell(entry, person("author", entry.body))
    with pytest.raises(Refused, match="com'è andata"):
        tell(entry, user, why="   ")
    assert not Experience.objects.exists()


def test_who_had_to_change_it_is_owed_an_answer_by_the_authors(person, entry):
    row = tell(entry, user_of(entry, person))
    duty = Duty.objects.get()
    assert (duty.office, duty.kind, duty.action) == (entry.office, EXPERIENCE, "Rispondi")
    assert duty.notes == ["Abbiamo tolto le penali."]
    for actor in (person("author"), person("reviewer", entry.body)):
        with pytest.raises(Refused):
            services.answer_experience(experience=row, answer="Sì.", actor=actor, now=NOW)

    author = person("author", entry.body)
    with pytest.raises(Refused):
        services.answer_experience(experience=row, answer=" ", actor=author, now=NOW)
    services.answer_experience(experience=row, answer="Le togliamo.", actor=author, now=NOW)

    row.refresh_from_db()
    assert (row.answer, row.answered_at) == ("Le togliamo.", NOW)
    assert not Duty.objects.open().filter(kind=EXPERIENCE).exists()


def test_the_answer_is_mailed_to_the_office_that_wrote(client, person, login, entry):
    body = BodyFactory()
    user = user_of(entry, person, body)
    row = tell(entry, user)
    author = person("author", entry.body)
    services.answer_experience(experience=row, answer="Le togliamo.", actor=author, now=NOW)

    assert mail_offices(now=NOW) == 1
    assert Person.objects.get(pk=user.id).email in mail.outbox[0].to
    assert "Le togliamo." in mail.outbox[0].body
    duty = Duty.objects.open().get()
    assert (duty.kind, duty.office) == (ANSWERED, body.offices.get())
    assert [act.code for act in acts_of(duty)] == ["letta"]
    assert News.objects.get(kind=ANSWERED).token == body_token(body.pk)
    login(client, user)
    assert "Le togliamo." in client.get(duty.url).content.decode()

    tell(entry, user, "yes", "Ora va.")
    assert not Duty.objects.open().exists()


def test_where_it_worked_nobody_owes_an_answer(person, entry):
    user = user_of(entry, person)
    tell(entry, user, "yes", "Bene.")
    assert not Duty.objects.exists()
    tell(entry, user, "no", "Male.")
    assert Duty.objects.open().count() == 1
    tell(entry, user, "yes", "Capito male, bene.")
    assert not Duty.objects.open().exists()


def test_what_is_told_anew_loses_its_old_answer(person, entry):
    user = user_of(entry, person)
    row = tell(entry, user)
    author = person("author", entry.body)
    services.answer_experience(experience=row, answer="Ecco.", actor=author, now=NOW)
    tell(entry, user, "no", "Non va.")
    row.refresh_from_db()
    assert (row.answer, row.answered_at) == ("", None)


def test_an_expert_of_another_body_vouches_with_criteria(person, entry):
    body = BodyFactory()
    expert = person("reviewer", body)
    row = vouch(entry.current, expert)
    again = vouch(entry.current, expert, "Anche il contratto.")
    assert row.pk == again.pk
    assert Endorsement.objects.get().criteria == "Anche il contratto."
    assert (again.body, again.person_id, again.made_at) == (body, expert.id, NOW)
    assert TrailLine.objects.filter(act="library.version.endorsed").count() == 2
    with pytest.raises(Refused, match="controllato"):
        vouch(entry.current, expert, "  ")


def test_two_experts_of_a_body_keep_their_own_words_and_count_as_one_body(person, entry):
    body = BodyFactory()
    first, second = person("reviewer", body), person("reviewer", body)
    vouch(entry.current, first, "Le norme.")
    vouch(entry.current, second, "Il contratto.")
    rows = Endorsement.objects.order_by("pk")
    assert [row.criteria for row in rows] == ["Le norme.", "Il contratto."]
    assert queries.endorsement_by(body.pk, second.id, entry.current).criteria == "Il contratto."
    assert queries.endorsement_by(body.pk, person("reviewer", body).id, entry.current) is None
    assert "per un altro ente" in queries.standing_of(entry, entry.current).reached.said
    vouch(entry.current, person("reviewer"))
    assert "per altri 2 enti" in queries.standing_of(entry, entry.current).reached.said


def test_the_network_vouches_in_its_own_name_and_not_for_its_own_texts(person, entry):
    network = Body.objects.filter(kind="network", is_demo=False).first()
    network = network or BodyFactory(kind="network")
    expert = person(network="reviewer")
    assert vouch(entry.current, expert).body == network
    own = published(person, body=network, audience="public").entry
    with pytest.raises(Refused):
        vouch(own.current, expert)


def test_no_vouching_for_ones_own_work_a_draft_or_what_only_its_body_reads(person, entry):
    body = entry.body
    expert = person("reviewer", BodyFactory())
    MandateFactory(person_id=expert.id, body=body, role="reader")
    insider = actor_for(Person.objects.get(pk=expert.id), on=TODAY)
    other = person("reviewer")
    private = published(person, audience="body").entry
    draft = VersionFactory(state="in_review")
    reviewer = person(network="reviewer")
    seen = published(person, reviewer=reviewer, audience="public").entry
    for version, actor in (
        (entry.current, insider),
        (entry.current, person("author")),
        (private.current, other),
        (draft, other),
        (seen.current, reviewer),
    ):
        with pytest.raises(Refused):
            vouch(version, actor)
    assert not Endorsement.objects.exists()


def test_who_vouched_may_take_it_back_and_the_trail_keeps_both(person, entry):
    expert = person("reviewer")
    row = vouch(entry.current, expert)
    for actor in (person("author", entry.body), person("reviewer")):
        with pytest.raises(Refused):
            services.take_back_endorsement(endorsement=row, actor=actor, now=NOW)
    services.take_back_endorsement(endorsement=row, actor=expert, now=NOW)
    assert not Endorsement.objects.exists()
    assert TrailLine.objects.get(act="library.version.unendorsed").details["criteria"]


def test_the_ladder_says_where_a_version_stands_and_what_is_missing(person):
    entry = published(person, audience="body").entry
    standing = queries.standing_of(entry, entry.current)
    assert standing.reached.label == "Dichiarata"
    assert [step.label for step in standing.missing] == ["Documentata"]
    assert "le norme" in standing.missing[0].missing
    assert "la procedura" in standing.missing[0].missing

    entry = published(person, audience="body", text=CITING, phase="award").entry
    standing = queries.standing_of(entry, entry.current)
    assert standing.reached.label == "Documentata"
    assert [step.label for step in standing.missing] == ["Rivista"]

    entry = published(person, audience="public").entry
    standing = queries.standing_of(entry, entry.current)
    assert standing.reached.label == "Rivista"
    assert [step.label for step in standing.missing] == ["Documentata", "Validata dalla rete"]

    vouch(entry.current, person("reviewer"))
    standing = queries.standing_of(entry, entry.current)
    assert standing.reached.label == "Validata dalla rete"


def test_a_validation_stays_with_its_version(person, entry):
    vouch(entry.current, person("reviewer"))
    later = published(person, entry=entry, text=CITING)
    assert queries.standing_of(entry, later).reached.label == "Rivista"
    assert queries.standing_of(entry, VersionFactory()) is None


def test_the_pages_walk(client, person, login, entry):
    said = "Abbiamo tolto le penali."
    body = BodyFactory()
    user = user_of(entry, person, body)
    tell_page = reverse("library:tell_experience", args=[entry.slug])
    assert client.get(tell_page).url.startswith("/accesso/")
    login(client, person("author"))
    assert client.get(tell_page).status_code == 403
    login(client, user)
    assert "Racconta com'è andata" in client.get(entry.get_absolute_url()).content.decode()
    typed = {"outcome": "", "why": said, "office": body.offices.get().pk}
    bad = client.post(tell_page, typed)
    assert bad.status_code == 422
    assert said in bad.content.decode()
    shown = client.post(tell_page, typed | {"outcome": "changed"}, follow=True).content.decode()
    assert f"{body}: Sì, con modifiche" in shown

    duty = Duty.objects.get()
    assert client.get(duty.url).status_code == 404
    login(client, person("author", entry.body))
    assert said in client.get(duty.url).content.decode()
    assert client.post(duty.url, {"answer": ""}).status_code == 422
    shown = client.post(duty.url, {"answer": "Le rendiamo facoltative."}, follow=True)
    assert "Le rendiamo facoltative." in shown.content.decode()

    client.logout()
    page = client.get(entry.get_absolute_url()).content.decode()
    assert "1 ente: 1 con modifiche." in " ".join(page.split())
    listed = client.get(reverse("library:experiences", args=[entry.slug])).content.decode()
    assert said not in listed


def test_an_expert_validates_on_the_page_and_everybody_reads_the_criteria(
    client, person, login, entry
):
    address = reverse("library:endorse", args=[entry.slug, 1])
    for actor in (person("author"), person("reviewer", entry.body)):
        login(client, actor)
        assert client.get(address).status_code == 403
    login(client, person("reviewer", BodyFactory(name="Provincia di Prova")))
    assert "Valida per la rete" in client.get(entry.get_absolute_url()).content.decode()
    assert client.post(address, {"criteria": ""}).status_code == 422
    shown = client.post(address, {"criteria": "Norme e importi."}, follow=True).content.decode()
    assert "Togli la validazione" in shown
    client.logout()
    page = client.get(entry.get_absolute_url()).content.decode()
    assert "Validata da Provincia di Prova" in page
    assert "Norme e importi." in page
    assert "Togli la validazione" not in page
    row = Endorsement.objects.get()
    login(client, person("reviewer"))
    away = reverse("library:take_back", args=[entry.slug, 1, row.pk])
    assert client.post(away).status_code == 403


@pytest.mark.parametrize("count", [1, 5])
def test_the_list_costs_the_same_for_one_and_for_five(
    client, person, login, entry, count, django_assert_max_num_queries
):
    for _ in range(count):
        tell(entry, user_of(entry, person))
    login(client, person("author", entry.body))
    with django_assert_max_num_queries(10):
        client.get(reverse("library:experiences", args=[entry.slug]))


@pytest.mark.parametrize("count", [1, 5])
def test_the_ladder_costs_the_same_for_one_and_for_five(
    person, entry, count, django_assert_num_queries
):
    for _ in range(count):
        vouch(entry.current, person("reviewer"))
    with django_assert_num_queries(3):
        standing = queries.standing_of(entry, entry.current)
        assert [str(row.body) for row in standing.endorsements]


def test_nobody_here_owes_an_answer_for_what_another_installation_wrote(person, entry):
    entry.is_received = True
    entry.save(update_fields=["is_received"])
    tell(entry, user_of(entry, person), "no", "Mancano le clausole sociali.")
    assert not Duty.objects.exists()
