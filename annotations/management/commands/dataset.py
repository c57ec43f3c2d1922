from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from annotations.forms.datasets import DatasetForm
from annotations.models import Dataset, Licence, Project
from annotations.operations.studies.datasets import NothingRead, RoundStillOpen, release_dataset
from annotations.permissions import visible_datasets, visible_projects
from articles.rights import refusal

RIGHT = "annotations.release_dataset"


class Command(BaseCommand):
    """Release a dataset of a project, or take out a release again, byte by byte as it was made."""

    help = "Release a dataset of a project, or take out a release that was made before: the same bytes every time."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("project", metavar="PROJECT", help="the slug of the project")
        parser.add_argument("--release", required=True, metavar="V", help="the number of the release, such as 1.0")
        parser.add_argument("--as", dest="username", required=True, metavar="USER", help="who releases it")
        parser.add_argument("--title", default="", help="the title; the project's name unless given")
        parser.add_argument(
            "--author", dest="authors", action="append", default=[], help="who is to be cited; repeat it"
        )
        parser.add_argument("--licence", default=Licence.CC_BY.value, choices=Licence.values)
        parser.add_argument("--description", default="", help="what it was made for")
        parser.add_argument("--out", default="", metavar="FILE", help="where to write it; PROJECT-V.zip unless given")

    def handle(self, *arguments: Any, project: str, release: str, username: str, **options: Any) -> None:
        person = _person(username)
        found = visible_projects(person).filter(slug=project).first()
        if found is None:
            raise CommandError(f"{username} knows of no project with the slug {project}.")
        before = visible_datasets(person).filter(project=found, release=release).first()
        dataset = before or _made(found, release, person, options)
        path = Path(options["out"] or dataset.file_name)
        path.write_bytes(bytes(dataset.content))
        what = "as it was made" if before else "made"
        self.stdout.write(
            f"Release {release}, {what} on {dataset.created_at:%Y-%m-%d}: {path}, SHA-256 {dataset.sha256}"
        )


def _person(username: str) -> AbstractUser:
    people = get_user_model()._default_manager
    person: AbstractUser | None = people.filter(username=username, is_active=True).first()
    if person is None:
        raise CommandError(f"Nobody here is called {username}. Name somebody who may sign in with --as.")
    if not person.has_perm(RIGHT):
        raise CommandError(refusal(person, RIGHT))
    return person


def _made(project: Project, release: str, person: AbstractUser, options: dict[str, Any]) -> Dataset:
    form = DatasetForm(
        {
            "release": release,
            "title": options["title"] or project.name,
            "licence": options["licence"],
            "authors": "\n".join(options["authors"]) or str(person),
            "description": options["description"],
        }
    )
    if not form.is_valid():
        raise CommandError(" ".join(str(error) for errors in form.errors.values() for error in errors))
    if Dataset.objects.filter(project=project, release=release).exists():
        raise CommandError(
            f"{person.get_username()} cannot have a release {release} of this project. Choose another number."
        )
    try:
        return release_dataset(project=project, **form.cleaned_data, by=person, at=timezone.now())
    except (NothingRead, RoundStillOpen) as refused:
        raise CommandError(str(refused)) from refused
