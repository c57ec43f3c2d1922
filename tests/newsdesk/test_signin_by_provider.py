"""Signing in at a provider of OpenID Connect: a small one, on loopback."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from pytest_django import Settings

from newsdesk.models import User


class Provider:
    """Gives a token for any code, and says of its bearer what ``claims`` holds."""

    def __init__(self) -> None:
        self.claims: dict[str, Any] = {}
        self.asked: list[str] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._answering())
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _answer(self, path: str) -> dict[str, Any]:
        if path == "/.well-known/openid-configuration":
            names = {"authorization": "authorize", "token": "token", "userinfo": "userinfo"}
            return {f"{name}_endpoint": f"{self.url}/{path}" for name, path in names.items()} | {"issuer": self.url}
        return {"access_token": "a", "token_type": "Bearer"} if path == "/token" else self.claims

    def _answering(self) -> type[BaseHTTPRequestHandler]:
        provider = self

        class Answering(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                provider.asked.append(self.path)
                content = json.dumps(provider._answer(self.path)).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def do_POST(self) -> None:
                self.rfile.read(int(self.headers["Content-Length"]))
                self.do_GET()

            def log_message(self, *_: Any) -> None:
                """Tests look at ``asked``."""

        return Answering


@pytest.fixture
def provider(settings: Settings) -> Iterator[Provider]:
    provider = Provider()
    app = {
        "provider_id": "desk",
        "name": "The Courier",
        "client_id": "newsdesk",
        "secret": "s",
        "settings": {"server_url": provider.url},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
    yield provider
    provider.close()


def come_in(client: Client, provider: Provider, **claims: Any) -> Any:
    """Go to the provider and come back from it as whoever it says; the answer to that."""
    provider.claims = {"sub": "17", "name": "Bob Tanaka", **claims}
    there = client.post("/accounts/oidc/desk/login/")
    state = parse_qs(urlsplit(there["Location"]).query)["state"][0]
    return client.get(f"/accounts/oidc/desk/login/callback/?code=c&state={state}")


def test_somebody_invited_comes_in_by_a_verified_address(client: Client, bob: User, provider: Provider) -> None:
    answer = come_in(client, provider, email=bob.email, email_verified=True)

    assert answer.status_code == 302
    assert client.session["_auth_user_id"] == str(bob.pk)
    assert provider.asked == ["/.well-known/openid-configuration"] * 2 + ["/token", "/userinfo"]


@pytest.mark.parametrize(
    "claims", [{"email": "bob@desk.example", "email_verified": False}, {"email": "x@y.example", "email_verified": True}]
)
def test_nobody_else_comes_in_and_no_account_is_made(
    client: Client, bob: User, provider: Provider, claims: dict[str, Any]
) -> None:
    known = User.objects.count()

    answer = come_in(client, provider, **claims)

    assert "_auth_user_id" not in client.session
    assert User.objects.count() == known
    assert "By invitation only" in answer.content.decode()


def test_a_closed_account_stays_closed(client: Client, bob: User, provider: Provider) -> None:
    User.objects.filter(pk=bob.pk).update(is_active=False)

    come_in(client, provider, email=bob.email, email_verified=True)

    assert "_auth_user_id" not in client.session


def test_an_answer_that_nobody_asked_for_lets_nobody_in(client: Client, bob: User, provider: Provider) -> None:
    come_in(client, provider, email=bob.email, email_verified=True)
    stranger = Client()

    stranger.get("/accounts/oidc/desk/login/callback/?code=c&state=made-up")

    assert "_auth_user_id" in client.session
    assert "_auth_user_id" not in stranger.session


def test_the_page_offers_the_provider(client: Client, db: None, provider: Provider) -> None:
    assert "Sign in with The Courier" in client.get("/accounts/login/").content.decode()


def test_without_a_provider_none_is_offered(client: Client, db: None) -> None:
    page = client.get("/accounts/login/").content.decode()

    assert "Sign in with" not in page
    assert client.post("/accounts/oidc/desk/login/").status_code == 404
