"""What somebody is writing and has not saved: kept on the server for them alone, found again, thrown away."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AbstractUser
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from annotations.forms.editing import EditorTextUnreadable, kept_blocks, settled_blocks, written_blocks
from annotations.forms.paragraphs import blocks_from_body, blocks_of, body_of
from annotations.forms.revising import ReviseForm
from annotations.views.rights import person_of, refuse_without
from annotations.views.workbench.bench import find_article, number_in
from articles.anchoring.text import Block, TextRefused, normalise
from articles.models import Article, Draft, Revision
from articles.operations.drafting import DraftMovedOn, discard_draft, keep_draft
from articles.operations.revising import Rewritten
from articles.permissions import visible_drafts

UNSTORABLE = re.compile("[\0\ud800-\udfff]")
LONGEST_DRAFT = 6_000_000  # characters of a draft that are kept


@dataclass(frozen=True)
class Unsaved:
    """A draft; ``blocks`` as they were written, ``rewritten`` what they would be saved as, None where they cannot."""

    draft: Draft
    blocks: list[Block]
    rewritten: Rewritten | None

    def shown(self) -> dict[str, Any]:
        """The values of the form."""
        return ReviseForm.showing(self.draft.base.number, self.draft.headline, self.blocks)


def draft_on(article: Article, person: AbstractUser) -> Draft | None:
    """The draft that a person has of an article."""
    return visible_drafts(person).select_related("base").filter(article=article).first()


def unsaved_text(article: Article, draft: Draft | None) -> Unsaved | None:
    """What a draft of an article holds that is not saved; None where it is what is saved."""
    if draft is None:
        return None
    former = blocks_of(draft.base)
    blocks = kept_blocks(draft.blocks) if draft.blocks else blocks_from_body(_unix(draft.body), former)
    try:
        rewritten = Rewritten(normalise(draft.headline).strip(), settled_blocks(blocks, former))
    except TextRefused:
        return Unsaved(draft, blocks, None)
    if draft.base_id == article.head_id and rewritten == Rewritten(article.head.headline, former):
        return None
    return Unsaved(draft, blocks, rewritten)


def _unix(body: str) -> str:
    return body.replace("\r\n", "\n")


@login_required
@require_POST
def draft(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Keep what is being written, for its writer alone; answers when it was kept.

    ``kept`` says on top of which draft it was written, by when that was kept. Answers 409, with when what is there was
    kept, where the writer kept, saved or threw away something else in another window.
    """
    article, person = find_article(request, uid), person_of(request)
    refuse_without(person, "articles.revise_article", article)
    base = get_object_or_404(Revision, article=article, number=number_in(request, "base"))
    headline, body, sent = (request.POST.get(name, "") for name in ("headline", "body", "blocks"))
    try:
        blocks = written_blocks(sent) if sent else None
    except EditorTextUnreadable:
        return _not_kept()
    body = body if blocks is None else body_of(blocks)
    if max(len(body), len(sent)) > LONGEST_DRAFT or not _is_storable(headline, body, sent, blocks or ()):
        return _not_kept()
    over, at = _moment(request.POST.get("kept", "")), timezone.now()
    try:
        keep_draft(
            article=article,
            base=base.number,
            headline=headline,
            body=body,
            blocks=blocks,
            over=over,
            by=person,
            at=at,
        )
    except DraftMovedOn as elsewhere:
        return JsonResponse({"kept_at": elsewhere.kept_at and elsewhere.kept_at.isoformat()}, status=409)
    return JsonResponse({"kept_at": at.isoformat()})


def _moment(written: str) -> datetime | None:
    """A moment in ISO 8601; None for what is none: then it is no draft that is there."""
    try:
        moment = parse_datetime(written)
    except ValueError:
        return None
    return moment if moment and moment.tzinfo else None


def _is_storable(headline: str, body: str, sent: str, blocks: Any) -> bool:
    """Whether PostgreSQL stores it: without NUL and halves of characters, also as escapes of JSON."""
    parts = (headline, body, sent, *(mark.href for block in blocks for mark in block.marks))
    return not any(UNSTORABLE.search(part) for part in parts)


def _not_kept() -> HttpResponse:
    return HttpResponse(_("This draft cannot be kept: it is too long or holds a NUL."), status=400)


@login_required
@require_POST
def discard(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Throw one's draft away."""
    article, person = find_article(request, uid), person_of(request)
    discard_draft(article=article, by=person)
    messages.success(request, _("Your draft is gone."))
    return redirect("annotations:revise", uid=article.uid)
