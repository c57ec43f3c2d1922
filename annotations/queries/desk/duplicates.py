"""What the desk has already of a text: the same words, or a text made from the same copy."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import F, Func, IntegerField, Q, Value

from articles.ingest.likeness import Likeness, band_keys, likeness
from articles.models import Article, Fingerprint, Revision
from articles.operations.fingerprints import folded_hash
from articles.permissions import visible_articles

if TYPE_CHECKING:
    from articles.permissions import Person

# Texts that share most keys are read whole and compared; whoever has more likes than these sees the likest.
MOST_COMPARED = 50
MOST_NAMED = 10


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A text on the desk that says the same or was made from the same copy.

    :ivar revision: its newest one that is most like the text; with its article, without blocks.
    :ivar is_exact: whether the words are the same; typography may differ.
    """

    revision: Revision
    is_exact: bool
    likeness: Likeness

    @property
    def article(self) -> Article:
        return self.revision.article


class _SharedKeys(Func):
    """How many numbers two arrays have in common."""

    template = "(SELECT count(*) FROM (SELECT unnest(%(expressions)s)) AS shared)"
    arg_joiner = ") INTERSECT SELECT unnest("
    output_field = IntegerField()


def find_duplicates(text: str, *, person: Person, besides: Article | None = None) -> list[Duplicate]:
    """Texts of visible articles that are ``text`` or like it, exact ones first, then by resemblance; each article once.

    One query on two indexes finds what shares a key; what was found is then compared whole
    (docs/explanation/duplicates.md). Old revisions count: a wire may send again what was rewritten here.

    :param text: a canonical text.
    :param besides: an article that is not named, because it is the one asked about.
    """
    found = [_compared(text, row) for row in _candidates(text, person, besides)]
    named = [each for each in found if each.is_exact or each.likeness.is_near_duplicate]
    return _each_article_once(sorted(named, key=_rank))[:MOST_NAMED]


def _candidates(text: str, person: Person, besides: Article | None) -> Iterable[Any]:
    keys = band_keys(text)
    shared = _SharedKeys(F("bands"), Value(keys, output_field=ArrayField(IntegerField())))
    asked = folded_hash(text)
    alike = Fingerprint.objects.filter(
        Q(folded_sha256=asked) | Q(bands__overlap=keys), revision__article__in=visible_articles(person)
    )
    if besides is not None:
        alike = alike.exclude(revision__article=besides)
    ranked = alike.annotate(shared=shared, is_exact=Q(folded_sha256=asked)).order_by("-is_exact", "-shared", "-pk")
    return ranked.select_related("revision__article__head").defer("revision__blocks", "revision__removed", "bands")[
        :MOST_COMPARED
    ]


def _compared(text: str, row: Any) -> Duplicate:
    same = Likeness(1.0, 1.0)
    return Duplicate(row.revision, row.is_exact, same if row.is_exact else likeness(text, row.revision.text))


def _rank(duplicate: Duplicate) -> tuple[bool, float, int]:
    return not duplicate.is_exact, -duplicate.likeness.resemblance, -duplicate.revision.pk


def _each_article_once(duplicates: Iterable[Duplicate]) -> list[Duplicate]:
    best: dict[int, Duplicate] = {}
    for duplicate in duplicates:
        best.setdefault(duplicate.revision.article_id, duplicate)
    return list(best.values())
