"""What a cleaned copy lost and kept, in words, and what any copy of a document loses."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casa import drafting
from casa.drafting.cleaning import Dropped, Warned
from casa.drafting.personal import LABELS
from casa.intake.models import CleanedCopy, SharingDecision, Upload


@dataclass(frozen=True, slots=True)
class Told:
    """A cleaned copy as pages tell of it: lines in words, and the decisions on what stays."""

    cleaned: CleanedCopy
    copy: Upload | None
    original: Upload | None
    removed: list[str]
    kept: list[SharingDecision]
    by_rule: list[str]
    dropped: list[str]
    warnings: list[str]


def told(cleaned: CleanedCopy) -> Told:
    """Reads only what `queries.cleanings_behind` brought."""
    stays = [one for one in cleaned.decisions.all() if one.action == SharingDecision.Action.KEEP]
    return Told(
        cleaned=cleaned,
        copy=cleaned.copy,
        original=cleaned.original,
        removed=[_removed(line) for line in cleaned.removed if line["places"]],
        kept=[one for one in stays if not one.rule],
        by_rule=list(_by_rule(one for one in stays if one.rule)),
        dropped=[Dropped(line["code"], line["count"]).message for line in cleaned.dropped],
        warnings=[*_not_found(cleaned), *(Warned(**line).message for line in cleaned.warned)],
    )


def goes_anyway(draft: drafting.Draft) -> list[str]:
    """What is seen in the document and is in no cleaned copy, whatever one decides."""
    metadata = draft.metadata
    authors = dict.fromkeys(name for name in (metadata.author, metadata.last_author) if name)
    lines = [_("le proprietà del file: autori, date, modello e programma usati")]
    if authors:
        lines[0] = _("le proprietà del file, con il nome degli autori ({names})").format(
            names=", ".join(authors)
        )
    lines += _counted(draft)
    if draft.hidden_text:
        lines.append(_("il testo nascosto"))
    if draft.signers:
        lines.append(_("le firme digitali: la copia è un file nuovo, l'originale resta firmato"))
    lines.append(
        _("se ci sono: dati collegati da altri file, oggetti incorporati, anteprime e programmi")
    )
    return lines


def _counted(draft: drafting.Draft) -> Iterator[str]:
    if count := draft.comments:
        yield ngettext("un commento", "{count} commenti", count).format(count=count)
    if count := draft.tracked_changes:
        words = ngettext(
            "una revisione: resta il testo come se fosse accettata",
            "{count} revisioni: resta il testo come se fossero accettate",
            count,
        )
        yield words.format(count=count)
    counts = {
        "hidden-sheets": draft.hidden_sheets,
        "hidden-rows": draft.hidden_rows,
        "hidden-columns": draft.hidden_columns,
        "external-links": draft.external_links,
    }
    yield from (Dropped(code, count).message for code, count in counts.items() if count)


def _removed(line: dict[str, int | str]) -> str:
    """One kind: "codice fiscale: 2 dati, in 3 punti"."""
    values, places = int(line["values"]), int(line["places"])
    how_many = ngettext("{count} dato", "{count} dati", values).format(count=values)
    where = ngettext("in un punto", "in {count} punti", places).format(count=places)
    return f"{_kind(str(line['kind']))}: {how_many}, {where}"


def _not_found(cleaned: CleanedCopy) -> Iterator[str]:
    """What should go and was nowhere in the bytes, as words in a picture are."""
    kinds = [_kind(str(line["kind"])) for line in cleaned.removed if not line["places"]]
    if kinds:
        yield _(
            "Alcuni dati da togliere non sono stati trovati dove il file tiene il suo testo "
            "({kinds}): guarda la copia prima di condividerla."
        ).format(kinds=", ".join(kinds))


def _by_rule(decisions: Iterable[SharingDecision]) -> Iterator[str]:
    counts = Counter((one.kind_label, str(one.get_rule_display())) for one in decisions)
    for (kind, rule), count in sorted(counts.items()):
        how_many = ngettext("{count} dato", "{count} dati", count).format(count=count)
        yield f"{kind}: {how_many} ({rule})"


def _kind(kind: str) -> str:
    named = {str(key): label for key, label in LABELS.items()}
    return named.get(kind) or _("altre parole indicate da chi ha preparato la copia")
