"""The mails of notices, as text and as HTML that says the same."""

from collections.abc import Callable, Mapping, Sequence

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import ngettext

from casa.notices import acts
from casa.notices.models import Duty, Follow, News
from casa.registry.models import Body, Office, Person
from casa.registry.services.mails import address

MOST_DUTIES = 7
MOST_REASONS = 3
Line = tuple[News, Sequence[Follow]]


def news(
    person: Person,
    told: Sequence[Line],
    *,
    more: int,
    link: Callable[[Follow], str],
    stop_all: str,
) -> EmailMultiAlternatives:
    """What is new among the things a person follows: each line with why, and a way to stop it.

    The mail program's own button (RFC 8058) stops them all.
    """
    subject = ngettext("%(n)d novità per te", "%(n)d novità per te", len(told)) % {"n": len(told)}
    context = {
        "person": person,
        "lines": [
            (one, address(one.url), [(row, link(row)) for row in why[:MOST_REASONS]])
            for one, why in told
        ],
        "more": max(more, 0),
        "mine": address(reverse("notices:mine")),
        "follows": address(reverse("notices:follows")),
        "stop_all": stop_all,
    }
    message = _message(subject, "news", context, to=person.email)
    message.extra_headers["List-Unsubscribe"] = f"<{stop_all}>"
    message.extra_headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return message


def duties(
    office: Office, owed: Sequence[Duty], *, to: str, link: Callable[[Duty, str], str]
) -> EmailMultiAlternatives:
    """What an office owes: at most seven lines, each with its button."""
    shown = owed[:MOST_DUTIES]
    subject = ngettext(
        "Tocca a %(office)s: %(n)d cosa da fare",
        "Tocca a %(office)s: %(n)d cose da fare",
        len(owed),
    ) % {"office": office.name, "n": len(owed)}
    context = {
        "office": office,
        "lines": [
            (duty, address(duty.url), [(act, link(duty, act.code)) for act in acts.acts_of(duty)])
            for duty in shown
        ],
        "more": len(owed) - len(shown),
        "all": address(reverse("notices:duties")),
    }
    return _message(subject, "duties", context, to=to)


def left_undone(body: Body, owed: Sequence[Duty], *, to: str) -> EmailMultiAlternatives:
    """What the offices of a body have not done: for its administrators."""
    said = {"body": body.name, "n": len(owed)}
    subject = ngettext(
        "%(body)s: %(n)d cosa scaduta da 15 giorni",
        "%(body)s: %(n)d cose scadute da 15 giorni",
        len(owed),
    )
    context = {
        "body": body,
        "lines": [(duty, address(duty.url)) for duty in owed[:MOST_DUTIES]],
        "more": max(len(owed) - MOST_DUTIES, 0),
        "all": address(reverse("notices:duties")),
    }
    return _message(subject % said, "left_undone", context, to=to)


def left_by_bodies(bodies: Sequence[tuple[Body, int]], *, to: str) -> EmailMultiAlternatives:
    """Which bodies left how many things undone for a month: for those who manage the network."""
    subject = ngettext(
        "%(n)d ente ha lasciato scadere qualcosa da un mese",
        "%(n)d enti hanno lasciato scadere qualcosa da un mese",
        len(bodies),
    )
    lines = [(body, count, address(body.get_absolute_url())) for body, count in bodies]
    return _message(subject % {"n": len(bodies)}, "left_by_bodies", {"lines": lines}, to=to)


def _message(
    subject: str, template: str, context: Mapping[str, object], *, to: str
) -> EmailMultiAlternatives:
    line = " ".join(f"{settings.ACCOUNT_EMAIL_SUBJECT_PREFIX}{subject}".split())
    text = render_to_string(f"notices/mail/{template}.txt", dict(context))
    message = EmailMultiAlternatives(line, text, to=[to])
    html = render_to_string(f"notices/mail/{template}.html", dict(context))
    message.attach_alternative(html, "text/html")
    return message
