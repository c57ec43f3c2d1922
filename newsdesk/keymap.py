"""The single keys of the desk: what each does, where, and which of them a person may have instead.

An act is named by a slug. Scripts register acts by slug, templates draw their keys by slug, and a person's own keys are
kept by slug, so what is shown is always what acts. ``static/js/keymap.js`` repeats the keys that everybody has; a test
compares the two.

Not here, and the same for everybody: ``g`` and the letter of a section, ``?``, digits, the letters of bias categories,
arrows and keys with Ctrl or Alt.
"""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from itertools import combinations
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser, AnonymousUser


class Place(Enum):
    """Where an act waits for its key. What waits everywhere shares the keyboard with every other place."""

    SITE = gettext_lazy("Everywhere")
    WORKBENCH = gettext_lazy("On the workbench")
    CLAIM = gettext_lazy("On a claim and its sources")
    TAGGING_AGAIN = gettext_lazy("On tags to look at again")
    ADJUDICATION = gettext_lazy("While adjudicating")
    BRING_IN = gettext_lazy("While bringing in copy")

    def meets(self, other: "Place") -> bool:
        """Whether somebody can be at both at once, so that a key cannot act for both."""
        return self is other or Place.SITE in (self, other)


@dataclass(frozen=True, slots=True)
class Act:
    """Something that one key does; ``key`` is the one it has until a person chooses another."""

    slug: str
    key: str
    name: str | Promise
    place: Place


ACTS = (
    Act("search", "/", gettext_lazy("Search"), Place.SITE),
    Act("undo", "z", gettext_lazy("Undo"), Place.SITE),
    Act("redo", "Z", gettext_lazy("Redo"), Place.SITE),
    Act("next-sentence", "j", gettext_lazy("Next sentence"), Place.WORKBENCH),
    Act("previous-sentence", "k", gettext_lazy("Previous sentence"), Place.WORKBENCH),
    Act("next-word", "w", gettext_lazy("Next word"), Place.WORKBENCH),
    Act("previous-word", "W", gettext_lazy("Previous word"), Place.WORKBENCH),
    Act("next-mark", "n", gettext_lazy("Next mark"), Place.WORKBENCH),
    Act("previous-mark", "p", gettext_lazy("Previous mark"), Place.WORKBENCH),
    Act("mark-quote", "q", gettext_lazy("Mark as quote"), Place.WORKBENCH),
    Act("mark-claim", "c", gettext_lazy("Mark as claim"), Place.WORKBENCH),
    Act("mark-bias", "b", gettext_lazy("Mark as bias"), Place.WORKBENCH),
    Act("accept", "a", gettext_lazy("Accept a suggestion"), Place.WORKBENCH),
    Act("reject", "x", gettext_lazy("Reject a suggestion"), Place.WORKBENCH),
    Act("change-mark", "m", gettext_lazy("Change the mark"), Place.WORKBENCH),
    Act("say-nothing-found", "d", gettext_lazy("Nothing found in the sentence"), Place.WORKBENCH),
    Act("say-opinion", "i", gettext_lazy("The sentence is opinion"), Place.WORKBENCH),
    Act("open-evidence", "e", gettext_lazy("Evidence and verdict"), Place.WORKBENCH),
    Act("comment", "t", gettext_lazy("Comment"), Place.WORKBENCH),
    Act("take-example", "s", gettext_lazy("Take as an example"), Place.WORKBENCH),
    Act("next-text", "N", gettext_lazy("Next text of the study"), Place.WORKBENCH),
    Act("search-evidence", "e", gettext_lazy("Evidence search"), Place.CLAIM),
    Act("it-supports", "s", gettext_lazy("It supports"), Place.CLAIM),
    Act("it-refutes", "r", gettext_lazy("It refutes"), Place.CLAIM),
    Act("it-gives-context", "n", gettext_lazy("It gives context"), Place.CLAIM),
    Act("same-claim", "a", gettext_lazy("The first claim like it says the same"), Place.CLAIM),
    Act("other-claim", "x", gettext_lazy("The first claim like it says something else"), Place.CLAIM),
    Act("next-source-sentence", "j", gettext_lazy("Next sentence of a source"), Place.CLAIM),
    Act("previous-source-sentence", "k", gettext_lazy("Previous sentence of a source"), Place.CLAIM),
    Act("give-verdict", "v", gettext_lazy("Verdict, then its digit"), Place.CLAIM),
    Act("keep-tag", "k", gettext_lazy("Keep the tag"), Place.TAGGING_AGAIN),
    Act("tag-again", "r", gettext_lazy("Tag again"), Place.TAGGING_AGAIN),
    Act("next-tag", "n", gettext_lazy("Next tag"), Place.TAGGING_AGAIN),
    Act("previous-tag", "p", gettext_lazy("Previous tag"), Place.TAGGING_AGAIN),
    Act("take-all", "t", gettext_lazy("Take all labels"), Place.ADJUDICATION),
    Act("take-none", "n", gettext_lazy("Take no label"), Place.ADJUDICATION),
    Act("new-label", "w", gettext_lazy("A new label"), Place.ADJUDICATION),
    Act("say-why", "y", gettext_lazy("Say why"), Place.ADJUDICATION),
    Act("merge-agreed", "m", gettext_lazy("Merge what agrees"), Place.ADJUDICATION),
    Act("next-question", "j", gettext_lazy("Next question"), Place.ADJUDICATION),
    Act("previous-question", "k", gettext_lazy("Previous question"), Place.ADJUDICATION),
    Act("restore-line", "r", gettext_lazy("Restore the removed line"), Place.BRING_IN),
    Act("remove-line", "x", gettext_lazy("Remove the line in focus"), Place.BRING_IN),
    Act("head-with-line", "h", gettext_lazy("Make the line in focus the headline"), Place.BRING_IN),
)
ACT_OF = {act.slug: act for act in ACTS}
# The mark of a question on Arabic keyboards opens the list of keys as "?" does.
LIST_KEYS = "?؟"
GO_KEY = "g"


def keys_of(person: "AbstractUser | AnonymousUser | None") -> dict[str, str]:
    """The key of every act for a person; for nobody, the keys that everybody has."""
    own = getattr(person, "keymap", {})
    return {act.slug: own.get(act.slug, act.key) for act in ACTS}


def differences(keys: Mapping[str, str]) -> dict[str, str]:
    """Of the given keys those that are not the ones everybody has: all that is kept of them."""
    return {slug: key for slug, key in keys.items() if key != ACT_OF[slug].key}


def faults(keys: Mapping[str, str]) -> dict[str, str]:
    """What is wrong with keys, as a sentence by slug of the act; empty where nothing is.

    :param keys: by slug; acts that are left out have the key that everybody has. Where two acts would have one key,
        the sentence names both and is told of whichever has left its first key.
    """
    found = {slug: sentence for slug, key in keys.items() if (sentence := _unfit(slug, key))}
    for first, second, key in _shared({act.slug: keys.get(act.slug, act.key) for act in ACTS}):
        sentence = _("“%(key)s” cannot be for both “%(first)s” and “%(second)s”: change one of them.")
        told = sentence % {"key": key, "first": first.name, "second": second.name}
        for act in (first, second):
            if act.key != key:
                found.setdefault(act.slug, told)
    return found


def _unfit(slug: str, key: str) -> str:
    """Why an act cannot have this key, whatever the others have; empty when it can."""
    if slug not in ACT_OF:
        return _("There is nothing called “%(slug)s” to give a key to.") % {"slug": slug}
    if key == GO_KEY:
        return _("“g” is for going to a section, whatever you choose here. Take another key.")
    if key and key in LIST_KEYS:
        return _("“%(key)s” is for the list of keys, whatever you choose here. Take another key.") % {"key": key}
    if len(key) != 1 or unicodedata.category(key)[0] not in "LNPS":
        return _("Give it one key: a letter or a sign. “%(key)s” is not one.") % {"key": key}
    if key.isdigit():
        return _("Digits are for severities, passages and verdicts. Take another key than “%(key)s”.") % {"key": key}
    return ""


def _shared(keys: Mapping[str, str]) -> Iterator[tuple[Act, Act, str]]:
    """Pairs of acts that would wait for one key in one place."""
    for first, second in combinations(ACTS, 2):
        if keys[first.slug] == keys[second.slug] and first.place.meets(second.place):
            yield first, second, keys[first.slug]
