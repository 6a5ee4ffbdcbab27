"""Codes as people paste them: with blanks, in small letters."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from casa.drafting.filling.values import BadValue, code_of

EXAMPLES = {"CIG": "B1A2C3D4E5", "CUP": "G59F19000090007"}
LONGEST = 40


class CodeField(forms.CharField):
    """A CIG or CUP by the rule of the drafting table, in capitals and without blanks."""

    def __init__(self, name: str, **kwargs: Any) -> None:
        super().__init__(label=name, max_length=LONGEST, **kwargs)
        self.name = name

    def clean(self, value: Any) -> str:
        text: str = super().clean(value)
        if not text:
            return ""
        try:
            return code_of(text, self.name, EXAMPLES[self.name])
        except BadValue as why:
            raise ValidationError(str(why)) from why
