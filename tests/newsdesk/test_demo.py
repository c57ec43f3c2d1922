import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from annotations.models import BiasTag, Claim, Evidence, FactCheck, LaterSource
from annotations.operations.desk import demo
from annotations.queries.checking.verdicts import Staleness, verdicts_of
from articles.models import Article, Quote, Snapshot, Source, Speaker
from newsdesk.models import SignInLink


@pytest.fixture
def desk(db: None) -> Article:
    call_command("demo", stdout=StringIO())
    return Article.objects.get()


def test_demo_holds_what_the_sample_holds(desk: Article) -> None:
    whole = BiasTag.objects.filter(level="article").count()

    assert Speaker.objects.count() == 6
    assert Quote.objects.count() == 15
    assert Claim.objects.count() == 15
    assert (BiasTag.objects.count(), whole) == (28, 2)
    assert Source.objects.count() == 13


def test_canonical_text_is_the_beginning_of_the_file(desk: Article) -> None:
    file = demo.ARTICLE_FILE.read_text(encoding="utf-8")

    assert desk.head.text == file[:2502]
    assert [line["text"] for line in desk.head.removed] == [line for line in file[2502:].splitlines() if line.strip()]


def test_checks_stand_in_several_states(desk: Article) -> None:
    states = set(FactCheck.objects.values_list("state", flat=True))

    assert states == {"proposed", "gathering", "drafted", "in_review", "approved"}


def test_one_verdict_is_stale_because_a_source_came_later(desk: Article) -> None:
    claims = Claim.objects.order_by("pk")
    verdicts = verdicts_of([claim.pk for claim in claims])

    stale = {place: verdicts[claim.pk].stale for place, claim in enumerate(claims, start=1) if verdicts[claim.pk].stale}

    assert stale == {9: (Staleness.LATER,)}
    [later] = LaterSource.objects.filter(aside_at=None)
    assert later.snapshot.source.title.endswith("(list led by Vladimir Medinsky)")


def test_every_source_says_that_it_is_a_paraphrase(desk: Article) -> None:
    assert set(Snapshot.objects.values_list("basis", flat=True)) == {"paraphrase"}
    assert Evidence.objects.exists()


def test_each_account_gets_a_link_and_a_second_run_makes_none(desk: Article) -> None:
    out = StringIO()

    call_command("demo", "--once", stdout=out)

    assert SignInLink.objects.count() == 8
    assert out.getvalue() == ""


def test_an_unknown_word_stops_the_build_and_leaves_nothing(
    db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = json.loads(demo.DESK_FILE.read_text(encoding="utf-8"))
    desk["tags"][-1]["category"] = "wishful-thinking"
    changed = tmp_path / "desk.json"
    changed.write_text(json.dumps(desk), encoding="utf-8")
    monkeypatch.setattr(demo, "DESK_FILE", changed)

    with pytest.raises(demo.UnknownWord, match="wishful-thinking"):
        call_command("demo", stdout=StringIO())

    assert not Article.objects.exists()
