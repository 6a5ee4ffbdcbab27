"""The verbs of the registry: each one transaction and one line in the trail."""

from casa.registry.services.bodies import (
    NewBody,
    add_office,
    close_body,
    create_bodies,
    create_body,
)

__all__ = [
    "NewBody",
    "add_office",
    "close_body",
    "create_bodies",
    "create_body",
]
