"""The facets that a card may carry, and the Italian word of each in addresses and in queries.

The values on a card are raw codes. What people read comes from `casa.search.labels`.
"""

from collections.abc import Iterable, Mapping

FACETS: Mapping[str, str] = {
    "kind": "tipo",
    "pillar": "pilastro",
    "procedure_type": "procedura",
    "contract_type": "contratto",
    "criterion": "criterio",
    "amount_band": "importo",
    "phase": "fase",
    "body": "ente",
    "region": "regione",
    "macro_area": "area",
    "year": "anno",
    "cpv_division": "settore",
    "cpv": "cpv",
}
NAMES: Mapping[str, str] = {word: name for name, word in FACETS.items()}
MAX_VALUE = 80


def tidy(facets: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    """The facets of a card in one shape: known names, no empty value, each value once.

    An unknown name is a mistake of the room that files the card and surfaces at once.
    """
    if unknown := set(facets) - set(FACETS):
        raise ValueError(f"Unknown facets: {', '.join(sorted(unknown))}")
    kept = {name: _values(facets.get(name, ())) for name in FACETS}
    return {name: values for name, values in kept.items() if values}


def _values(values: Iterable[str]) -> list[str]:
    return sorted({str(value)[:MAX_VALUE] for value in values if str(value).strip()})
