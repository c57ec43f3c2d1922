"""The keys by which the same words are found elsewhere. Derived: whatever is missing is made up for by a job."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from django.db.models import F, QuerySet

from articles.models import Basis, CurrentAnchor, Origin, Passage, Quote, QuotedWords, QuoteKind
from articles.wording import kept_keys

# An indirect quote reports what somebody said, in the writer's words.
VERBATIM_KINDS = (QuoteKind.DIRECT, QuoteKind.MIXED)
VERBATIM_BASES = (Basis.CAPTURE, Basis.TRANSCRIPT)
AT_ONCE = 500
MOST_IN_A_TURN = 20_000


def keep_words(quote: Quote, *, exact: str) -> None:
    """Let the words of a quote just recorded be found; of an indirect one there are none."""
    if quote.kind in VERBATIM_KINDS:
        QuotedWords(quote=quote, keys=kept_keys(exact)).save(force_insert=True)


def keep_words_of_many(quotes: Iterable[tuple[Quote, str]]) -> None:
    """Let the words of quotes just recorded be found, each given with its exact words."""
    QuotedWords.objects.bulk_create(
        QuotedWords(quote=quote, keys=kept_keys(exact)) for quote, exact in quotes if quote.kind in VERBATIM_KINDS
    )


def keep_words_anew(quote: Quote) -> None:
    """Let the words of a quote be found, or no longer, after its kind has changed."""
    forget_words(quote)
    standing = CurrentAnchor.objects.filter(span=quote.span_id, revision=F("span__article__head"))
    for exact in standing.values_list("anchor__exact", flat=True):
        keep_words(quote, exact=exact)


def forget_words(quote: Quote) -> None:
    """Let the words of a quote be found no longer."""
    QuotedWords.objects.filter(quote=quote).delete()


def follow_words(exact: Mapping[int, str]) -> None:
    """Let quotes be found by the words on which they stand now, given by the key of their span; of other marks none."""
    if not exact:
        return
    kept = list(QuotedWords.objects.filter(quote__span__in=exact).annotate(span=F("quote__span")).defer("keys"))
    for words in kept:
        words.keys = kept_keys(exact[words.span])
    QuotedWords.objects.bulk_update(kept, ["keys"])


def keep_passages(passages: Iterable[Passage]) -> None:
    """Let the words of passages just stored be found."""
    QuotedWords.objects.bulk_create(QuotedWords(passage=passage, keys=kept_keys(passage.text)) for passage in passages)


def keep_words_between(*, first: int, last: int) -> int:
    """Let be found what quotes say on revisions with keys from ``first`` to ``last``; returns how many were missing."""
    standing = _quotes_without().filter(revision__gte=first, revision__lte=last)
    return sum(_keep(standing.values_list("span__quote", "anchor__exact"), "quote_id"))


def keep_missing_words(*, most: int = MOST_IN_A_TURN) -> int:
    """Let be found whatever quotes and sources say and has no keys yet; returns how many, at most ``most`` of each.

    Whoever does the same at the same time does it in vain, not wrongly.
    """
    quotes = _quotes_without().values_list("span__quote", "anchor__exact")
    passages = Passage.objects.filter(snapshot__basis__in=VERBATIM_BASES, quoted_words=None).values_list("pk", "text")
    return sum(_keep(quotes[:most], "quote_id")) + sum(_keep(passages[:most], "passage_id"))


def _quotes_without() -> QuerySet[CurrentAnchor]:
    return CurrentAnchor.objects.exclude(span__quote__origin=Origin.REJECTED).filter(
        revision=F("span__article__head"),
        span__quote__kind__in=VERBATIM_KINDS,
        span__quote__retracted_at=None,
        span__quote__quoted_words=None,
    )


def _keep(missing: Iterable[tuple[int, str]], owner: str) -> Iterator[int]:
    rows = iter(missing)
    while chunk := list(islice(rows, AT_ONCE)):
        kept = [QuotedWords(**{owner: key}, keys=kept_keys(text)) for key, text in chunk]
        yield len(QuotedWords.objects.bulk_create(kept, ignore_conflicts=True))
