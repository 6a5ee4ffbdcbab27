"""The list of the library: entries by the fields of their cards, each field a filter (B1)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, F, Func, QuerySet

from casa.library.models import Entry
from casa.registry.actor import Actor

#: the facets of the list, with the column each one filters
COLUMNS: Mapping[str, str] = {
    "tipo": "kind",
    "pilastro": "pillar__code",
    "procedura": "procedure_type",
    "contratto": "contract_type",
    "criterio": "criterion",
    "importo": "amount_band",
    "fase": "phase",
    "ente": "body__slug",
    "etichetta": "tags__slug",
    "licenza": "licence",
    "lettori": "audience",
}
SORTS: Mapping[str, Sequence[str]] = {
    "recenti": ("-current__published_at", "-pk"),
    "titolo": ("sortable", "pk"),
}

#: where the name of a value stands, for facets whose values are rows
NAMES: Mapping[str, str] = {
    "pilastro": "pillar__name",
    "ente": "body__name",
    "etichetta": "tags__name",
}

Filters = Mapping[str, Sequence[str]]
Tallied = Mapping[str, tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The entries found; for each facet the count, and where they are rows the name, of a value."""

    entries: QuerySet[Entry]
    counts: Mapping[str, Mapping[str, int]]
    names: Mapping[str, Mapping[str, str]]


def catalogue(actor: Actor, *, filters: Filters, sort: str = "recenti") -> Catalogue:
    """What an actor may read and is on offer. One query per facet, one for the entries."""
    offered = Entry.objects.visible_to(actor).offered()
    found = _chosen(offered, filters)
    sortable = Func(F("title"), function="casa_sortable")
    entries = (
        found.annotate(sortable=sortable)
        .select_related("body", "office", "pillar", "current__reviewer", "derivation")
        .defer("current__text")
        .order_by(*SORTS.get(sort, SORTS["recenti"]))
    )
    tallied = {name: _tallied(offered, filters, name) for name in COLUMNS}
    return Catalogue(
        entries=entries,
        counts={name: {v: n for v, (_, n) in rows.items()} for name, rows in tallied.items()},
        names={name: {v: label for v, (label, _) in tallied[name].items()} for name in NAMES},
    )


def latest(actor: Actor, *, limit: int) -> list[Entry]:
    """The entries published last among those the actor may read. One query."""
    offered = Entry.objects.visible_to(actor).offered()
    rows = offered.select_related("body", "pillar", "current", "derivation").defer("current__text")
    return list(rows.order_by("-current__published_at", "-pk")[:limit])


def _chosen(entries: QuerySet[Entry], filters: Filters, *, but: str = "") -> QuerySet[Entry]:
    """Values of one facet widen, facets narrow."""
    for name, column in COLUMNS.items():
        if name != but and (values := filters.get(name)):
            entries = entries.filter(pk__in=Entry.objects.filter(**{f"{column}__in": values}))
    return entries


def _tallied(entries: QuerySet[Entry], filters: Filters, name: str) -> Tallied:
    """For each value of a facet: its name, and how many entries have it under the other facets."""
    column = COLUMNS[name]
    rows = _chosen(entries, filters, but=name).order_by()
    grouped = rows.values_list(column, NAMES.get(name, column))
    triples = grouped.annotate(number=Count("pk", distinct=True))
    return {value: (str(label), number) for value, label, number in triples if value}
