"""Who may do what in the guide. Plain rules that never query: the law is for everybody to read."""

from casa.registry import access as registry
from casa.registry.actor import Actor


def may_correct_norms(actor: Actor) -> bool:
    """Whoever looks after the network corrects the table, in the back office."""
    return registry.may_use_back_office(actor)
