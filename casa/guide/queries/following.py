"""A norm as a thing that one follows, and what the table says of it through time."""

import re

from casa.drafting import norms
from casa.guide.models import Norm

_ARTICLE = re.compile(r"(all\. )?[0-9IVXLC]+([.-][0-9A-Za-z]+)*", re.IGNORECASE)
LONGEST_ARTICLE = 40


def norm_key(act: str, article: str) -> str:
    """How a norm is named among the things that one follows; without an article the whole act."""
    return f"guide:norm:{act}:{article}"[:120]


def norm_title(act: str, article: str) -> str:
    """«art. 50, d.lgs. 36/2023»."""
    return norms.name_of(Norm(act=act, article=article))


def is_known(act: str, article: str) -> bool:
    """Whether the table knows the act, and the article can be one. One query.

    What has no page is followed by nobody under a name of their own making.
    """
    if article and (len(article) > LONGEST_ARTICLE or not _ARTICLE.fullmatch(article)):
        return False
    return Norm.objects.filter(act=act).exists()


def rows_of(act: str, article: str) -> list[Norm]:
    """What the table says of an article through time, else of its whole act. One query."""
    rows = Norm.objects.filter(act=act, article__in=["", article])
    found = list(rows.order_by("valid_from", "comma", "letter", "pk"))
    return [row for row in found if row.article == article] or found
