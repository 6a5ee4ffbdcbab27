"""`casa clean`: a copy to share, and what was done to make it. See docs/documenti.md."""

import json
from pathlib import Path
from typing import Any

from casa.documents import jailed
from casa.drafting import Unreadable
from casa.drafting.cleaning.decisions import Cleaned
from casa.drafting.cleaning.reporting import parted, report
from casa.drafting.personal import LABELS
from casa.foundation.jail import JailLimits

# a page with a value to remove becomes a picture: half a second, half a megabyte
LIMITS = JailLimits(cpu_seconds=600, wall_seconds=600.0, output=300 * 1024 * 1024)
_LABELS = {str(kind): label for kind, label in LABELS.items()}
_SAME = {".jpeg": ".jpg", ".tiff": ".tif", ".htm": ".html", ".text": ".txt"}
OTHER_NAME = "La copia è un file {suffix}: scrivi --out con un nome che finisce così, e riprova."


def clean(file: Path, out: Path, decisions: Path | None, told: Path | None) -> str:
    """Write the copy and, where asked, what went from it; gives the summary. Raises Unreadable."""
    options = ["--decisions", json.dumps(json_in(decisions))] if decisions else []
    cleaned = _cleaned(file, options)
    suffix = out.suffix.lower()
    if _SAME.get(suffix, suffix) != cleaned.suffix:
        raise Unreadable("not_supported", OTHER_NAME.format(suffix=cleaned.suffix))
    out.write_bytes(cleaned.data)
    if told:
        told.write_text(json.dumps(report(cleaned), ensure_ascii=False, indent=2), encoding="utf-8")
    return summary(cleaned)


def _cleaned(file: Path, options: list[str]) -> Cleaned:
    """Files of old kinds are tried again where LibreOffice may be started."""
    words = ["--report", "-", *options]
    try:
        return parted(jailed.make("clean", file, options=words, limits=LIMITS))
    except Unreadable as refusal:
        if refusal.code != "office":
            raise
    words += ["--limits", '{"programs": 1}']
    return parted(jailed.make("clean", file, options=words, limits=jailed.HELPED))


def summary(cleaned: Cleaned) -> str:
    """What went and what is not certain, in Italian; values are not repeated on the screen."""
    lines = [
        f"Tolto: {_LABELS.get(one.kind, 'un valore nominato')}, {_times(one.count)}"
        for one in cleaned.redactions
    ]
    lines += [f"Tolto: {one.message}" for one in cleaned.dropped]
    lines += [f"Resta per decisione: un dato, perché «{one.reason}»" for one in cleaned.spared]
    lines += [f"Attenzione: {one.message}" for one in cleaned.warnings]
    return "\n".join(lines)


def _times(count: int) -> str:
    return "1 volta" if count == 1 else f"{count} volte"


def json_in(path: Path) -> Any:
    """What a JSON file holds. Raises Unreadable."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise Unreadable("corrupt", f"«{path}» non è un file JSON che si possa leggere.") from error
