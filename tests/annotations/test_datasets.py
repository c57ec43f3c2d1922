"""Datasets: frozen bytes, nobody's name, no word that the rights keep back, and a script that puts words back."""

from __future__ import annotations

import hashlib
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from annotations.models import Dataset, Participant, Project, SettledTag, Settlement
from annotations.models.settling import AdjudicatedLabel
from annotations.operations.studies.datasets import NothingRead, ReleaseTaken, RoundStillOpen, release_dataset
from annotations.operations.studies.examples import give_example, take_example
from annotations.operations.studies.projects import assign
from annotations.permissions import visible_datasets
from articles.models import Access, Admission, Article, Ground, Rights
from newsdesk.models import User
from tests.factories import AT, make_article, make_claim, make_reading, make_speaker, make_tag
from tests.factories.callers import call
from tests.factories.pages import signed_in
from tests.factories.rounds import make_round, make_round_reading, make_study

SECRET = "The quarry report\n\nA shameful secret was dug out of the quarry.\n"


@pytest.fixture
def study(alice: User, carol: User, emil: User) -> Project:
    """A blind study with a closed round: two texts, one of them our own, read by two people."""
    made = make_study(by=carol, is_blind=True, guidelines="Tag what leans.")
    own = make_article(by=alice, rights=Rights.OWN)
    unknown = make_article(
        by=alice, text=SECRET, outlet="Harbour Courier", canonical_url="https://courier.example/quarry"
    )
    for person, word in ((emil, "reckless"), (carol, "decision was reckless")):
        make_tag(own, word, by=person, project=made, note=f"Ask {person}", severity=2)
        make_tag(unknown, "shameful secret", by=person, project=made)
    closed = make_round(made, [own, unknown], by=carol)
    for person in (emil, carol):
        for article in (own, unknown):
            make_round_reading(closed, article, by=person)
    return made


def released(project: Project, by: User, release: str = "1.0", **values: Any) -> Dataset:
    said: dict[str, Any] = {"title": "Framing", "licence": "CC-BY-4.0", "authors": ["The desk"], **values}
    return release_dataset(project=project, release=release, by=by, at=AT, **said)


def files_of(dataset: Dataset) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(bytes(dataset.content))) as archive:
        return {name.partition("/")[2]: archive.read(name).decode() for name in archive.namelist()}


def rows(dataset: Dataset, name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in files_of(dataset)[f"{name}.jsonl"].splitlines()]


def text_of(dataset: Dataset, article: Article) -> str:
    return str(next(row["id"] for row in rows(dataset, "texts") if row["sha256"] == article.head.text_sha256))


# what is in it


def test_a_release_holds_readings_labels_and_what_describes_them(study: Project, carol: User) -> None:
    dataset = released(study, carol, description="Made to see how people agree.")

    found = files_of(dataset)
    assert sorted(name for name in found if "/" not in name) == [
        "CITATION.cff",
        "DATASHEET.md",
        "LICENCE.md",
        "SHA256SUMS",
        "adjudicated.jsonl",
        "claims.jsonl",
        "codebook.json",
        "guidelines-1.md",
        "labels.jsonl",
        "readings.jsonl",
        "recreate.py",
        "texts.jsonl",
    ]
    assert (len(rows(dataset, "readings")), len(rows(dataset, "labels"))) == (4, 4)
    assert dataset.counts["annotators"] == 2
    assert "Made to see how people agree." in found["DATASHEET.md"]
    assert 'version: "1.0"' in found["CITATION.cff"]
    assert json.loads(found["codebook.json"])[0]["version"] == 1
    assert found["guidelines-1.md"] == "Tag what leans.\n"
    sums = {line.split("  ")[1]: line.split("  ")[0] for line in found["SHA256SUMS"].splitlines()}
    assert sums == {
        name: hashlib.sha256(content.encode()).hexdigest() for name, content in found.items() if name != "SHA256SUMS"
    }


def test_words_are_in_it_only_where_the_rights_let_them_out(study: Project, carol: User) -> None:
    dataset = released(study, carol)

    texts = {row["rights"]: row for row in rows(dataset, "texts")}
    whole = "".join(files_of(dataset).values())
    assert "the decision was reckless" in whole
    assert files_of(dataset)[texts["own"]["file"]] == Article.objects.get(rights="own").head.text
    assert (texts["unknown"]["file"], texts["unknown"]["url"]) == (None, "https://courier.example/quarry")
    for kept in ("shameful", "quarry report", "dug out"):
        assert kept not in whole
    label = next(row for row in rows(dataset, "labels") if row["text"] == texts["unknown"]["id"])
    assert SECRET.strip()[label["start"] : label["end"]] == "shameful secret"


def test_claims_are_in_it_with_their_links_and_restated_only_where_the_words_are(
    alice: User, carol: User, emil: User
) -> None:
    made, speaker = make_study(by=carol), make_speaker(by=alice)
    own, unknown = make_article(by=alice, rights=Rights.OWN), make_article(by=alice, text=SECRET)
    first = make_claim(own, by=emil, project=made, speaker=speaker, claimant_kind="speaker")
    second = make_claim(own, by=carol, project=made, speaker=speaker, claimant_kind="speaker")
    second.change(seen=second.version, same_as=first)
    make_claim(unknown, "A shameful secret", canonical="A secret was dug out.", by=emil, project=made)
    make_claim(own, by=emil, canonical="This one is the desk’s.")
    closed = make_round(made, [own, unknown], by=carol)
    for person in (emil, carol):
        for article in (own, unknown):
            make_round_reading(closed, article, by=person)

    dataset = released(made, carol)

    claims = rows(dataset, "claims")
    assert dataset.counts["claims"] == len(claims) == 3
    both = [row for row in claims if row["text"] == text_of(dataset, own)]
    hidden = next(row for row in claims if row["text"] == text_of(dataset, unknown))
    assert len({row["speaker"] for row in both}) == 1
    assert {row["same_as"] for row in both} - {None} == {
        row["id"] for row in both if row["same_as"] is None and row["restatement"]
    }
    assert (hidden["restatement"], hidden["start"] is not None) == (None, True)
    assert "secret" not in files_of(dataset)["claims.jsonl"]
    assert str(speaker) not in "".join(files_of(dataset)[f"{name}.jsonl"] for name in ("claims", "labels"))


def test_a_licence_that_has_ended_keeps_the_words_back(study: Project, carol: User) -> None:
    article = Article.objects.get(rights="own")
    article.change(seen=article.version, rights=Rights.LICENSED)
    bait = released(study, carol).counts["in_full"]

    article.change(seen=article.version, rights_end_date=datetime(2020, 1, 1, tzinfo=UTC).date())

    assert (bait, released(study, carol, "1.1").counts["in_full"]) == (1, 0)


def test_nobody_is_named_and_pseudonyms_are_others_in_another_release(study: Project, carol: User, emil: User) -> None:
    first, second = released(study, carol), released(study, carol, "1.1")

    whole = "".join(files_of(first).values())
    for person in (carol, emil):
        for kept in (str(person), person.username, person.email, str(person.uid)):
            assert kept not in whole
    assert "Ask " not in whole
    names = [{row["annotator"] for row in rows(each, "readings")} for each in (first, second)]
    assert [len(each) for each in names] == [2, 2]
    assert not names[0] & names[1]
    ids = [{row["id"] for row in rows(each, "labels")} for each in (first, second)]
    assert not ids[0] & ids[1]


def test_what_a_round_settled_is_in_it_and_what_was_replaced_is_not(study: Project, carol: User) -> None:
    own = Article.objects.get(rights="own")
    tags = list(own.bias_tags.all())
    made: dict[str, Any] = {"round": study.rounds.get(), "revision": own.head, "created_by": carol, "created_at": AT}
    older = Settlement.objects.create(decided="neither", **made)
    newer = Settlement.objects.create(decided="taken", reason="Carol is right", replaces=older, **made)
    for settlement in (older, newer):
        SettledTag.objects.bulk_create(SettledTag(settlement=settlement, tag=tag, tag_version=1) for tag in tags)
    AdjudicatedLabel.objects.create(
        settlement=newer,
        level="span",
        start=5,
        end=9,
        category=tags[0].category,
        severity=2,
        created_by=carol,
        created_at=AT,
    )

    dataset = released(study, carol)

    (row,) = rows(dataset, "adjudicated")
    labels = {each["id"] for each in rows(dataset, "labels") if each["text"] == text_of(dataset, own)}
    assert (row["decided"], set(row["rests_on"])) == ("taken", labels)
    assert (row["labels"][0]["start"], row["labels"][0]["category"]) == (5, "loaded-language")
    assert "Labels that overlap form one question." in files_of(dataset)["DATASHEET.md"]
    assert "Carol" not in "".join(files_of(dataset).values())


def test_only_submitted_readings_and_labels_of_people_count(
    study: Project, alice: User, carol: User, dana: User
) -> None:
    own = Article.objects.get(rights="own")
    make_round_reading(study.rounds.get(), own, by=alice, at=None)
    make_tag(own, "harbour", by=alice).change(seen=1, project=study)
    make_round_reading(study.rounds.get(), own, by=dana, is_gold=True)
    make_tag(own, "bridge", by=dana).change(seen=1, project=study)

    dataset = released(study, carol)

    assert (dataset.counts["readings"], dataset.counts["labels"]) == (4, 4)


def test_who_took_their_consent_back_is_not_in_it(study: Project, carol: User, emil: User) -> None:
    study.change(seen=study.version, consent_note="What you mark is published.")
    for person, at in ((carol, AT), (emil, None)):
        Participant.objects.create(project=study, person=person, consented_at=at, created_by=carol, created_at=AT)

    assert released(study, carol).counts["annotators"] == 1


def test_examples_are_in_it_only_where_they_were_written_down(study: Project, alice: User, carol: User) -> None:
    category = study.codebook.categories.get(slug="loaded-language")
    give_example(category=category, words="a disgraceful plan", by=carol, at=AT)
    take_example(tag=make_tag(Article.objects.get(rights="unknown"), "dug out", by=alice), by=alice, at=AT)

    found = files_of(released(study, carol))["codebook.json"]

    assert "a disgraceful plan" in found
    assert "dug out" not in found


# when it is refused


def test_nothing_is_released_while_a_round_is_open(alice: User, carol: User, emil: User) -> None:
    study, article = make_study(by=carol), make_article(by=alice)
    round = make_round(study, [article], by=carol, closed=False)
    make_round_reading(round, article, by=emil)

    with pytest.raises(RoundStillOpen, match="Round 1 is open"):
        released(study, carol)
    round.change(seen=1, closed_at=AT)
    assert released(study, carol).counts["readings"] == 1


def test_nothing_is_released_where_nothing_was_read(alice: User, carol: User) -> None:
    study, article = make_study(by=carol), make_article(by=alice)
    make_round_reading(make_round(study, [article], by=carol), article, by=alice, at=None)

    with pytest.raises(NothingRead):
        released(study, carol)


def test_a_release_is_made_once(study: Project, carol: User) -> None:
    released(study, carol)

    with pytest.raises(ReleaseTaken):
        released(study, carol)


# who has it


def restrict(article: Article, *named: User) -> None:
    article.change(seen=article.version, access=Access.RESTRICTED, access_reason="A source at risk")
    for person in named:
        Admission.objects.create(article=article, person=person, ground=Ground.NAMED, created_by=person, created_at=AT)


@pytest.mark.parametrize(
    "keep",
    [
        lambda article, person: restrict(article, person),
        lambda article, person: article.change(seen=article.version, embargo_until=datetime(2999, 1, 1, tzinfo=UTC)),
        lambda article, person: article.change(seen=article.version, state="incoming"),
    ],
    ids=["restricted", "embargoed", "incoming"],
)
def test_a_text_that_is_kept_is_no_part_of_a_release(study: Project, carol: User, keep: Callable[..., Any]) -> None:
    article = Article.objects.get(rights="unknown")
    bait = released(study, carol).counts["texts"]

    keep(article, carol)

    dataset = released(study, carol, "1.1")
    assert (bait, dataset.counts["texts"]) == (2, 1)
    assert article.head.text_sha256 not in "".join(files_of(dataset).values())
    assert "courier.example" not in "".join(files_of(dataset).values())


def test_a_release_does_not_exist_for_whom_one_of_its_texts_does_not(study: Project, carol: User, alice: User) -> None:
    dataset = released(study, carol)
    address = reverse("annotations:download-dataset", args=[dataset.uid])
    bait = signed_in(alice).get(address).status_code

    restrict(Article.objects.get(rights="unknown"), carol)

    assert bait == 200
    assert signed_in(carol).get(address).status_code == 200
    assert signed_in(alice).get(address).status_code == 404
    assert call(alice, "export").get("datasets/").json()["results"] == []
    assert (
        dataset.sha256 not in signed_in(alice).get(reverse("annotations:datasets", args=["framing"])).content.decode()
    )


def test_who_reads_one_of_its_texts_blind_elsewhere_does_not_see_it(study: Project, carol: User, alice: User) -> None:
    released(study, carol)
    bait = visible_datasets(alice).count()

    other = make_study(by=carol, slug="other", is_blind=True)
    assign(article=Article.objects.get(rights="own"), person=alice, project=other, by=carol, at=AT)

    assert (bait, visible_datasets(alice).count()) == (1, 0)


def test_who_leads_releases_and_readers_have_nothing(study: Project, carol: User, emil: User, rana: User) -> None:
    address = reverse("annotations:datasets", args=["framing"])
    form = {"release": "1.0", "title": "Framing", "licence": "CC0-1.0", "authors": "The desk\nA second desk"}
    assign(article=make_article(by=carol), person=emil, project=study, by=carol, at=AT)

    assert signed_in(emil).post(address, form).status_code == 403
    assert signed_in(rana).get(address).status_code == 403
    wrong = signed_in(carol).post(address, form | {"release": "../1"})
    made = signed_in(carol).post(address, form)
    twice = signed_in(carol).post(address, form)

    assert (wrong.status_code, made.status_code, twice.status_code) == (422, 302, 409)
    page = signed_in(carol).get(address).content.decode()
    assert "framing-1.0.zip" in page
    assert 'name: "A second desk"' in files_of(Dataset.objects.get())["CITATION.cff"]


# the same bytes


def test_every_download_has_the_same_bytes_whatever_happens_after(study: Project, carol: User, emil: User) -> None:
    dataset = released(study, carol)
    address = reverse("annotations:download-dataset", args=[dataset.uid])
    first = signed_in(carol).get(address)

    make_tag(Article.objects.get(rights="own"), "harbour", by=emil).change(seen=1, project=study)
    second, third = signed_in(carol).get(address), call(carol, "export").get(f"datasets/{dataset.uid}/file/")

    assert first.content == second.content == third.content
    assert hashlib.sha256(first.content).hexdigest() == dataset.sha256
    assert first["Content-Disposition"] == 'attachment; filename="framing-1.0.zip"'


def test_the_command_makes_a_release_once_and_then_takes_it_out(
    study: Project, carol: User, tmp_path: Path, capsys: Any
) -> None:
    first, second = tmp_path / "first.zip", tmp_path / "second.zip"

    call_command("dataset", "framing", release="1.0", username="carol", authors=["The desk"], out=str(first))
    call_command("dataset", "framing", release="1.0", username="carol", out=str(second))

    assert first.read_bytes() == second.read_bytes()
    assert "as it was made" in capsys.readouterr().out
    with pytest.raises(CommandError, match="no project"):
        call_command("dataset", "nothing", release="1.0", username="carol")


def test_the_everyday_desk_is_released_too(alice: User, carol: User) -> None:
    article = make_article(by=alice, rights=Rights.OWN)
    reading = make_reading(article, by=alice, findings=2)
    make_tag(article, by=alice)
    reading.change(seen=1, submitted_at=AT)

    dataset = released(reading.project, carol)

    (row,) = rows(dataset, "readings")
    assert [each["finding"] for each in row["findings"]] == ["nothing", "nothing"]
    assert dataset.counts["labels"] == 1


# words put back


def test_the_script_inside_puts_the_words_back_from_texts_somebody_has(
    study: Project, carol: User, tmp_path: Path
) -> None:
    dataset = released(study, carol)
    with zipfile.ZipFile(io.BytesIO(bytes(dataset.content))) as archive:
        archive.extractall(tmp_path)
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "other.txt").write_text("Something else.\n", encoding="utf-8")
    script = [sys.executable, "-I", str(tmp_path / "framing-1.0" / "recreate.py"), "--out", str(tmp_path / "out")]

    without = subprocess.run([*script, "--texts", str(mine)], capture_output=True, text=True, check=False)
    (mine / "quarry.txt").write_bytes(SECRET.replace("\n", "\r\n").encode())
    whole = subprocess.run([*script, "--texts", str(mine)], capture_output=True, text=True, check=False)

    assert without.returncode == 1
    assert "https://courier.example/quarry" in without.stderr
    assert (whole.returncode, whole.stderr) == (0, "")
    words = [json.loads(line)["exact"] for line in (tmp_path / "out" / "labels.jsonl").read_text().splitlines()]
    assert sorted(words) == ["decision was reckless", "reckless", "shameful secret", "shameful secret"]


def test_the_script_says_when_a_file_is_not_as_it_was_released(study: Project, carol: User, tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(bytes(released(study, carol).content))) as archive:
        archive.extractall(tmp_path)
    (tmp_path / "framing-1.0" / "labels.jsonl").write_text("")

    done = subprocess.run(
        [sys.executable, "-I", str(tmp_path / "framing-1.0" / "recreate.py")],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )

    assert done.returncode == 2
    assert "labels.jsonl" in done.stderr
