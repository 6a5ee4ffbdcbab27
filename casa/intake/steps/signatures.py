"""The step that looks at the signatures: what was changed after signing must not pass unseen."""

from django.utils.translation import gettext as _

from casa.intake.models import Finding
from casa.intake.steps.inspection import Inspection


def tell_signatures(inspection: Inspection) -> None:
    """A signature that does not hold is weighed by the reviewer; whether it is valid, by nobody."""
    for signer in inspection.draft.signers:
        if signer.integrity == "altered":
            inspection.add(
                Finding.Severity.WARNING,
                "altered-signature",
                _("La firma di {name} non corrisponde al contenuto. {note}").format(
                    name=signer.name or _("persona non indicata"), note=signer.note
                ),
                place=_("firme"),
            )
