"""Who decides on requests, what waits for whom, and which bodies to propose to a newcomer."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Length
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from casa.foundation.errors import Refused
from casa.foundation.workdays import add_working_days, last_day_with
from casa.registry import access
from casa.registry.actor import Actor
from casa.registry.models import Body, Invitation, JoinRequest, Mandate, NetworkRole, Person
from casa.registry.models.bodies import BodyQuerySet
from casa.registry.models.entrance import JoinRequestQuerySet
from casa.registry.words import long_date

PATIENCE = 5  # working days the administrators of a body have before the network may decide too
PROPOSED = 5
FOUND = 20
CERTIFIED = ("pec.", "postacert.", "cert.", "legalmail.")


@dataclass(frozen=True, slots=True)
class Deciders:
    """Who decides on a request: the body's administrators, and from which day the network too."""

    has_administrators: bool
    network_from: date

    def network_too(self, *, on: date) -> bool:
        """Whether network managers may decide on that day."""
        return not self.has_administrators or self.network_from <= on

    def sentence(self, *, on: date) -> str:
        """The rule in words, for whoever asked."""
        if not self.has_administrators:
            return _("L'ente non ha ancora chi lo amministra: decide la gestione della rete.")
        if self.network_too(on=on):
            return _("Decide chi amministra l'ente o, ormai, anche la gestione della rete.")
        return _("Decide chi amministra l'ente; dal %(day)s anche la gestione della rete.") % {
            "day": long_date(self.network_from)
        }


@dataclass(frozen=True, slots=True)
class Asked:
    """A request with the words that say who decides on it; no words once it is decided."""

    request: JoinRequest
    decides: str


def deciders_of(request: JoinRequest, *, on: date) -> Deciders:
    """Who decides on a request: one query, none where the list has already looked."""
    is_orphan = getattr(request, "is_orphan", None)
    if is_orphan is None:
        is_orphan = bool(request.new_body) or not administrators_of(request.body, on=on).exists()
    asked_on = timezone.localdate(request.asked_at)
    return Deciders(not is_orphan, network_from=add_working_days(asked_on, PATIENCE))


def who_will_decide(body: Body, *, on: date) -> str:
    """The rule in words, for whoever is about to ask."""
    if not administrators_of(body, on=on).exists():
        return _("L'ente non ha ancora chi lo amministra: %s") % network_decides(on=on)
    return _(
        "Decide chi amministra l'ente. Se nessuno risponde entro cinque giorni lavorativi, può "
        "decidere anche la gestione della rete."
    )


def network_decides(*, on: date) -> str:
    """The end of a sentence that says the network decides; and what happens while it is nobody."""
    if network_managers(on=on).exists():
        return _("decide la gestione della rete, a cui la richiesta arriva subito per e-mail.")
    return _(
        "decide la gestione della rete, che in questo momento non ha nessuno. La richiesta resta "
        "in attesa e le arriva appena c'è; intanto scrivi a chi tiene questa piattaforma."
    )


def demand_decider(actor: Actor, request: JoinRequest, *, on: date) -> None:
    """Refuse whoever may not decide on a request, with the reason."""
    deciders = deciders_of(request, on=on)
    if access.may_decide(actor, request, network_too=deciders.network_too(on=on)):
        return
    if actor.is_network_manager and request.person_id != actor.id:
        raise Refused(
            _("Decide chi amministra l'ente; la gestione della rete può farlo dal %(day)s.")
            % {"day": long_date(deciders.network_from)}
        )
    raise Refused(_("Su questa richiesta decide chi amministra l'ente, mai chi l'ha fatta."))


def request_for(actor: Actor, pk: int, *, on: date) -> JoinRequest:
    """A request this actor decides on; for all others it is not there."""
    rows = JoinRequest.objects.select_related("body", "person")
    if not actor.is_network_manager:
        rows = rows.filter(body__in=actor.bodies_as(Mandate.Role.ADMINISTRATOR))
    request = get_object_or_404(rows, pk=pk)
    demand_decider(actor, request, on=on)
    return request


def administrators_of(body: Body, *, on: date) -> QuerySet[Person]:
    """The persons who administer a body on that day and can log in."""
    administering = _administering(on).filter(body=body)
    return Person.objects.filter(pk__in=administering.values("person"), is_active=True)


def network_managers(*, on: date) -> QuerySet[Person]:
    """The persons who manage the network on that day and can log in."""
    serving = NetworkRole.objects.in_force(on=on).filter(role=NetworkRole.Role.MANAGER)
    return Person.objects.filter(pk__in=serving.values("person"), is_active=True)


def decided_by(actor: Actor, *, on: date) -> QuerySet[JoinRequest]:
    """The waiting requests this actor may decide on, the longest waiting first."""
    mine = Q(body__in=actor.bodies_as(Mandate.Role.ADMINISTRATOR))
    if actor.is_network_manager:
        mine |= _network_too(on)
    found = _with_orphans(on).waiting().filter(mine).exclude(person_id=actor.person_id)
    return found.select_related("person", "body").order_by("asked_at", "pk")


def untold(*, on: date) -> JoinRequestQuerySet:
    """The waiting requests the network may decide on and has not been told of."""
    return _with_orphans(on).waiting().filter(_network_too(on), network_told_at=None)


def asked_by(actor: Actor, *, on: date) -> list[Asked]:
    """What a person asked, the last first, with who decides in words. One query."""
    rows = _with_orphans(on).filter(person_id=actor.person_id)
    made = []
    for request in rows.select_related("body").order_by("-asked_at"):
        waits = request.state == JoinRequest.State.WAITING
        words = deciders_of(request, on=on).sentence(on=on) if waits else ""
        made.append(Asked(request, decides=words))
    return made


def managed_bodies(actor: Actor) -> BodyQuerySet:
    """The bodies an actor administers, by name."""
    return Body.objects.filter(pk__in=actor.bodies_as(Mandate.Role.ADMINISTRATOR)).by_name()


def waiting_in(body: Body) -> JoinRequestQuerySet:
    """The requests that wait in one body."""
    return JoinRequest.objects.waiting().filter(body=body)


def open_invitations(body: Body, *, now: datetime) -> QuerySet[Invitation]:
    """The invitations of a body that may still be accepted."""
    return _open(now).filter(body=body).select_related("office", "invited_by")


def invitations_for(email: str, *, now: datetime) -> QuerySet[Invitation]:
    """The invitations that wait for somebody at that address."""
    return _open(now).filter(email__iexact=email).select_related("body", "office")


def proposed_bodies(email: str) -> list[Body]:
    """The bodies whose mail or PEC domain is the address's: only proposals, never a proof."""
    domain = email.rpartition("@")[2].lower()
    if not domain:
        return []
    pecs = Q(pec__iendswith=f"@{domain}")
    for prefix in CERTIFIED:
        pecs |= Q(pec__iendswith=f"@{prefix}{domain}")
    own = _joinable().filter(Q(email_domain__iexact=domain) | pecs)
    found = list(own.by_name()[: PROPOSED + 1])
    return found if len(found) <= PROPOSED else []  # a domain of many bodies says nothing


def bodies_named(words: str) -> list[Body]:
    """The bodies one may ask to join, by words of their name; none without words.

    Of too many the shortest names come first: there the words say the most. One more than
    `FOUND` tells the page that there are others.
    """
    if not words.strip():
        return []
    return list(_joinable().named_like(words).order_by(Length("name"), "name", "pk")[: FOUND + 1])


def _joinable() -> BodyQuerySet:
    return Body.objects.in_use().exclude(kind=Body.Kind.NETWORK)


def _network_too(on: date) -> Q:
    """Of requests that know whether they are orphans: those network managers may decide on."""
    return Q(is_orphan=True) | Q(asked_at__date__lte=last_day_with(PATIENCE, by=on))


def _with_orphans(on: date) -> JoinRequestQuerySet:
    """Requests that know whether their body has nobody who administers it."""
    administered = _administering(on).filter(body=OuterRef("body"), person__is_active=True)
    return JoinRequest.objects.annotate(is_orphan=~Exists(administered) | ~Q(new_body=""))


def _administering(on: date) -> QuerySet[Mandate]:
    return Mandate.objects.in_force(on=on).filter(role=Mandate.Role.ADMINISTRATOR)


def _open(now: datetime) -> QuerySet[Invitation]:
    waiting = Invitation.objects.filter(accepted_at=None, revoked_at=None, expires_at__gt=now)
    return waiting.order_by("-invited_at")
