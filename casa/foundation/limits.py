"""How often one may do a thing: counters in Django's cache, by person or else by network address.

A view begins with `limit(request, "search", per_minute=60)`. Above the limit `TooMany` becomes a
page with status 429 that says how long to wait (see `foundation.middleware`).
"""

import ipaddress
import time

from django.conf import settings
from django.core.cache import cache
from django.db import connection, transaction
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

MINUTE = 60
HOUR = 60 * MINUTE
IPV6_HOME = 64  # whoever has one IPv6 address has the other 2^64 of its network too


class TooMany(Exception):  # noqa: N818 -- it reads as a sentence
    """Somebody did a thing too often. `seconds` says when the next window opens."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


def limit(request: HttpRequest, name: str, *, per_minute: int = 0, per_hour: int = 0) -> None:
    """Count one more `name` of whoever asks; raise `TooMany` above a limit. Zero means no limit."""
    who = whose(request)
    for allowed, window in ((per_minute, MINUTE), (per_hour, HOUR)):
        if allowed:
            _count(f"{name}:{who}", allowed=allowed, window=window, now=time.time())


def whose(request: HttpRequest) -> str:
    """Who is counted: the person who is logged in, else the address (only a digest of it).

    A whole Comune may share one address, so members are never counted by it.
    """
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        return f"person:{user.pk}"
    return "address:" + salted_hmac("casa.foundation.limits", client_address(request)).hexdigest()


def client_address(request: HttpRequest) -> str:
    """The network address of whoever asks, as far as the trusted proxies tell it.

    Each proxy appends the address it was called from; only the last TRUSTED_PROXIES entries of
    the header were written by ours, the rest is whatever the client liked to send.
    """
    told = request.headers.get("X-Forwarded-For", "").split(",")
    proxies = settings.TRUSTED_PROXIES
    direct = request.META.get("REMOTE_ADDR", "")
    named = told[-proxies].strip() if 0 < proxies <= len(told) else direct
    return _network(named) or _network(direct) or "unknown"


def _network(address: str) -> str:
    """The address in its shortest form, an IPv6 address as its network; nothing if it is none."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if isinstance(known, ipaddress.IPv6Address):
        if known.ipv4_mapped:
            return str(known.ipv4_mapped)
        return str(ipaddress.ip_network((known, IPV6_HOME), strict=False))
    return str(known)


def _count(key: str, *, allowed: int, window: int, now: float) -> None:
    """Add one to the counter of this window; the lock keeps parallel requests from losing some."""
    number = int(now // window)
    key = f"limit:{key}:{window}:{number}"
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])
        count = cache.get(key, 0) + 1
        cache.set(key, count, timeout=window)
    if count > allowed:
        raise TooMany(int((number + 1) * window - now) + 1)
