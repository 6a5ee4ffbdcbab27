"""What people do in the library. Each verb is one transaction and one line in the trail."""

from casa.library.services.adopting import InUse, adopt, ask_still_used, note_copy, note_use
from casa.library.services.announcing import announce_later
from casa.library.services.campaigns import (
    ChangedNorm,
    close_campaign,
    keep_text,
    leave_withdrawn,
    open_campaign,
)
from casa.library.services.citations import read_citations_again, write_citations
from casa.library.services.confirming import ask_to_confirm, confirm, settle_confirmation
from casa.library.services.deriving import derive
from casa.library.services.drafts import (
    discard_version,
    edit_card,
    edit_version,
    open_entry,
    open_version,
)
from casa.library.services.fields import make_model, read_fields, read_fields_again
from casa.library.services.headings import correct_headings, forget_correction
from casa.library.services.importing import carry_on, resume_run, start_run
from casa.library.services.kits import (
    KitCard,
    KitLine,
    add_item,
    discard_kit,
    edit_kit,
    move_item,
    open_kit,
    propose_kit,
    publish_kit,
    remove_item,
    reopen_kit,
    return_kit,
    withdraw_kit,
)
from casa.library.services.obliging import explain, mark_clauses
from casa.library.services.redlines import Redline, redline
from casa.library.services.reviews import (
    propose_version,
    publish_unreviewed,
    publish_version,
    return_version,
)
from casa.library.services.rewriting import (
    carry_out_writing,
    finish_writing,
    forget_clause,
    sweep_writings,
    write_clause,
)
from casa.library.services.suggesting import (
    accept_suggestion,
    decline_suggestion,
    note_answer_read,
    suggest,
    withdraw_suggestion,
)
from casa.library.services.taking import (
    carry_out,
    finish_choices,
    keep_as_it_is,
    keep_choices,
    sweep_takings,
)
from casa.library.services.tallies import (
    count_download,
    count_kit_download,
    count_kit_view,
    count_view,
)
from casa.library.services.values import Answer, Card, Proposal, Waiver
from casa.library.services.vouching import (
    answer_experience,
    endorse,
    take_back_endorsement,
    tell_experience,
)
from casa.library.services.withdrawals import remove_demo, withdraw_entry

__all__ = [
    "Answer",
    "Card",
    "ChangedNorm",
    "InUse",
    "KitCard",
    "KitLine",
    "Proposal",
    "Redline",
    "Waiver",
    "accept_suggestion",
    "add_item",
    "adopt",
    "announce_later",
    "answer_experience",
    "ask_still_used",
    "ask_to_confirm",
    "carry_on",
    "carry_out",
    "carry_out_writing",
    "close_campaign",
    "confirm",
    "correct_headings",
    "count_download",
    "count_kit_download",
    "count_kit_view",
    "count_view",
    "decline_suggestion",
    "derive",
    "discard_kit",
    "discard_version",
    "edit_card",
    "edit_kit",
    "edit_version",
    "endorse",
    "explain",
    "finish_choices",
    "finish_writing",
    "forget_clause",
    "forget_correction",
    "keep_as_it_is",
    "keep_choices",
    "keep_text",
    "leave_withdrawn",
    "make_model",
    "mark_clauses",
    "move_item",
    "note_answer_read",
    "note_copy",
    "note_use",
    "open_campaign",
    "open_entry",
    "open_kit",
    "open_version",
    "propose_kit",
    "propose_version",
    "publish_kit",
    "publish_unreviewed",
    "publish_version",
    "read_citations_again",
    "read_fields",
    "read_fields_again",
    "redline",
    "remove_demo",
    "remove_item",
    "reopen_kit",
    "resume_run",
    "return_kit",
    "return_version",
    "settle_confirmation",
    "start_run",
    "suggest",
    "sweep_takings",
    "sweep_writings",
    "take_back_endorsement",
    "tell_experience",
    "withdraw_entry",
    "withdraw_kit",
    "withdraw_suggestion",
    "write_citations",
    "write_clause",
]
