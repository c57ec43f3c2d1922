"""What other rooms of the desk tell readers, one small function for each, so that readers' pages have one place to ask.

Pages, feeds and embeds draw whatever these answer, and the stamp of a page counts it in.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.urls import Resolver404, resolve

if TYPE_CHECKING:
    from articles.models import Article

METHODS = "/methods/"


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


def methods_address() -> str:
    """Where the desk says how it works; empty where it has no such page."""
    try:
        resolve(METHODS)
    except Resolver404:
        return ""
    return METHODS


def notices_of(article: Article) -> Sequence[PublicNotice]:
    """What readers are told of later texts of a piece, newest first. Nothing is declared of them yet."""
    return ()


def replies_to(claims: Collection[int]) -> Mapping[int, Sequence[PublicReply]]:
    """What was answered to verdicts, by the key of the claim. Nobody is asked yet."""
    return {}


def said_besides(article: Article) -> Sequence[datetime]:
    """What the stamp of a page counts in of these: when each of them was said."""
    return [notice.at for notice in notices_of(article)]


def why_stopped(article: Article) -> str:
    """The sentence for readers where a piece was stopped or taken down; empty where the desk gives none."""
    return ""
