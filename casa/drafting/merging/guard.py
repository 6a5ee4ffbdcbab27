"""The last look at a written merge: no clause that should stand in it may be missing."""

import re
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from casa.drafting.errors import Unreadable
from casa.drafting.limits import Limits
from casa.drafting.merging.model import ClauseMerge, Merge
from casa.drafting.reading import read

_WORD = re.compile(r"\w+")
_TOLD = 3


def check(data: bytes, merge: Merge, *, limits: Limits) -> None:
    """Raise Unreadable, naming the clauses, when words of the result are not in the written file.

    A change of a table that does not fit ours, or a paragraph that the file hides, must be brought
    in by hand rather than be left out in silence. Undecided conflicts are tracked changes, whose
    words stand among ours: they are not looked at.
    """
    with TemporaryDirectory() as folder:
        path = Path(folder, "result.docx")
        path.write_bytes(data)
        written = _plain(read(path, limits=limits).text)
    decided = [one for one in merge.clauses if one.state != "conflict" or one.is_decided]
    if missing := [clause for clause in decided if not _stands(clause, written)]:
        raise Unreadable("merge", _sentence(missing))


def _stands(clause: ClauseMerge, written: str) -> bool:
    parts = (clause.result or "").split("\n")
    return all(_plain(part) in written for part in parts)


def _plain(text: str) -> str:
    return f" {' '.join(_WORD.findall(text.casefold()))} " if _WORD.search(text) else ""


def _sentence(missing: Sequence[ClauseMerge]) -> str:
    names = [
        " ".join(part for part in (clause.label, clause.heading) if part) or clause.key
        for clause in missing
    ]
    told = ", ".join(f"«{name}»" for name in names[:_TOLD])
    more = f" e altre {len(names) - _TOLD}" if len(names) > _TOLD else ""
    return (
        f"Il risultato non si può scrivere da solo nel nostro file: riporta a mano {told}{more}, "
        "per esempio perché le tabelle dei due testi hanno righe o colonne diverse."
    )
