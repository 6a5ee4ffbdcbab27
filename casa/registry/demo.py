"""The demonstration as the operator meets it: who it is, how to get in, how to take it away."""

from django.utils import timezone
from django.utils.translation import gettext as _

from casa.registry.actor import SYSTEM
from casa.registry.queries.demo import open_accounts
from casa.registry.services import demo
from casa.registry.services.demo.cast import CAST, PROVINCES, Part


def announce() -> str:
    """The demonstration's accounts in Italian lines; empty when there are none."""
    still_open = open_accounts()
    parts = [part for part in CAST if part.email in still_open]
    if not parts:
        return ""
    lines = [_("Account dimostrativi (enti e persone inventati):"), *map(_line, parts)]
    if secret := demo.password():
        lines.append(_("Password di tutti: %(password)s") % {"password": secret})
    else:
        lines.append(_("La password non c'è più (demo.txt): togli la dimostrazione."))
    lines.append(_("Dove serve il codice: casa demo --code E-MAIL"))
    lines.append(_("Per toglierli: casa demo --remove"))
    return "\n".join(lines)


def _line(part: Part) -> str:
    code = " " + _("[codice]") if part.needs_code else ""
    above = next((name for name, below in PROVINCES.items() if part.body in below), "")
    where = f" ({', '.join(filter(None, (part.body, above)))})" if part.body else ""
    return f"  {part.email:<27} {part.given_name} {part.work}{where}{code}"


def remove() -> str:
    """Take the demonstration away, and say so."""
    if demo.remove_demo(actor=SYSTEM, now=timezone.now()):
        return _("La dimostrazione è stata tolta: accessi chiusi, enti chiusi. Non tornerà.")
    return _("La dimostrazione non c'è: non c'era nulla da togliere.")


def code(email: str) -> str:
    """The code that opens a demonstration account now."""
    return demo.current_code(email)
