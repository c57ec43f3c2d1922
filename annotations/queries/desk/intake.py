"""What the desk already has of a text that is being brought in."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.models import AbstractUser
from django.db.models import Count

from annotations.queries.desk.duplicates import Duplicate, find_duplicates
from annotations.queries.workbench.differences import Stretch, differences
from articles.models import Article, Revision
from articles.permissions import visible_articles

MOST_SHOWN = 3
# Of so many of the newest pieces the languages are counted, and so many languages are named first.
PIECES_COUNTED = 1_000
LANGUAGES_FIRST = 8


@dataclass(frozen=True, slots=True)
class KnownCopy:
    """An article that has this text, or one made from the same copy.

    :ivar head: its newest revision, which a difference is shown to.
    :ivar percent: how much of the shorter text stands in the other.
    """

    article: Article
    head: Revision
    is_same: bool
    percent: int
    stretches: Sequence[Stretch]


def copies_of(text: str, *, person: AbstractUser) -> list[KnownCopy]:
    """What the desk has already of a text, likest first, each with the difference to its newest revision."""
    return [_known(text, duplicate) for duplicate in find_duplicates(text, person=person)[:MOST_SHOWN]]


def _known(text: str, duplicate: Duplicate) -> KnownCopy:
    head = duplicate.article.head
    is_same = duplicate.is_exact and head.text == text
    percent = round(100 * duplicate.likeness.containment)
    return KnownCopy(duplicate.article, head, is_same, percent, [] if is_same else differences(head.text, text))


def languages_of_desk(person: AbstractUser) -> list[str]:
    """Tags of the languages of the newest pieces that the person may know of, the most frequent first."""
    newest = visible_articles(person).exclude(language="").order_by("-pk").values("pk")[:PIECES_COUNTED]
    counted = Article.objects.filter(pk__in=newest).values("language").annotate(pieces=Count("pk"))
    return list(counted.order_by("-pieces", "language").values_list("language", flat=True)[:LANGUAGES_FIRST])
