"""Producing the documents of a tender, in the jail."""

import json
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casa.dossier import access, queries
from casa.dossier.models import Dossier, Paper, Product
from casa.dossier.services.answering import demand_worker
from casa.dossier.services.locking import locked, remember, remember_secretly
from casa.foundation import jail
from casa.foundation.errors import Refused
from casa.library import services as library
from casa.library.models import Adoption
from casa.library.queries import main_upload
from casa.library.queries.fields import question
from casa.registry.actor import Actor

FORMATS = ("docx", "odt", "pdf")
HELPED = jail.JailLimits(may_fork=True, cpu_seconds=120, wall_seconds=120.0)


@dataclass(frozen=True, slots=True)
class Made:
    """The bytes of a document and its format."""

    data: bytes
    format: str


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


def fill(
    paper: Paper, answers: Mapping[str, object], *, dossier: Dossier, on: date, to: str = ""
) -> Made:
    """The document in the model's own format or another, as the jail makes it.

    Its properties and footers say model, version, dossier and day, so that it is known again.
    """
    upload = main_upload(paper.version) if paper.version else None
    if upload is None or upload.format not in FORMATS[:2]:
        raise Refused(_("Si compila solo un modello Word (DOCX) o OpenDocument (ODT)."))
    wanted = to if to in FORMATS else upload.format
    helped = wanted != upload.format
    stamp = json.dumps(_stamp(paper, dossier, on))
    program = [sys.executable, "-m", "casa.drafting", "fill", "--to", wanted, "--stamp", stamp]
    program += ["--limits", '{"programs": 1}'] if helped else []
    settings.TEMP_DIR.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=settings.TEMP_DIR, suffix=".json") as data:
        data.write(json.dumps(answers).encode())
        data.flush()
        output = _run(
            [*program, "{input}", "{input2}"],
            [Path(upload.file.path), Path(data.name)],
            limits=HELPED if helped else jail.JailLimits(),
        )
    return Made(output, wanted)


def _stamp(paper: Paper, dossier: Dossier, on: date) -> dict[str, str]:
    version = paper.version
    return {
        "modello": version.entry.title if version else "",
        "versione": _("versione %d") % version.number if version else "",
        "fascicolo": _("fascicolo %d") % dossier.pk,
        "data": f"{on:%d/%m/%Y}",
    }


def _run(program: Sequence[str], files: Sequence[Path], *, limits: jail.JailLimits) -> bytes:
    try:
        output = jail.run(
            program,
            input_file=files[0],
            more_files=files[1:],
            where=settings.TEMP_DIR,
            limits=limits,
        )
    except (jail.NoJail, jail.JailBroken) as failure:
        raise Refused(_("Il documento non si è potuto produrre: riprova più tardi.")) from failure
    if output[:1] == b"{":
        raise Refused(_refusal(output))
    return output


def _refusal(output: bytes) -> str:
    try:
        said = json.loads(output).get("message", "")
    except (ValueError, AttributeError, RecursionError):
        said = ""
    return str(said)[:1000] or _("Il documento non si è potuto produrre: riprova più tardi.")


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
