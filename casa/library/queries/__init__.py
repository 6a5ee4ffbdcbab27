"""Questions of the library that need more than one table."""

from casa.library.queries.adoptions import Adopters, adopter_lines, adopters, adoption_by
from casa.library.queries.campaigns import (
    banner_of,
    banner_of_kit,
    campaigns,
    hits_of,
    kits_hit,
)
from casa.library.queries.catalogue import Catalogue, Filters, catalogue, latest
from casa.library.queries.choices import (
    brought,
    card_choices,
    first_proposal,
    next_proposal,
    open_proposal,
    renewable,
    version_choices,
)
from casa.library.queries.citations import (
    CitedNorm,
    Judged,
    StaleNorm,
    cited_norms,
    judged_citations,
    marks_of,
    reference_date,
    stale_norms,
)
from casa.library.queries.comparing import Pair, Revisions, pair_of, revisions_of
from casa.library.queries.confirming import is_asked
from casa.library.queries.copies import PublishedCopy, published_copies
from casa.library.queries.family import Family, family_of
from casa.library.queries.fields import ModelFields, blanks_of, main_upload, model_fields
from casa.library.queries.figures import Figures, Use, figures, use_of
from casa.library.queries.findings import Findings, findings_of, last_return
from casa.library.queries.following import (
    feed_of_entry,
    feed_of_kit,
    feed_of_subject,
    open_subject,
    subject_of,
)
from casa.library.queries.headings import Desk, desk_of
from casa.library.queries.heat import Heat, heat_of
from casa.library.queries.lineage import Descent, copies_by, descent_of, offices_of
from casa.library.queries.obligations import (
    Departing,
    departing,
    departures_from,
    marked_clauses,
    obligations_of,
    unexplained,
)
from casa.library.queries.reading import (
    Reading,
    files_of,
    in_force,
    parts_of,
    reading_of,
    versions_of,
)
from casa.library.queries.rewriting import Sheet, rewriting_of, sheet_of
from casa.library.queries.shelved import (
    Corrected,
    as_correction,
    as_drafted,
    corrections_of,
    drafted,
    levels_of,
    stored_reading,
)
from casa.library.queries.starter import (
    StarterGroup,
    StarterRow,
    starter_issue,
    starter_kits,
    starter_texts,
)
from casa.library.queries.suggesting import offered_source, offers_of, suggestions_of, words_of
from casa.library.queries.taking import desk_of_news, taking_of, trio_of
from casa.library.queries.vouching import (
    Experiences,
    Standing,
    endorsement_by,
    experience_by,
    experiences,
    experiences_of,
    has_used,
    standing_of,
)
from casa.library.queries.wordings import Wordings, wordings_of
from casa.library.queries.work import Work, work_of

__all__ = [
    "Adopters",
    "Catalogue",
    "CitedNorm",
    "Corrected",
    "Departing",
    "Descent",
    "Desk",
    "Experiences",
    "Family",
    "Figures",
    "Filters",
    "Findings",
    "Heat",
    "Judged",
    "ModelFields",
    "Pair",
    "PublishedCopy",
    "Reading",
    "Revisions",
    "Sheet",
    "StaleNorm",
    "Standing",
    "StarterGroup",
    "StarterRow",
    "Use",
    "Wordings",
    "Work",
    "adopter_lines",
    "adopters",
    "adoption_by",
    "as_correction",
    "as_drafted",
    "banner_of",
    "banner_of_kit",
    "blanks_of",
    "brought",
    "campaigns",
    "card_choices",
    "catalogue",
    "cited_norms",
    "copies_by",
    "corrections_of",
    "departing",
    "departures_from",
    "descent_of",
    "desk_of",
    "desk_of_news",
    "drafted",
    "endorsement_by",
    "experience_by",
    "experiences",
    "experiences_of",
    "family_of",
    "feed_of_entry",
    "feed_of_kit",
    "feed_of_subject",
    "figures",
    "files_of",
    "findings_of",
    "first_proposal",
    "has_used",
    "heat_of",
    "hits_of",
    "in_force",
    "is_asked",
    "judged_citations",
    "kits_hit",
    "last_return",
    "latest",
    "levels_of",
    "main_upload",
    "marked_clauses",
    "marks_of",
    "model_fields",
    "next_proposal",
    "obligations_of",
    "offered_source",
    "offers_of",
    "offices_of",
    "open_proposal",
    "open_subject",
    "pair_of",
    "parts_of",
    "published_copies",
    "reading_of",
    "reference_date",
    "renewable",
    "revisions_of",
    "rewriting_of",
    "sheet_of",
    "stale_norms",
    "standing_of",
    "starter_issue",
    "starter_kits",
    "starter_texts",
    "stored_reading",
    "subject_of",
    "suggestions_of",
    "taking_of",
    "trio_of",
    "unexplained",
    "use_of",
    "version_choices",
    "versions_of",
    "wordings_of",
    "words_of",
    "work_of",
]
