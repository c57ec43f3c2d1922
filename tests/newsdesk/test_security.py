"""What every answer carries, and how guessing is kept out."""

import runpy
from typing import Any

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from pytest_django import Settings

from newsdesk import settings as settings_module
from newsdesk.models import User

PASSWORD = "seven quiet harbour cranes"


def settings_at(address: str, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """The settings of a desk that people open at this address."""
    monkeypatch.setenv("NEWSDESK_URL", address)
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@nowhere/none")
    return runpy.run_path(settings_module.__file__)


def sign_in(client: Client, name: str, password: str) -> str:
    answer = client.post("/accounts/login/", {"login": name, "password": password})
    return answer.content.decode()


@pytest.mark.parametrize("address", ["/accounts/login/", "/accounts/signup/", "/in/nothing/", "/nowhere/"])
def test_no_page_allows_inline_code_or_other_hosts(db: None, client: Client, address: str) -> None:
    policy = client.get(address)["Content-Security-Policy"]

    directives = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert "unsafe" not in policy
    assert "http" not in policy
    assert directives["default-src"] == "'none'"
    assert directives["script-src"].startswith("'self'")
    assert directives["style-src"] == "'self'"
    assert directives["frame-ancestors"] == "'none'"


def test_pages_are_not_sniffed_framed_or_told_to_others(db: None, client: Client) -> None:
    answer = client.get("/accounts/login/")

    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"


def test_a_desk_at_an_https_address_keeps_its_cookies_to_https(
    bob: User, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    for name, value in settings_at("https://desk.example", monkeypatch).items():
        if name.startswith(("SECURE_", "SESSION_", "CSRF_", "ALLOWED_HOSTS")):
            setattr(settings, name, value)
    bob.set_password(PASSWORD)
    bob.save()
    client = Client(headers={"host": "desk.example"})

    plain = client.get("/accounts/login/")
    client.get("/accounts/login/", secure=True)
    answer = client.post("/accounts/login/", {"login": "bob", "password": PASSWORD}, secure=True)

    assert plain["Location"] == "https://desk.example/accounts/login/"
    assert answer["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    assert client.cookies["sessionid"]["secure"]
    assert client.cookies["sessionid"]["httponly"]
    assert client.cookies["csrftoken"]["secure"]


def test_a_desk_on_this_computer_alone_works_without_https(monkeypatch: pytest.MonkeyPatch) -> None:
    local = settings_at("http://127.0.0.1:8000", monkeypatch)

    assert not local["SESSION_COOKIE_SECURE"]
    assert not local["SECURE_HSTS_SECONDS"]


def test_plain_http_that_others_can_reach_still_sends_no_cookie_in_the_clear(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    exposed = settings_at("http://desk.example", monkeypatch)

    assert exposed["SESSION_COOKIE_SECURE"]
    assert exposed["SECURE_SSL_REDIRECT"]


def test_after_five_wrong_passwords_the_right_one_has_to_wait(bob: User) -> None:
    bob.set_password(PASSWORD)
    bob.save()
    for _ in range(5):
        sign_in(Client(), "bob", "not this one at all")

    waiting = Client()
    said = sign_in(waiting, "bob", PASSWORD)

    assert "Too many attempts" in said
    assert "_auth_user_id" not in waiting.session


def test_wrong_passwords_are_counted_where_every_process_sees_them(bob: User) -> None:
    sign_in(Client(), "bob", "not this one at all")

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM newsdesk_cache WHERE cache_key LIKE '%%login_failed%%'")
        assert cursor.fetchone()[0] > 0


def test_thirty_tries_a_minute_from_one_address_are_enough(db: None) -> None:
    for number in range(30):
        sign_in(Client(), f"somebody-{number}", "not this one at all")

    answer = Client().post("/accounts/login/", {"login": "another", "password": "not this one at all"})

    assert answer.status_code == 429
    assert "Nothing is lost" in answer.content.decode()


def test_a_wrong_name_and_a_wrong_password_sound_alike(bob: User) -> None:
    known, unknown = sign_in(Client(), "bob", "x" * 12), sign_in(Client(), "nobody", "x" * 12)

    assert "not correct" in known
    assert "not correct" in unknown


def test_nobody_signs_up(db: None, client: Client) -> None:
    form = {"email": "me@desk.example", "username": "me", "password1": PASSWORD}

    shown, tried = client.get("/accounts/signup/"), client.post("/accounts/signup/", form)

    assert "By invitation only" in shown.content.decode()
    assert "By invitation only" in tried.content.decode()
    assert not User.objects.filter(username="me").exists()


def test_a_form_from_elsewhere_is_refused_in_calm_words(bob: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(bob)

    answer = client.post("/account/tokens/", {"name": "n"})

    assert answer.status_code == 403
    assert "Nothing was saved" in answer.content.decode()
    assert not bob.tokens.exists()


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "429", "500"])
def test_every_error_has_a_page_that_says_what_to_do(name: str) -> None:
    bare = name in {"400", "500"}  # drawn when there may be no request to ask
    page = render_to_string(f"{name}.html", request=None if bare else RequestFactory().get("/"))

    assert "<h1>" in page
    assert 'href="/"' in page
