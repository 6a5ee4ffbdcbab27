"""The lots of a tender."""

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casa.dossier import access, queries, services
from casa.dossier.forms import LotsForm
from casa.dossier.forms.lots import names_of
from casa.dossier.views.moving import POSTING, Act, Given, act_page, who
from casa.registry.http import Request


@require_http_methods(POSTING)
def lots(request: Request, pk: int) -> HttpResponse:
    """What each lot is and its CIG, until the notice is out."""
    found = access.dossier_for(request.actor, pk)
    rows = queries.lots_of(found)
    numbers = [lot.number for lot in rows]
    form: forms.Form = LotsForm(request.POST or None, lots=rows)
    act = Act(
        title=_("Lotti"),
        words=_("Ogni lotto ha un oggetto e un CIG suo, che si acquisisce con la pubblicazione."),
        form=form,
        do=lambda given: services.describe_lots(found.pk, _data(given, numbers), **who(request)),
        said=_("Lotti salvati."),
        button=_("Salva"),
    )
    return act_page(request, found, act)


def _data(given: Given, numbers: list[int]) -> dict[int, services.LotData]:
    made = {}
    for number in numbers:
        title, cig = names_of(number)
        made[number] = services.LotData(title=given[title], cig=given[cig])
    return made
