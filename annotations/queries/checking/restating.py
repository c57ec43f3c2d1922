"""What is proposed as the restatement of a claim, while it still says no more than the words printed."""

from __future__ import annotations

from django.utils.timezone import localdate

from annotations.models import Claim
from annotations.restating import Restatement, restate
from articles.models import Anchor, Article, CurrentAnchor, Revision

AROUND = '“”"„«» ,'


def proposed_restatement(claim: Claim, head: Revision, stands: Anchor | None = None) -> Restatement | None:
    """Who and when filled in from the newest text of the claim's article; None where nothing is to be filled in.

    None too where a person has restated the claim, or where its words stand nowhere: a proposal never competes with
    what somebody wrote. One query at most.

    :param head: the newest revision, with its text.
    :param stands: where the claim stands there, if that is known.
    """
    stands = stands or CurrentAnchor.of(claim.span_id, head.pk)
    if stands.start is None or stands.end is None or _plain(claim.canonical) != _plain(stands.exact):
        return None
    proposed = restated_words(claim.article, head, stands.start, stands.end)
    return proposed if proposed.filled_in else None


def restated_words(article: Article, revision: Revision, start: int, end: int) -> Restatement:
    """How the words ``[start, end)`` of a revision read alone, whether or not they are a claim."""
    published = article.published_at
    return restate(
        revision.text,
        start,
        end,
        language_code=article.language,
        published=localdate(published) if published else None,
    )


def _plain(words: str) -> str:
    return " ".join(words.split()).strip(AROUND)
