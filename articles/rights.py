"""Rights in plain words: what somebody was about to do, and what it takes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import rules
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.permissions import Asker, Role, roles_of

if TYPE_CHECKING:
    from articles.permissions import Person

# What each right lets people do; other apps add theirs with :func:`name_rights`.
ACTS: dict[str, Promise] = {
    "articles.bring_in": gettext_lazy("bring in articles"),
    "articles.keep_feeds": gettext_lazy("add, change, poll and end feeds"),
    "articles.revise_article": gettext_lazy("rewrite articles"),
    "articles.change_article": gettext_lazy("change what is known of articles or move them on"),
    "articles.ask_outlet": gettext_lazy("note what an outlet was asked to correct"),
    "articles.restrict_article": gettext_lazy("keep articles to named people"),
    "articles.acknowledge_hold": gettext_lazy("acknowledge that an article is held"),
    "articles.stop": gettext_lazy("stop articles and verdicts"),
    "articles.pull": gettext_lazy("take articles and verdicts down at once"),
    "articles.lift_hold": gettext_lazy("let a held article go"),
    "articles.put_back": gettext_lazy("put back what was taken down at once"),
    "articles.record_quote": gettext_lazy("record quotes"),
    "articles.decide_suggestion": gettext_lazy("decide on suggestions"),
    "articles.change_quote": gettext_lazy("change or retract a quote"),
    "articles.repair_anchor": gettext_lazy("say where the words of a mark stand"),
    "articles.compare_words": gettext_lazy("see where the words of a quote stand elsewhere"),
    "articles.add_speaker": gettext_lazy("add speakers"),
    "articles.change_speaker": gettext_lazy("change speakers"),
    "articles.merge_speakers": gettext_lazy("merge speakers, or take one apart"),
    "articles.view_sources": gettext_lazy("see sources"),
    "articles.store_source": gettext_lazy("store sources"),
    "articles.change_source": gettext_lazy("change sources"),
}
# Why somebody whose role would do may still not act on this one thing.
REASONS: dict[str, Promise] = {
    "articles.put_back": gettext_lazy("You agreed to put it back, so a second person has to agree."),
}


def name_rights(acts: Mapping[str, Promise], reasons: Mapping[str, Promise]) -> None:
    """Say what further rights let people do, and why a role alone is not enough for some."""
    ACTS.update(acts)
    REASONS.update(reasons)


def refusal(person: Person, right: str, noun: Any = None) -> str:
    """Why ``person`` may not use ``right`` on ``noun``, and what to do about it."""
    act, roles = ACTS[right], roles_of(person)
    able = roles_with(right, noun)
    # Where no role is enough for this one thing, the reason holds for all whose role lets them do it elsewhere.
    if roles & (able or roles_with(right)) and right in REASONS:
        return str(REASONS[right])
    if roles & roles_with(right):
        message = _("You may %(act)s only where it is yours. Otherwise it takes the role %(roles)s.")
    else:
        message = _(
            "You may not %(act)s. It takes the role %(roles)s, which an administrator of the desk can give you."
        )
    return message % {"act": act, "roles": _alternatives(able)}


def roles_with(right: str, noun: Any = None) -> frozenset[Role]:
    """The roles each of which is enough for ``right`` on ``noun``, for somebody who had no part in it."""
    return frozenset(role for role in Role if rules.has_perm(right, Asker(pk=0, roles=frozenset({role})), noun))


def _alternatives(roles: frozenset[Role]) -> str:
    *others, last = [role.value for role in Role if role in roles]
    return _("%(others)s or %(last)s") % {"others": ", ".join(others), "last": last} if others else last
