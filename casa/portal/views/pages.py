"""What the law wants said: accessibility and privacy."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from casa.portal import statements
from casa.registry.http import Request


@require_safe
def accessibility(request: Request) -> HttpResponse:
    context = {
        "written_on": statements.ACCESSIBILITY_ON,
        "crumbs": [(_("Dichiarazione di accessibilità"), "")],
    }
    return render(request, "portal/accessibility.html", context)


@require_safe
def privacy(request: Request) -> HttpResponse:
    context = {
        "written_on": statements.PRIVACY_ON,
        "kept": statements.kept(),
        "crumbs": [(_("Privacy"), "")],
    }
    return render(request, "portal/privacy.html", context)
