"""Inspection: everything the drafting table can say of one file, as plain data for JSON.

The shape is a promise to other programs: it stands in `docs/json/inspect.schema.json`.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from casa.drafting import citations, norms, personal
from casa.drafting.draft import Clause, Draft
from casa.drafting.errors import Unreadable
from casa.drafting.seen import AUTHOR, authors, seen

SIGNER = ("name", "issuer", "signed_at", "algorithm", "integrity", "layer")
CLAUSE = ("key", "label", "heading", "start", "end", "page")
CITATION = ("text", "start", "end", "act", "article", "comma", "letter", "urn", "url")
DEAD = ("superseded", "repealed")

Json = dict[str, Any]


def inspect(draft: Draft, *, name: str, table: norms.NormTable, on: date) -> Json:
    """What was read in the file `name`, with its citations judged by the norms in force on `on`.

    Gives file, type, pages, language, text, confidence, signers, clauses, citations,
    personal_data and findings; every `start` and `end` is an offset into `text`.
    """
    cited = cited_norms(draft.text, table=table, on=on)
    data = [asdict(datum) for datum in personal.find(draft.text)]
    places = Places(draft.clauses)
    return {
        "file": name,
        "type": draft.format,
        "pages": draft.pages,
        "language": draft.language,
        "text": draft.text,
        "confidence": draft.confidence,
        "signers": [_only(asdict(signer), SIGNER) for signer in draft.signers],
        "clauses": [_only(asdict(clause), CLAUSE) for clause in draft.clauses],
        "citations": cited,
        "personal_data": data,
        "findings": [
            *_file_findings(draft),
            *(_dead_citation(one, places) for one in cited if one["status"] in DEAD),
            *(_personal(one, places) for one in data if one["level"] == "blocking"),
        ],
    }


def refused(error: Unreadable, *, name: str) -> Json:
    """The object of a file that cannot be read: why, in one blocking finding, and no text."""
    finding = _finding(error.code, "blocking", error.message, place=_nowhere())
    return {"file": name, "findings": [finding]}


def cited_norms(text: str, *, table: norms.NormTable, on: date) -> list[Json]:
    """Every citation with its verdict on that day."""
    found = []
    for citation in citations.find(text, issued_on=on):
        verdict = norms.verdict(table, citation, on=on)
        found.append(
            _only(asdict(citation), CITATION)
            | {
                "status": verdict.status,
                "since": verdict.since.isoformat() if verdict.since else None,
                "replaced_by": verdict.replaced_by or None,
            }
        )
    return found


class Places:
    """Where an offset of the text stands: in which clause, on which page."""

    def __init__(self, clauses: Sequence[Clause]) -> None:
        self._clauses = clauses
        self._starts = [clause.start for clause in clauses]

    def of(self, start: int, end: int) -> Json:
        """The place of a finding."""
        at = bisect_right(self._starts, start) - 1
        clause = self._clauses[at] if at >= 0 and start < self._clauses[at].end else None
        return {
            "part": "text",
            "page": clause.page if clause else None,
            "clause": clause.key if clause else None,
            "start": start,
            "end": end,
        }


def _file_findings(draft: Draft) -> list[Json]:
    """What the file itself holds beside its text, and what of it was not read."""
    said = [(one.code, str(one.severity), one.message) for one in seen(draft)]
    said += [("metadata", "warning", AUTHOR)] if authors(draft) else []
    said += [("unread", "warning", sentence) for sentence in draft.unread]
    said += [
        ("altered-signature", "warning", f"Firma di {signer.name or 'ignoto'}: {signer.note}")
        for signer in draft.signers
        if signer.integrity == "altered"
    ]
    return [_finding(code, level, message, place=_nowhere()) for code, level, message in said]


def _dead_citation(cited: Mapping[str, Any], places: Places) -> Json:
    since = f" dal {cited['since']}" if cited["since"] else ""
    gone = "abrogata" if cited["status"] == "repealed" else "superata"
    instead = f"; oggi vale {cited['replaced_by']}" if cited["replaced_by"] else ""
    message = f"«{cited['text']}»: norma {gone}{since}{instead}. Aggiorna il riferimento."
    place = places.of(cited["start"], cited["end"])
    return _finding(f"{cited['status']}-norm", "warning", message, place=place)


def _personal(datum: Mapping[str, Any], places: Places) -> Json:
    message = "Un dato personale che non si condivide: toglilo o sostituiscilo con un campo."
    place = places.of(datum["start"], datum["end"])
    return _finding("personal-data", "blocking", message, place=place)


def _finding(code: str, severity: str, message: str, *, place: Json) -> Json:
    return {"code": code, "severity": severity, "place": place, "message": message}


def _nowhere() -> Json:
    return {"part": "file", "page": None, "clause": None, "start": None, "end": None}


def _only(values: Mapping[str, Any], names: Sequence[str]) -> Json:
    return {name: values[name] for name in names}
