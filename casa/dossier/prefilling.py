"""What a dossier and its bodies already know of the questions: offered, never kept by itself."""

from casa.dossier.models import Dossier
from casa.foundation.templatetags.casa import euro


def known(dossier: Dossier) -> dict[str, str]:
    """By the name of the field in `data/starter/fields.toml`, what to offer."""
    body, helper = dossier.case.office.body, dossier.case.supporter
    province = helper or body.province_body
    offered = {
        "oggetto": dossier.case.title,
        "ente": body.name,
        "comune": body.name,
        "ente_pec": body.pec,
        "ufficio": dossier.case.office.name,
        "cpv": dossier.cpv,
        "cig": dossier.cig,
        "cup": dossier.cup,
        "cui": dossier.cui,
        "importo_stimato": euro(dossier.amount).removesuffix(" €").strip(),
        "rup": dossier.rup.full_name if dossier.rup else "",
        "responsabile_fase": dossier.award_officer.full_name if dossier.award_officer else "",
        "provincia": province.name if province else "",
        "sua_pec": helper.pec if helper else "",
        "lavori": "si" if dossier.kind == "works" else "no",
        "tramite_sua": "si" if helper else "no",
    }
    return {name: str(value) for name, value in offered.items() if value}
