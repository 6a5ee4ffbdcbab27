from datetime import date

import pytest
from django.db import IntegrityError

from casa.portal.models import PageVote

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 3)


def test_a_page_has_one_row_a_day():
    PageVote.objects.create(page="/", day=TODAY)
    PageVote.objects.create(page="/", day=date(2026, 3, 4))
    PageVote.objects.create(page="/privacy/", day=TODAY)
    with pytest.raises(IntegrityError):
        PageVote.objects.create(page="/", day=TODAY)
