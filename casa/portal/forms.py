"""What readers may send to the portal."""

from django import forms
from django.utils.http import url_has_allowed_host_and_scheme


class VoteForm(forms.Form):
    """Whether a page was useful. Both values come from the page itself, never typed."""

    page = forms.CharField(max_length=500)
    answer = forms.ChoiceField(choices=[("yes", "yes"), ("no", "no")])

    def clean_page(self) -> str:
        page: str = self.cleaned_data["page"]
        ours = page.startswith("/") and url_has_allowed_host_and_scheme(page, allowed_hosts=None)
        if not ours:
            raise forms.ValidationError("not a page of ours")
        return page
