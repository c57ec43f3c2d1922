"""What is said about a piece: remarks, their answers, who is named in them, and when they are dealt with."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from annotations.mentions import mentions_in, names_in, spellings
from annotations.models import BiasTag, Claim, Comment, Mention
from annotations.permissions import people_told_of
from articles.models import Article, Span

LONGEST = 10_000  # characters


class NobodyCalled(Exception):
    """A comment names somebody who would not see it: nobody of that name, or somebody who may not know of it.

    :ivar names: as they stand in the text, without the @.
    """

    def __init__(self, names: list[str]) -> None:
        self.names = names
        message = _(
            "Nobody who sees this comment is called %(names)s. Choose a name from the list, or leave out the @."
        )
        super().__init__(message % {"names": ", ".join(f"@{name}" for name in names)})


class AnotherThread(Exception):
    """An answer says that it is about something else than its thread."""


class ThreadResolved(Exception):
    """The thread is dealt with, so what stands in it stays."""


class CommentAnswered(Exception):
    """Somebody has written after this comment, and answers must not come to stand under other words."""


class NotAThread(Exception):
    """An answer is resolved with the remark that began its thread."""


class AlreadyResolved(Exception):
    """Somebody said before that it is dealt with."""


class NotResolved(Exception):
    """Only what was resolved can be opened again."""


@transaction.atomic
def comment(
    *,
    article: Article,
    text: str,
    by: AbstractUser,
    at: datetime,
    span: Span | None = None,
    tag: BiasTag | None = None,
    parent: Comment | None = None,
) -> Comment:
    """Say something about an article, the words of a mark, a tag on the whole article, or answer a comment.

    Whoever is named with an @ finds it on their desk; whoever answers has put their own mentions in the thread aside.

    :param parent: any comment of a thread; the answer is about what the thread is about.
    :raises AnotherThread: when ``span`` or ``tag`` say otherwise.
    :raises NobodyCalled: when somebody named would not see it.
    """
    if tag is not None and tag.span_id is not None and span is None:
        span, tag = tag.span, None
    thread = parent.parent if parent is not None and parent.parent else parent
    if thread is not None:
        if (span is not None and span.pk != thread.span_id) or (tag is not None and tag.pk != thread.tag_id):
            raise AnotherThread(_("An answer is about what its thread is about. Leave that out, or begin a thread."))
        span, tag = thread.span, thread.tag
    made = Comment(article=article, span=span, tag=tag, parent=thread, text=text, created_by_id=by.pk, created_at=at)
    people = _people_named(made)
    made.save(force_insert=True)
    Mention.objects.bulk_create(
        Mention(comment=made, person_id=person, created_at=at) for person in sorted(people - {by.pk})
    )
    if thread is not None:
        _put_aside_in(thread, by=by, at=at)
    return made


def _people_named(remark: Comment) -> set[int]:
    """:raises NobodyCalled: when somebody named would not see the comment."""
    names = names_in(remark.text)
    if not names:
        return set()
    wanted = {spelling for name in names for spelling in spellings(name)}
    named = Lower("username")
    people = people_told_of(remark.article, is_kept=_is_about_a_blind_mark(remark)).annotate(named=named)
    known = dict(people.filter(named__in=wanted).values_list("named", "pk"))
    found, strangers = mentions_in(remark.text, known)
    if strangers:
        raise NobodyCalled(strangers)
    return found


def _is_about_a_blind_mark(remark: Comment) -> bool:
    """Whether it is about a mark of a blind study, where nobody reads what others say."""
    if remark.tag is not None:
        return remark.tag.project.is_blind
    if remark.span_id is None:
        return False
    marks = [model.objects.filter(span=remark.span_id, project__is_blind=True) for model in (Claim, BiasTag)]
    return any(found.exists() for found in marks)


def _put_aside_in(thread: Comment, *, by: AbstractUser, at: datetime) -> None:
    waiting = Mention.objects.filter(person_id=by.pk, aside_at=None)
    waiting.filter(comment=thread).update(aside_at=at)
    waiting.filter(comment__parent=thread).update(aside_at=at)


@transaction.atomic
def change_comment(*, comment: Comment, seen: int, text: str, by: AbstractUser, at: datetime) -> Comment:
    """Put one's own words right, as long as nobody has written after them and the thread is open.

    Whoever is named now is told; whoever is named no longer is not.

    :raises Stale: when it was changed since version ``seen``.
    :raises ThreadResolved: when the thread is dealt with.
    :raises CommentAnswered: when somebody has written after it.
    :raises NobodyCalled: when somebody named would not see it.
    """
    # An answer that is being written holds the first comment of its thread, so this waits for it.
    thread = Comment.objects.select_for_update().get(pk=comment.parent_id or comment.pk)
    if thread.resolved_at is not None:
        raise ThreadResolved(_("This thread is resolved. Open it again to change what stands in it."))
    if thread.answers.filter(pk__gt=comment.pk).exists():
        raise CommentAnswered(_("Somebody has answered, so this comment stays as it is. Write another one."))
    comment.change(seen=seen, text=text, edited_at=at)
    people = _people_named(comment) - {by.pk}
    comment.mentions.filter(person__in=people).exclude(ended_at=None).update(ended_at=None, aside_at=None)
    comment.mentions.exclude(person__in=people).filter(ended_at=None).update(ended_at=at)
    Mention.objects.bulk_create(
        [Mention(comment=comment, person_id=person, created_at=at) for person in sorted(people)], ignore_conflicts=True
    )
    return comment


@transaction.atomic
def resolve_comment(*, comment: Comment, seen: int, by: AbstractUser, at: datetime) -> Comment:
    """Say that a thread is dealt with. Nothing ever waits for that.

    :raises NotAThread: when it is an answer.
    :raises AlreadyResolved: when somebody has said so before.
    :raises Stale: when somebody changed it since version ``seen``.
    """
    _refuse_answer(comment)
    if comment.resolved_at is not None:
        raise AlreadyResolved(_("This thread is resolved already."))
    return comment.change(seen=seen, resolved_by=by, resolved_at=at)


@transaction.atomic
def reopen_comment(*, comment: Comment, seen: int, by: AbstractUser, at: datetime) -> Comment:
    """Open a thread again that was dealt with.

    :raises NotAThread: when it is an answer.
    :raises NotResolved: when the thread is open.
    :raises Stale: when somebody changed it since version ``seen``.
    """
    _refuse_answer(comment)
    if comment.resolved_at is None:
        raise NotResolved(_("This thread is open."))
    return comment.change(seen=seen, resolved_by=None, resolved_at=None)


def _refuse_answer(comment: Comment) -> None:
    if comment.parent_id is not None:
        raise NotAThread(_("An answer is resolved with its thread. Resolve the comment that began it."))


def see_mention(*, mention: Mention, by: AbstractUser, at: datetime) -> Mention:
    """Note that somebody opened the comment they are named in; the first time counts."""
    Mention.objects.filter(pk=mention.pk, seen_at=None).update(seen_at=at)
    mention.seen_at = mention.seen_at or at
    return mention


def put_mention_aside(*, mention: Mention, by: AbstractUser, at: datetime) -> Mention:
    """Take a mention off its person's desk; doing so twice is once."""
    Mention.objects.filter(pk=mention.pk, aside_at=None).update(aside_at=at)
    mention.aside_at = mention.aside_at or at
    return mention
