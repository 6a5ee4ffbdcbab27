"""The personal data of a document before it is shared: each value once, with what is proposed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.crypto import salted_hmac

from casa import drafting
from casa.drafting import personal
from casa.drafting.personal import LABELS, PersonalDatum
from casa.intake.models import SharingDecision, Upload
from casa.intake.whereabouts import Whereabouts

AROUND = 70
LONGEST = 300
_GRAVEST_FIRST = ("blocking", "check", "info")
_RULES = {
    "email": SharingDecision.Rule.OFFICE_MAIL,
    "pec": SharingDecision.Rule.OFFICE_MAIL,
    "phone": SharingDecision.Rule.OFFICE_PHONE,
    "name": SharingDecision.Rule.PUBLIC_ROLE,
    "address": SharingDecision.Rule.SEAT,
    "vat_number": SharingDecision.Rule.FIRM,
    "iban": SharingDecision.Rule.ACCOUNT,
}


@dataclass(frozen=True, slots=True)
class Found:
    """One value: where it is first seen with the words around it, in how many places it stands.

    `level` is the gravest of its places, but a name once given with its public role is public.
    `rule` says why it may stay without asking; what has none is proposed for removal.
    """

    datum: PersonalDatum
    level: str
    places: int
    place: str
    before: str
    after: str
    digest: str
    rule: str

    @property
    def kind(self) -> str:
        return self.datum.kind

    @property
    def value(self) -> str:
        return " ".join(self.datum.value.split())[:LONGEST]

    @property
    def label(self) -> str:
        """The kind in Italian words."""
        return LABELS[self.datum.kind]

    @property
    def has_check_digit(self) -> bool:
        return self.kind in ("fiscal_code", "vat_number", "iban")

    @property
    def proposed(self) -> str:
        """Keep what a rule makes public, remove the rest."""
        return SharingDecision.Action.KEEP if self.rule else SharingDecision.Action.REMOVE


def found_in(draft: drafting.Draft, upload: Upload) -> list[Found]:
    """Every personal datum of a document, once, the gravest first and then as the text goes.

    `upload` is the file whose decisions they are: it makes the digests its own.
    """
    text = _everything(draft)
    where = Whereabouts(draft)
    groups: dict[str, list[PersonalDatum]] = {}
    for datum in personal.find(text):
        groups.setdefault(digest_of(datum.kind, datum.value, upload), []).append(datum)
    found = [_found(digest, data, text, where) for digest, data in groups.items()]
    return sorted(found, key=lambda one: (_GRAVEST_FIRST.index(one.level), one.datum.start))


def left_in(draft: drafting.Draft, original: Upload, gone: Iterable[str]) -> list[PersonalDatum]:
    """What can still be read in a copy although it had to go; `gone` are the digests of that."""
    removed = set(gone)
    left: dict[str, PersonalDatum] = {}
    for datum in personal.find(_everything(draft)) if removed else ():
        digest = digest_of(datum.kind, datum.value, original)
        if digest in removed:
            left.setdefault(digest, datum)
    return list(left.values())


def digest_of(kind: str, value: str, upload: Upload) -> str:
    """Finds a value again without telling it: keyed by the house's secret and the file's token.

    A plain digest would not hide it: all fiscal codes can be tried in an afternoon.
    """
    bare = "".join(value.split()).upper()
    salt = f"casa.intake.sharing:{upload.token.hex}"
    return salted_hmac(salt, f"{kind}:{bare}", algorithm="sha256").hexdigest()


def _everything(draft: drafting.Draft) -> str:
    return "\n".join([draft.text, *draft.furniture])


def _found(digest: str, data: Sequence[PersonalDatum], text: str, where: Whereabouts) -> Found:
    first, level = data[0], _level(data)
    return Found(
        datum=first,
        level=level,
        places=len(data),
        place=where.of(first.start, len(data)),
        before=_line(text[max(0, first.start - AROUND) : first.start], last=True),
        after=_line(text[first.end : first.end + AROUND], last=False),
        digest=digest,
        rule=_RULES.get(first.kind, SharingDecision.Rule.PUBLIC) if level == "info" else "",
    )


def _level(data: Sequence[PersonalDatum]) -> str:
    levels = {datum.level for datum in data}
    if data[0].kind == "name" and "info" in levels:
        return "info"
    return next(level for level in _GRAVEST_FIRST if level in levels)


def _line(words: str, *, last: bool) -> str:
    """Whole words of the same paragraph, as they stand before the value or after it."""
    lines = words.split("\n\n")
    kept = lines[-1] if last else lines[0]
    if len(kept) == AROUND:  # cut in the middle of a word
        kept = kept.partition(" ")[2] if last else kept.rpartition(" ")[0]
        kept = f"…{kept}" if last else f"{kept}…"
    return kept.replace("\n", " ")
