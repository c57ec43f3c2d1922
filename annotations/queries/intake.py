"""What the desk already has of a text that is being brought in."""

from django.contrib.auth.models import AbstractUser

from articles.anchoring.text import sha256_of
from articles.models import Revision
from articles.permissions import visible_articles

MOST_SHOWN = 3


def revisions_with_text(text: str, *, person: AbstractUser) -> list[Revision]:
    """Revisions whose canonical text is ``text`` to the letter, of articles the person may know of, newest first."""
    same = Revision.objects.filter(text_sha256=sha256_of(text), article__in=visible_articles(person))
    shown = same.select_related("article", "created_by").defer("text", "blocks", "removed")
    return list(shown.order_by("-created_at", "-pk")[:MOST_SHOWN])
