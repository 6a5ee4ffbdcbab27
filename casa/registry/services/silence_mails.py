"""What is written to who has not come in for long, and to who decides about it."""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from casa.registry.models import Mandate, Person
from casa.registry.queries.attesting import NOTICE, is_silent
from casa.registry.queries.entrance import administrators_of, network_managers
from casa.registry.services.mails import Letter, address
from casa.registry.words import for_body


def silent(person: Person) -> list[Letter]:
    """By which day to come in, for which bodies; nothing to who came in meanwhile."""
    on = timezone.localdate()
    held = Mandate.objects.in_force(on=on).filter(person=person).select_related("person", "body")
    mandates = [mandate for mandate in held if is_silent(mandate, on=on)]
    if not mandates:
        return []
    context = {
        "person": person,
        "mandates": mandates,
        "day": on + NOTICE,
        "link": address(reverse("account_login")),
    }
    return _to([person], _("Non entri da oltre un anno: ti serve ancora?"), "silent", context)


def suspended(mandate: Mandate) -> list[Letter]:
    """Why, and how to have it again; nothing where it was given back meanwhile."""
    if mandate.suspended_on is None:
        return []
    subject = _("Il tuo mandato %(body)s è sospeso") % {"body": for_body(mandate.body)}
    link = address(reverse("entrance:mine"))
    return _to([mandate.person], subject, "suspended", {"mandate": mandate, "link": link})


def back_asked(mandate: Mandate) -> list[Letter]:
    """To those who administer the body, else the network; never to whoever asked."""
    if mandate.asked_back_on is None:
        return []
    on = timezone.localdate()
    deciders = administrators_of(mandate.body, on=on).exclude(pk=mandate.person_id)
    subject = _("%(person)s chiede di riprendere il mandato") % {"person": mandate.person.full_name}
    link = address(reverse("entrance:resume", args=[mandate.body.slug, mandate.pk]))
    people = list(deciders) or list(network_managers(on=on).exclude(pk=mandate.person_id))
    return _to(people, subject, "back_asked", {"mandate": mandate, "link": link})


def _to(
    people: list[Person], subject: str, template: str, context: dict[str, object]
) -> list[Letter]:
    text = render_to_string(f"registry/mail/{template}.txt", context)
    line = " ".join(f"{settings.ACCOUNT_EMAIL_SUBJECT_PREFIX}{subject}".split())
    reached = [person for person in people if person.email and person.is_active]
    return [Letter(person.pk, person.email, line, text) for person in reached]
