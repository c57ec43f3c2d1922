"""What somebody is writing and has not saved: kept on the server for them alone, found again, thrown away."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AbstractUser
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from annotations.forms.editing import EditorTextUnreadable, kept_blocks, settled_blocks, written_blocks
from annotations.forms.paragraphs import blocks_from_body, blocks_of, body_of
from annotations.forms.revising import ReviseForm
from annotations.views.bench import find_article, number_in
from annotations.views.rights import person_of, refuse_without
from articles.anchoring.text import Block, TextRefused, normalise
from articles.models import Article, Draft, Revision
from articles.operations.revising import Rewritten, discard_draft, keep_draft
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


def unsaved_text(article: Article, person: AbstractUser) -> Unsaved | None:
    """What a person has written on an article and not saved; None where it is what is saved."""
    draft = visible_drafts(person).select_related("base").filter(article=article).first()
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
    """Keep what is being written, for its writer alone; answers when it was kept."""
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
    at = timezone.now()
    keep_draft(article=article, base=base.number, headline=headline, body=body, blocks=blocks, by=person, at=at)
    return JsonResponse({"kept_at": at.isoformat()})


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
