"""Acts on speakers that have consequences for judgements."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.db.models import Q

from annotations.models import Claim
from annotations.operations.checking.claims import change_claim
from articles.models import Speaker
from articles.operations.splitting import Apart, SeenQuote, split_speaker


@transaction.atomic
def split(
    *, kept: Speaker, seen: int, apart: Apart, by: AbstractUser, at: datetime, quotes: Sequence[SeenQuote] = ()
) -> Speaker:
    """Take somebody out of a speaker; claims made of the quotes that go along, by the same speaker, go along too.

    Their checks in review return to their authors, and verdicts on them are stale: they judge what somebody else said.
    Raises as :func:`articles.operations.splitting.split_speaker`.
    """
    theirs = Q(speaker=kept) | Q(speaker__merged_into=kept)
    claims = Claim.objects.filter(theirs, quote__in=[each.quote for each in quotes], retracted_at=None)
    moving = list(claims.order_by("pk"))
    out = split_speaker(kept=kept, seen=seen, apart=apart, quotes=quotes, by=by, at=at)
    for claim in moving:
        change_claim(claim=claim, seen=claim.version, by=by, at=at, noted=None, speaker=out)
    return out
