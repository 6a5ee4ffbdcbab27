"""«Quale modello mi serve?»: a few questions from the fields of the cards lead to one model (B2).

A blank field of a card means «does not apply»: such a model fits every answer, and ranks below one
that was made for it.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Case, Count, F, Func, IntegerField, Q, QuerySet, TextField, Value, When
from django.db.models.expressions import CombinedExpression, Expression
from django.utils.translation import gettext as _

from casa.library.models import Entry
from casa.library.models.choices import Kind
from casa.library.queries.catalogue import COLUMNS
from casa.registry.actor import Actor
from casa.registry.models import Body, Pillar
from casa.search import cpv

#: the fields asked about, in the order in which an office knows the answers
ASKED = ("contratto", "settore", "procedura", "importo", "fase", "criterio", "pilastro")
MOST = 6
"""Nobody answers more: the fields that come later are asked where earlier ones divide nothing."""
UNKNOWN = "non-so"
NONE_OF_THESE = "nessuno"
SHOWN = 20

#: a card may have codes of several divisions: their list, with spaces between
SECTOR = "settore"
DIVISIONS = [f"{number:02}000000" for number in range(100)]
FIELDS = {**COLUMNS, SECTOR: "codes"}

Answers = Mapping[str, str]
Profile = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """One field, the values that the models left have, and which of how many it is."""

    name: str
    values: Sequence[str]
    left: int


@dataclass(frozen=True, slots=True)
class Advice:
    """The model to use, those that fit as well after it, and those that don't with how many."""

    best: Entry | None
    others: Sequence[Entry]
    fitting: int
    excluded: Sequence[Entry]
    excluded_count: int


def next_question(actor: Actor, answers: Answers) -> Question | None:
    """The first field still unanswered that divides the models left. One query."""
    left = _left(_profiles(actor), answers)
    if len(answers) >= MOST or sum(left.values()) <= 1:
        return None
    for name in ASKED:
        if name not in answers and _divides(left, name):
            values = [value for value in _values(left, name) if value]
            return Question(name, values, sum(left.values()))
    return None


def all_questions(actor: Actor) -> list[Question]:
    """Every field that divides all the models, for the page that asks everything. One query."""
    profiles = _profiles(actor)
    total = sum(profiles.values())
    found = [(name, _values(profiles, name)) for name in ASKED]
    made = [
        Question(name, [v for v in values if v], total) for name, values in found if any(values)
    ]
    return made[:MOST]


def pillar_names() -> dict[str, str]:
    """What the codes of pillars are called. One query."""
    return dict(Pillar.objects.order_by("position").values_list("code", "name"))


def sector_names() -> dict[str, str]:
    """What the divisions of the CPV are called, in Italian. One query."""
    known = cpv.labels_of(DIVISIONS)
    return {code: known.get(code, _("Divisione CPV %s") % code[:2]) for code in DIVISIONS}


def advice(actor: Actor, answers: Answers, *, body: Body | None) -> Advice:
    """Three queries: the models that fit, best first, how many there are, and the others."""
    models, fit = _models(actor), _fit(answers)
    ranked = _ranked(models.filter(fit), answers, body=body)
    fitting = list(ranked[: SHOWN + 1])
    counted = models.aggregate(all=Count("pk"), fit=Count("pk", filter=fit))
    others = models.exclude(fit) if fit else models.none()
    nearest = _ranked(others, answers, body=body)
    return Advice(
        best=fitting[0] if fitting else None,
        others=fitting[1:],
        fitting=counted["fit"],
        excluded=list(nearest[:SHOWN]),
        excluded_count=counted["all"] - counted["fit"],
    )


def own_body(actor: Actor) -> Body | None:
    """The body acted for, whose own models and whose Province's go first. At most one query."""
    return Body.objects.filter(pk=actor.acting_for).first() if actor.acting_for else None


def value_of(entry: Entry, name: str) -> str:
    """The raw value of a field of the card."""
    if name == SECTOR:
        return " ".join(cpv.divisions_of(entry.cpv_codes))
    return entry.pillar.code if name == "pilastro" else str(getattr(entry, COLUMNS[name]))


def fits(value: str, answer: str) -> bool:
    """Whether a card with this value goes with the answer."""
    if answer == NONE_OF_THESE:
        return not value
    return answer == UNKNOWN or not value or answer in value.split()


def _models(actor: Actor) -> QuerySet[Entry]:
    codes = Func(F("cpv_codes"), Value(" "), function="array_to_string", output_field=TextField())
    models = Entry.objects.visible_to(actor).offered().filter(kind=Kind.MODEL)
    return models.annotate(codes=codes).order_by()


def _profiles(actor: Actor) -> Counter[Profile]:
    """How many models have the same values: few rows, however many models."""
    rows = _models(actor).values_list(*[FIELDS[name] for name in ASKED])
    profiles, at = Counter[Profile](), ASKED.index(SECTOR)
    for *values, number in rows.annotate(number=Count("pk")):
        values[at] = " ".join(cpv.divisions_of(values[at].split()))
        profiles[tuple(values)] += number
    return profiles


def _left(profiles: Counter[Profile], answers: Answers) -> Counter[Profile]:
    def fitting(profile: Profile) -> bool:
        found = zip(ASKED, profile, strict=True)
        return all(fits(value, answers.get(name, UNKNOWN)) for name, value in found)

    return Counter({profile: number for profile, number in profiles.items() if fitting(profile)})


def _divides(profiles: Counter[Profile], name: str) -> bool:
    at = ASKED.index(name)
    return len({profile[at] for profile in profiles}) > 1


def _values(profiles: Counter[Profile], name: str) -> list[str]:
    """The values of a field, the most frequent first."""
    at, counted = ASKED.index(name), Counter[str]()
    for profile, number in profiles.items():
        for value in profile[at].split() or [""]:
            counted[value] += number
    return sorted(counted, key=lambda value: (-counted[value], value))


def _fit(answers: Answers) -> Q:
    fit = Q()
    for name, answer in _given(answers).items():
        fit &= _is(name, "") if answer == NONE_OF_THESE else _is(name, "") | _is(name, answer)
    return fit


def _is(name: str, value: str) -> Q:
    """The card has this value, of a division one of its codes; "": it is blank."""
    if name == SECTOR and value:
        return Q(codes__regex=rf"(^| ){value[:2]}")
    return Q(**{FIELDS[name]: value})


def _given(answers: Answers) -> dict[str, str]:
    return {name: answer for name, answer in answers.items() if answer != UNKNOWN}


def _ranked(entries: QuerySet[Entry], answers: Answers, *, body: Body | None) -> QuerySet[Entry]:
    """Made for the answers, of the own body, of its Province, reviewed, used, then the newest."""
    own, province = (body.pk, body.province_body_id) if body else (None, None)
    counted = entries.annotate(
        matches=_matches(answers),
        nearness=Case(
            When(body_id=own or 0, then=Value(2)),
            When(body_id=province or 0, then=Value(1)),
            default=Value(0),
            output_field=IntegerField(),
        ),
        seen=_one_if(Q(current__reviewer__isnull=False)),
        used=Count("versions__uses__body", distinct=True),
    )
    order = ("-matches", "-nearness", "-seen", "-used", "-current__published_at", "pk")
    return counted.select_related("body", "pillar", "current").order_by(*order)


def _matches(answers: Answers) -> CombinedExpression | Expression:
    """How many answers the card names; an answer it contradicts counts against it."""
    total: CombinedExpression | Expression = Value(0)
    for name, answer in _given(answers).items():
        if answer == NONE_OF_THESE:
            total = total - _one_if(~_is(name, ""))
        else:
            total = total + _one_if(_is(name, answer))
            total = total - _one_if(~_is(name, "") & ~_is(name, answer))
    return total


def _one_if(condition: Q) -> Case:
    return Case(When(condition, then=Value(1)), default=Value(0), output_field=IntegerField())
