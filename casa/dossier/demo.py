"""The demonstration's closed tender, shared back as people do it: cleaned, chosen, reviewed."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal

from django.core.files.base import ContentFile
from django.utils import timezone

from casa.casework.services import Move
from casa.dossier import services
from casa.dossier.models import Dossier, SharedTender
from casa.dossier.services import filing, sharing
from casa.dossier.services.closing import End, close
from casa.guide.choosing import Need
from casa.guide.queries import advise
from casa.intake import services as intake
from casa.intake.models import CleanedCopy, Upload
from casa.library import services as library
from casa.library.demo.documents import as_docx
from casa.library.demo.texts import Text, texts
from casa.library.forms.reviews import QUESTIONS
from casa.library.models.choices import Audience
from casa.registry.actor import Actor
from casa.registry.models import Office

TITLE = "Pasti della scuola dell'infanzia (dimostrativa)"
OBJECT = "Com'è andato un affidamento diretto della refezione: tempi, preventivi, ribasso."
COPY_NAME = "Decisione di affidamento dei pasti"
AMOUNT, CPV = Decimal(110000), "55523100"
BEGUN, SIGNED = 90, 20
"""How many days ago."""
AGO: Mapping[str, int] = {
    "rup": 88,
    "conflict": 86,
    "programme": 80,
    "specifications": 62,
    "green": 60,
    "quotes": 45,
    "verification": 34,
    "award": 30,
    "communications": 28,
    "signing": SIGNED,
}
END = End(outcome="concluded", bidders=3, discount=Decimal("6.50"))


def share_one(author: Actor, reviewer: Actor, *, now: datetime) -> None:
    """A tender of the Comune from the need to its entry; once only."""
    if SharedTender.objects.filter(entry__body__is_demo=True).exists():
        return
    dossier = _opened(author, now=now - timedelta(days=BEGUN))
    copy = _cleaned(_laid(dossier, author, now=now), author, now=now)
    for code, ago in AGO.items():
        _move(dossier, code, author, now=now - timedelta(days=ago))
    _signed(dossier, author, now=now)
    close(dossier.pk, END, actor=author, now=now)
    chosen = sharing.Chosen(
        title=TITLE, object=OBJECT, audience=Audience.PUBLIC, copies=[copy.pk] if copy else []
    )
    row = sharing.share(dossier.pk, chosen, actor=author, now=now)
    filing.carry_out_sharing(sharing_id=row.pk, now=now)
    row.refresh_from_db()
    if row.version:
        library.publish_version(
            version=row.version,
            checklist=[library.Answer(str(question), yes=True) for _code, question in QUESTIONS],
            waivers=[],
            note="",
            actor=reviewer,
            now=now,
        )


def _opened(author: Actor, *, now: datetime) -> Dossier:
    need = Need(kind="services", amount=AMOUNT, cpv=CPV, on=timezone.localdate(now))
    wish = services.Wish(title=TITLE, need=need, advice=advise(need))
    return services.open_dossier(wish, actor=author, now=now)


def _laid(dossier: Dossier, author: Actor, *, now: datetime) -> Upload:
    """An invented document at the step of the award, inspected like any other."""
    office = Office.objects.select_related("body").get(pk=author.acting_office_id or 0)
    file = ContentFile(as_docx(_text()), name="decisione-pasti.docx")
    (upload,) = intake.receive(files=[file], body=office.body, office=office, actor=author, now=now)
    intake.inspect(upload_id=upload.pk, now=now)
    upload.refresh_from_db()
    if upload.is_cleared:
        step = dossier.case.steps.get(code="award")
        services.lay(dossier.pk, step.pk, services.Sheet(upload=upload), actor=author, now=now)
    return upload


def _text() -> Text:
    """The decision of a direct award, among the texts of the demonstration."""
    return next(text for text in texts() if text.card["procedure_type"] == "direct_award")


def _cleaned(upload: Upload, author: Actor, *, now: datetime) -> CleanedCopy | None:
    """Its cleaned copy, where the jail can make one."""
    if not upload.is_cleared:
        return None
    asked = intake.prepare(
        upload=upload,
        choices={},
        name=COPY_NAME,
        extra="",
        actor=author,
        now=now,
    )
    intake.clean(copy_id=asked.pk, now=now)
    asked.refresh_from_db()
    if asked.copy is None:
        return None
    intake.inspect(upload_id=asked.copy.pk, now=now)
    asked.copy.refresh_from_db()
    return asked if asked.copy.is_cleared else None


def _move(dossier: Dossier, code: str, author: Actor, *, now: datetime) -> None:
    step = dossier.case.steps.filter(code=code).first()
    if step:
        today = timezone.localdate(now)
        done = Move(state="done")
        services.move(dossier.pk, step.pk, done, actor=author, today=today, now=now)


def _signed(dossier: Dossier, author: Actor, *, now: datetime) -> None:
    days = {code: timezone.localdate(now - timedelta(days=ago)) for code, ago in AGO.items()}
    services.verify(dossier.pk, on=days["verification"], actor=author, now=now)
    services.award(dossier.pk, on=days["award"], cig="B1A2C3D4E5", actor=author, now=now)
    services.sign(dossier.pk, on=days["signing"], actor=author, now=now)
