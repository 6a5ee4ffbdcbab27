"""A file beside the published documents nearly the same, wide and narrow, full and empty."""

import pytest

from casa.search import prints
from tests.journeys.test_every_page import measure
from tests.library.makers import UploadFactory, published
from tests.library.test_copies import FIRST, SECOND

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("kind", ["page", "phone"])
def test_a_file_stands_beside_what_is_published(request, person, enter, kind):
    body = published(person, text=FIRST).entry.body
    prints.follow()
    me = person("author", body)
    files = [
        UploadFactory(body=body, person_id=me.person_id, person=None, text=text)
        for text in (SECOND, "Art. 1 - Altro\nTutt'altre parole.")
    ]
    window = enter(request.getfixturevalue(kind), me)
    measure(window, [f"/biblioteca/confronta-file/{file.token}/" for file in files])
