"""The rules of procurement on a day, with what they were before."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from casa.guide.choosing import Advice, Need
from casa.guide.choosing import advise as advised
from casa.guide.law import Law
from casa.guide.models import Rule


@dataclass(frozen=True, slots=True)
class Section:
    """One topic: its rules on the day, each with the other rows of the same rule."""

    topic: str
    label: str
    rules: Sequence[tuple[Rule, Sequence[Rule]]]


def law_of() -> Law:
    """Every rule, as the engine of the guide asks them. One query."""
    return Law(rule.row for rule in Rule.objects.order_by("pk"))


def advise(need: Need) -> Advice:
    """Which procedure and who, by the rules of this platform. One query."""
    return advised(need, law_of())


def every_rule(*, on: date | None = None) -> list[Rule]:
    """The rules of a day, or all of them, in the order of the topics. One query."""
    rules = Rule.objects.order_by("pk")
    order = list(Rule.Topic)
    found = rules.holding(on=on) if on else rules
    return sorted(found, key=lambda rule: order.index(Rule.Topic(rule.topic)))


def sections(*, on: date) -> list[Section]:
    """The rules of a day by topic. One query."""
    known = histories()
    found: dict[str, list[tuple[Rule, Sequence[Rule]]]] = defaultdict(list)
    for (topic, *_rule), history in known.items():
        now = next((rule for rule in history if rule.row.holds(on)), None)
        if now:
            found[topic].append((now, [rule for rule in history if rule != now]))
    return [
        Section(topic.value, str(topic.label), found[topic.value])
        for topic in Rule.Topic
        if found[topic.value]
    ]


def histories() -> dict[tuple[str, str, str], list[Rule]]:
    """Every row of every rule of a jurisdiction, the oldest first. One query."""
    known: dict[tuple[str, str, str], list[Rule]] = defaultdict(list)
    for rule in Rule.objects.order_by("pk"):
        known[rule.topic, rule.code, rule.jurisdiction].append(rule)
    for history in known.values():
        history.sort(key=lambda rule: rule.valid_from)
    return known
