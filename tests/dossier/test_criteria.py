"""How offers were compared and how many appeals there were: told at the end, found by others."""

from dataclasses import replace

import pytest
from django.utils import timezone

from casa.dossier import summary
from casa.dossier.models import Closing, Dossier, SharedTender, Timetable
from casa.dossier.queries.checking import cases_told
from casa.dossier.queries.closing import first_closing
from casa.dossier.queries.similar import Wanted, similar
from casa.dossier.services.closing import close
from casa.registry.actor import ANONYMOUS
from tests.dossier.endings import CONCLUDED, EMPTY, carried_out, end, share, signed
from tests.dossier.makers import need, opened
from tests.dossier.test_archive import brought, packed, rows
from tests.dossier.test_similar import files_folder, shared, titles  # noqa: F401 -- fixtures

pytestmark = pytest.mark.django_db
TOLD = replace(CONCLUDED, criterion="best_value", appeals=2)


def test_criterion_and_appeals_are_told_at_the_end_and_shared(author, monkeypatch):
    sheets = []
    monkeypatch.setattr(
        summary, "as_docx", lambda sheet, made=summary.as_docx: sheets.append(sheet) or made(sheet)
    )
    closed = end(signed(author), author, TOLD)
    assert (closed.closing.criterion, closed.closing.appeals) == ("best_value", 2)
    carried_out(share(closed, author))
    tender = SharedTender.objects.get()
    assert (tender.criterion, tender.appeals) == ("best_value", 2)
    assert ("Ricorsi", "2") in sheets[0].facts


def test_the_form_takes_numbers_alone_and_both_may_stay_unknown(client, login, author):
    made = signed(author)
    login(client, author)
    address = f"/fascicoli/{made.pk}/chiusura/"
    wrong = client.post(address, {"esito": "concluded", "criterio": "sorte", "ricorsi": "-1"})
    assert wrong.status_code == 422
    assert not Closing.objects.exists()
    client.post(address, {"esito": "concluded", "criterio": "lowest_price", "ricorsi": "0"})
    assert (Closing.objects.get().criterion, Closing.objects.get().appeals) == ("lowest_price", 0)


def test_what_the_days_say_of_the_criterion_is_proposed(author, dossier):
    assert "criterio" not in first_closing(author, dossier, timezone.now())
    now = timezone.now()
    Timetable.objects.create(
        dossier=dossier, day=now, lowest_price=False, saved_by_id=author.person_id, saved_at=now
    )
    assert "criterio" not in first_closing(author, dossier, timezone.now())  # nobody said which
    Timetable.objects.update(lowest_price=True)
    assert first_closing(author, dossier, timezone.now())["criterio"] == "lowest_price"


def test_similar_tenders_can_be_narrowed_by_criterion(client, login, author, shared):  # noqa: F811
    shared("Al prezzo", criterion="lowest_price", appeals=0)
    shared("Migliore offerta", criterion="best_value", appeals=1)
    shared("Non detto")
    wanted = Wanted("55", "up_to_150k", "services", "best_value")
    assert titles(similar(ANONYMOUS, wanted, body=None)) == ["Migliore offerta"]
    query = "/fascicoli/gare-simili/?tipo=services&importo=120000&cpv=55523100"
    page = client.get(f"{query}&criterio=lowest_price").content.decode()
    assert "Al prezzo" in page
    assert "nessuno" in page
    assert "Migliore offerta" not in page
    assert client.get(query).content.decode().count("Criterio</dt>") == 2
    made = opened(author, asked=need("120000", cpv="55523100"))
    login(client, author)
    own = client.get(f"/fascicoli/{made.pk}/gare-simili/?criterio=best_value").content.decode()
    assert "Migliore offerta" in own
    assert "Al prezzo" not in own
    odd = client.get(f"/fascicoli/{made.pk}/gare-simili/?criterio=sorte").content.decode()
    assert "Al prezzo" in odd


def test_need_and_end_come_back_from_an_archive(author, tmp_path):
    made = opened(author, asked=need("150000", qualification="sf3", urgent=True, pnrr=True))
    close(made.pk, replace(EMPTY, appeals=1), actor=author, now=timezone.now())
    made = Dossier.objects.select_related("case__office__body", "case__supporter").get(pk=made.pk)
    was, data = cases_told(made), packed(made, author)
    assert rows(data, "chiusura")[0]["appeals"] == 1
    made.case.delete()
    brought(data, tmp_path, author)
    assert cases_told(Dossier.objects.get()) == was
    assert Closing.objects.get().appeals == 1
