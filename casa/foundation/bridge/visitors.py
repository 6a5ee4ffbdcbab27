"""Who is sending, as far as it must be known before a page is asked."""

from importlib import import_module

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.db import Error, connection
from django.http.cookie import parse_cookie

from casa.foundation.bridge.wires import Scope


def is_logged_in(scope: Scope) -> bool:
    """Say whether the request carries the session of somebody who has logged in.

    Whether they may send files is for the page to say; but nobody fills a disk without a name.
    """
    sent = b"; ".join(value for name, value in scope["headers"] if name == b"cookie")
    key = parse_cookie(sent.decode("latin1")).get(settings.SESSION_COOKIE_NAME)
    if not key:
        return False
    try:
        return SESSION_KEY in import_module(settings.SESSION_ENGINE).SessionStore(key)
    except Error:
        return False
    finally:
        connection.close()  # of a thread that comes and goes
