"""The pages of dossiers."""

from casa.dossier.views.asking import question, questions, resume
from casa.dossier.views.filling import documents, produce, produce_all, product
from casa.dossier.views.history import history
from casa.dossier.views.lots import lots
from casa.dossier.views.moving import (
    award,
    commission,
    correct,
    participants,
    publish,
    sign,
    step,
    verify,
)
from casa.dossier.views.needing import need
from casa.dossier.views.papers import file, lay_ready, papers, take_away
from casa.dossier.views.reading import dossier, dossiers, models
from casa.dossier.views.writing import describe, new

__all__ = [
    "award",
    "commission",
    "correct",
    "describe",
    "documents",
    "dossier",
    "dossiers",
    "file",
    "history",
    "lay_ready",
    "lots",
    "models",
    "need",
    "new",
    "papers",
    "participants",
    "produce",
    "produce_all",
    "product",
    "publish",
    "question",
    "questions",
    "resume",
    "sign",
    "step",
    "take_away",
    "verify",
]
