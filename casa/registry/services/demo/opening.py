"""What opens the demonstration's accounts: one password per installation, and codes."""

import os
import secrets
import time
from pathlib import Path

from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from allauth.mfa.utils import decrypt
from django.conf import settings
from django.utils.translation import gettext as _

from casa.foundation.errors import Refused
from casa.registry.models import Person

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that one takes for another
GROUPS, GROUP = 4, 4


def password_file() -> Path:
    return Path(settings.DATA_DIR) / "demo.txt"


def password() -> str:
    """The password of all demonstration accounts; empty when the file is gone."""
    try:
        return password_file().read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return ""


def make_password() -> str:
    """A new password, in a file that only the operator may read."""
    groups = ("".join(secrets.choice(LETTERS) for _n in range(GROUP)) for _g in range(GROUPS))
    made = "-".join(groups)
    password_file().unlink(missing_ok=True)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    with os.fdopen(os.open(password_file(), flags, 0o600), "w", encoding="utf-8") as file:
        file.write(made + "\n")
    return made


def set_second_factor(person: Person) -> None:
    """A random secret, as if the person had set it up with an app."""
    TOTP.activate(person, generate_totp_secret())


def current_code(email: str) -> str:
    """The code that opens a demonstration account now. Refused for anybody else's."""
    factors = Authenticator.objects.filter(
        user__email__iexact=email, user__is_demo=True, user__is_active=True
    )
    factor = factors.filter(type=Authenticator.Type.TOTP).first()
    if factor is None:
        raise Refused(
            _("%(email)s non è un account dimostrativo con un codice: «casa demo» li elenca.")
            % {"email": email}
        )
    counter = int(time.time()) // app_settings.TOTP_PERIOD
    return str(format_hotp_value(hotp_value(decrypt(factor.data["secret"]), counter)))
