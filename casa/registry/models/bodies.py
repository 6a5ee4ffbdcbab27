"""Bodies (enti) and their offices."""

from typing import Self

from django.db import models
from django.db.models import F, Func, Q, Value
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class BodyQuerySet(models.QuerySet["Body"]):
    def visible_to(self, actor: object) -> Self:
        """Who is in the network is public: everybody sees every body."""
        del actor
        return self.all()

    def in_use(self) -> Self:
        return self.filter(closed_on=None)

    def by_name(self) -> Self:
        """Italian order: accents and capitals do not count (see stack.md §9)."""
        return self.order_by(Func(F("name"), function="casa_sortable"), "pk")

    def called(self, name: str) -> Self:
        """Bodies of just that name, accents and capitals aside."""
        found = self.annotate(sortable=Func(F("name"), function="casa_sortable"))
        return found.filter(sortable=Func(Value(name), function="casa_sortable"))

    def named_like(self, words: str) -> Self:
        """Bodies whose name holds every word, accents and capitals aside."""
        found = self.annotate(sortable=Func(F("name"), function="casa_sortable"))
        for word in words.split():
            found = found.filter(sortable__contains=Func(Value(word), function="casa_sortable"))
        return found


class Body(models.Model):
    """A public body (ente) that works on the platform: a Province, a Comune, the network itself.

    Everything on the platform belongs to an office of a body. A Comune's `province_body` is the
    Province that helps and, where the Comune has no reviewer, reviews. Every body has exactly
    one default office, made with it by `services.create_body`. By `attest_by` its administrators
    say once a year who still works there (`services.attesting`).

    Personal data: none
    """

    class Kind(models.TextChoices):
        PROVINCE = "province", _("Provincia")
        MUNICIPALITY = "municipality", _("Comune")
        UNION = "union", _("Unione di Comuni")
        NETWORK = "network", _("Rete")
        OTHER = "other", _("Altro ente")

    kind = models.CharField(_("tipo"), max_length=20, choices=Kind)
    name = models.CharField(_("nome"), max_length=200)
    slug = models.SlugField(max_length=120, unique=True)
    province_body = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="municipality_bodies",
        verbose_name=_("ente Provincia"),
    )
    province = models.ForeignKey(
        "registry.Province",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="bodies",
        verbose_name=_("territorio provinciale"),
    )
    municipality = models.ForeignKey(
        "registry.Municipality",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="bodies",
        verbose_name=_("territorio comunale"),
    )
    ipa_code = models.CharField(_("codice IPA"), max_length=20, blank=True)
    pec = models.EmailField(_("PEC"), blank=True)
    email_domain = models.CharField(_("dominio e-mail"), max_length=120, blank=True)
    closed_on = models.DateField(_("cessato il"), null=True, blank=True)
    attest_by = models.DateField(_("mandati da riconfermare entro"), null=True, blank=True)
    is_demo = models.BooleanField(_("dimostrativo"), default=False)

    objects = BodyQuerySet.as_manager()

    class Meta:
        db_table = "registry_body"
        verbose_name = _("ente")
        verbose_name_plural = _("enti")
        constraints = [
            models.CheckConstraint(
                condition=Q(province_body=None) | ~Q(kind="province"),
                name="a_province_has_no_province_body",
            ),
            models.UniqueConstraint(
                fields=["municipality"],
                condition=Q(closed_on=None),
                name="one_open_body_per_municipality",
            ),
        ]
        indexes = [models.Index(fields=["province_body"], name="body_of_province")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("registry:body", args=[self.slug])


class Office(models.Model):
    """An office (ufficio) of a body: the lasting owner of what people make.

    Personal data: none (an office mailbox is not a person's)
    """

    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, related_name="offices", verbose_name=_("ente")
    )
    name = models.CharField(_("nome"), max_length=160)
    email = models.EmailField(_("e-mail dell'ufficio"), blank=True)
    is_default = models.BooleanField(_("ufficio predefinito"), default=False)
    closed_on = models.DateField(_("chiuso il"), null=True, blank=True)

    class Meta:
        db_table = "registry_office"
        verbose_name = _("ufficio")
        verbose_name_plural = _("uffici")
        constraints = [
            models.UniqueConstraint(
                fields=["body"], condition=Q(is_default=True), name="one_default_office_per_body"
            ),
            models.UniqueConstraint(fields=["body", "name"], name="office_name_once_per_body"),
        ]

    def __str__(self) -> str:
        return self.name
