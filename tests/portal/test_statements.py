import inspect

import pytest
from django.apps import apps
from django.conf import settings

from casa.portal.statements import kept

ROOMS = {name.rpartition(".")[2] for name in settings.CASA_ROOMS}
NONE = "personal data: none"


def holding_personal_data() -> set[str]:
    """The models of the house whose docstring says that they hold personal data."""
    ours = [model for model in apps.get_models() if model._meta.app_label in ROOMS]
    words = {model._meta.label: inspect.getdoc(model) or "" for model in ours}
    return {label for label, text in words.items() if NONE not in text.lower()}


def test_the_privacy_page_speaks_of_every_model_that_holds_personal_data():
    told = {label for row in kept() for label in row.models}
    assert told == holding_personal_data()


@pytest.mark.parametrize("row", kept(), ids=lambda row: row.models[0])
def test_each_row_says_what_why_and_until_when(row):
    assert all((row.what, row.why, row.until))
