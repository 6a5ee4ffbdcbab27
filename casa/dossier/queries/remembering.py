"""What the body answered last time to what seldom changes: its seat, who signs, its platform."""

from collections.abc import Mapping

from casa.dossier.models import Answer, Dossier
from casa.registry.actor import Actor

LASTING = (
    "ente_sede", "ente_cf", "ente_sito", "ente_pec", "luogo", "foro",
    "responsabile", "responsabile_qualifica", "responsabile_finanziario",
    "decreto_numero", "decreto_data",
    "rup_qualifica", "rup_titolo", "rup_telefono", "rup_email",
    "sua", "sua_pec", "dirigente_sua", "decreto_sua", "convenzione_data",
    "piattaforma", "piattaforma_indirizzo", "iva", "pagamento_giorni", "forma_contratto",
)  # fmt: skip
"""Names of `data/starter/fields.toml` and of the models: facts of a body, not of one tender."""


def remembered(actor: Actor, dossier: Dossier) -> Mapping[str, str]:
    """The newest answers of the same body, with the same helper, as far as the actor reads them.

    Only words that were typed; what was taken back is not offered again. One query.
    """
    others = Dossier.objects.visible_to(actor).filter(
        case__office__body=dossier.case.office.body_id, case__supporter=dossier.case.supporter_id
    )
    rows = (
        Answer.objects.filter(dossier__in=others.exclude(pk=dossier.pk), name__in=LASTING)
        .order_by("name", "-pk")
        .distinct("name")
    )
    found = dict(rows.values_list("name", "value"))
    return {name: value for name, value in found.items() if isinstance(value, str) and value}
