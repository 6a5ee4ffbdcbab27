"""DOC, RTF and XLS: turned into DOCX or XLSX by LibreOffice where it may run, then cleaned."""

from pathlib import Path

from casa.drafting import office
from casa.drafting.cleaning import docx, xlsx
from casa.drafting.cleaning.decisions import Cleaned
from casa.drafting.cleaning.work import Work
from casa.drafting.errors import Unreadable
from casa.drafting.kinds import LABELS, Kind
from casa.drafting.limits import DEFAULT, Limits
from casa.drafting.sniffing import sniff

NOT_HERE = (
    "Questo è {}, che qui non si può convertire: aprilo, salvalo come {}, e ripulisci quello."
)


def clean(path: Path, *, work: Work, limits: Limits = DEFAULT) -> Cleaned:
    """The cleaned copy in the newer format. Raises Unreadable, also without LibreOffice."""
    kind = sniff(path)
    to = Kind.XLSX if kind == Kind.XLS else Kind.DOCX
    cleaner = xlsx.clean if kind == Kind.XLS else docx.clean
    try:
        with office.converted(path, suffix=kind.value, to=to.value, limits=limits) as made:
            if made is None or sniff(made) != to:
                raise Unreadable("corrupt")
            work.warn("converted", LABELS[kind])
            return cleaner(made, work=work, limits=limits)
    except office.CannotConvert as error:
        raise Unreadable("office", NOT_HERE.format(LABELS[kind], to.value.upper())) from error
    except TimeoutError as error:
        raise Unreadable("too_complex") from error
