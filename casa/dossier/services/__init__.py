"""What people do with a dossier."""

from casa.dossier.services.answering import answer, read_models
from casa.dossier.services.awarding import award, name_commission, sign, verify
from casa.dossier.services.choosing import tell_need
from casa.dossier.services.describing import Data, describe
from casa.dossier.services.filling import produce, produce_all
from casa.dossier.services.laying import lay_ready
from casa.dossier.services.lots import LotData, describe_lots
from casa.dossier.services.opening import Wish, open_dossier
from casa.dossier.services.papers import Sheet, lay, take_away
from casa.dossier.services.publishing import correct, list_participant, publish
from casa.dossier.services.removing import remove_demo
from casa.dossier.services.rendering import fill
from casa.dossier.services.turning import TURN, move

__all__ = [
    "TURN",
    "Data",
    "LotData",
    "Sheet",
    "Wish",
    "answer",
    "award",
    "correct",
    "describe",
    "describe_lots",
    "fill",
    "lay",
    "lay_ready",
    "list_participant",
    "move",
    "name_commission",
    "open_dossier",
    "produce",
    "produce_all",
    "publish",
    "read_models",
    "remove_demo",
    "sign",
    "take_away",
    "tell_need",
    "verify",
]
