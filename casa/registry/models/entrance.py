"""The two ways into a body: a request from outside, an invitation from inside."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casa.registry.models.mandates import Mandate


class JoinRequestQuerySet(models.QuerySet["JoinRequest"]):
    def waiting(self) -> Self:
        return self.filter(state=JoinRequest.State.WAITING)


class JoinRequest(models.Model):
    """A person asks to work for a body; its administrators decide, else the network managers.

    `network_told_at` is when the network managers were told that they may decide too. Where
    nobody has opened the body yet `new_body` is its name, and `body` the network, which opens it.

    A decided request never waits again; one person has at most one waiting request per body.

    Personal data: who asked and the words they wrote; kept five years from the decision.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("In attesa")
        ACCEPTED = "accepted", _("Accolta")
        DECLINED = "declined", _("Non accolta")
        WITHDRAWN = "withdrawn", _("Ritirata")

    person = models.ForeignKey(
        "registry.Person", on_delete=models.PROTECT, related_name="join_requests"
    )
    body = models.ForeignKey(
        "registry.Body", on_delete=models.PROTECT, related_name="join_requests"
    )
    role = models.CharField(_("ruolo chiesto"), max_length=20, choices=Mandate.Role)
    message = models.TextField(_("chi sei e perché lo chiedi"), max_length=1000)
    state = models.CharField(max_length=12, choices=State, default=State.WAITING)
    asked_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        "registry.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reason = models.TextField(_("motivo"), max_length=1000, blank=True)
    network_told_at = models.DateTimeField(null=True, blank=True)
    new_body = models.CharField(_("ente da aprire"), max_length=200, blank=True, default="")

    objects = JoinRequestQuerySet.as_manager()

    class Meta:
        db_table = "registry_join_request"
        verbose_name = _("richiesta di adesione")
        verbose_name_plural = _("richieste di adesione")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "body"],
                condition=Q(state="waiting"),
                name="one_waiting_request_per_person_and_body",
            ),
            models.CheckConstraint(
                condition=Q(state="waiting") ^ Q(decided_at__isnull=False),
                name="join_request_decided_iff_dated",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person.full_name} ({self.get_role_display()})"

    @property
    def wanted(self) -> str:
        """The name of the body that was asked for, open or yet to be."""
        return self.new_body or self.body.name


class Invitation(models.Model):
    """An administrator invites an e-mail address to a role; the link serves once, for a while.

    Only the digest of the link's token is stored.

    Personal data: the invited address, kept until the invitation is used or 90 days after it
    ran out.
    """

    body = models.ForeignKey("registry.Body", on_delete=models.PROTECT, related_name="invitations")
    office = models.ForeignKey("registry.Office", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(_("ruolo"), max_length=20, choices=Mandate.Role)
    email = models.EmailField(_("indirizzo e-mail"))
    token_digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey("registry.Person", on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        "registry.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "registry_invitation"
        verbose_name = _("invito")
        verbose_name_plural = _("inviti")

    def __str__(self) -> str:
        return str(self.get_role_display())
