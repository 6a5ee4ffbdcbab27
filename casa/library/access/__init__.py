"""Who may do what in the library.

Reading is a query: `visible_to(actor)`. Acting is a function: `may_*(actor, object)` returns a
bool and never touches the database (objects come with their body loaded). Views get objects
only from the `*_for` functions, so that a check cannot be forgotten.
"""

from casa.library.access.campaigns import (
    campaign_for,
    demand_member,
    hit_for,
    may_keep_text,
    may_run_campaigns,
)
from casa.library.access.entries import (
    entry_for,
    may_adopt,
    may_confirm,
    may_correct_headings,
    may_create,
    may_derive,
    may_edit_card,
    may_oblige,
    may_read_departures,
    may_rewrite,
    may_withdraw,
    may_write,
    successor_for,
)
from casa.library.access.exchange import (
    bundle_for,
    demand_exchanger,
    installation_for,
    may_exchange,
)
from casa.library.access.imports import (
    may_import,
    may_publish_unreviewed,
    run_for,
)
from casa.library.access.kits import (
    kit_for,
    may_confirm_kit,
    may_edit_kit,
    may_reopen_kit,
    may_review_kit,
    may_withdraw_kit,
)
from casa.library.access.suggesting import (
    may_answer,
    may_read_suggestions,
    may_suggest,
    may_withdraw_suggestion,
    suggestion_for,
)
from casa.library.access.versions import (
    file_for,
    may_edit,
    may_publish_alone,
    may_review,
    version_for,
)
from casa.library.access.vouching import (
    endorsement_for,
    experience_for,
    may_endorse,
    may_take_back,
)

__all__ = [
    "bundle_for",
    "campaign_for",
    "demand_exchanger",
    "demand_member",
    "endorsement_for",
    "entry_for",
    "experience_for",
    "file_for",
    "hit_for",
    "installation_for",
    "kit_for",
    "may_adopt",
    "may_answer",
    "may_confirm",
    "may_confirm_kit",
    "may_correct_headings",
    "may_create",
    "may_derive",
    "may_edit",
    "may_edit_card",
    "may_edit_kit",
    "may_endorse",
    "may_exchange",
    "may_import",
    "may_keep_text",
    "may_oblige",
    "may_publish_alone",
    "may_publish_unreviewed",
    "may_read_departures",
    "may_read_suggestions",
    "may_reopen_kit",
    "may_review",
    "may_review_kit",
    "may_rewrite",
    "may_run_campaigns",
    "may_suggest",
    "may_take_back",
    "may_withdraw",
    "may_withdraw_kit",
    "may_withdraw_suggestion",
    "may_write",
    "run_for",
    "successor_for",
    "suggestion_for",
    "version_for",
]
