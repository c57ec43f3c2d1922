"""What every answer under /api/ carries, also those given before any view is reached."""

from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from django.views.decorators.csrf import csrf_protect

from newsdesk.models import User
from tests.factories.callers import call

PRIVATE = "private, no-store"
PROBLEM = "application/problem+json"


def broken(_request: HttpRequest) -> HttpResponse:
    raise RuntimeError("the password is swordfish")


@csrf_protect
def protected(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("done")


urlpatterns = [path("api/broken/", broken), path("api/protected/", protected)]


@pytest.fixture
def other_addresses(settings: Any) -> None:
    """Addresses under /api/ that are no views of the REST framework."""
    settings.ROOT_URLCONF = __name__


def is_private_problem(answer: Any, status: int) -> bool:
    document = answer.json()
    return (
        answer.status_code == document["status"] == status
        and answer["Content-Type"] == PROBLEM
        and answer["Cache-Control"] == PRIVATE
        and bool(document["detail"])
    )


@pytest.mark.parametrize(
    "address", ["articles/", "me/", "/api/schema/", "/api/docs/", "/api/docs/?script=", "exports/csv/"]
)
def test_no_answer_is_kept_by_anybody(alice: User, address: str) -> None:
    client = Client()
    client.force_login(alice)

    answer = client.get(address if address.startswith("/") else f"/api/v1/{address}")

    assert answer.status_code == 200
    assert answer["Cache-Control"] == PRIVATE


def test_an_error_of_a_view_is_not_kept_either(alice: User) -> None:
    assert is_private_problem(call(alice).get("articles/?nothing=1"), 400)


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/api/v1/articles/", "/api/v1/exports/csv/", "/api/schema/"])
def test_a_stranger_is_told_to_sign_in(address: str) -> None:
    answer = Client().get(address)

    assert is_private_problem(answer, 401)
    assert answer["WWW-Authenticate"].startswith("Bearer")


def test_a_stranger_who_opens_the_explaining_page_signs_in_first() -> None:
    answer = Client().get("/api/docs/")

    assert answer.status_code == 302
    assert answer["Location"] == "/accounts/login/?next=/api/docs/"
    assert answer["Cache-Control"] == PRIVATE


@pytest.mark.parametrize("secure", [False, True])
def test_a_host_that_is_not_ours_is_a_problem(settings: Any, secure: bool) -> None:
    settings.SECURE_SSL_REDIRECT = secure  # then the first middleware asks for the host already

    answer = Client(headers={"host": "evil.example"}).get("/api/v1/articles/")

    assert is_private_problem(answer, 400)
    assert "host" in answer.json()["detail"]


def test_an_unknown_address_is_a_problem_whatever_the_method() -> None:
    client = Client(enforce_csrf_checks=True)

    assert is_private_problem(client.get("/api/v2/"), 404)
    assert is_private_problem(client.post("/api/v2/", {"a": "b"}), 404)


@pytest.mark.django_db
def test_a_session_without_its_csrf_token_is_a_problem(alice: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(alice)

    answer = client.post("/api/v1/speakers/", {"name": "Ines"}, content_type="application/json")

    assert is_private_problem(answer, 403)
    assert "CSRF" in answer.json()["detail"]


def test_what_is_refused_before_the_views_is_a_problem(other_addresses: None) -> None:
    answer = Client(enforce_csrf_checks=True).post("/api/protected/")

    assert is_private_problem(answer, 403)
    assert answer["Content-Length"] == str(len(answer.content))
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_what_breaks_outside_the_rest_framework_tells_nothing_of_us(other_addresses: None) -> None:
    answer = Client(raise_request_exception=False).get("/api/broken/")

    assert is_private_problem(answer, 500)
    assert b"swordfish" not in answer.content


def test_pages_keep_their_own_errors(db: None) -> None:
    answer = Client().get("/nowhere/")

    assert answer.status_code == 404
    assert answer["Content-Type"].startswith("text/html")


@pytest.mark.parametrize(
    ("page", "address"),
    [
        ("/exports/ndjson/?layer=claim", "/api/v1/exports/ndjson/"),
        ("/articles/", "/api/v1/articles/"),
        ("/", "/api/v1/"),
    ],
)
def test_a_token_at_a_page_is_told_the_address_of_the_api(alice: User, page: str, address: str) -> None:
    answer = call(alice).get(page)

    assert answer.status_code == 401
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["WWW-Authenticate"].startswith("Bearer")
    assert answer.json()["detail"].endswith(f"ask for {address}.")


@pytest.mark.django_db
def test_a_browser_at_a_page_is_sent_to_sign_in() -> None:
    assert call(None).get("/exports/ndjson/").status_code == 302


def test_the_root_names_every_noun_with_its_address(rana: User) -> None:
    caller = call(rana)

    nouns = caller.get("/api/v1/").json()

    assert {"articles", "claims", "me", "sources"} <= set(nouns)
    assert nouns["claims"] == "http://testserver/api/v1/claims/"
    assert {caller.get(address.removeprefix("http://testserver")).status_code for address in nouns.values()} == {
        200,
        403,
    }
