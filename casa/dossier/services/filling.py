"""Producing the documents of a tender, in the jail."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casa.dossier import access, queries
from casa.dossier.models import Dossier, Paper, Product
from casa.dossier.services.answering import demand_worker
from casa.dossier.services.locking import locked, remember, remember_secretly
from casa.dossier.services.rendering import Made, fill, fill_many, order_of
from casa.foundation.errors import Refused
from casa.library import services as library
from casa.library.models import Adoption
from casa.library.queries.fields import question
from casa.registry.actor import Actor


@dataclass(frozen=True, slots=True)
class Produced:
    """What came of producing everything: the documents, and why some could not be made."""

    products: Sequence[Product]
    refused: Sequence[tuple[Paper, str]]


def produce(pk: int, paper_pk: int, *, actor: Actor, now: datetime) -> Product:
    """Make the document of a paper with today's answers; its body then uses the model.

    Refused with the sentence of the drafting table where an answer is missing or does not fit, and
    where the step is closed. The file is made before anything is locked.
    """
    dossier = Dossier.objects.select_related("case__office__body", "case__supporter").get(pk=pk)
    demand_worker(actor, dossier)
    forms = queries.forms_of(actor, dossier, now=now)
    form = next((one for one in forms if one.paper.pk == paper_pk), None)
    if form is None or form.paper.version is None:
        raise Refused(_("Questo documento non c'è più fra i passi del fascicolo."))
    _refuse_closed(dossier, form)
    _refuse_unready(form)
    answers = queries.used_by(form.questions, queries.values_of(dossier))
    made = fill(form.paper, answers, dossier=dossier, on=timezone.localdate(now))
    return _kept(dossier, form.paper, made, answers, actor=actor, now=now)


def produce_all(pk: int, *, actor: Actor, now: datetime) -> Produced:
    """Make every document that is ready and not yet made with the answers of now.

    One that cannot be made leaves the others alone. The files are made before anything is locked.
    """
    dossier = Dossier.objects.select_related("case__office__body", "case__supporter").get(pk=pk)
    demand_worker(actor, dossier)
    values = queries.values_of(dossier)
    ready = [
        (form.paper, queries.used_by(form.questions, values))
        for form in queries.forms_of(actor, dossier, now=now)
        if form.is_due
    ]
    on = timezone.localdate(now)
    made = fill_many([order_of(paper, used, dossier=dossier, on=on) for paper, used in ready])
    pairs = list(zip(ready, made, strict=True))
    return Produced(
        products=[
            _kept(dossier, paper, one, used, actor=actor, now=now)
            for (paper, used), one in pairs
            if isinstance(one, Made)
        ],
        refused=[(paper, one) for (paper, _used), one in pairs if isinstance(one, str)],
    )


@transaction.atomic
def _kept(
    dossier: Dossier,
    paper: Paper,
    made: Made,
    answers: Mapping[str, object],
    *,
    actor: Actor,
    now: datetime,
) -> Product:
    held = locked(dossier.pk)
    product = Product.objects.create(
        paper=paper,
        answers=dict(answers),
        content=made.data,
        format=made.format,
        made_by_id=actor.person_id,
        made_at=now,
    )
    if paper.reserved:
        remember_secretly("produced", held, actor=actor, now=now)
    else:
        remember("produced", held, actor=actor, now=now, document=str(paper))
    if paper.version:
        library.note_use(
            entry=paper.version.entry,
            version=paper.version,
            office=held.case.office,
            origin=Adoption.Origin.FILLED,
            now=now,
        )
    return product


def _refuse_closed(dossier: Dossier, form: queries.Form) -> None:
    if access.is_closed(dossier, form.paper.step):
        raise Refused(_("La gara è pubblicata: questo documento cambia solo con una rettifica."))
    if not form.may_produce:
        raise Refused(_("Questo documento lo produce l'ente a cui tocca il passo."))


def _refuse_unready(form: queries.Form) -> None:
    """What is still to be read or answered; the drafting table would say it in its own words."""
    if form.is_unread:
        raise Refused(_("Questo modello si sta ancora leggendo: riprova fra poco."))
    if form.missing:
        named = " · ".join(question(one.name, {}) for one in form.missing)
        raise Refused(_("I dati non bastano. Rispondi prima a: %s") % named)
