"""The questions of several models as one list: each thing is asked once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from casa.dossier.asking.needed import holds
from casa.drafting.filling import Field, FieldType


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to ask: its type, for which documents it serves, when it is needed.

    `conditions` are those of the models, in their own words; empty when some document always needs
    it. `papers` are the keys of the documents, in the order in which they were given.
    """

    name: str
    type: FieldType
    required: bool
    papers: tuple[int, ...]
    conditions: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()


def merged(models: Iterable[tuple[int, Sequence[Field]]]) -> list[Question]:
    """One question per name, in the order of the first document that has it.

    A type that is told wins over plain text; needed by one document is needed.
    """
    found: dict[str, Question] = {}
    for paper, fields in models:
        for field in fields:
            new = _question(paper, field)
            known = found.get(field.name)
            found[field.name] = _joined(known, new) if known else new
    return list(found.values())


def missing(
    questions: Iterable[Question], answers: Mapping[str, object], *, paper: int
) -> list[Question]:
    """What one document needs with the answers known so far, and nobody has answered.

    Given the questions of that document alone it also tells what its conditions ask for; those of
    several together keep the conditions of all.
    """
    return [
        one
        for one in questions
        if paper in one.papers
        and one.required
        and answers.get(one.name) in (None, "")
        and (not one.conditions or any(holds(text, answers) for text in one.conditions))
    ]


def _question(paper: int, field: Field) -> Question:
    return Question(
        name=field.name,
        type=field.type,
        required=field.required,
        papers=(paper,),
        conditions=(field.condition,) if field.condition else (),
        options=field.options,
        columns=tuple(column.name for column in field.columns),
    )


def _joined(known: Question, new: Question) -> Question:
    always = not known.conditions or not new.conditions
    return replace(
        known,
        type=new.type if known.type == FieldType.TEXT else known.type,
        required=known.required or new.required,
        papers=(*known.papers, *(key for key in new.papers if key not in known.papers)),
        conditions=() if always else _once(known.conditions, new.conditions),
        options=_once(known.options, new.options),
        columns=_once(known.columns, new.columns),
    )


def _once(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*first, *second)))
