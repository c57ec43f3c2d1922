"""What machines propose to a reader of a study, by its policy: their own to decide on, seen by no other reader."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import AbstractUser
from django.db import transaction

from annotations.checkworthy.assessing import suggest
from annotations.models import Claim, Reading, SuggestionPolicy
from annotations.operations.desk.suggesting import suggested_claim
from articles.operations.pinned import mark_pinned_span
from articles.operations.spans import Words
from articles.operations.suggesting import quotations_of


@transaction.atomic
def suggest_in_reading(*, reading: Reading, by: AbstractUser, at: datetime) -> list[Claim]:
    """Propose the sentences of a text that are worth checking to its reader, as far as the study lets machines speak.

    With the policy ``listed`` only what one of the listed rules found. What nobody decided on counts as nothing.
    """
    project, revision = reading.project, reading.revision
    if project.suggestion_policy == SuggestionPolicy.NONE:
        return []
    language = revision.article.language
    quotations = quotations_of(revision.text, language)
    proposed = suggest(revision.text, language_code=language, quotations=quotations)
    if project.suggestion_policy == SuggestionPolicy.LISTED:
        proposed = [sentence for sentence in proposed if sentence.reasons[0].kind in project.suggestion_rules]
    claims = []
    for sentence in proposed:
        words = Words(sentence.start, sentence.end)
        claim = suggested_claim(
            sentence,
            text=revision.text,
            project=project,
            article=revision.article,
            span=mark_pinned_span(article=revision.article, revision=revision, words=words, by=by, at=at),
            created_by_id=by.pk,
            created_at=at,
        )
        claim.save(force_insert=True)
        claims.append(claim)
    return claims
