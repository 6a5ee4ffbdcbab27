"""What a dossier and its bodies already know of the questions: offered, never kept by itself."""

from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from casa.dossier.asking.values import APART, NO, YES
from casa.dossier.models import Dossier
from casa.dossier.timeline import Asked
from casa.foundation.templatetags.casa import euro
from casa.guide.choosing.advice import LABELS
from casa.guide.law import Law, Row
from casa.registry.models import Body

CONTRIBUTIONS = {"contributo_anac": "anac_authority_", "contributo_operatore": "anac_bidder_"}
INVITING = (
    "negotiated_5",
    "negotiated_10",
    "negotiated_without_notice",
    "concession_negotiated_10",
)
"""Procedures in which the authority chooses whom to invite."""


def offered(dossier: Dossier, law: Law) -> dict[str, str]:
    """What to offer in all. Bidders pay ANAC lot by lot: with lots nobody is told one amount."""
    legal, own = by_law(dossier, law), known(dossier)
    if own.get("a_lotti") == YES:
        legal.pop("contributo_operatore", None)
    return {**legal, **own}


def known(dossier: Dossier) -> dict[str, str]:
    """By the name of the field in `data/starter/fields.toml`, what to offer."""
    body, helper = dossier.case.office.body, dossier.case.supporter
    province = helper or body.province_body
    offered = {
        "oggetto": dossier.case.title,
        "ente": body.name,
        "comune": body.name,
        "ente_pec": body.pec,
        "luogo": _town(body),
        "ufficio": dossier.case.office.name,
        "cpv": dossier.cpv,
        "cig": dossier.cig,
        "cup": dossier.cup,
        "cui": dossier.cui,
        "importo_stimato": euro(dossier.amount).removesuffix(" €").strip(),
        "sua": helper.name if helper else "",
        "procedura_nome": LABELS[dossier.procedure][:1].lower() + LABELS[dossier.procedure][1:],
        "negoziata": _said(dossier.procedure in INVITING),
        "con_inviti": _said(dossier.procedure in INVITING),
        **_told(dossier),
        **_days(dossier),
        **_lots(dossier),
        "rup": dossier.rup.full_name if dossier.rup else "",
        "responsabile_fase": dossier.award_officer.full_name if dossier.award_officer else "",
        "provincia": province.name if province else "",
        "sua_pec": helper.pec if helper else "",
        "lavori": "si" if dossier.kind == "works" else "no",
        "tramite_sua": "si" if helper else "no",
    }
    return {name: str(value) for name, value in offered.items() if value}


def _town(body: Body) -> str:
    """Where a Comune signs, by its name."""
    before, _words, town = body.name.partition("Comune di ")
    return "" if before else town


def by_law(dossier: Dossier, law: Law) -> dict[str, str]:
    """What the law of the day of the notice says of its amount. No query."""
    on = dossier.published_on or dossier.notice_on
    asked = Asked(
        procedure=dossier.procedure,
        kind=dossier.kind,
        amount=dossier.amount,
        cpv=dossier.cpv,
        social=dossier.social,
        day=on,
    )
    above = asked.above(law, on)
    offered = {
        "sopra_soglia": "" if above is None else _said(above),
        **{
            name: _value(_contribution(dossier, law, prefix))
            for name, prefix in CONTRIBUTIONS.items()
        },
    }
    return {name: value for name, value in offered.items() if value}


def doubts(dossier: Dossier, law: Law) -> dict[str, str]:
    """Of what the law offers: what its row says for want of a check, by name of the field."""
    rows = {name: _contribution(dossier, law, prefix) for name, prefix in CONTRIBUTIONS.items()}
    return {
        name: _("Da verificare. %s") % row.note
        for name, row in rows.items()
        if row and not row.is_verified
    }


def _contribution(dossier: Dossier, law: Law, prefix: str) -> Row | None:
    """The row of the contribution to ANAC: the highest band that begins at or below the amount."""
    on = dossier.published_on or dossier.notice_on
    bands = {
        Decimal(str(row.details.get("from", 0))): row
        for row in law.rows("contributions", on)
        if row.code.startswith(prefix) and row.value is not None
    }
    found = max((least for least in bands if least <= dossier.amount), default=None)
    return bands[found] if found is not None else None


def _value(row: Row | None) -> str:
    return euro(row.value).removesuffix(" €").strip() if row and row.value is not None else ""


def _told(dossier: Dossier) -> dict[str, str]:
    """What was told to the guide; nothing where nobody asked."""
    if not dossier.qualification:
        return {}
    level = dossier.qualification
    return {
        "pnrr": _said(dossier.pnrr),
        "urgente": _said(dossier.urgent),
        "comune_qualificato": "" if level == "none" else YES,
    }


def _days(dossier: Dossier) -> dict[str, str]:
    due = dossier.offers_due_at and timezone.localtime(dossier.offers_due_at)
    days = {
        "termine_offerte": due and due.date(),
        "aggiudicazione_data": dossier.awarded_on,
        "contratto_data": dossier.signed_on,
        "invito_data": dossier.published_on if dossier.procedure in INVITING else None,
    }
    told = {name: f"{day:%d/%m/%Y}" for name, day in days.items() if day}
    return {**told, "ora_offerte": f"{due:%H:%M}"} if due else told


def _lots(dossier: Dossier) -> dict[str, str]:
    lots = list(dossier.lots.all())
    if not lots:
        return {"a_lotti": NO}
    lines = [
        f" {APART} ".join((lot.title, lot.cig, euro(lot.amount).removesuffix(" €").strip()))
        for lot in lots
    ]
    return {"a_lotti": YES, "lotti": "\n".join(lines) if all(one.title for one in lots) else ""}


def _said(yes: bool) -> str:
    return YES if yes else NO
