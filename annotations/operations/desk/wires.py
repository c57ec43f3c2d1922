"""A wire is a conversation: what each message of it does to its article (docs/decisions/0009)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import transaction

from annotations.operations.workbench.revising import revise
from articles.ingest.record import IncomingArticle
from articles.ingest.record_json import article_from_json
from articles.models import (
    Answer,
    Article,
    ArticleState,
    Capture,
    Outcome,
    Revision,
    WireAnswer,
    WireIdentity,
    WireItem,
)
from articles.operations.articles import DECIDED, ingest_article, removed_lines_of
from articles.operations.declaring import Declared
from articles.operations.facts import facts_in, facts_of, merge_facts
from articles.operations.holds import hold_article
from articles.operations.revising import Rewritten
from articles.operations.wires import (
    TAKEN_UP,
    Arrival,
    identities_of,
    is_old_stop,
    last_wire_revision,
    log_item,
    newest_first,
    newest_text_item,
    stops_unheard,
    was_heard,
)


class NotWaiting(Exception):
    """This version of the wire does not wait for an answer: it has one, or a newer one came."""


@dataclass(frozen=True, slots=True)
class Became:
    """What a message became: the article it is about, and the revision that its words are."""

    outcome: Outcome
    article: Article | None = None
    revision: Revision | None = None
    refusal: str = ""

    @property
    def where(self) -> dict[str, Any]:
        return {"article": self.article, "revision": self.revision, "refusal": self.refusal}


@transaction.atomic
def receive_wire_item(
    *, incoming: IncomingArticle, capture: Capture, reader: str, by: AbstractUser, at: datetime
) -> WireItem:
    """Take one message of a wire, in whatever order messages arrive, and log what became of it.

    The first text of a conversation becomes an incoming article that nobody has looked at. A text with a higher
    version becomes its next revision with all marks carried, unless the text was edited or approved here: then it
    waits beside ours. Whatever the provider says besides the text is taken up where nobody changed it here. A lower or
    an equal version is logged and ignored. A cancellation or a withholding stops the article at once, whatever its
    version, unless it was heard before or an editor has let the article go since; one that comes before its article
    waits for it.

    :returns: the entry in the log; of a stop that means several conversations, the first one's.
    :raises GuidMissing: when the item names no guid.
    """
    arrival = Arrival(incoming=incoming, capture=capture, reader=reader, by=by, at=at)
    heard = [_hear(arrival, identity) for identity in identities_of(arrival)]
    return heard[0]


def _hear(arrival: Arrival, identity: WireIdentity) -> WireItem:
    is_new_stop = arrival.stops and not is_old_stop(arrival, identity)
    became = _take_text(arrival, identity) if arrival.has_text else _without_text(arrival, identity)
    if is_new_stop and became.outcome not in TAKEN_UP:
        became = Became(Outcome.HELD, became.article)
    item = log_item(arrival, identity, became.outcome, **became.where)
    if became.article is not None:
        for stop in [item] * is_new_stop + stops_unheard(identity, besides=item):
            hold_article(article=became.article, item=stop, by=arrival.by, at=arrival.at)
    return item


def _without_text(arrival: Arrival, identity: WireIdentity) -> Became:
    if arrival.stops:
        return Became(Outcome.IGNORED_SAME, _locked(identity))
    return Became(Outcome.REFUSED, identity.article, refusal=" ".join(arrival.incoming.errors) or "It has no text.")


def _take_text(arrival: Arrival, identity: WireIdentity) -> Became:
    newest = newest_text_item(identity)
    if newest is None or identity.article_id is None:
        return _create(arrival, identity)
    article = _locked(identity)
    old = _older_or_same(arrival, identity, newest)
    if article is None or old is not None:
        return Became(old or Outcome.IGNORED_SAME, article)
    became = _take_words(arrival, identity, article)
    changes = merge_facts(article, before=facts_in(newest.record), now=facts_of(arrival.incoming))
    if changes:
        article.change(seen=article.version, **changes)
    return became


def _create(arrival: Arrival, identity: WireIdentity) -> Became:
    article = ingest_article(
        incoming=arrival.incoming,
        capture=arrival.capture,
        reader=arrival.reader,
        by=arrival.by,
        at=arrival.at,
        state=ArticleState.INCOMING,
        unattended=True,
    )
    WireIdentity.objects.filter(pk=identity.pk).update(article=article)
    identity.article = article
    return Became(Outcome.CREATED, article, article.head)


def _older_or_same(arrival: Arrival, identity: WireIdentity, newest: WireItem) -> Outcome | None:
    """Why a text is ignored; None when it is newer.

    Of texts without a version each that was not heard before is newer than the last: nothing else tells their order.
    """
    version = arrival.incoming.version
    if version is None and newest.version is None:
        return Outcome.IGNORED_SAME if was_heard(arrival, identity) else None
    if version is None or newest.version is None:
        return Outcome.IGNORED_OLDER if version is None else None
    if version < newest.version:
        return Outcome.IGNORED_OLDER
    return Outcome.IGNORED_SAME if version == newest.version else None


def _take_words(arrival: Arrival, identity: WireIdentity, article: Article) -> Became:
    """Save a newer text, or let it wait beside one that was edited or decided on here."""
    rewritten, theirs = _rewritten(arrival.incoming), last_wire_revision(identity)
    if _says_the_same(rewritten, article.head):
        return Became(Outcome.NOTED, article, article.head)
    if article.head_id != theirs.pk or article.state in DECIDED:
        waits = not _says_the_same(rewritten, theirs)
        return Became(Outcome.WAITING if waits else Outcome.NOTED, article)
    unseen = _lines_unseen(rewritten, article.head)
    revision = revise(
        article=article,
        base=article.head.number,
        rewritten=rewritten,
        by=arrival.by,
        at=arrival.at,
        note=_note(arrival.incoming.version),
        capture=arrival.capture,
    )
    if unseen and article.came_unattended:
        article.change(seen=article.version, removed_seen_by=None, removed_seen_at=None)
    return Became(Outcome.REVISED, article, revision)


def _note(version: int | None) -> str:
    return "a newer version of the wire" if version is None else f"version {version} of the wire"


def _rewritten(incoming: IncomingArticle) -> Rewritten:
    return Rewritten(headline=incoming.headline, blocks=incoming.blocks, removed=removed_lines_of(incoming))


def _says_the_same(rewritten: Rewritten, revision: Revision) -> bool:
    blocks = [block.to_json() for block in rewritten.blocks]
    return (rewritten.text, blocks, rewritten.removed) == (revision.text, revision.blocks, revision.removed)


def _lines_unseen(rewritten: Rewritten, old: Revision) -> bool:
    """Whether the rules took out lines that were not taken out of the text before."""
    known = {(line["text"], line["rule"]) for line in old.removed}
    return any((line["text"], line["rule"]) not in known for line in rewritten.removed or ())


def _locked(identity: WireIdentity) -> Article | None:
    """The article as it stands, held until the transaction ends; what people do to it comes before or after."""
    if identity.article_id is None:
        return None
    return Article.objects.select_for_update().get(pk=identity.article_id)


@transaction.atomic
def take_wire_version(
    *, item: WireItem, base: int, by: AbstractUser, at: datetime, declared: Declared | None = None
) -> Revision:
    """Make the wire's version the next text of its article, with all marks carried.

    :param base: the number of the revision that the editor compared it with.
    :raises NotWaiting: when it waits no longer.
    :raises StaleRevision: when ``base`` is not the newest revision.
    :raises Undeclared: when readers have the piece and nobody says what the change is.
    """
    article = _waiting_article(item)
    incoming = article_from_json(item.record)
    revision = revise(
        article=article,
        base=base,
        rewritten=_rewritten(incoming),
        by=by,
        at=at,
        note=_note(item.version),
        capture=item.capture,
        declared=declared,
    )
    _answer(item, Answer.TAKEN, by=by, at=at, revision=revision)
    return revision


@transaction.atomic
def keep_ours(*, item: WireItem, by: AbstractUser, at: datetime) -> WireAnswer:
    """Leave our text as it is; the wire's next version waits again.

    :raises NotWaiting: when it waits no longer.
    """
    _waiting_article(item)
    return _answer(item, Answer.KEPT, by=by, at=at)


def _waiting_article(item: WireItem) -> Article:
    """The article of a version that waits, held until the transaction ends."""
    article = Article.objects.select_for_update().get(pk=item.article_id or 0)
    newest = newest_first(WireItem.objects.filter(identity=item.identity_id)).first()
    if newest != item or item.outcome != Outcome.WAITING or WireAnswer.objects.filter(item=item).exists():
        raise NotWaiting("This version waits no longer. Look at the article as it stands now.")
    return article


def _answer(
    item: WireItem, answer: Answer, *, by: AbstractUser, at: datetime, revision: Revision | None = None
) -> WireAnswer:
    return WireAnswer.objects.create(item=item, answer=answer, revision=revision, created_by_id=by.pk, created_at=at)
