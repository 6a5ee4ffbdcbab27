"""Who brings archives in."""

from django.shortcuts import get_object_or_404

from casa.library.access.entries import may_create
from casa.library.models import ImportRun
from casa.registry.actor import Actor


def may_import(actor: Actor) -> bool:
    """An author brings an archive in for the body acted for."""
    return may_create(actor)


def may_publish_unreviewed(actor: Actor) -> bool:
    """Only a network manager publishes an archive in one act, and the trail says so."""
    return actor.is_network_manager


def run_for(actor: Actor, pk: int) -> ImportRun:
    """An import of a body this actor writes for."""
    return get_object_or_404(
        ImportRun.objects.visible_to(actor).select_related("body", "person"), pk=pk
    )
