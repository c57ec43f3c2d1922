"""The schema is whole, and the API does what it says."""

import json
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
import schemathesis
from django.core.management import call_command
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import CHECKS

from annotations.api import routes as annotation_routes
from articles.api import routes as article_routes
from newsdesk.models import User
from newsdesk.models.access import Scope
from newsdesk.wsgi import application
from tests.factories import make_article, make_claim, make_quote, make_source, make_tag
from tests.factories.callers import make_key

EXAMPLES = 3
# Every check holds everywhere but one, at four addresses. A schema cannot say what is a story: copy that readers
# make none of, such as a line without a text below it, is of the right shape and refused at its field. Nor can it say
# of rows, each of which is answered for itself whatever it is, that no text however deep in one holds a NUL.
NOT_ALL_SAID = {"POST /api/v1/articles/", *(f"POST /api/v1/{noun}/bulk/" for noun in ("quotes", "claims", "bias-tags"))}


@schemathesis.serializer("application/x-ndjson")
def lines_of(_context: Any, value: Any) -> bytes:
    """A made-up body as one line; text as it is."""
    return value.encode() if isinstance(value, str) else json.dumps(value).encode() + b"\n"


@pytest.mark.django_db
def test_the_schema_is_made_without_a_warning() -> None:
    call_command("spectacular", "--validate", "--fail-on-warn", stdout=StringIO())


def test_every_view_names_a_scope_that_exists() -> None:
    for _prefix, view in (*article_routes.ROUTES, *annotation_routes.ROUTES):
        scoped: Any = view
        assert scoped.write_scope in Scope.values


@pytest.fixture
def one_connection() -> Iterator[None]:
    """Requests end without closing the connection, because what a test has written is in its transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def schema(alice: User, bob: User, one_connection: None) -> Any:
    """The schema as it is served, and a desk with something of most nouns in it."""
    article = make_article(by=alice)
    make_quote(article, by=alice)
    make_claim(article, by=alice)
    make_tag(article, "reckless", by=alice)
    make_source(by=bob)
    headers = {"Authorization": f"Bearer {make_key(alice, list(Scope.values))}"}
    loaded: Any = schemathesis.openapi.from_wsgi("/api/schema/?format=json", application, headers=headers)
    loaded.headers = headers
    return loaded


def test_no_request_is_answered_otherwise_than_the_schema_says(schema: Any) -> None:
    tried = 0
    for found in schema.get_all_operations():
        answer_as_described(found.ok(), schema.headers)
        tried += 1

    assert tried > 60


def answer_as_described(operation: Any, headers: dict[str, str]) -> None:
    """Try one operation with made-up requests, each undone before the next."""
    excluded = CHECKS.get_by_names(["positive_data_acceptance"]) if operation.label in NOT_ALL_SAID else []

    @given(case=operation.as_strategy())
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def attempt(case: Any) -> None:
        with transaction.atomic():
            case.call_and_validate(headers=headers, excluded_checks=excluded)
            transaction.set_rollback(True)

    attempt()
