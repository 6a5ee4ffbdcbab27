"""Makers of test data. Each room adds its own at the end, under its name.

Everything here is invented; the words «di prova» stand where a page would show them.
"""

from datetime import date

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from casa.registry.models import (
    Body,
    JoinRequest,
    Mandate,
    Municipality,
    NetworkRole,
    Office,
    Person,
    Province,
    Region,
)

LONG_AGO = date(2020, 1, 1)


# Registry
class RegionFactory(DjangoModelFactory):
    class Meta:
        model = Region
        django_get_or_create = ("istat_code",)

    istat_code = "99"
    name = "Regione di prova"
    macro_area = "centro"


class ProvinceFactory(DjangoModelFactory):
    """A Province as a place; who works there is a `BodyFactory(kind="province")`."""

    class Meta:
        model = Province

    istat_code = factory.Sequence(lambda n: f"{n % 1000:03d}")
    sigla = factory.Sequence(lambda n: chr(65 + n // 26 % 26) + chr(65 + n % 26))
    name = factory.Sequence(lambda n: f"Provincia di prova {n}")
    kind = Province.Kind.PROVINCE
    region = factory.SubFactory(RegionFactory)


class MunicipalityFactory(DjangoModelFactory):
    """A Comune as a place."""

    class Meta:
        model = Municipality

    istat_code = factory.Sequence(lambda n: f"{n % 1000000:06d}")
    name = factory.Sequence(lambda n: f"Comune di prova {n}")
    province = factory.SubFactory(ProvinceFactory)


class BodyFactory(DjangoModelFactory):
    """A Comune that works on the platform, with its default office."""

    class Meta:
        model = Body
        skip_postgeneration_save = True

    kind = Body.Kind.MUNICIPALITY
    name = factory.Sequence(lambda n: f"Comune di prova {n}")
    slug = factory.Sequence(lambda n: f"ente-di-prova-{n}")

    @factory.post_generation
    def office(self, create, extracted, **_):
        """The default office; `office=False` makes a body without any."""
        if create and extracted is not False:
            OfficeFactory(body=self, name="Ufficio unico", is_default=True)


class OfficeFactory(DjangoModelFactory):
    class Meta:
        model = Office

    body = factory.SubFactory(BodyFactory)
    name = factory.Sequence(lambda n: f"Ufficio di prova {n}")


class PersonFactory(DjangoModelFactory):
    """Somebody who may log in, with the password `PASSWORD`; the address is confirmed."""

    class Meta:
        model = Person
        skip_postgeneration_save = True

    given_name = "Prova"
    family_name = factory.Sequence(lambda n: f"Persona{n}")
    email = factory.Sequence(lambda n: f"persona{n}@ente.example")

    @factory.post_generation
    def password(self, create, extracted, **_):
        self.set_password(extracted or PASSWORD)
        if create:
            self.save(update_fields=["password"])

    @factory.post_generation
    def confirmed(self, create, extracted, **_):
        if create and extracted is not False and self.email:
            self.emailaddress_set.create(email=self.email, verified=True, primary=True)


PASSWORD = "una-parola-lunga-di-prova"


class MandateFactory(DjangoModelFactory):
    """A mandate in force since long ago, in the default office of its body."""

    class Meta:
        model = Mandate

    person = factory.SubFactory(PersonFactory)
    body = factory.SubFactory(BodyFactory)
    office = factory.LazyAttribute(lambda made: made.body.offices.get(is_default=True))
    role = Mandate.Role.READER
    starts_on = LONG_AGO


class NetworkRoleFactory(DjangoModelFactory):
    class Meta:
        model = NetworkRole

    person = factory.SubFactory(PersonFactory)
    role = NetworkRole.Role.MANAGER
    starts_on = LONG_AGO


class JoinRequestFactory(DjangoModelFactory):
    """Somebody asked to write for a body and waits."""

    class Meta:
        model = JoinRequest

    person = factory.SubFactory(PersonFactory)
    body = factory.SubFactory(BodyFactory)
    role = Mandate.Role.AUTHOR
    message = "Lavoro all'ufficio gare."
    asked_at = factory.LazyFunction(timezone.now)
