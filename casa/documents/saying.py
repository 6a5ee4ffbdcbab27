"""What the document commands print for people, in Italian, and for programs, in JSON."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from casa.drafting.comparing import Comparison
from casa.drafting.filling import LABELS as TYPES
from casa.drafting.merging import Merge

STATUS = {
    "in_force": "in vigore",
    "changed": "modificata",
    "superseded": "superata",
    "repealed": "abrogata",
    "ambiguous": "da precisare",
    "unknown": "non in tabella",
}
INTEGRITY = {"intact": "integra", "altered": "alterata", "unverified": "non verificata"}
LEVEL = {"blocking": "da togliere", "check": "da verificare", "info": "da sapere"}
SEVERITY = {"blocking": "DA CORREGGERE", "warning": "da valutare", "note": "da sapere"}
CHANGE = {
    "changed": "cambiata",
    "moved": "spostata",
    "added": "aggiunta",
    "removed": "tolta",
    "ours": "resta la nostra",
    "theirs": "presa dalla fonte",
    "both_same": "uguale nelle due",
    "conflict": "DA DECIDERE",
}


def json_of(value: object) -> str:
    """JSON for programs, readable by people too."""
    return json.dumps(value, ensure_ascii=False, indent=2)


def inspected(found: Mapping[str, Any]) -> str:
    """One file in a few lines."""
    if "text" not in found:
        return f"{found['file']}: {found['findings'][0]['message']}"
    pages = f", {found['pages']} pagine" if found["pages"] else ""
    lines = [
        f"{found['file']}: {found['type']}{pages}, {len(found['clauses'])} clausole",
        *(_signer(signer) for signer in found["signers"]),
        *_counted("norme citate", (STATUS[one["status"]] for one in found["citations"])),
        *_counted("dati personali", (LEVEL[one["level"]] for one in found["personal_data"])),
        *(f"  {SEVERITY[one['severity']]}: {one['message']}" for one in found["findings"]),
    ]
    return "\n".join(lines)


def compared(comparison: Comparison) -> str:
    """The clauses that are not the same, one line each."""
    return _changes((change.state, change.key) for change in comparison.clauses)


def merged(merge: Merge) -> str:
    """What was taken, what was kept, what waits for a decision."""
    return _changes((clause.state, clause.key) for clause in merge.clauses)


def fields(found: Sequence[Mapping[str, Any]]) -> str:
    """One field a line: name, type, place, when it is needed; columns below their list."""
    return "\n".join(_field(one, "") for one in found) or "Il modello non ha campi."


def _field(one: Mapping[str, Any], indent: str) -> str:
    needed = f", serve se: {one['condition']}" if one["condition"] else ""
    line = f"{indent}{one['name']}: {TYPES[one['type']]}, {one['place']}{needed}"
    return "\n".join([line, *(_field(column, f"{indent}  ") for column in one["columns"])])


def _signer(signer: Mapping[str, Any]) -> str:
    when = f" il {signer['signed_at']}" if signer["signed_at"] else ""
    return f"  firma {INTEGRITY[signer['integrity']]}: {signer['name']}{when}"


def _counted(what: str, kinds: Iterable[str]) -> list[str]:
    counts = Counter(kinds)
    if not counts:
        return []
    told = ", ".join(f"{number} {kind}" for kind, number in counts.most_common())
    return [f"  {what}: {told}"]


def _changes(changes: Iterable[tuple[str, str]]) -> str:
    told = [f"{key}: {CHANGE[state]}" for state, key in changes if state != "same"]
    return "\n".join(told) or "I testi sono uguali."
