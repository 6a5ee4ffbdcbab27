"""The verbs of the registry: each one transaction and one line in the trail."""

from casa.registry.services.bodies import (
    NewBody,
    create_bodies,
    create_body,
)

__all__ = [
    "NewBody",
    "create_bodies",
    "create_body",
]
