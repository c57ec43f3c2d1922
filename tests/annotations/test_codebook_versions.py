"""Codebooks in versions: what differs, what is looked at again, and examples that nobody sees who should not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.urls import reverse

from annotations.models import BiasCategory, BiasExample, BiasTag, Codebook, KeptTag, Project
from annotations.operations.studies.adopting import (
    NotALaterVersion,
    StudyBegun,
    TagUpToDate,
    adopt_codebook,
    keep_tag,
    tag_again,
)
from annotations.operations.studies.codebooks import FIELDS, CategoryText, write_codebook
from annotations.operations.studies.examples import (
    ExampleTwice,
    KeptFromOthers,
    NothingToShow,
    give_example,
    take_example,
)
from annotations.operations.studies.projects import assign, create_project, pin_revision
from annotations.operations.studies.readings import begin_reading
from annotations.operations.workbench.bias import change_tag, retract_tag
from annotations.operations.workbench.undo import undo
from annotations.permissions import visible_examples
from annotations.queries.studies.codebooks import difference_between, show_version
from annotations.queries.studies.retagging import retag_queue, tags_to_tag_again
from articles.models import Access, Admission, Ground, Stale
from newsdesk.models import User
from tests.factories import AT, make_article, make_tag
from tests.factories.callers import call
from tests.factories.pages import signed_in

NAME = "Newsdesk codebook"
Change = Callable[[CategoryText], CategoryText | None]


def everyday() -> Project:
    return Project.objects.select_related("codebook").get(is_default=True)


def texts_of(codebook: Codebook) -> list[CategoryText]:
    return [CategoryText(**row) for row in codebook.categories.order_by("order").values(*FIELDS)]


def next_version(by: User, **changes: dict[str, Any] | None) -> Codebook:
    """The next version, in which categories are other than before: by slug with "_", None for left out."""
    newest = Codebook.objects.filter(name=NAME).latest("number")
    categories = []
    for text in texts_of(newest):
        change = changes.get(text.slug.replace("-", "_"), {})
        if change is not None:
            categories.append(replace(text, **change))
    return write_codebook(name=NAME, categories=categories, base=newest.number, by=by, at=AT)


def adopt(codebook: Codebook, by: User) -> Project:
    project = everyday()
    return adopt_codebook(project=project, codebook=codebook, seen=project.version, by=by, at=AT)


def waiting(person: User) -> set[BiasTag]:
    return set(tags_to_tag_again(everyday(), person))


def entry(codebook: Codebook, slug: str) -> BiasCategory:
    return codebook.categories.get(slug=slug)


# versions


def test_a_difference_says_what_is_new_left_out_moved_and_reads_otherwise(alice: User) -> None:
    first = everyday().codebook
    texts = texts_of(first)
    moved = [texts[1], texts[0], *texts[2:-1], CategoryText("sarcasm", "Sarcasm", "lexical", "Says less.", ["span"])]
    moved[2] = replace(moved[2], definition=moved[2].definition + " Or not.")
    second = write_codebook(name=NAME, categories=moved, base=1, by=alice, at=AT)

    difference = difference_between(first, second)

    assert [(change.what, change.category.slug) for change in difference.changes] == [
        ("moved", texts[1].slug),
        ("moved", texts[0].slug),
        ("changed", texts[2].slug),
        ("in", "sarcasm"),
        ("out", texts[-1].slug),
    ]
    assert [piece.words for piece in difference.changes[2].fields[0].pieces if piece.what == "in"] == [" Or not."]
    assert difference.unchanged == len(texts) - 4


def test_a_new_version_leaves_projects_tags_and_old_entries_as_they_were(alice: User) -> None:
    tag = make_tag(make_article(by=alice), by=alice)
    before = (tag.category_id, tag.category.definition, everyday().codebook.number)

    next_version(alice, loaded_language={"definition": "Otherwise."})

    tag.refresh_from_db()
    assert (tag.category_id, tag.category.definition, everyday().codebook.number) == before
    assert not waiting(alice)


def test_examples_go_along_with_their_category(alice: User) -> None:
    tag = make_tag(make_article(by=alice), by=alice)
    take_example(tag=tag, by=alice, at=AT)
    give_example(category=entry(everyday().codebook, "spin"), words="a triumph", by=alice, at=AT)

    second = next_version(alice, spin=None)

    assert [
        (each.category.slug, each.words, each.tag) for each in BiasExample.objects.filter(category__codebook=second)
    ] == [("loaded-language", "reckless", tag)]


# looking at tags again


def test_tags_wait_whose_category_or_further_category_reads_otherwise(alice: User) -> None:
    article = make_article(by=alice)
    spin, euphemism = (entry(everyday().codebook, slug) for slug in ("spin", "euphemism"))
    changed = make_tag(article, "reckless", by=alice)
    gone = make_tag(article, "close", by=alice, slug="spin")
    further = make_tag(article, "no choice", by=alice, slug="labelling", secondary=[spin])
    make_tag(article, "estimate", by=alice, slug="euphemism")
    retracted = make_tag(article, "voted", by=alice)
    retract_tag(tag=retracted, seen=1, by=alice, at=AT)

    second = next_version(alice, loaded_language={"definition": "Otherwise."}, spin=None, euphemism={"maps_to": "Else"})
    adopt(second, alice)

    assert waiting(alice) == {changed, gone, further}
    assert euphemism.tags.get().category_id == euphemism.pk


def test_a_kept_tag_waits_again_only_when_its_category_reads_otherwise_once_more(alice: User) -> None:
    tag = make_tag(make_article(by=alice), by=alice)
    adopt(next_version(alice, loaded_language={"definition": "Second."}), alice)
    kept = keep_tag(tag=tag, seen=tag.version, by=alice, at=AT)
    again = keep_tag(tag=tag, seen=tag.version, by=alice, at=AT)
    after_keeping = waiting(alice)

    adopt(next_version(alice, spin={"definition": "Third."}), alice)
    after_another = waiting(alice)
    adopt(next_version(alice, loaded_language={"definition": "Fourth."}), alice)

    assert kept == again
    assert (after_keeping, after_another, waiting(alice)) == (set(), set(), {tag})
    tag.refresh_from_db()
    assert tag.category.codebook.number == 1


def test_tagging_again_gives_the_entry_of_the_new_version_and_undo_brings_the_old_one_back(alice: User) -> None:
    codebook = everyday().codebook
    further = [entry(codebook, "spin"), entry(codebook, "labelling")]
    tag = make_tag(make_article(by=alice), by=alice, secondary=further)
    second = next_version(alice, loaded_language={"definition": "Second."}, spin=None)
    adopt(second, alice)
    tag = BiasTag.objects.get(pk=tag.pk)

    tag_again(tag=tag, category=entry(second, "euphemism"), seen=tag.version, by=alice, at=AT)
    after = (waiting(alice), [str(each.category) for each in tag.secondary.all()], tag.category.slug)
    undo(by=alice, at=AT)

    assert after == (set(), ["Labelling"], "euphemism")
    assert waiting(alice) == {tag}
    assert BiasTag.objects.get(pk=tag.pk).category == entry(codebook, "loaded-language")


def test_an_old_tag_is_put_right_without_being_tagged_again(alice: User) -> None:
    tag = make_tag(make_article(by=alice), by=alice)
    adopt(next_version(alice, loaded_language={"definition": "Second."}), alice)
    address = reverse("annotations:change-mark", args=[tag.article.uid, "bias", tag.uid])
    sent = {"version": 1, "category": "loaded-language", "severity": 3, "polarity": 0, "voice": "author"}

    answer = signed_in(alice).post(address, sent)

    tag = BiasTag.objects.get(pk=tag.pk)
    assert answer.status_code == 302
    assert (tag.severity, tag.category.codebook.number) == (3, 1)
    assert waiting(alice) == {tag}


def test_the_queue_shows_the_words_in_their_sentence_and_what_became_of_the_definition(alice: User) -> None:
    make_tag(make_article(by=alice), by=alice)
    adopt(next_version(alice, loaded_language={"definition": "Second."}), alice)

    row = retag_queue(everyday(), alice).rows[0]

    assert (row.before, row.words, row.after) == ("Some residents said the decision was ", "reckless", ".")
    assert [piece.words for piece in row.definition if piece.what == "in"] == ["Second."]


def test_a_tag_of_an_article_that_is_kept_from_somebody_does_not_wait_for_them(alice: User, carol: User) -> None:
    article = make_article(by=alice)
    tag = make_tag(article, by=alice)
    adopt(next_version(alice, loaded_language={"definition": "Second."}), alice)
    bait = waiting(carol)

    article.change(seen=article.version, access=Access.RESTRICTED, access_reason="A source at risk")

    assert bait == {tag}
    assert waiting(carol) == set()


@pytest.mark.parametrize("act", [keep_tag, lambda **act: tag_again(category=entry(everyday().codebook, "spin"), **act)])
def test_a_tag_that_somebody_changed_is_not_decided_on_unseen(alice: User, act: Callable[..., Any]) -> None:
    tag = make_tag(make_article(by=alice), by=alice)
    adopt(next_version(alice, loaded_language={"definition": "Second."}), alice)
    change_tag(tag=BiasTag.objects.get(pk=tag.pk), seen=1, severity=3, by=alice, at=AT)

    with pytest.raises(Stale):
        act(tag=BiasTag.objects.get(pk=tag.pk), seen=1, by=alice, at=AT)


def test_nothing_is_kept_that_is_of_the_version_in_use(alice: User) -> None:
    tag = make_tag(make_article(by=alice), by=alice)

    with pytest.raises(TagUpToDate):
        keep_tag(tag=tag, seen=1, by=alice, at=AT)


def test_a_project_goes_on_to_a_later_version_of_its_own_codebook(alice: User) -> None:
    other = write_codebook(
        name="Another", categories=[CategoryText("a", "A", "lexical", "A.", ["span"])], base=0, by=alice, at=AT
    )
    second = next_version(alice, spin=None)
    adopt(second, alice)

    for codebook in (other, second, Codebook.objects.get(name=NAME, number=1)):
        with pytest.raises(NotALaterVersion):
            adopt(codebook, alice)


def test_a_study_in_which_somebody_reads_keeps_its_version(alice: User, carol: User) -> None:
    study = create_project(name="Framing", slug="framing", by=carol, at=AT)
    article = make_article(by=alice)
    second = next_version(alice, spin=None)
    third = next_version(alice, labelling=None)
    adopt_codebook(project=study, codebook=second, seen=1, by=carol, at=AT)
    pin_revision(project=study, revision=article.head, by=carol, at=AT)
    begin_reading(revision=article.head, project=study, by=carol, at=AT)

    with pytest.raises(StudyBegun, match="keeps Newsdesk codebook 2"):
        adopt_codebook(project=study, codebook=third, seen=2, by=carol, at=AT)


# examples


def test_an_example_taken_from_a_tag_shows_its_words_under_its_category(alice: User) -> None:
    tag = make_tag(make_article(by=alice), by=alice)

    take_example(tag=tag, by=alice, at=AT)

    version = show_version(everyday().codebook, alice)
    found = next(each for family in version.families for each in family.entries if each.category == tag.category)
    assert ([each.words for each in found.positive], found.tags) == (["reckless"], 1)
    with pytest.raises(ExampleTwice):
        take_example(tag=tag, by=alice, at=AT)


def test_an_example_of_an_article_that_is_kept_from_somebody_does_not_exist_for_them(alice: User, carol: User) -> None:
    article = make_article(by=alice)
    take_example(tag=make_tag(article, by=alice), by=alice, at=AT)
    address = reverse("annotations:codebook", args=[everyday().codebook.uid])
    api = call(carol, "read")
    bait = (
        "“reckless”" in signed_in(carol).get(address).content.decode(),
        api.get("bias-examples/").json()["results"] != [],
    )

    article.change(seen=article.version, access=Access.RESTRICTED, access_reason="A source at risk")
    Admission.objects.create(article=article, person=alice, ground=Ground.NAMED, created_by=alice, created_at=AT)

    assert bait == (True, 1)
    assert "“reckless”" not in signed_in(carol).get(address).content.decode()
    assert api.get("bias-examples/").json()["results"] == []
    assert "“reckless”" in signed_in(alice).get(address).content.decode()


def test_whoever_reads_an_article_blind_sees_no_example_taken_from_it(alice: User, carol: User, emil: User) -> None:
    article = make_article(by=alice)
    take_example(tag=make_tag(article, by=alice), by=alice, at=AT)
    bait = visible_examples(emil).count()

    study = create_project(name="Framing", slug="framing", is_blind=True, by=carol, at=AT)
    assign(article=article, person=emil, project=study, by=carol, at=AT)

    assert (bait, visible_examples(emil).count()) == (1, 0)


def test_no_example_is_taken_where_others_may_not_look(alice: User, carol: User) -> None:
    article = make_article(by=alice)
    study = create_project(name="Framing", slug="framing", is_blind=True, by=carol, at=AT)
    blind = make_tag(article, by=carol, project=study)
    whole = make_tag(article, by=alice)
    article.change(seen=article.version, access=Access.RESTRICTED, access_reason="A source at risk")

    elsewhere = make_tag(make_article(by=alice, text="Another piece\n\nA reckless one.\n"), by=carol, project=study)
    with pytest.raises(KeptFromOthers, match="blind"):
        take_example(tag=elsewhere, by=carol, at=AT)
    for tag in (blind, BiasTag.objects.get(pk=whole.pk)):
        tag.article.refresh_from_db()
        with pytest.raises(KeptFromOthers, match="named people"):
            take_example(tag=tag, by=alice, at=AT)


def test_a_tag_without_words_or_with_too_many_is_no_example(alice: User) -> None:
    article = make_article(by=alice, text="Head\n\n" + "long " * 120 + "end\n")
    long = make_tag(article, ("long " * 120).strip(), by=alice)

    with pytest.raises(NothingToShow, match="too long"):
        take_example(tag=long, by=alice, at=AT)


# pages and API


def sent_form(codebook: Codebook, **change: Any) -> dict[str, Any]:
    """The form of the next version as a browser sends it, with one empty entry at its end."""
    texts = texts_of(codebook)
    fields: dict[str, Any] = {
        "base": codebook.number,
        "change_note": "Say it shorter.",
        "entry-TOTAL_FORMS": len(texts) + 1,
        "entry-INITIAL_FORMS": len(texts),
        f"entry-{len(texts)}-place": 999,
        f"entry-{len(texts)}-levels": ["span"],
    }
    for number, text in enumerate(texts):
        fields |= {f"entry-{number}-{name}": getattr(text, name) for name in FIELDS}
        fields[f"entry-{number}-place"] = 10 * (number + 1)
    return fields | change


def test_the_next_version_is_written_compared_and_used_on_the_pages(alice: User) -> None:
    client, first = signed_in(alice), everyday().codebook
    tag = make_tag(make_article(by=alice), by=alice)
    change = {"entry-0-definition": "A charged word.", "entry-1-is_left_out": "on", "entry-2-place": 5}

    made = client.post(reverse("annotations:codebook-edit", args=[first.uid]), sent_form(first, **change))
    second = Codebook.objects.get(name=NAME, number=2)
    page = client.get(made["Location"]).content.decode()
    difference = client.get(reverse("annotations:codebook-difference", args=[second.uid, 1])).content.decode()
    used = client.post(
        reverse("annotations:codebook-adopt", args=[second.uid]), {"project": "desk", "version": everyday().version}
    )
    queue = client.get(used["Location"]).content.decode()

    assert [text.slug for text in texts_of(second)][:2] == ["contested-naming", "loaded-language"]
    assert len(texts_of(second)) == len(texts_of(first)) - 1
    assert "Say it shorter." in page
    assert "left out" in difference
    assert "<ins>A charged word.</ins>" in difference
    assert "<mark>reckless</mark>" in queue
    listed = client.get(reverse("annotations:codebook-list")).content.decode()
    assert "1 tag to look at again" in listed
    assert tag.category.codebook_id == first.pk


def test_what_cannot_be_written_is_said_beside_what_was_typed(alice: User) -> None:
    client, first = signed_in(alice), everyday().codebook
    address = reverse("annotations:codebook-edit", args=[first.uid])

    twice = client.post(address, sent_form(first, **{"entry-1-slug": "loaded-language"}))
    nameless = client.post(address, sent_form(first, **{"entry-0-definition": ""}))
    unchanged = client.post(address, sent_form(first))
    next_version(alice, spin={"definition": "Theirs."})
    stale = client.post(address, sent_form(first, **{"entry-0-definition": "Mine."}))

    assert (twice.status_code, nameless.status_code, unchanged.status_code, stale.status_code) == (422, 422, 422, 409)
    assert "stands there twice" in twice.content.decode()
    assert "Say what it means." in nameless.content.decode()
    assert "Nothing differs from version 1" in unchanged.content.decode()
    assert "Mine." in stale.content.decode()
    assert "Theirs" in stale.content.decode()


def test_tags_are_kept_and_tagged_again_on_the_page(alice: User) -> None:
    client, article = signed_in(alice), make_article(by=alice)
    kept, again = make_tag(article, by=alice), make_tag(article, "close", by=alice)
    second = next_version(alice, loaded_language={"definition": "Second."})
    adopt(second, alice)

    nothing = client.post(reverse("annotations:retag", args=["desk", again.uid]), {"act": "again", "version": 1})
    client.post(reverse("annotations:retag", args=["desk", kept.uid]), {"act": "keep", "version": 1})
    client.post(
        reverse("annotations:retag", args=["desk", again.uid]), {"act": "again", "category": "spin", "version": 1}
    )
    stale = client.post(reverse("annotations:retag", args=["desk", again.uid]), {"act": "keep", "version": 1})

    assert (nothing.status_code, stale.status_code) == (422, 409)
    assert KeptTag.objects.get().tag == kept
    assert BiasTag.objects.get(pk=again.pk).category == entry(second, "spin")
    assert "Nothing to look at again" in client.get(reverse("annotations:retagging", args=["desk"])).content.decode()


def test_a_tag_is_taken_as_an_example_on_the_workbench(alice: User, emil: User) -> None:
    tag = make_tag(make_article(by=alice), by=alice)
    address = reverse("annotations:take-example", args=[tag.article.uid, tag.uid])
    bench = reverse("annotations:workbench", args=[tag.article.uid]) + f"?mark={tag.uid}"
    offered = "Take as an example" in signed_in(alice).get(bench).content.decode()

    refused = signed_in(emil).post(address)
    signed_in(alice).post(address)
    twice = signed_in(alice).post(address)

    assert offered
    assert (refused.status_code, twice.status_code) == (403, 409)
    assert BiasExample.objects.get().words == "reckless"
    assert "These words are an example in the codebook." in signed_in(alice).get(bench).content.decode()


def test_who_leads_writes_codebooks_and_others_read_them(alice: User, emil: User, rana: User) -> None:
    codebook = next_version(alice, spin=None)
    paths = {name: reverse(f"annotations:{name}", args=[codebook.uid]) for name in ("codebook-edit", "codebook-adopt")}

    for person, reads in ((emil, 200), (rana, 403)):
        client = signed_in(person)
        assert client.get(reverse("annotations:codebook", args=[codebook.uid])).status_code == reads
        assert client.get(reverse("annotations:codebook-list")).status_code == reads
        assert client.get(paths["codebook-edit"]).status_code == 403
        assert client.post(paths["codebook-adopt"], {"project": "desk", "version": 1}).status_code == 403
        assert client.post(reverse("annotations:codebook-example", args=[codebook.uid])).status_code == 403


def test_versions_examples_and_old_tags_over_the_api(alice: User) -> None:
    api, project, first = call(alice), everyday(), everyday().codebook
    tag = make_tag(make_article(by=alice), by=alice)
    second = next_version(alice, loaded_language={"definition": "Second."})

    difference = api.get(f"codebooks/{second.uid}/from/1/").json()
    example = api.post("bias-examples/", {"tag": str(tag.uid)})
    both = api.post("bias-examples/", {"tag": str(tag.uid), "words": "x"})
    early = api.post(f"bias-tags/{tag.uid}/keep/", {"version": 1})
    adopted = api.post(f"projects/{project.uid}/adopt/", {"codebook": str(second.uid), "version": project.version})
    again = api.post(f"projects/{project.uid}/adopt/", {"codebook": str(first.uid), "version": project.version + 1})
    waits = api.get(f"bias-tags/?to_look_at_in={project.uid}").json()["results"]
    kept = api.post(f"bias-tags/{tag.uid}/keep/", {"version": 1})

    assert [each["what"] for each in difference["changes"]] == ["changed"]
    assert (example.status_code, example.json()["words"], both.status_code) == (201, "reckless", 422)
    assert (early.status_code, adopted.status_code, again.status_code, kept.status_code) == (409, 200, 422, 200)
    assert [each["uid"] for each in waits] == [str(tag.uid)]
    assert api.get(f"bias-tags/?to_look_at_in={project.uid}").json()["results"] == []
