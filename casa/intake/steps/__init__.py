"""The steps of the inspection, in order: each is one function over an `Inspection`.

A step adds findings, or ends the inspection: `Rejected` with the sentence that the person reads,
`NotYet` when the file must wait for something outside. Steps change nothing in the database.
"""

from django.utils.translation import gettext_lazy as _

from casa.intake.steps.content import judge_legibility, look_inside
from casa.intake.steps.inspection import Inspection, NotYet, Rejected, Step
from casa.intake.steps.outside import check_bytes, scan_for_malware, scan_inside
from casa.intake.steps.private import find_personal_data, look_for_what_had_to_go
from casa.intake.steps.reading import compare_name, read_text
from casa.intake.steps.signatures import tell_signatures

__all__ = ["STEPS", "Inspection", "NotYet", "Rejected", "Step"]

STEPS: tuple[Step, ...] = (
    Step(_("controllo che il file sia integro"), check_bytes),
    Step(_("controllo antivirus"), scan_for_malware),
    Step(_("riconoscimento del tipo e lettura del testo"), read_text),
    Step(_("controllo antivirus di ciò che la busta firmata contiene"), scan_inside),
    Step(_("confronto del nome con il contenuto"), compare_name),
    Step(_("controllo delle firme"), tell_signatures),
    Step(_("verifica di ciò che è stato letto"), judge_legibility),
    Step(_("ricerca di macro, revisioni e commenti"), look_inside),
    Step(_("ricerca di dati personali"), find_personal_data),
    Step(_("confronto della copia ripulita con ciò che doveva sparire"), look_for_what_had_to_go),
)
