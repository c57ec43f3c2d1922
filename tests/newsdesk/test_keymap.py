"""Keys of one's own: which may be chosen, and that what is shown is what acts."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from newsdesk.keymap import ACT_OF, ACTS, differences, faults, keys_of
from newsdesk.models import User
from newsdesk.operations import KeysUnfit, choose_keys
from tests.factories import make_article
from tests.factories.laws import copy, refused

PROJECT = Path(__file__).resolve().parents[2]
SCRIPTS = "\n".join(path.read_text(encoding="utf-8") for path in sorted(PROJECT.glob("static/js/**/*.js")))


def fields(**changed: str) -> dict[str, str]:
    """What the form sends, with some fields changed; their names have hyphens in place of underscores."""
    return {act.slug: act.key for act in ACTS} | {name.replace("_", "-"): key for name, key in changed.items()}


@pytest.fixture
def page_of(client: Client) -> Any:
    def read(person: User, address: str) -> str:
        client.force_login(person)
        return client.get(address).content.decode()

    return read


def test_the_keys_that_everybody_has_are_without_fault() -> None:
    assert faults(keys_of(None)) == {}
    assert faults({}) == {}


@pytest.mark.parametrize("key", ["ф", "Ф", "ض", "ק", "あ", "é", "ß", "𞤀", ";", "€", "´", "Q", "y"])
def test_a_letter_or_sign_of_any_script_may_be_chosen(key: str) -> None:
    assert faults({"mark-quote": key}) == {}


@pytest.mark.parametrize(
    ("key", "why"),
    [
        ("", "one key"),
        (" ", "one key"),
        ("qq", "one key"),
        ("Enter", "one key"),
        ("Shift+ArrowRight", "one key"),
        ("\t", "one key"),
        ("\u200e", "one key"),
        ("\u0301", "one key"),
        ("g", "going to a section"),
        ("?", "list of keys"),
        ("؟", "list of keys"),
        ("1", "Digits"),
        ("٣", "Digits"),
    ],
)
def test_what_is_no_single_key_or_is_reserved_is_refused(key: str, why: str) -> None:
    found = faults({"mark-quote": key})

    assert list(found) == ["mark-quote"]
    assert why in found["mark-quote"]


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        ({"mark-quote": "c"}, ["mark-quote"]),  # both on the workbench
        ({"mark-quote": "z"}, ["mark-quote"]),  # undo is everywhere
        ({"undo": "v"}, ["undo"]),  # everywhere, so on a claim too
        ({"mark-quote": "y", "mark-claim": "y"}, ["mark-claim", "mark-quote"]),
        ({"mark-quote": "c", "mark-claim": "q"}, []),  # each has the other's
        ({"mark-quote": "C"}, []),  # with Shift it is another key
        ({"mark-quote": "v"}, []),  # of a claim, where nobody marks
        ({"it-supports": "h"}, []),  # of bringing in
    ],
)
def test_two_acts_share_a_key_only_where_nobody_meets_both(keys: dict[str, str], told: list[str]) -> None:
    assert sorted(faults(keys)) == told


def test_a_conflict_names_both_acts() -> None:
    assert faults({"mark-quote": "c"})["mark-quote"] == (
        "“c” cannot be for both “Mark as quote” and “Mark as claim”: change one of them."
    )


def test_only_differences_are_kept_and_history_keeps_what_they_replace(alice: User) -> None:
    choose_keys(keys=keys_of(alice) | {"mark-quote": "ф"}, by=alice, at=timezone.now())
    choose_keys(keys={}, by=alice, at=timezone.now())

    alice.refresh_from_db()
    assert alice.keymap == {}
    past = alice.events.order_by("pgh_id").values_list("keymap", flat=True)  # type: ignore[attr-defined]
    assert list(past) == [{}, {"mark-quote": "ф"}]


@pytest.mark.parametrize("keys", [{"mark-quote": "c"}, {"make-coffee": "y"}])
def test_unfit_keys_are_refused_and_nothing_is_changed(alice: User, keys: dict[str, str]) -> None:
    with pytest.raises(KeysUnfit) as refusal:
        choose_keys(keys=keys, by=alice, at=timezone.now())

    assert list(refusal.value.faults) == list(keys)
    alice.refresh_from_db()
    assert alice.keymap == {}


@pytest.mark.parametrize("keymap", [{"undo": "zz"}, {"undo": ""}, {"undo": 3}, {"undo": ["z"]}, ["z"], "z", 3])
def test_the_database_keeps_single_keys_alone(alice: User, keymap: object) -> None:
    change = {"username": "other", "email": "other@desk.example"}
    copy(User, **change, keymap={"undo": "ф", "redo": "𞤀"})()

    change = {"username": "third", "email": "third@desk.example"}
    refused("user_keymap_has_single_keys", copy(User, **change, keymap=keymap))


def test_scripts_know_the_keys_that_everybody_has() -> None:
    source = (PROJECT / "static/js/keymap.js").read_text(encoding="utf-8")

    assert dict(re.findall(r'^  "?([a-z-]+)"?: "(.)",$', source, re.MULTILINE)) == keys_of(None)


def test_every_act_is_registered_by_a_script_once_and_no_other() -> None:
    assert sorted(re.findall(r'\bonAct\("([a-z-]+)"', SCRIPTS)) == sorted(ACT_OF)


def test_every_act_stands_in_a_list_of_keys() -> None:
    lists = [
        "annotations/_bench_keys",
        "annotations/claim",
        "annotations/evidence_words",
        "annotations/bring_in",
        "annotations/retagging",
        "annotations/adjudicate",
        "components/_go_keys",
    ]
    drawn = "".join((PROJECT / f"templates/{name}.html").read_text(encoding="utf-8") for name in lists)

    assert set(re.findall(r'\{% key "([a-z-]+)" %\}', drawn)) == set(ACT_OF)


def test_the_page_saves_own_keys_and_shows_them(alice: User, client: Client) -> None:
    client.force_login(alice)

    answer = client.post("/account/keys/", fields(mark_quote="ф", undo=""), follow=True)

    alice.refresh_from_db()
    assert alice.keymap == {"mark-quote": "ф"}
    page = answer.content.decode()
    assert "Your keys are saved" in page
    assert 'data-keymap="{&quot;mark-quote&quot;: &quot;ф&quot;}"' in page


def test_the_page_names_a_conflict_and_keeps_what_was_typed(alice: User, client: Client) -> None:
    client.force_login(alice)

    answer = client.post("/account/keys/", fields(mark_quote="c", search="ö"))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "for both “Mark as quote” and “Mark as claim”" in page
    assert 'value="ö"' in page
    alice.refresh_from_db()
    assert alice.keymap == {}


def test_one_key_is_given_back_and_the_others_are_kept(alice: User, client: Client) -> None:
    client.force_login(alice)
    choose_keys(keys={"mark-quote": "ф", "undo": "я"}, by=alice, at=timezone.now())

    client.post("/account/keys/", fields(mark_quote="ф", undo="я") | {"reset": "undo"})

    alice.refresh_from_db()
    assert alice.keymap == {"mark-quote": "ф"}


def test_all_keys_are_given_back_whatever_stands_in_the_fields(alice: User, client: Client) -> None:
    client.force_login(alice)
    choose_keys(keys={"mark-quote": "ф", "undo": "я"}, by=alice, at=timezone.now())

    client.post("/account/keys/", fields(mark_quote="c") | {"reset": "all"})

    alice.refresh_from_db()
    assert alice.keymap == {}


def test_the_page_is_for_people_who_are_signed_in(db: None, client: Client) -> None:
    assert client.get("/account/keys/")["Location"] == "/accounts/login/?next=/account/keys/"


def test_own_keys_cost_a_page_no_query(
    alice: User, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(alice)
    with django_assert_num_queries(2):
        client.get("/account/keys/")

    choose_keys(keys={"mark-quote": "ф"}, by=alice, at=timezone.now())
    with django_assert_num_queries(2):
        client.get("/account/keys/")


def test_pages_of_others_and_of_strangers_carry_no_keys(alice: User, bob: User, client: Client, page_of: Any) -> None:
    choose_keys(keys={"mark-quote": "ф"}, by=alice, at=timezone.now())

    assert "data-keymap" in page_of(alice, "/account/")
    assert "data-keymap" not in page_of(bob, "/account/")
    client.logout()
    assert "data-keymap" not in client.get("/accounts/login/").content.decode()


def test_controls_lists_and_sentences_of_the_workbench_show_own_keys(alice: User, page_of: Any) -> None:
    article = make_article(by=alice)
    choose_keys(keys={"mark-quote": "ф", "comment": "<"}, by=alice, at=timezone.now())

    page = page_of(alice, f"/articles/{article.uid}/")

    assert 'Quote <kbd aria-hidden="true" class="needs-script">ф</kbd>' in page
    assert "<dt>Mark as quote</dt><dd><kbd>ф</kbd></dd>" in page
    assert "press ф for a quote, c for a claim" in page
    assert "<kbd>&lt;</kbd>" in page


def test_parts_of_a_page_that_are_drawn_apart_show_own_keys(alice: User, client: Client) -> None:
    article = make_article(by=alice)
    choose_keys(keys={"comment": "ё", "mark-quote": "ф"}, by=alice, at=timezone.now())
    client.force_login(alice)

    part = client.get(
        f"/articles/{article.uid}/?comments=open", headers={"HX-Request": "true", "HX-Target": "inspector"}
    ).content.decode()

    assert "<html" not in part
    assert '<kbd aria-hidden="true" class="needs-script">ё</kbd>' in part


def test_only_differences_are_told_apart() -> None:
    assert differences({"undo": "z", "redo": "я"}) == {"redo": "я"}
