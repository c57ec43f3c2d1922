"""What people did, in the words of the desk: lists of acts, and which of somebody's acts a range holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import F, Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from annotations.models import SentenceFinding
from annotations.permissions import all_visible_claims, all_visible_tags, visible_evidence, visible_readings
from articles.models import Act, Article, CurrentAnchor, Step, Verb
from articles.permissions import visible_quotes

if TYPE_CHECKING:
    from articles.permissions import Person

NEWEST_FIRST = ("-id",)
# What somebody did, by what it was done to.
SENTENCES: Mapping[str, Mapping[str, Promise]] = {
    "quote": {
        Verb.RECORD: gettext_lazy("Marked a quote"),
        Verb.CHANGE: gettext_lazy("Changed a quote"),
        Verb.RETRACT: gettext_lazy("Retracted a quote"),
        Verb.RESTORE: gettext_lazy("Restored a quote"),
        Verb.PLACE: gettext_lazy("Placed a quote"),
        Verb.UNPLACE: gettext_lazy("Said that a quote has no place"),
        Verb.ACCEPT: gettext_lazy("Accepted a suggested quote"),
        Verb.REJECT: gettext_lazy("Rejected a suggested quote"),
        Verb.REOPEN: gettext_lazy("Reopened a suggested quote"),
    },
    "claim": {
        Verb.RECORD: gettext_lazy("Marked a claim"),
        Verb.CHANGE: gettext_lazy("Changed a claim"),
        Verb.RETRACT: gettext_lazy("Retracted a claim"),
        Verb.RESTORE: gettext_lazy("Restored a claim"),
        Verb.PLACE: gettext_lazy("Placed a claim"),
        Verb.UNPLACE: gettext_lazy("Said that a claim has no place"),
        Verb.ACCEPT: gettext_lazy("Accepted a suggested claim"),
        Verb.REJECT: gettext_lazy("Rejected a suggested claim"),
        Verb.REOPEN: gettext_lazy("Reopened a suggested claim"),
    },
    "biastag": {
        Verb.RECORD: gettext_lazy("Tagged bias"),
        Verb.CHANGE: gettext_lazy("Changed a bias tag"),
        Verb.RETRACT: gettext_lazy("Retracted a bias tag"),
        Verb.RESTORE: gettext_lazy("Restored a bias tag"),
        Verb.PLACE: gettext_lazy("Placed a bias tag"),
        Verb.UNPLACE: gettext_lazy("Said that a bias tag has no place"),
        Verb.ACCEPT: gettext_lazy("Accepted a suggested bias tag"),
        Verb.REJECT: gettext_lazy("Rejected a suggested bias tag"),
        Verb.REOPEN: gettext_lazy("Reopened a suggested bias tag"),
    },
    "evidence": {
        Verb.RECORD: gettext_lazy("Attached evidence"),
        Verb.CHANGE: gettext_lazy("Changed what evidence says to the claim"),
        Verb.RETRACT: gettext_lazy("Detached evidence"),
        Verb.RESTORE: gettext_lazy("Attached evidence again"),
    },
    "sentencefinding": {Verb.CHANGE: gettext_lazy("Said what was found in a sentence")},
}


@dataclass(frozen=True, slots=True)
class ShownAct:
    """An act as people read it.

    :ivar sentence: what was done; of an act that reverses another, what that was.
    :ivar first: what was done in the first place, however often it was undone since.
    :ivar words: the words it was about; empty for whoever may not know of them.
    :ivar count: how many acts were one.
    :ivar undone: how many of them were reversed since.
    :ivar href: where to look at it; the article where the mark does not stand.
    """

    act: Act
    sentence: str
    first: str
    words: str
    count: int
    undone: int
    href: str

    @property
    def is_undone(self) -> bool:
        return self.undone >= self.count

    @property
    def may_be_undone(self) -> bool:
        return self.act.step != Step.UNDO and not self.is_undone and not self.act.changed_nothing


def with_articles(acts: QuerySet[Act]) -> QuerySet[Act]:
    """Acts with whom and what a list names, without the texts."""
    return acts.select_related("person", "article__head", "undoes").defer(
        "article__head__text", "article__head__blocks", "article__head__removed"
    )


def shown_acts(acts: Iterable[Act], person: Person) -> list[ShownAct]:
    """These acts in their order, as a person may read them; as many queries for many as for one."""
    acts = list(acts)
    roots, sizes, nouns = _roots(acts), _sizes(acts), _nouns(acts, person)
    return [_shown(act, roots[act.pk], *sizes[act.pk], nouns.get(act.noun)) for act in acts]


def _shown(act: Act, root: Act, count: int, undone: int, noun: Any) -> ShownAct:
    words = "" if noun is None or count > 1 else _words(noun)
    first = _first_sentence(act, root, count)
    return ShownAct(act, _sentence(act, root, first, count), first, words, count, undone, _address(act, noun))


def _first_sentence(act: Act, root: Act, count: int) -> str:
    if count == 1:
        return str(SENTENCES[root.kind][root.verb])
    if root.group is not None:
        said = ngettext("Accepted %(count)s quote in bulk", "Accepted %(count)s quotes in bulk", count)
    elif act.step == Step.UNDO:
        # Acts of their own that an administrator reversed together.
        said = ngettext("Reverted %(count)s act", "Reverted %(count)s acts", count)
    else:
        said = ngettext("Did %(count)s act again", "Did %(count)s acts again", count)
    return said % {"count": count}


def _sentence(act: Act, root: Act, first: str, count: int) -> str:
    if act.step == Step.DO or (count > 1 and root.group is None):
        return first
    return (_("Undid: %(act)s") if act.step == Step.UNDO else _("Did again: %(act)s")) % {"act": first}


def _roots(acts: Collection[Act]) -> dict[int, Act]:
    """For each act, what was done in the first place."""
    roots = {act.pk: act for act in acts}
    while parents := {root.undoes_id for root in roots.values() if root.undoes_id is not None}:
        found = Act.objects.in_bulk(parents)
        roots = {key: found[root.undoes_id] if root.undoes_id else root for key, root in roots.items()}
    return roots


def _sizes(acts: Collection[Act]) -> dict[int, tuple[int, int]]:
    """For each act, how many acts were one with it, and how many of them were reversed."""
    groups = {act.group for act in acts if act.group is not None}
    counted = Act.objects.filter(Q(group__in=groups) | Q(pk__in=[act.pk for act in acts], group=None))
    rows = counted.values_list("group", "pk", "reversed_by")
    by_group: dict[UUID, list[bool]] = defaultdict(list)
    alone: dict[int, bool] = {}
    for group, key, reverse_key in rows:
        if group is None:
            alone[key] = reverse_key is not None
        else:
            by_group[group].append(reverse_key is not None)
    return {
        act.pk: (1, int(alone[act.pk])) if act.group is None else (len(by_group[act.group]), sum(by_group[act.group]))
        for act in acts
    }


def _nouns(acts: Collection[Act], person: Person) -> dict[UUID, Any]:
    """What the acts were done to, by uid, as far as a person may know of it."""
    uids: dict[str, set[UUID]] = defaultdict(set)
    for act in acts:
        uids[act.kind].add(act.noun)
    found: dict[UUID, Any] = {}
    for kind, wanted in uids.items():
        found.update({noun.uid: noun for noun in _of_kind(kind, person).filter(uid__in=wanted)})
    return found


def _of_kind(kind: str, person: Person) -> QuerySet[Any]:
    on_head = Prefetch(
        "span__current_anchors",
        CurrentAnchor.objects.filter(revision=F("span__article__head")).select_related("anchor"),
        to_attr="on_head",
    )
    if kind == "evidence":
        return visible_evidence(person).select_related("claim")
    if kind == "sentencefinding":
        findings = SentenceFinding.objects.filter(reading__in=visible_readings(person))
        return findings.select_related("reading__revision").defer("reading__revision__blocks")
    marks: dict[str, QuerySet[Any]] = {
        "quote": visible_quotes(person),
        "claim": all_visible_claims(person),
        "biastag": all_visible_tags(person).select_related("category"),
    }
    return marks[kind].select_related("span").prefetch_related(on_head)


def _words(noun: Any) -> str:
    if isinstance(noun, SentenceFinding):
        return noun.reading.revision.text[noun.start : noun.end]
    if hasattr(noun, "excerpt"):
        return str(noun.excerpt)
    return str(noun.span.on_head[0].anchor.exact) if noun.span is not None else str(noun.category)


def _address(act: Act, noun: Any) -> str:
    if act.kind == "evidence" and noun is not None:
        return reverse("annotations:claim", args=[noun.claim.uid])
    bench = reverse("annotations:workbench", args=[act.article.uid])
    return f"{bench}?mark={act.noun}" if noun is not None and getattr(noun, "is_live", False) else bench


def acts_in_range(
    acts: QuerySet[Act],
    *,
    person: Any,
    since: datetime | None = None,
    until: datetime | None = None,
    article: Article | None = None,
) -> QuerySet[Act]:
    """What a person did in a range of time, from ``since`` to before ``until``, in one article or in all."""
    found = acts.filter(person_id=person.pk)
    if since is not None:
        found = found.filter(at__gte=since)
    if until is not None:
        found = found.filter(at__lt=until)
    return found if article is None else found.filter(article=article)


def acts_to_revert(acts: QuerySet[Act], *, most: int) -> list[Act]:
    """The acts whose reversal brings back what stood before a range of one person's acts: the newest ``most``.

    What the person undid or did again within the range counts once: an act that was undone there is as if it had never
    been done, and undoing what they had done before is itself an act that is reverted.
    """
    chains: dict[int, list[Act]] = {}
    heads: dict[int, list[Act]] = {}
    for act in acts.order_by("pk"):
        chain = heads.pop(act.undoes_id, None) if act.undoes_id is not None else None
        if chain is None:
            chain = chains.setdefault(act.pk, [])
        chain.append(act)
        heads[act.pk] = chain
    reverted = [_tip_to_revert(chain) for chain in chains.values()]
    found = [act for act in reverted if act is not None and not act.changed_nothing]
    return sorted(found, key=lambda act: -act.pk)[:most]


def _tip_to_revert(chain: Sequence[Act]) -> Act | None:
    """The last of an act and its reversals, wherever that is, unless things stand as before the first of them."""
    tip = chain[-1]
    while (following := Act.objects.filter(undoes=tip).first()) is not None:
        tip = following
    stood_before = chain[0].step == Step.UNDO
    stands = tip.step != Step.UNDO
    return tip if stands != stood_before else None
