"""The steps that look for personal data, and for those that a cleaned copy should have lost."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casa.drafting.personal import LABELS, masked
from casa.intake import personal, sharing
from casa.intake.models import CleanedCopy, Finding, SharingDecision
from casa.intake.steps.inspection import Inspection
from casa.intake.whereabouts import Whereabouts

MOST = 50
MUST_GO = gettext_lazy(
    "Il documento contiene un dato personale ({kind}): toglilo, oppure motiva perché deve restare."
)
LOOK = gettext_lazy(
    "Il documento contiene {kind}: se è di una persona toglilo, se è di un ufficio può restare."
)


def find_personal_data(inspection: Inspection) -> None:
    """What must go is a warning, what needs a look is a note; each value once, masked."""
    draft = inspection.draft
    everything = "\n".join([draft.text, *draft.furniture])
    where = Whereabouts(draft)
    for sighting in personal.sightings(everything)[:MOST]:
        datum = sighting.datum
        blocks = datum.level == "blocking"
        inspection.add(
            Finding.Severity.WARNING if blocks else Finding.Severity.NOTE,
            datum.kind.replace("_", "-"),
            (MUST_GO if blocks else LOOK).format(kind=LABELS[datum.kind]),
            place=where.of(sighting.datum.start, sighting.count),
            excerpt=masked(datum.value),
        )


def look_for_what_had_to_go(inspection: Inspection) -> None:
    """In a cleaned copy: is a datum that a person took out still to be read?"""
    rows = CleanedCopy.objects.filter(copy=inspection.upload).select_related("original")
    cleaned = rows.first()
    if cleaned is None or cleaned.original is None:
        return
    gone = SharingDecision.objects.filter(cleaned=cleaned, action=SharingDecision.Action.REMOVE)
    digests = gone.values_list("digest", flat=True)
    where = Whereabouts(inspection.draft)
    for datum in sharing.left_in(inspection.draft, cleaned.original, digests):
        inspection.add(
            Finding.Severity.WARNING,
            "left-in-the-copy",
            _(
                "Un dato da togliere ({kind}) si legge ancora nella copia: non condividerla; "
                "toglilo a mano dall'originale, ricaricalo e prepara un'altra copia."
            ).format(kind=LABELS[datum.kind]),
            place=where.of(datum.start),
            excerpt=masked(datum.value),
        )
