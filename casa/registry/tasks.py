"""What the worker does for the registry: mails. Each takes an id and reads the row again."""

from django_tasks import task

from casa.foundation.queues import MAIL
from casa.registry.models import Invitation, JoinRequest, Person, TrailLine
from casa.registry.services import mails


@task(queue_name=MAIL)
def mail_invitation(invitation_id: int) -> None:
    """The link to accept, to the invited address."""
    rows = Invitation.objects.select_related("body", "office", "invited_by")
    mails.send_invitation(rows.get(pk=invitation_id))


@task(queue_name=MAIL)
def mail_join_request(request_id: int) -> None:
    """A request waits, to those who administer the body."""
    rows = JoinRequest.objects.select_related("body", "person")
    mails.send_join_request(rows.get(pk=request_id))


@task(queue_name=MAIL)
def mail_network(request_id: int) -> None:
    """A request came to the network, to its managers."""
    rows = JoinRequest.objects.select_related("body", "person")
    mails.send_network_request(rows.get(pk=request_id))


@task(queue_name=MAIL)
def mail_decision(request_id: int) -> None:
    """The answer, to whoever asked."""
    rows = JoinRequest.objects.select_related("body", "person")
    mails.send_decision(rows.get(pk=request_id))


@task(queue_name=MAIL)
def mail_address_asked(person_id: int) -> None:
    """Somebody asked for another address, to the present one."""
    mails.send_address_asked(Person.objects.get(pk=person_id))


@task(queue_name=MAIL)
def mail_second_factor_reset(person_id: int, line_id: int) -> None:
    """The second factor is gone, to its person; the line of the trail says who did it and why."""
    line = TrailLine.objects.select_related("person").get(pk=line_id)
    mails.send_second_factor_reset(Person.objects.get(pk=person_id), line)


@task(queue_name=MAIL)
def mail_welcome(person_id: int) -> None:
    """How to get in, to somebody a network manager registered."""
    mails.send_welcome(Person.objects.get(pk=person_id))
