"""Two windows of one person, and an administrator beside them."""

from __future__ import annotations

from datetime import datetime

import pytest

from annotations.operations.workbench.undo import revert, undo
from articles.models import Act, Step
from newsdesk.models import User
from tests.factories import make_article, make_quote, make_tag
from tests.factories.contention import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_windows_undo_one_act_each(alice: User, at: datetime) -> None:
    article = make_article(by=alice)
    quote, tag = make_quote(article, by=alice), make_tag(article, by=alice)

    outcomes = at_once(lambda: undo(by=alice, at=at), lambda: undo(by=alice, at=at))

    quote.refresh_from_db()
    tag.refresh_from_db()
    assert outcomes == ["saved", "saved"]
    assert (quote.is_live, tag.is_live) == (False, False)


def test_whoever_did_it_and_an_administrator_do_not_both_undo_it(alice: User, ada: User, at: datetime) -> None:
    make_tag(make_article(by=alice), by=alice)
    acts = list(Act.objects.all())

    outcomes = at_once(lambda: undo(by=alice, at=at), lambda: revert(acts=acts, by=ada, at=at))

    assert Act.objects.filter(step=Step.UNDO).count() == 1
    assert outcomes in (["saved", "saved"], ["NothingToUndo", "saved"])
