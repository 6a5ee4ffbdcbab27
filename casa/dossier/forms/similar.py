"""What a tender is like, to find those like it."""

from typing import Any

from casa.guide.forms.choosing import NeedForm

KEPT = ("tipo", "importo", "cpv")


class SimilarForm(NeedForm):
    """Kind, amount and CPV of «Quale procedura», and nothing else."""

    fieldsets = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in set(self.fields) - set(KEPT):
            del self.fields[name]
        self.fields["importo"].help_text = ""
