"""Tasks only call one service; the service fetches, locks and may be repeated."""

from django.utils import timezone
from django_tasks import task

from casa.library import services
from casa.library.services import announcing, campaign_duties, exchanging, rewriting, taking


@task()
def bring_in(run_id: int) -> None:
    """Carry on with an import that was asked for on the page."""
    services.carry_on(run_id=run_id, now=timezone.now())


@task()
def take_news(taking_id: int) -> None:
    """Make the document of a copy that takes the news of its source."""
    taking.carry_out(taking_id=taking_id, now=timezone.now())


@task()
def rewrite(rewriting_id: int) -> None:
    """Make the document of clauses that were changed in the browser."""
    rewriting.carry_out_writing(rewriting_id=rewriting_id, now=timezone.now())


@task()
def announce(version_id: int) -> None:
    """Tell of a published version those who follow it and those who derived from it."""
    announcing.announce(version_id=version_id, now=timezone.now())


@task()
def ask_offices(campaign_id: int) -> None:
    """Give each office hit by a norm that changed its task."""
    campaign_duties.ask_offices(campaign_id=campaign_id, now=timezone.now())


@task()
def bring_bundle(bundle_id: int) -> None:
    """Bring in the bundle of another installation that a person asked for."""
    exchanging.carry_bundle_on(bundle_id=bundle_id, now=timezone.now())
