"""Persons, with or without a log-in."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

SESSION_SALT = "casa.registry.session"


class PersonManager(BaseUserManager["Person"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Person":
        """A person who may log in; without a password the log-in waits for a reset."""
        person = self.model(email=self.normalize_email(email).lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(email__iexact=username)


class Person(AbstractBaseUser):
    """Somebody who works, or once worked, for a body. What they may do stands in mandates.

    A person may have no log-in (`is_active` false, unusable password): imported people, past
    authors, the two persons of the newsroom. Nothing breaks when a log-in goes.

    Sessions open only under the `session_mark` they began with: another mark ends them all.

    Personal data: name, e-mail, last log-in; kept while the log-in is open, then the name for as
    long as a line of the trail or a document bears it; the e-mail is emptied when a log-in is
    closed (`services.closing`).
    """

    email = models.EmailField(_("indirizzo e-mail"), blank=True)
    given_name = models.CharField(_("nome"), max_length=80)
    family_name = models.CharField(_("cognome"), max_length=80, blank=True)
    is_active = models.BooleanField(_("può accedere"), default=True)
    acts_for = models.ForeignKey(
        "registry.Body",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("ente scelto l'ultima volta"),
    )
    is_demo = models.BooleanField(_("dimostrativa"), default=False)
    joined_at = models.DateTimeField(_("iscritta dal"), auto_now_add=True)
    session_mark = models.CharField(max_length=32, blank=True, editable=False)

    objects = PersonManager()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["given_name"]

    class Meta:
        db_table = "registry_person"
        verbose_name = _("persona")
        verbose_name_plural = _("persone")
        constraints = [
            models.UniqueConstraint(
                Lower("email"), condition=~models.Q(email=""), name="one_person_per_email"
            )
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session holds to be a session of this person: the password, and the mark."""
        if not self.session_mark:
            return str(super()._get_session_auth_hash(secret=secret))  # type: ignore[misc]
        value = f"{self.password}|{self.session_mark}"
        return salted_hmac(SESSION_SALT, value, secret=secret, algorithm="sha256").hexdigest()

    def get_full_name(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        return self.given_name
