"""A POST that is sent twice under one key acts once."""

from articles.models import Speaker
from newsdesk.models import User
from tests.factories.callers import call


def test_a_repeated_request_is_answered_alike_and_acts_once(alice: User) -> None:
    caller = call(alice)

    first = caller.post("speakers/", {"name": "Ines Duarte"}, Idempotency_Key="k1")
    second = caller.post("speakers/", {"name": "Ines Duarte"}, Idempotency_Key="k1")

    assert (first.status_code, second.status_code) == (201, 201)
    assert second.json() == first.json()
    assert (second["Location"], second["ETag"]) == (first["Location"], first["ETag"])
    assert Speaker.objects.count() == 1


def test_another_request_under_the_same_key_is_refused(alice: User) -> None:
    caller = call(alice)
    caller.post("speakers/", {"name": "Ines Duarte"}, Idempotency_Key="k1")

    answer = caller.post("speakers/", {"name": "Tomas Reed"}, Idempotency_Key="k1")

    assert answer.status_code == 422
    assert Speaker.objects.count() == 1


def test_a_key_is_its_owners_alone(alice: User, ada: User) -> None:
    call(alice).post("speakers/", {"name": "Ines Duarte"}, Idempotency_Key="k1")

    answer = call(ada).post("speakers/", {"name": "Tomas Reed"}, Idempotency_Key="k1")

    assert answer.status_code == 201


def test_a_refused_request_may_be_mended_under_its_key(alice: User) -> None:
    caller = call(alice)

    refused = caller.post("speakers/", {"name": ""}, Idempotency_Key="k1")
    mended = caller.post("speakers/", {"name": "Ines Duarte"}, Idempotency_Key="k1")

    assert (refused.status_code, mended.status_code) == (400, 201)


def test_a_key_that_is_too_long_is_refused(alice: User) -> None:
    assert call(alice).post("speakers/", {"name": "Ines"}, Idempotency_Key="k" * 256).status_code == 400


def test_without_a_key_every_request_acts(alice: User) -> None:
    caller = call(alice)

    caller.post("speakers/", {"name": "Ines Duarte"})
    caller.post("speakers/", {"name": "Ines Duarte"})

    assert Speaker.objects.count() == 2
