"""What offices do about the library with one button: on the page of duties, or from a mail."""

from django.utils.translation import gettext_lazy as _

from casa.library.services import adopting, confirming, suggesting, vouching
from casa.notices import acts


def register() -> None:
    """Give the duties of the library their buttons; called once, when the house opens."""
    acts.register(
        confirming.REVIEW_BY,
        acts.Act(
            code="confermo",
            label=_("Confermo, è ancora valido"),
            question=_("Il testo è ancora valido?"),
            run=confirming.confirm_by_duty,
        ),
    )
    acts.register(
        adopting.STILL_USED,
        acts.Act(
            code="si",
            label=_("Sì, lo usiamo ancora"),
            question=_("Lo usate ancora?"),
            run=adopting.still_used,
        ),
    )
    for kind, run in (
        (suggesting.ANSWERED, suggesting.read_by_duty),
        (vouching.ANSWERED, vouching.read_by_duty),
    ):
        acts.register(
            kind,
            acts.Act(
                code="letta",
                label=_("Ho letto la risposta"),
                question=_("Hai letto la risposta?"),
                run=run,
            ),
        )
