"""The demonstration: made once in a new house, removed for ever, told in the trail."""

from casa.registry.services.demo.making import seed_demo
from casa.registry.services.demo.opening import current_code, password
from casa.registry.services.demo.removing import remove_demo

__all__ = ["current_code", "password", "remove_demo", "seed_demo"]
