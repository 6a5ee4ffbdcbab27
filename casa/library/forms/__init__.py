"""What officials type in the library."""

from casa.library.forms.cards import CardForm
from casa.library.forms.reviews import ReviewForm
from casa.library.forms.versions import VersionForm
from casa.library.forms.withdrawals import WithdrawalForm

__all__ = ["CardForm", "ReviewForm", "VersionForm", "WithdrawalForm"]
