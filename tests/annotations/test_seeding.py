"""What every desk starts with, made once however often it is asked for."""

from datetime import datetime, timedelta

import pytest
from django.apps import apps
from django.contrib.auth.models import Group

from annotations.models import BiasCategory, Codebook, Project, Rating, VerdictScale
from annotations.operations.desk.seeding import seed_desk
from newsdesk.models import User

SEEDED = (Group, Codebook, BiasCategory, VerdictScale, Rating, Project, User)


@pytest.fixture
def seeded(db: None, at: datetime) -> None:
    seed_desk(apps, at=at)


def test_a_desk_starts_with_eighteen_categories_two_scales_and_eight_roles(seeded: None) -> None:
    scales = {scale.slug: scale.ratings.count() for scale in VerdictScale.objects.all()}

    assert BiasCategory.objects.count() == 18
    assert scales == {"evidence": 4, "rating": 7}
    assert Group.objects.count() == 8
    assert Project.objects.get().is_default


def test_two_categories_are_of_whole_articles_too(seeded: None) -> None:
    of_articles = BiasCategory.objects.filter(levels__contains=["article"])

    assert {category.slug for category in of_articles} == {"omitted-context", "source-imbalance"}


def test_seeding_again_changes_nothing(seeded: None, at: datetime) -> None:
    before = [list(model._default_manager.order_by("pk").values()) for model in SEEDED]

    seed_desk(apps, at=at + timedelta(days=400))

    assert [list(model._default_manager.order_by("pk").values()) for model in SEEDED] == before


def test_seeding_leaves_alone_what_the_desk_made_of_it(seeded: None, at: datetime) -> None:
    project = Project.objects.get()
    project.change(seen=project.version, name="Harbour desk")
    User.objects.filter(username="newsdesk").update(name="The desk")
    VerdictScale.objects.filter(slug="rating").update(name="What readers see")

    seed_desk(apps, at=at)

    assert [desk.name for desk in Project.objects.all()] == ["Harbour desk"]
    assert User.objects.get(username="newsdesk").name == "The desk"
    assert VerdictScale.objects.get(slug="rating").name == "What readers see"


def test_nobody_signs_in_as_the_desk_itself(seeded: None) -> None:
    account = User.objects.get(username="newsdesk")

    assert not account.is_active
    assert not account.has_usable_password() or account.password == ""
