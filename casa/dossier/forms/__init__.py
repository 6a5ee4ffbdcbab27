"""What people write in a dossier."""

from casa.dossier.forms.describing import DataForm
from casa.dossier.forms.lots import LotsForm
from casa.dossier.forms.moving import (
    AwardForm,
    CorrigendumForm,
    DayForm,
    ParticipantForm,
    PublishForm,
    StepForm,
)
from casa.dossier.forms.opening import NewDossierForm
from casa.dossier.forms.papers import PaperForm

__all__ = [
    "AwardForm",
    "CorrigendumForm",
    "DataForm",
    "DayForm",
    "LotsForm",
    "NewDossierForm",
    "PaperForm",
    "ParticipantForm",
    "PublishForm",
    "StepForm",
]
