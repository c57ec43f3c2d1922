"""Keys for programs: made, shown once, revoked."""

import hashlib
import re
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from newsdesk.models import Token, User
from newsdesk.operations import (
    DaysOutside,
    NotTheirToken,
    ScopesBeyond,
    ScopesUnknown,
    make_token,
    revoke_token,
    scopes_for,
)


@pytest.fixture
def token(bob: User, at: datetime) -> Token:
    made, _key = make_token(person=bob, name="Wire importer", scopes=["read"], days=30, at=at)
    return made


def test_a_key_has_a_prefix_that_scanners_know_and_256_random_bits(bob: User, at: datetime) -> None:
    keys = {make_token(person=bob, name="n", scopes=["read"], days=1, at=at)[1] for _ in range(3)}

    assert len(keys) == 3
    assert all(re.fullmatch(r"ndk_[A-Za-z0-9_-]{43}", key) for key in keys)


def test_only_the_digest_and_the_beginning_of_a_key_are_kept(bob: User, at: datetime) -> None:
    token, key = make_token(person=bob, name="Notebook", scopes=["read"], days=30, at=at)

    with connection.cursor() as cursor:
        cursor.execute("SELECT to_jsonb(t)::text FROM newsdesk_token t")
        stored = cursor.fetchone()[0]
    assert key not in stored
    assert token.digest == hashlib.sha256(key.encode()).hexdigest()
    assert token.hint == key[:8]


def test_a_token_ends_after_its_days(token: Token, at: datetime) -> None:
    assert token.expires_at == at + timedelta(days=30)


@pytest.mark.parametrize("scopes", [[], ["read", "everything"]])
def test_a_token_has_known_scopes(bob: User, at: datetime, scopes: list[str]) -> None:
    with pytest.raises(ScopesUnknown):
        make_token(person=bob, name="n", scopes=scopes, days=30, at=at)


EVERY_SCOPE = {"read", "annotate", "edit", "review", "export", "admin"}
USABLE = {
    "alice": EVERY_SCOPE,
    "ada": EVERY_SCOPE,
    "bob": EVERY_SCOPE - {"admin"},
    "carol": EVERY_SCOPE - {"review"},
    "dana": {"read", "annotate", "review", "export"},
    "emil": {"read", "annotate", "edit", "export"},
    "rana": {"read"},
    "mallory": {"read"},
}


@pytest.mark.parametrize("name", USABLE)
def test_a_token_has_only_scopes_that_its_owner_could_use(
    name: str, at: datetime, request: pytest.FixtureRequest
) -> None:
    person = request.getfixturevalue(name)

    given = set()
    for scope in EVERY_SCOPE:
        try:
            given |= set(make_token(person=person, name="n", scopes=["read", scope], days=1, at=at)[0].scopes)
        except ScopesBeyond:
            continue

    assert given == set(scopes_for(person)) == USABLE[name]


def test_the_page_offers_a_reader_nothing_to_write_with_and_refuses_it(rana: User, client: Client) -> None:
    client.force_login(rana)

    offered = client.get("/account/tokens/").context["form"].fields["scopes"].choices
    answer = client.post("/account/tokens/", {"name": "Notebook", "scopes": ["read", "edit"], "days": "30"})

    assert [scope for scope, _label in offered] == ["read"]
    assert answer.status_code == 422
    assert "Your roles do not cover “edit”" in answer.context["form"].errors["scopes"][0]
    assert not Token.objects.exists()


@pytest.mark.parametrize("days", [0, 367])
def test_a_token_lasts_a_day_to_a_year(bob: User, at: datetime, days: int) -> None:
    with pytest.raises(DaysOutside):
        make_token(person=bob, name="n", scopes=["read"], days=days, at=at)


def test_the_database_refuses_unknown_scopes_too(token: Token) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Token.objects.filter(pk=token.pk).update(scopes=["everything"])


def test_revoking_again_keeps_the_first_moment(token: Token, bob: User, at: datetime) -> None:
    revoke_token(token=token, by=bob, at=at)

    again = revoke_token(token=token, by=bob, at=at + timedelta(days=1))

    assert again.revoked_at == at


def test_nobody_revokes_the_token_of_another(token: Token, mallory: User, at: datetime) -> None:
    with pytest.raises(NotTheirToken):
        revoke_token(token=token, by=mallory, at=at)


def test_the_page_shows_a_new_key_in_its_answer_and_never_again(bob: User, client: Client) -> None:
    client.force_login(bob)

    made = client.post("/account/tokens/", {"name": "Notebook", "scopes": ["read"], "days": "30"})
    later = client.get("/account/tokens/")

    [key] = re.findall(r"ndk_[A-Za-z0-9_-]{43}", made.content.decode())
    assert key[:8] in later.content.decode()
    assert key not in later.content.decode()
    assert "no-store" in made["Cache-Control"]


def test_a_token_without_a_name_is_refused_with_the_field(bob: User, client: Client) -> None:
    client.force_login(bob)

    answer = client.post("/account/tokens/", {"scopes": ["read"], "days": "30"})

    assert answer.status_code == 422
    assert 'id="id_name_error"' in answer.content.decode()
    assert not Token.objects.exists()


def test_somebody_elses_token_does_not_exist_for_me(token: Token, mallory: User, client: Client) -> None:
    client.force_login(mallory)

    listed = client.get("/account/tokens/").content.decode()
    answer = client.post(f"/account/tokens/{token.uid}/revoke/")

    assert "Wire importer" not in listed
    assert answer.status_code == 404
    token.refresh_from_db()
    assert token.revoked_at is None


def test_listing_tokens_costs_the_same_for_one_and_for_three(
    bob: User, client: Client, at: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(bob)

    for count in (1, 3):
        while Token.objects.count() < count:
            make_token(person=bob, name="n", scopes=["read"], days=30, at=at)
        with django_assert_num_queries(3):  # session, person with roles for the menu, tokens
            client.get("/account/tokens/")
