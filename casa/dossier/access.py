"""Who may do what with dossiers. Plain rules that never query, and fetchers."""

from datetime import datetime

from django.http import Http404
from django.shortcuts import get_object_or_404

from casa.casework.access import WORKERS, may_move, may_work, may_work_as_owner
from casa.casework.models import Step
from casa.dossier.models import Dossier, Paper, Parcel, Product
from casa.dossier.steps import precedes_notice
from casa.intake.models import Upload
from casa.library.access import may_create
from casa.registry.actor import Actor


def may_open(actor: Actor) -> bool:
    """Who writes, reviews or administers for the body acted for."""
    return actor.may_act_as(*WORKERS, body_id=actor.acting_for)


def may_describe(actor: Actor, dossier: Dossier) -> bool:
    """Who works for one of the two bodies, until the notice is out."""
    return may_work(actor, dossier.case) and not (dossier.is_frozen or dossier.is_closed)


def may_name_rup(actor: Actor, dossier: Dossier) -> bool:
    """Who works for the body of the dossier names its RUP."""
    return may_work_as_owner(actor, dossier.case)


def may_name_award_officer(actor: Actor, dossier: Dossier) -> bool:
    """Who works for the body that helps names the officer of the award; alone there is none."""
    return dossier.is_delegated and may_run_award(actor, dossier)


def may_run_award(actor: Actor, dossier: Dossier) -> bool:
    """Who works for the body that runs the award: it publishes, corrects, keeps the lists."""
    return actor.may_act_as(*WORKERS, body_id=dossier.award_body_id)


def may_award(actor: Actor, dossier: Dossier) -> bool:
    """Who works for the body whose contract it is, or for the one that runs the award."""
    return may_work_as_owner(actor, dossier.case) or may_run_award(actor, dossier)


def may_close(actor: Actor, dossier: Dossier) -> bool:
    """Who works for one of the two bodies closes their dossier, and opens it again."""
    return may_work(actor, dossier.case)


def may_share(actor: Actor, dossier: Dossier) -> bool:
    """An author who acts for one of the two bodies: the entry of the library will be that body's.

    Only of a closed dossier.
    """
    bodies = (dossier.case.office.body_id, dossier.case.supporter_id)
    return dossier.is_closed and actor.acting_for in bodies and may_create(actor)


def may_read_participants(actor: Actor, dossier: Dossier, now: datetime) -> bool:
    """Before the deadline only those who run the award; after it everybody who reads the dossier.

    Art. 35 of the Code: invitees and bidders are secret until the deadline, also between bodies.
    """
    return may_run_award(actor, dossier) or dossier.offers_are_closed(now)


def is_closed(dossier: Dossier, step: Step) -> bool:
    """Whether the documents of a step went out with the notice: only a corrigendum changes them."""
    return dossier.is_frozen and precedes_notice(step.code)


def may_lay(actor: Actor, dossier: Dossier, step: Step) -> bool:
    """Who moves a step lays its documents there, until they go out with the notice."""
    return may_move(actor, step) and not is_closed(dossier, step)


def may_read_paper(actor: Actor, dossier: Dossier, paper: Paper, now: datetime) -> bool:
    """Everybody who reads the dossier; a reserved paper as the list of operators."""
    return not paper.reserved or may_read_participants(actor, dossier, now)


def dossier_for(actor: Actor, pk: int) -> Dossier:
    """A dossier of the actor's bodies (404 otherwise)."""
    found = Dossier.objects.visible_to(actor).select_related(
        "case__office__body", "case__supporter", "rup", "award_officer"
    )
    made: Dossier = get_object_or_404(found, pk=pk)
    return made


def step_for(actor: Actor, dossier: Dossier, pk: int) -> Step:
    """A step of a dossier that the actor already reads (404 otherwise)."""
    del actor
    return get_object_or_404(Step.objects.select_related("case__office"), pk=pk, case=dossier.case)


def paper_for(actor: Actor, dossier: Dossier, pk: int, now: datetime) -> Paper:
    """A document of a dossier that the actor already reads (404 otherwise, also when reserved)."""
    found = Paper.objects.select_related("step", "upload")
    paper = get_object_or_404(found, pk=pk, step__case=dossier.case)
    if not may_read_paper(actor, dossier, paper, now):
        raise Http404
    return paper


def file_of(paper: Paper) -> Upload:
    """The file of a document (404 for a version of the library, which has its own page)."""
    if paper.upload is None:
        raise Http404
    return paper.upload


def product_for(actor: Actor, dossier: Dossier, pk: int, now: datetime) -> Product:
    """A produced document of a dossier that the actor already reads (404 otherwise)."""
    found = Product.objects.select_related("paper__version__entry", "paper__step")
    product = get_object_or_404(found, pk=pk, paper__step__case=dossier.case)
    if not may_read_paper(actor, dossier, product.paper, now):
        raise Http404
    return product


def parcel_for(actor: Actor, dossier: Dossier, pk: int, now: datetime) -> Parcel:
    """A parcel that the actor asked for, ready and not run out (404 otherwise)."""
    found = Parcel.objects.filter(
        dossier=dossier, person=actor.id, state=Parcel.State.READY, expires_at__gt=now
    )
    parcel = get_object_or_404(found, pk=pk)
    parcel.dossier = dossier
    return parcel
