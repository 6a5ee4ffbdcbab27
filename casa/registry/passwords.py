"""Rules for passwords beside Django's own, in our words."""

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.utils.translation import ngettext


class LongEnough(MinimumLengthValidator):
    """Long passwords; Django's Italian words for it are missing."""

    def get_error_message(self) -> str:
        return (
            ngettext(
                "La password è troppo corta: serve almeno %d carattere.",
                "La password è troppo corta: servono almeno %d caratteri.",
                self.min_length,
            )
            % self.min_length
        )
