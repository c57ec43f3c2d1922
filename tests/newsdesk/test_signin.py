"""Coming in by a link, which works once."""

from datetime import datetime, timedelta

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.admin.models import LogEntry
from django.core.mail import EmailMessage
from django.test import Client
from django.utils import timezone

from newsdesk.models import SignInLink, User
from newsdesk.operations import (
    DaysOutside,
    LinkExpired,
    LinkUnknown,
    LinkUsed,
    find_link,
    invite,
    use_link,
)


@pytest.fixture
def now() -> datetime:
    return timezone.now()


@pytest.fixture
def key(ada: User, bob: User, now: datetime) -> str:
    return invite(person=bob, by=ada, at=now, days=7)


def test_a_link_lets_its_person_in(key: str, bob: User, client: Client) -> None:
    answer = client.post(f"/in/{key}/")

    assert answer.status_code == 302
    assert client.session["_auth_user_id"] == str(bob.pk)


def test_looking_at_a_link_does_not_use_it_up(key: str, client: Client) -> None:
    for look in (client.get, client.head):
        assert look(f"/in/{key}/").status_code == 200

    assert SignInLink.objects.get().used_at is None
    assert "_auth_user_id" not in client.session


def test_the_page_of_a_link_is_kept_by_no_cache_and_no_search_engine(key: str, client: Client) -> None:
    answer = client.get(f"/in/{key}/")

    assert "no-store" in answer["Cache-Control"]
    assert '<meta name="robots" content="noindex">' in answer.content.decode()


def test_a_used_link_says_that_it_was_used(key: str, client: Client) -> None:
    client.post(f"/in/{key}/")

    answer = Client().get(f"/in/{key}/")

    assert answer.status_code == 410
    assert "only once" in answer.content.decode()


def test_an_unknown_link_says_so_and_signs_nobody_in(db: None, client: Client) -> None:
    answer = client.post("/in/made-up/")

    assert answer.status_code == 410
    assert "knows no such link" in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_somebody_with_a_second_factor_is_asked_for_it(key: str, bob: User, client: Client) -> None:
    TOTP.activate(bob, "JBSWY3DPEHPK3PXP")

    answer = client.post(f"/in/{key}/")

    assert answer["Location"].startswith("/accounts/2fa/authenticate/")
    assert "_auth_user_id" not in client.session


def test_only_the_digest_of_a_key_is_kept(key: str) -> None:
    stored = SignInLink.objects.values().get()

    assert key not in map(str, stored.values())
    assert len(stored["digest"]) == 64


def test_it_is_written_down_who_invited_whom(key: str, ada: User, bob: User) -> None:
    entry = LogEntry.objects.get()

    assert entry.user_id == ada.pk
    assert entry.object_repr.startswith("Bob Tanaka")


def test_a_link_works_once(key: str, bob: User, now: datetime) -> None:
    assert use_link(key=key, at=now) == bob

    with pytest.raises(LinkUsed):
        use_link(key=key, at=now)


def test_a_link_ends_at_its_moment(key: str, now: datetime) -> None:
    last = now + timedelta(days=7)

    assert find_link(key=key, at=last - timedelta(seconds=1))
    with pytest.raises(LinkExpired):
        find_link(key=key, at=last)


def test_a_link_of_a_closed_account_opens_nothing(key: str, bob: User, now: datetime) -> None:
    bob.is_active = False
    bob.save()

    with pytest.raises(LinkUnknown):
        use_link(key=key, at=now)


@pytest.mark.parametrize("days", [0, -1, 367])
def test_a_link_lasts_a_day_to_a_year(ada: User, bob: User, now: datetime, days: int) -> None:
    with pytest.raises(DaysOutside):
        invite(person=bob, by=ada, at=now, days=days)


def test_the_account_page_is_for_people_who_are_signed_in(db: None, client: Client) -> None:
    answer = client.get("/account/")

    assert answer["Location"] == "/accounts/login/?next=/account/"


def test_the_theme_is_set_on_the_page_by_the_server(bob: User, client: Client) -> None:
    client.force_login(bob)

    client.post("/account/appearance/", {"theme": "dark", "keys": "off"})
    page = client.get("/account/").content.decode()

    assert 'data-theme="dark" data-keys="off">' in page


def test_a_theme_that_does_not_exist_is_refused_and_never_printed(bob: User, client: Client) -> None:
    client.force_login(bob)
    client.cookies["theme"] = "neon"

    answer = client.post("/account/appearance/", {"theme": "neon", "keys": "on"})

    assert answer.status_code == 422
    assert "data-theme" not in answer.content.decode()


# Words of the library that the desk says otherwise.
NOT_OURS = [
    "Two-Factor",
    "Reauthenticate",
    "reauthenticate to",
    "Remember Me",
    "Password Reset",
    "Bad Token",
    "token was",
]
IN_FRONT_OF_THE_DOOR = [
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/inactive/",
    "/accounts/password/reset/",
    "/accounts/password/reset/done/",
    "/accounts/password/reset/key/1-x/",
    "/accounts/password/reset/key/done/",
    "/accounts/confirm-email/x/",
]
BEHIND_IT = [
    "/accounts/password/change/",
    "/accounts/reauthenticate/",
    "/accounts/2fa/",
    "/accounts/2fa/webauthn/",
    "/accounts/logout/",
]


@pytest.mark.parametrize("address", IN_FRONT_OF_THE_DOOR)
def test_every_page_in_front_of_the_door_leads_on_in_the_words_of_the_desk(
    db: None, client: Client, address: str
) -> None:
    page = client.get(address).content.decode()
    main = page.partition("<main")[2].partition("</main>")[0]

    assert "<h1>" in main
    assert address.endswith("login/") or 'href="/accounts/' in main or "ask an administrator" in main
    assert [words for words in NOT_OURS if words in page] == []


@pytest.mark.parametrize("address", BEHIND_IT)
def test_every_page_behind_the_door_leads_back_in_the_words_of_the_desk(
    bob: User, client: Client, address: str
) -> None:
    TOTP.activate(bob, "JBSWY3DPEHPK3PXP")
    bob.set_password("seven quiet harbour cranes")
    bob.save()
    client.force_login(bob)

    page = client.get(address).content.decode()

    assert 'href="/account/"' in page.partition("<main")[2]
    assert [words for words in NOT_OURS if words in page] == []


@pytest.mark.parametrize("address", ["/accounts/email/", "/accounts/confirm-email/"])
def test_addresses_are_looked_up_on_the_account_page(bob: User, client: Client, address: str) -> None:
    client.force_login(bob)

    assert client.get(address)["Location"] == "/account/"


def test_who_came_in_by_a_link_sets_a_password_where_others_confirm_it(bob: User, client: Client) -> None:
    client.force_login(bob)

    answer = client.get("/accounts/reauthenticate/", follow=True)

    assert answer.redirect_chain[-1][0].startswith("/accounts/password/set/")
    assert "Password, once more" in answer.content.decode()


def test_the_link_to_a_new_password_comes_by_email_in_plain_words(
    bob: User, client: Client, mailoutbox: list[EmailMessage]
) -> None:
    client.post("/accounts/password/reset/", {"email": bob.email})

    [letter] = mailoutbox
    assert "Set a new password" in letter.subject
    assert "If it was not you, do nothing" in letter.body
    link = next(word for word in letter.body.split() if "/password/reset/key/" in word)
    page = client.get(link, follow=True).content.decode()
    assert "New password, once more" in page


def test_the_account_page_names_the_second_step_in_plain_words(bob: User, client: Client) -> None:
    TOTP.activate(bob, "JBSWY3DPEHPK3PXP")
    client.force_login(bob)

    assert "authenticator app" in client.get("/account/").content.decode()
