"""What passes on of tenders: dossiers with the last person of an office, officers by name."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casa.casework.models import Case, Step
from casa.dossier.models import Dossier
from casa.dossier.services.naming import owe_officer
from casa.dossier.services.turning import TURN, pass_turn
from casa.notices import services as notices
from casa.registry import succession, trail
from casa.registry.actor import Actor
from casa.registry.models import Mandate, Office, Person, Way
from casa.registry.succession import Attended, Heir, Leaving, Part, Shelf, Thing


def register() -> None:
    """Offer dossiers, officers and steps; called once, when the house opens."""
    succession.register_shelf(
        "dossier.cases",
        Shelf(held=_dossiers, move=_move, ownerless=_left_alone),
        rank=12,
        label=gettext_lazy("Fascicoli dell'ufficio"),
        help=gettext_lazy("Nell'ufficio non resta nessuno: scegli l'ufficio che se ne occupa."),
    )
    succession.register(_officers())
    succession.register(_steps())


def _officers() -> Part:
    return Part(
        code="dossier.officers",
        rank=14,
        label=gettext_lazy("Fascicoli di cui è RUP"),
        help=gettext_lazy("La nomina è un atto dell'ente: qui si segna chi subentra."),
        held=_named,
        ways=(Way.PERSON, Way.STOPPED),
        roles=tuple(Mandate.Role.values),
        words={
            Way.STOPPED: gettext_lazy("Nessuno per ora: indicarlo diventa un compito dell'ufficio")
        },
        pass_on=_name,
        ownerless=_without_officer,
    )


def _steps() -> Part:
    return Part(
        code="dossier.steps",
        rank=16,
        label=gettext_lazy("Passi in corso"),
        help=gettext_lazy("I passi sono dell'ente: li prosegue chiunque vi lavori."),
        held=_doing,
        ways=(Way.STAYS,),
        pass_on=lambda *_given: None,
    )


def _thing(dossier: Dossier) -> Thing:
    return Thing(dossier.case.title, reverse("dossier:dossier", args=[dossier.pk]))


def _things(rows: QuerySet[Dossier]) -> Sequence[Thing]:
    return [_thing(dossier) for dossier in rows.select_related("case").order_by("pk")]


def _open() -> QuerySet[Dossier]:
    return Dossier.objects.exclude(stage=Dossier.Stage.CLOSED)


def _dossiers(office: Office) -> Sequence[Thing]:
    return _things(_open().filter(case__office=office))


def _move(old: Office, new: Office, now: datetime) -> None:
    """Closed ones too; the turn of those that are open is owed by the new office alone."""
    rows = _open().filter(case__office=old).select_for_update(of=("self",))
    open_ones = [dossier.pk for dossier in rows]
    Case.objects.filter(office=old).update(office=new)
    found = _open().filter(pk__in=open_ones).select_related("case__office", "case__supporter")
    for dossier in found:
        key, outcome = trail.key_of(dossier), _("È passato a un altro ufficio.")
        notices.settle(kind=TURN, key=key, outcome=outcome, now=now, office_id=old.pk)
        pass_turn(dossier, now=now)


def _left_alone(attended: Attended) -> Sequence[Thing]:
    return _things(_open().exclude(case__office__in=attended.offices))


def _named(leaving: Leaving) -> Sequence[Thing]:
    if leaving.works_on:
        return ()
    return _things(_open().filter(_as_rup(leaving) | _as_award_officer(leaving)))


def _as_rup(leaving: Leaving) -> Q:
    return Q(rup=leaving.person, case__office__body=leaving.body)


def _as_award_officer(leaving: Leaving) -> Q:
    return Q(award_officer=leaving.person, case__supporter=leaving.body)


def _name(leaving: Leaving, heir: Heir, actor: Actor, now: datetime) -> None:
    """A new officer in each of them, also after the notice: the tender itself is not touched.

    Where nobody is chosen the naming is owed.
    """
    rows = _open().filter(_as_rup(leaving) | _as_award_officer(leaving))
    rows = rows.select_for_update(of=("self",)).select_related("case__office__body")
    for dossier in rows:
        left = _replace(dossier, leaving, heir.person)
        dossier.save(update_fields=["rup", "award_officer"])
        for field in left:
            owe_officer(dossier, field, now=now)
        trail.record(
            "dossier.dossier.passed", dossier, actor=actor, now=now,
            body=dossier.case.office.body, to=heir.person.full_name if heir.person else "",
        )  # fmt: skip


def _replace(dossier: Dossier, leaving: Leaving, person: Person | None) -> list[str]:
    """The places that nobody fills now."""
    fields = []
    if dossier.rup_id == leaving.person.pk and dossier.case.office.body_id == leaving.body.pk:
        dossier.rup = person
        fields.append("rup")
    if (
        dossier.award_officer_id == leaving.person.pk
        and dossier.case.supporter_id == leaving.body.pk
    ):
        dossier.award_officer = person
        fields.append("award_officer")
    return [] if person else fields


def _without_officer(attended: Attended) -> Sequence[Thing]:
    """Dossiers that name somebody who does not work there any more."""
    named = Q(rup__isnull=False) | Q(award_officer__isnull=False)
    rows = _open().filter(named, case__office__body__closed_on=None)
    rows = rows.select_related("case__office").order_by("pk")
    return [_thing(one) for one in rows if not _holders(one) <= attended.people]


def _holders(dossier: Dossier) -> set[tuple[int, int]]:
    """The officers with the body that each works for."""
    pairs = (
        (dossier.rup_id, dossier.case.office.body_id),
        (dossier.award_officer_id, dossier.case.supporter_id),
    )
    return {(person, body) for person, body in pairs if person and body}


def _doing(leaving: Leaving) -> Sequence[Thing]:
    """Steps that this person moved last, of the body's side."""
    if leaving.works_on:
        return ()
    ours = Q(side=Step.Side.OWNER, case__office__body=leaving.body)
    theirs = Q(side=Step.Side.SUPPORTER, case__supporter=leaving.body)
    rows = Step.objects.filter(ours | theirs, moved_by=leaving.person, state=Step.State.DOING)
    return [Thing(f"{step.case.title}: {step}") for step in rows.select_related("case")]
