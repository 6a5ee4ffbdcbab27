"""Data and steps of a dossier, as rows and back."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from casa.casework.models import Phase, Step
from casa.casework.queries import steps_of
from casa.dossier.archive import bodies
from casa.dossier.archive import rows as plain
from casa.dossier.archive.own import words
from casa.dossier.archive.parts import Names, Packing, Restoring, Row
from casa.dossier.models import Dossier
from casa.foundation.templatetags.casa import euro

CASES = ("urgent", "pnrr", "cross_border", "social")
OFFICERS = {"rup": "rup_id", "award_officer": "award_officer_id"}
STEP_TIES = ["case", "moved_by"]


def rows(packing: Packing) -> list[Row]:
    """One row: the dossier and its case."""
    dossier = packing.dossier
    case, who = dossier.case, packing.people.who
    row = plain.told(dossier)
    for name, key in OFFICERS.items():
        row[name] = who(getattr(dossier, key))
    row["title"], row["opened_at"] = case.title, plain.plain(case.opened_at)
    row["body"], row["office"] = bodies.told(case.office.body), case.office.name
    row["supporter"] = bodies.told(case.supporter) if case.supporter else None
    return [row]


def restore(restoring: Restoring, given: list[Row]) -> None:
    """Nothing more: the dossier itself comes back before its parts."""
    del restoring, given


def told(row: Row, names: Names) -> str:
    """The dossier in a few words."""
    labels = dict(Dossier._meta.get_field("procedure").flatchoices)
    rup = words.name(row["rup"], names) if row["rup"] else ""
    cig, deadline = row["cig"] or _("da acquisire"), words.moment(row["offers_due_at"])
    return words.joined(
        labels.get(row["procedure"], str(row["procedure"])),
        euro(row["amount"]),
        f"CPV {row['cpv']}" if row["cpv"] else "",
        f"CIG {cig}",
        f"CUP {row['cup']}" if row["cup"] else "",
        f"CUI {row['cui']}" if row["cui"] else "",
        f"RUP {rup}" if rup else "",
        *_cases(row),
        *_days(row),
        _("offerte entro il %s") % deadline if deadline else "",
        _("procedura scelta perché: %s") % row["procedure_why"],
    )


def _cases(row: Row) -> list[str]:
    """The special cases of the need, where the archive tells them: older ones do not."""
    fields = [Dossier._meta.get_field(name) for name in CASES if row.get(name)]
    level = row.get("qualification")
    said = [str(field.verbose_name) for field in fields if hasattr(field, "verbose_name")]
    return [_("qualificazione %s") % str(level).upper(), *said] if level else said


def _days(row: Row) -> list[str]:
    said = (
        ("published_on", _("pubblicata il %s")),
        ("commission_on", _("commissione nominata il %s")),
        ("verified_on", _("requisiti verificati il %s")),
        ("awarded_on", _("aggiudicata il %s")),
        ("signed_on", _("contratto firmato il %s")),
    )
    return [sentence % words.day(row[name]) for name, sentence in said if row[name]]


def step_rows(packing: Packing) -> list[Row]:
    """Every step with where it stands and who moved it last."""
    return [
        {**plain.told(step), "who": packing.people.who(step.moved_by_id)}
        for step in steps_of(packing.dossier.case)
    ]


def restore_steps(restoring: Restoring, given: list[Row]) -> None:
    """Make the steps again; a side that the case does not have is refused."""
    case = restoring.dossier.case
    for row in given:
        step = Step(case=case, **plain.understood(Step, row))
        step.moved_by = restoring.people.person(row["who"])
        step.clean_fields(exclude=STEP_TIES)
        if step.side == Step.Side.SUPPORTER and case.supporter_id is None:
            raise ValidationError(step.side)
        step.save()
        restoring.steps[step.code] = step


def step_told(row: Row, names: Names) -> str:
    """A step in words."""
    state = dict(Step.State.choices).get(row["state"], "")
    done, due = words.day(row["done_on"]), words.day(row["due_on"])
    return words.joined(
        f"{row['title']} ({Phase(row['phase']).label}): {state}",
        _("il %s") % done if done else "",
        _("da farsi entro il %s") % due if due and not done else "",
        words.name(row["who"], names) if row["who"] else "",
        str(row["note"]),
    )
