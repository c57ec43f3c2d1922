"""What saving a new text would do to every mark of an article, before it is saved."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from annotations.queries.workbench.marks import MOVED, ShownMark, marks_of
from articles.anchoring.carry import Carried, State
from articles.models import Revision
from articles.operations.carrying import Fate, foresee_fates, foresee_return

if TYPE_CHECKING:
    from articles.permissions import Person


@dataclass(frozen=True, slots=True)
class ForeseenMark:
    """A mark, the words it has now, and the words it would have; none where it would have no place."""

    mark: ShownMark
    words: str
    words_then: str
    carried: Carried


@dataclass(frozen=True, slots=True)
class Foreseen:
    """The marks by what would become of them."""

    kept: Sequence[ForeseenMark]
    moved: Sequence[ForeseenMark]
    look: Sequence[ForeseenMark]
    lost: Sequence[ForeseenMark]
    back: Sequence[ForeseenMark]

    @property
    def total(self) -> int:
        return len(self.kept) + len(self.moved) + len(self.look) + len(self.lost) + len(self.back)

    @property
    def sentence(self) -> str:
        """“17 kept, 1 moved, 1 needs a look”."""
        parts = [_("%(count)s kept") % {"count": len(self.kept)}]
        if self.moved:
            parts.append(_("%(count)s moved") % {"count": len(self.moved)})
        if self.look:
            words = _("%(count)s needs a look") if len(self.look) == 1 else _("%(count)s need a look")
            parts.append(words % {"count": len(self.look)})
        if self.back:
            words = _("%(count)s comes back") if len(self.back) == 1 else _("%(count)s come back")
            parts.append(words % {"count": len(self.back)})
        if self.lost:
            parts.append(_("%(count)s without a place") % {"count": len(self.lost)})
        return ", ".join(parts)


def foresee(revision: Revision, text: str, person: Person) -> Foreseen:
    """What ``text`` on top of ``revision`` would do to the marks that a person sees; writes nothing."""
    return _sorted(foresee_fates(revision, text), revision, text, person)


def foresee_restoring(revision: Revision, former: Revision, person: Person) -> Foreseen:
    """What restoring ``former`` on top of ``revision`` would do to the marks that a person sees; writes nothing."""
    return _sorted(foresee_return(revision, former), revision, former.text, person)


def _sorted(fates: Iterable[Fate], revision: Revision, text: str, person: Person) -> Foreseen:
    marks = {mark.standing.span: mark for mark in marks_of(revision, person) if mark.standing is not None}
    found: dict[str, list[ForeseenMark]] = {"kept": [], "moved": [], "look": [], "lost": [], "back": []}
    for fate in fates:
        mark = marks.get(fate.stood.span)
        if mark is not None:
            carried = fate.carried
            then = "" if carried.start is None else text[carried.start : carried.end]
            found[_what_becomes(fate)].append(ForeseenMark(mark, fate.stood.exact, then, carried))
    return Foreseen(**found)


def _what_becomes(fate: Fate) -> str:
    if fate.carried.state == State.ORPHANED:
        return "lost"
    if fate.carried.state == State.NEEDS_REVIEW:
        return "look"
    if fate.stood.state != State.ANCHORED:
        return "back"
    return "moved" if fate.carried.reason in MOVED else "kept"
