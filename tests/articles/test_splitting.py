"""Taking apart what was merged: nothing is lost, and everybody has their names and quotes again."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.models import Quote, Speaker, Stale
from articles.naming.keys import name_keys
from articles.operations.quotes import record_quote
from articles.operations.speakers import change_speaker, merge_speakers
from articles.operations.splitting import Apart, SeenQuote, SplitImpossible, split_speaker
from newsdesk.models import User
from tests.factories import AT, make_article, make_quote, make_speaker, words_of


def fresh(speaker: Speaker) -> Speaker:
    return Speaker.objects.get(pk=speaker.pk)


def merge(kept: Speaker, merged: Speaker, by: User) -> None:
    one, other = fresh(kept), fresh(merged)
    merge_speakers(kept=one, merged=other, seen_kept=one.version, seen_merged=other.version, by=by, at=AT)


def split(kept: Speaker, former: Speaker, by: User) -> Speaker:
    one, other = fresh(kept), fresh(former)
    return split_speaker(kept=one, seen=one.version, apart=Apart(other, other.version), by=by, at=AT)


def test_a_former_speaker_returns_with_its_name_and_quotes(alice: User) -> None:
    kept, former = make_speaker(by=alice), make_speaker(by=alice, name="I. D. Duarte", aliases=["Mayor Duarte"])
    quote = make_quote(make_article(by=alice), by=alice, speaker=former)
    merge(kept, former, alice)
    heard_while_merged = list(Quote.objects.of(fresh(kept)))

    out = split(kept, former, alice)

    assert heard_while_merged == [quote]
    assert out == former
    assert out.merged_into is None
    assert list(Quote.objects.of(out)) == [quote]
    assert not Quote.objects.of(kept).exists()
    assert fresh(kept).aliases == []
    assert fresh(kept).keys == name_keys(["Ines Duarte"])


def test_aliases_that_the_kept_speaker_had_before_stay(alice: User) -> None:
    kept = make_speaker(by=alice, aliases=["Mayor Duarte"])
    former = make_speaker(by=alice, name="Rui Duarte", aliases=["Mayor Duarte", "R. Duarte"])
    merge(kept, former, alice)

    split(kept, former, alice)

    assert fresh(kept).aliases == ["Mayor Duarte"]
    assert fresh(former).aliases == ["Mayor Duarte", "R. Duarte"]


def test_whoever_was_merged_into_the_former_speaker_returns_with_it(alice: User) -> None:
    kept, former, third = (make_speaker(by=alice, name=name) for name in ("Ines Duarte", "Rui Costa", "R. M. Costa"))
    merge(former, third, alice)
    merge(kept, former, alice)

    split(kept, former, alice)

    assert fresh(third).merged_into == former
    assert fresh(former).aliases == ["R. M. Costa"]
    assert fresh(kept).aliases == []


def test_one_who_came_along_leaves_alone_and_takes_its_name_from_both(alice: User) -> None:
    kept, former, third = (make_speaker(by=alice, name=name) for name in ("Ines Duarte", "Rui Costa", "R. M. Costa"))
    merge(former, third, alice)
    merge(kept, former, alice)

    split(kept, third, alice)

    assert fresh(third).merged_into is None
    assert fresh(former).aliases == []
    assert fresh(former).merged_into == kept
    assert fresh(kept).aliases == ["Rui Costa"]


def test_an_alias_becomes_a_speaker_with_the_chosen_quotes(alice: User) -> None:
    kept = make_speaker(by=alice, aliases=["Rui Duarte"])
    article = make_article(by=alice)
    hers, his = make_quote(article, by=alice, speaker=kept), make_quote(article, "reckless", by=alice, speaker=kept)

    out = split_speaker(kept=kept, seen=1, apart=Apart(name="Rui Duarte"), quotes=[SeenQuote(his, 1)], by=alice, at=AT)

    assert (out.name, out.keys) == ("Rui Duarte", name_keys(["Rui Duarte"]))
    assert list(Quote.objects.of(out)) == [his]
    assert list(Quote.objects.of(kept)) == [hers]
    assert fresh(kept).aliases == []


def test_a_quote_changed_meanwhile_leaves_everything_as_it_was(alice: User) -> None:
    kept = make_speaker(by=alice, aliases=["Rui Duarte"])
    quote = make_quote(make_article(by=alice), by=alice, speaker=kept)
    quote.change(seen=1, cue="said")

    with pytest.raises(Stale):
        split_speaker(kept=kept, seen=1, apart=Apart(name="Rui Duarte"), quotes=[SeenQuote(quote, 1)], by=alice, at=AT)

    assert fresh(kept).aliases == ["Rui Duarte"]
    assert Speaker.objects.count() == 1


def test_a_speaker_changed_meanwhile_is_not_split(alice: User) -> None:
    kept, former = make_speaker(by=alice), make_speaker(by=alice, name="Rui Costa")
    merge(kept, former, alice)
    change_speaker(speaker=fresh(kept), seen=2, by=alice, at=AT, title="Mayor")

    with pytest.raises(Stale), transaction.atomic():
        split_speaker(kept=fresh(kept), seen=2, apart=Apart(fresh(former), 2), by=alice, at=AT)

    assert fresh(former).merged_into == kept


@pytest.mark.parametrize(
    ("name", "field"), [("", "name"), ("ines duarte", "name"), ("Rui Costa", "name")], ids=["none", "own", "former"]
)
def test_a_name_that_cannot_be_taken_out_is_refused(alice: User, name: str, field: str) -> None:
    kept, former = make_speaker(by=alice), make_speaker(by=alice, name="Rui Costa")
    merge(kept, former, alice)

    with pytest.raises(SplitImpossible) as refused:
        split_speaker(kept=fresh(kept), seen=2, apart=Apart(name=name), by=alice, at=AT)

    assert refused.value.field == field


def test_who_was_not_merged_and_quotes_of_others_are_refused(alice: User) -> None:
    kept, other = make_speaker(by=alice), make_speaker(by=alice, name="Rui Costa")
    quote = make_quote(make_article(by=alice), by=alice, speaker=other)
    apart = [Apart(other, 1), Apart(name="Ana Costa")]

    fields = []
    for each in apart:
        with pytest.raises(SplitImpossible) as refused:
            split_speaker(kept=kept, seen=1, apart=each, quotes=[SeenQuote(quote, 1)][each.seen :], by=alice, at=AT)
        fields.append(refused.value.field)

    assert fields == ["former", "quotes"]


NAMES = ("Ines Duarte", "Rui Costa", "Ana Reis", "Tomas Reed")
SENTENCES = ("“We had no choice,”", "reckless", "two years", "The council voted")


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pairs=st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=5), shared=st.booleans())
def test_splits_in_reverse_restore_the_speaker_of_every_quote(alice: User, pairs: Any, shared: bool) -> None:
    with transaction.atomic():
        aliases = ["The spokesman"] if shared else []
        speakers = [make_speaker(by=alice, name=name, aliases=aliases) for name in NAMES]
        article = make_article(by=alice)
        for speaker, sentence in zip(speakers, SENTENCES, strict=True):
            record_quote(
                article=article,
                base=1,
                words=words_of(article, sentence),
                kind="direct",
                speaker=speaker,
                by=alice,
                at=AT,
            )
        before = _standing(speakers)
        done: list[tuple[Speaker, Speaker]] = []
        for kept, merged in ((speakers[one], speakers[other]) for one, other in pairs):
            if kept != merged and not fresh(kept).merged_into_id and not fresh(merged).merged_into_id:
                merge(kept, merged, alice)
                done.append((kept, merged))
        assert Quote.objects.filter(speaker__in=speakers).count() == len(SENTENCES)

        for kept, merged in reversed(done):
            split(kept, merged, alice)

        assert _standing(speakers) == before
        transaction.set_rollback(True)


def _standing(speakers: list[Speaker]) -> Any:
    """Whose each quote is, and by what everybody is found."""
    heard = {speaker.pk: list(Quote.objects.of(speaker).values_list("pk", flat=True)) for speaker in speakers}
    return heard, [(each.merged_into_id, each.aliases, each.keys) for each in map(fresh, speakers)]
