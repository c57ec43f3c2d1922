"""A claim with what is done to it, one step after the other."""

from datetime import datetime
from typing import Any

import pytest

from annotations.operations.checking.factchecks import review_check, send_to_review
from newsdesk.models import User
from tests.factories import make_article, make_check, make_claim, make_evidence, make_source


@pytest.fixture
def claim(alice: User, bob: User) -> Any:
    return make_claim(make_article(by=alice), by=bob)


@pytest.fixture
def evidence(claim: Any, bob: User) -> Any:
    return make_evidence(claim, make_source(by=bob), by=bob)


@pytest.fixture
def drafted(claim: Any, evidence: Any, bob: User) -> Any:
    return make_check(claim, checker=bob, one_source_reason="Nobody else knows what the repair costs.")


@pytest.fixture
def in_review(drafted: Any, bob: User, at: datetime) -> Any:
    return send_to_review(check=drafted, seen=drafted.version, by=bob, at=at)


@pytest.fixture
def approved(in_review: Any, dana: User, at: datetime) -> Any:
    review_check(check=in_review, seen=in_review.version, decision="approve", by=dana, at=at)
    return in_review
