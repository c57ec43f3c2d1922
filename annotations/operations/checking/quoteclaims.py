"""Claims about a quote itself: that its speaker said so, and that these were the words."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from annotations.models import Claim, ClaimantKind, ClaimType
from annotations.operations.checking.claims import QuoteWithoutPlace, record_claim
from articles.models import Anchor, CurrentAnchor, DateBasis, Quote, QuoteKind
from articles.operations.acts import Noted
from articles.operations.quotes import refuse_retracted
from articles.operations.spans import Words

ABOUT_QUOTES = (ClaimType.QUOTE_WORDING, ClaimType.QUOTE_ATTRIBUTION)


class NotDirect(Exception):
    """Only of a quote in quotation marks that somebody decided on can be asked whether these were the words."""


class ClaimedBefore(Exception):
    """Both claims about the quote are made already."""


@transaction.atomic
def claims_about_quote(*, quote: Quote, base: int, by: AbstractUser, at: datetime) -> list[Claim]:
    """Make the claims that these are the words of the speaker, and that the speaker said so in substance; one act.

    A claim that stands already is not made again. It is the article that says so, on the day it came out.

    :raises NotDirect: for a quote that is not direct, or that nobody has decided on.
    :raises ClaimedBefore: when both stand already.
    :raises QuoteWithoutPlace: when the quote's words stand nowhere in the newest revision.
    :raises AlreadyRetracted: when the quote was retracted.
    :raises StaleRevision: when ``base`` is not the newest revision.
    """
    refuse_retracted(quote)
    if quote.kind != QuoteKind.DIRECT or quote.is_suggested or not quote.is_live:
        raise NotDirect("Only a direct quote that somebody has decided on is checked for its words.")
    Quote.objects.select_for_update(no_key=True).get(pk=quote.pk)
    made = set(Claim.objects.live().filter(quote=quote).values_list("claim_type", flat=True))
    missing = [claim_type for claim_type in ABOUT_QUOTES if claim_type not in made]
    if not missing:
        raise ClaimedBefore("Both claims about this quote are made already.")
    anchor = CurrentAnchor.of(quote.span_id, quote.article.head_id or 0)
    if anchor.start is None or anchor.end is None:
        raise QuoteWithoutPlace("The words of this quote stand nowhere in the text. Mark the claim in the text.")
    group = uuid.uuid4()
    return [
        record_claim(
            article=quote.article,
            base=base,
            words=Words(anchor.start, anchor.end, anchor.exact),
            canonical=restatement_of(quote, anchor, claim_type),
            quote=quote,
            claimant_kind=ClaimantKind.AUTHOR,
            claim_type=claim_type,
            by=by,
            at=at,
            noted=Noted(group=group, position=position),
            **_day_of(quote),
        )
        for position, claim_type in enumerate(missing)
    ]


def restatement_of(quote: Quote, anchor: Anchor, claim_type: str) -> str:
    """What a claim about a quote says when read alone: who, when, and which words."""
    said = {
        "who": str(quote.standing_speaker or quote.mention or _("somebody who is not named")),
        "words": anchor.exact.strip('“”„"«»‘’ ,'),
        "when": date_format(localdate(quote.article.published_at), "j F Y") if quote.article.published_at else "",
    }
    if claim_type == ClaimType.QUOTE_WORDING:
        if said["when"]:
            return _("As printed on %(when)s, the words of %(who)s were: “%(words)s”") % said
        return _("The words of %(who)s were: “%(words)s”") % said
    if said["when"]:
        return _("As reported on %(when)s, %(who)s said in substance: %(words)s") % said
    return _("%(who)s said in substance: %(words)s") % said


def _day_of(quote: Quote) -> dict[str, Any]:
    published = quote.article.published_at
    if published is None:
        return {}
    return {
        "claim_date": localdate(published),
        "date_basis": DateBasis.INFERRED,
        "date_note": _("the day the piece came out")[:500],
    }
