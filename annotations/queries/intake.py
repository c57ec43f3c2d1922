"""What the desk already has of a text that is being brought in."""

from django.contrib.auth.models import AbstractUser
from django.db.models import Count

from articles.anchoring.text import sha256_of
from articles.models import Article, Revision
from articles.permissions import visible_articles

MOST_SHOWN = 3
# Of so many of the newest pieces the languages are counted, and so many languages are named first.
PIECES_COUNTED = 1_000
LANGUAGES_FIRST = 8


def revisions_with_text(text: str, *, person: AbstractUser) -> list[Revision]:
    """Revisions whose canonical text is ``text`` to the letter, of articles the person may know of, newest first."""
    same = Revision.objects.filter(text_sha256=sha256_of(text), article__in=visible_articles(person))
    shown = same.select_related("article", "created_by").defer("text", "blocks", "removed")
    return list(shown.order_by("-created_at", "-pk")[:MOST_SHOWN])


def languages_of_desk(person: AbstractUser) -> list[str]:
    """Tags of the languages of the newest pieces that the person may know of, the most frequent first."""
    newest = visible_articles(person).exclude(language="").order_by("-pk").values("pk")[:PIECES_COUNTED]
    counted = Article.objects.filter(pk__in=newest).values("language").annotate(pieces=Count("pk"))
    return list(counted.order_by("-pieces", "language").values_list("language", flat=True)[:LANGUAGES_FIRST])
