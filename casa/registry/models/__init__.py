"""Who and where: territory, bodies, people, mandates, requests, trail."""

from casa.registry.models.bodies import Body, Office
from casa.registry.models.entrance import Invitation, JoinRequest
from casa.registry.models.kept import KeptForm
from casa.registry.models.mandates import Mandate, NetworkRole
from casa.registry.models.people import Person
from casa.registry.models.project import Pillar, ProjectPhase, ProjectPlace
from casa.registry.models.succession import HandOver, HandOverLine, Way
from casa.registry.models.territory import (
    Municipality,
    Province,
    Region,
    TerritoryEdition,
)
from casa.registry.models.trail import TrailLine

__all__ = [
    "Body",
    "HandOver",
    "HandOverLine",
    "Invitation",
    "JoinRequest",
    "KeptForm",
    "Mandate",
    "Municipality",
    "NetworkRole",
    "Office",
    "Person",
    "Pillar",
    "ProjectPhase",
    "ProjectPlace",
    "Province",
    "Region",
    "TerritoryEdition",
    "TrailLine",
    "Way",
]
