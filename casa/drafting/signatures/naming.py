"""Who a certificate names: person, authority, fiscal code; empty where it does not say."""

import re
from typing import Any

from casa.drafting.signatures.faults import BROKEN
from casa.drafting.text import clean

_NAME = 200
_FISCAL_CODE = re.compile(
    r"[A-Z]{6}[0-9LMNP-V]{2}[A-EHLMPRST][0-9LMNP-V]{2}[A-Z][0-9LMNP-V]{3}[A-Z]"
)


def _named(certificate: Any, field: str) -> str:
    return _in_name(certificate.subject, field) if certificate is not None else ""


def person(certificate: Any) -> str:
    """Given name and surname; the common name only where it is no code («DLGM…Y/6030…»)."""
    common = _named(certificate, "common_name")
    whole = f"{_named(certificate, 'given_name')} {_named(certificate, 'surname')}".strip()
    return whole if whole and _FISCAL_CODE.search(common.upper()) else common


def issuer(certificate: Any) -> str:
    """The authority, by its common name or its organization."""
    if certificate is None:
        return ""
    name = certificate.issuer
    return _in_name(name, "common_name") or _in_name(name, "organization_name")


def _in_name(name: Any, field: str) -> str:
    try:
        value = name.native.get(field) or ""
    except BROKEN:
        return ""
    return clean(str(value[0] if isinstance(value, list) else value))[:_NAME]


def fiscal_code(certificate: Any) -> str:
    """The codice fiscale in the serial number of the subject, or nothing."""
    found = _FISCAL_CODE.search(_named(certificate, "serial_number").upper())
    return found[0] if found else ""
