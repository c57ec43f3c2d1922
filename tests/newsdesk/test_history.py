"""History is kept by the database: it sees bulk writes and plain SQL, and knows who."""

from __future__ import annotations

import pghistory
import pytest
from django.db import connection
from django.db.models import F
from django.test import Client
from django.urls import reverse

from articles.models import Article, Speaker
from newsdesk.models import User
from tests.factories import make_article, make_claim, make_speaker


def past(noun: Article | Speaker, field: str) -> list[object]:
    """What stood in a column before each change, oldest first."""
    events = noun.events.order_by("pgh_id")  # type: ignore[union-attr]
    return list(events.values_list(field, flat=True))


def test_a_change_leaves_what_was_there_before(alice: User) -> None:
    speaker = make_speaker(by=alice)

    speaker.change(seen=1, title="mayor")
    speaker.change(seen=2, title="former mayor")

    assert past(speaker, "title") == ["", "mayor"]
    assert past(speaker, "version") == [1, 2]


def test_a_bulk_update_leaves_one_event_a_row(alice: User) -> None:
    speakers = [make_speaker(by=alice, name=name) for name in ("Ines Duarte", "Ana Lima", "Rui Costa")]

    Speaker.objects.update(affiliation="The council", version=F("version") + 1)

    assert [past(speaker, "affiliation") for speaker in speakers] == [[""]] * 3


def test_plain_sql_leaves_an_event(alice: User) -> None:
    article = make_article(by=alice)

    with connection.cursor() as cursor:
        cursor.execute("UPDATE articles_article SET outlet = 'Elsewhere', version = version + 1")

    assert past(article, "outlet") == [""]


def test_an_event_names_who_did_it_where_somebody_did(alice: User) -> None:
    speaker = make_speaker(by=alice)

    speaker.change(seen=1, title="mayor")
    with pghistory.context(user=alice.pk):
        speaker.change(seen=2, title="former mayor")

    contexts = [event.pgh_context for event in speaker.events.order_by("pgh_id")]  # type: ignore[attr-defined]
    assert contexts[0] is None
    assert contexts[1].metadata["user"] == alice.pk


def test_a_change_on_a_page_is_known_as_that_persons(alice: User, client: Client) -> None:
    claim = make_claim(make_article(by=alice), by=alice)
    client.force_login(alice)

    answer = client.post(
        reverse("admin:annotations_claim_changelist"),
        {"action": "retract", "_selected_action": [claim.pk], "reason": "Wrong", f"seen-{claim.pk}": 1},
    )

    event = claim.events.get()  # type: ignore[attr-defined]
    assert answer.status_code == 302
    assert event.pgh_context.metadata["user"] == alice.pk


@pytest.mark.parametrize("change", [{"password": "another"}, {"last_login": None}])
def test_passwords_and_visits_are_kept_out_of_the_history(alice: User, change: dict[str, object]) -> None:
    User.objects.filter(pk=alice.pk).update(**change)
    User.objects.filter(pk=alice.pk).update(name="Alice M.")

    [*_, event] = alice.events.order_by("pgh_id")  # type: ignore[attr-defined]
    assert event.name == "Alice Moreau"
    assert not hasattr(event, "password")
    assert not hasattr(event, "last_login")
