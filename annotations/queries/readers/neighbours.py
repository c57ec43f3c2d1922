"""What other rooms of the desk tell readers, one small function for each, so that readers' pages have one place to ask.

Pages, feeds and embeds draw whatever these answer, and the stamp of a page counts it in.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import Max
from django.utils.translation import gettext as _

from annotations.models import DeskVerdict
from annotations.queries.checking.replies import ShownReply, replies_told_of
from annotations.queries.readers.publicnotices import About, public_notices
from annotations.queries.readers.publicnotices import PublicNotice as Told
from annotations.queries.readers.published import EVERYBODY

if TYPE_CHECKING:
    from articles.models import Article


@dataclass(frozen=True, slots=True)
class PublicNotice:
    """What readers are told of a change to a piece: an update, a clarification, a correction, a retraction.

    :ivar kind: in words, as it stands over the notice.
    """

    kind: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PublicReply:
    """What somebody said of a verdict on them, or that they were asked and said nothing.

    :ivar who: whom the desk asked.
    :ivar text: their answer verbatim; empty without one.
    :ivar outcome: in words, what came of asking.
    """

    who: str
    asked: date
    text: str
    outcome: str


def notices_of(article: Article) -> list[PublicNotice]:
    """What readers are told of later texts of a piece, and of what its outlet was asked to correct; newest first.

    Corrections of verdicts are not among them: they stand with the check.
    """
    told = (each for each in public_notices([article.pk], EVERYBODY)[article.pk] if each.about != About.VERDICT)
    return [PublicNotice(_title_of(each), _words_of(each), each.at) for each in told]


def _title_of(notice: Told) -> str:
    if not notice.asked_of:
        return str(notice.title)
    return _("%(what)s from %(outlet)s") % {"what": notice.title, "outlet": notice.asked_of}


def _words_of(notice: Told) -> str:
    if not notice.answer:
        return notice.text
    answer = {"text": notice.text, "answer": notice.answer, "words": notice.answer_text}
    return (_("%(text)s They answered: %(answer)s. %(words)s") % answer).strip()


def replies_to(claims: Collection[int]) -> dict[int, list[PublicReply]]:
    """Who was heard on some claims when their verdicts were given, and what they said until then; two queries."""
    newest = DeskVerdict.objects.filter(claim__in=claims).values_list("claim").annotate(Max("created_at"))
    told: dict[int, list[PublicReply]] = {}
    for claim, replies in replies_told_of(dict(newest)).items():
        told[claim] = [_as_told(each) for each in replies]
    return told


def _as_told(shown: ShownReply) -> PublicReply:
    reply = shown.reply
    asked = reply.asked_at or reply.created_at
    outcome = reply.not_asked_reason or str(shown.standing.label)
    return PublicReply(str(reply.speaker or reply.name), asked.date(), shown.answer, outcome)


def why_stopped(article: Article) -> str:
    """What was wrong with a piece that was taken back; empty where readers were told nothing."""
    return next((notice.text for notice in notices_of(article)), "")
