"""What search is told of an entry. Written down in the transaction that publishes."""

from collections.abc import Iterable

from casa.library.models import Clause, Entry, Version
from casa.library.models.choices import Audience
from casa.registry.actor import NETWORK_TOKEN, PUBLIC_TOKEN, body_token
from casa.registry.models import Body, Province
from casa.registry.trail import key_of
from casa.search import services as search


def file_entry(entry: Entry, *, version: Version, clauses: Iterable[Clause]) -> None:
    """Write or rewrite the card of a published entry from its current version."""
    search.file_card(
        key=key_of(entry),
        kind=entry.kind,
        title=entry.title,
        object=entry.object,
        text=version.text,
        clauses=[_passage(clause) for clause in clauses],
        url=entry.get_absolute_url(),
        body=entry.body,
        facets=facets(entry, version=version),
        audience=audience_tokens(version.audience, body_id=entry.body_id),
        dated_on=version.effective_on,
        reviewed=version.reviewer_id is not None,
        confirm_by=entry.review_by,
        adoptions=entry.adoptions.in_use().count(),
    )


def withdraw_entry(entry: Entry) -> None:
    search.withdraw_card(key=key_of(entry))


def audience_tokens(audience: str, *, body_id: int) -> list[str]:
    """The words of the index that open this audience; the owner body always reads its own."""
    own = body_token(body_id)
    return {
        Audience.PUBLIC: [PUBLIC_TOKEN],
        Audience.NETWORK: [NETWORK_TOKEN, own],
        Audience.BODY: [own],
    }[Audience(audience)]


def facets(entry: Entry, *, version: Version) -> dict[str, list[str]]:
    """Raw codes by facet; empty fields are left out."""
    province = province_of(entry.body)
    values = {
        "kind": [entry.kind],
        "pillar": [entry.pillar.code],
        "procedure_type": [entry.procedure_type],
        "contract_type": [entry.contract_type],
        "criterion": [entry.criterion],
        "amount_band": [entry.amount_band],
        "phase": [entry.phase],
        "cpv": entry.cpv_codes,
        "body": [str(entry.body_id)],
        "region": [province.region.name] if province else [],
        "macro_area": [province.region.macro_area] if province else [],
        "year": [str(version.effective_on.year)],
    }
    return {name: kept for name, codes in values.items() if (kept := [c for c in codes if c])}


def province_of(body: Body) -> Province | None:
    """Where a body stands: a Province itself, or the Province of a Comune."""
    if body.province:
        return body.province
    return body.municipality.province if body.municipality else None


def place_of(body: Body) -> str:
    """The name of that Province; of a body without a territory, of the Province that it is or is
    under, as in the demonstration; empty where there is none."""
    if province := province_of(body):
        return province.name
    above = body if body.kind == Body.Kind.PROVINCE else body.province_body
    return above.name if above else ""


def _passage(clause: Clause) -> dict[str, object]:
    fields = ("key", "label", "heading", "start", "end")
    return {name: getattr(clause, name) for name in fields} | {"address": address_of(clause)}


def address_of(clause: Clause) -> str:
    """Where a clause stands below its version's address: in a long text also in which part."""
    return f"?pagina={clause.part}#{clause.key}" if clause.part > 1 else f"#{clause.key}"
