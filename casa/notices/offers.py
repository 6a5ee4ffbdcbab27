"""What notices offer on the pages of lower rooms."""

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from casa.foundation import slots


def register() -> None:
    """«Segui» on the page of a body, and its feed for feed readers."""
    slots.offer("registry.body.follow", _news, label=_("Segui questo ente"))
    slots.offer("registry.body.feed", _feed, label=_("novità"))


def _news(body: Model) -> str:
    return reverse("notices:body", args=[body.slug])  # type: ignore[attr-defined]


def _feed(body: Model) -> str:
    return reverse("notices:body_feed", args=[body.slug])  # type: ignore[attr-defined]
