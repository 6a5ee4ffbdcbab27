"""What was done, as JSON beside the copy: `docs/json/clean.schema.json`."""

import json
from typing import Any

from casa.drafting.cleaning.decisions import Cleaned, Decision, Dropped, Redaction, Warned
from casa.drafting.cleaning.sentences import DROPPED, WARNINGS
from casa.drafting.errors import Unreadable
from casa.drafting.personal import LABELS

_SUFFIXES = (
    *(".docx", ".odt", ".ott", ".xlsx", ".ods", ".ots", ".pdf", ".txt", ".html"),
    *(".jpg", ".png", ".tif"),
)


def report(cleaned: Cleaned) -> dict[str, Any]:
    """`suffix, removed[], kept[], dropped[], warnings[]`. It names values: not for sharing."""
    return {
        "suffix": cleaned.suffix,
        "removed": [
            {"value": one.value, "kind": one.kind, "count": one.count, "decided": one.decided}
            for one in cleaned.redactions
        ],
        "kept": [{"value": one.value, "reason": one.reason} for one in cleaned.spared],
        "dropped": [
            {"code": one.code, "count": one.count, "message": one.message}
            for one in cleaned.dropped
        ],
        "warnings": [
            {"code": one.code, "detail": one.detail, "message": one.message}
            for one in cleaned.warnings
        ],
    }


def framed(cleaned: Cleaned) -> bytes:
    """The report on one line, then the bytes: how both leave the jail by one way out."""
    return json.dumps(report(cleaned), ensure_ascii=False).encode() + b"\n" + cleaned.data


def parted(output: bytes) -> Cleaned:
    """The result again, from `framed`. Raises Unreadable.

    The jail may have been taken over by the file, so only known codes and plain types pass.
    """
    line, found, data = output.partition(b"\n")
    try:
        said = json.loads(line)
        if not found or not data or said["suffix"] not in _SUFFIXES:
            raise Unreadable("corrupt")
        return Cleaned(
            data,
            said["suffix"],
            redactions=tuple(map(_redaction, said["removed"])),
            spared=tuple(Decision(str(o["value"]), "keep", str(o["reason"])) for o in said["kept"]),
            dropped=tuple(map(_dropped, said["dropped"])),
            warnings=tuple(map(_warned, said["warnings"])),
        )
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise Unreadable("corrupt") from error


def _redaction(said: dict[str, Any]) -> Redaction:
    kind = str(said["kind"])
    if kind and kind not in LABELS:
        raise ValueError(kind)
    return Redaction(str(said["value"]), kind, int(said["count"]), bool(said["decided"]))


def _dropped(said: dict[str, Any]) -> Dropped:
    if said["code"] not in DROPPED:
        raise ValueError(said["code"])
    return Dropped(said["code"], int(said["count"]))


def _warned(said: dict[str, Any]) -> Warned:
    if said["code"] not in WARNINGS:
        raise ValueError(said["code"])
    return Warned(said["code"], str(said["detail"]))
