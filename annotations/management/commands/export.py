"""``manage.py export FORMAT --filter NAME=VALUE``: annotations to standard output (docs/reference/exports.md)."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser
from django.core.management.base import BaseCommand, CommandError

from annotations.exports import FORMATS
from annotations.forms.exports import ExportForm
from annotations.queries.exchange.exports import ExtraIsMissing, NamesTravel, NoSuchFormat, Tally, format_for, stream


class Command(BaseCommand):
    """Take annotations out, as a page or a program would, from this machine."""

    help = "Write annotations to standard output or a file, in one of: " + ", ".join(each.name for each in FORMATS)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("format", metavar="FORMAT", help="such as ndjson or csv")
        parser.add_argument("--as", dest="username", required=True, metavar="USER", help="whose view is taken out")
        parser.add_argument(
            "--filter", dest="narrowed", action="append", default=[], metavar="NAME=VALUE", help="may be repeated"
        )
        parser.add_argument("--output", default="-", metavar="FILE", help="standard output unless given")

    def handle(self, *arguments: Any, format: str, username: str, narrowed: list[str], output: str, **_: Any) -> None:
        person = _person(username)
        form = ExportForm(dict(_pair(each) for each in narrowed))
        if not form.is_valid():
            raise CommandError("\n".join(f"{name}: {' '.join(said)}" for name, said in form.problems().items()))
        filters = form.filters()
        try:
            chosen = format_for(format, filters)
        except NoSuchFormat as error:
            raise CommandError(
                f"There is no format {format}. Known are: {', '.join(each.name for each in FORMATS)}."
            ) from error
        except (ExtraIsMissing, NamesTravel) as error:
            raise CommandError(str(error)) from error
        tally = Tally()
        chunks = stream(chosen, person, filters, tally=tally)
        if output == "-":
            for chunk in chunks:
                sys.stdout.buffer.write(chunk)
            sys.stdout.buffer.flush()
        else:
            with Path(output).open("wb") as file:
                file.writelines(chunks)
        self.stderr.write(
            f"{tally.records} annotations of {tally.articles} articles, SHA-256 {tally.digest.hexdigest()}"
        )


def _person(username: str) -> AbstractUser:
    people = get_user_model()._default_manager
    person: AbstractUser | None = people.filter(username=username, is_active=True).first()
    if person is None:
        raise CommandError(f"Nobody here is called {username}. Name somebody who may sign in with --as.")
    if not person.has_perm("annotations.take_out"):
        raise CommandError(f"{username} may not take out exports. Name somebody who works here with --as.")
    return person


def _pair(written: str) -> tuple[str, str]:
    name, mark, value = written.partition("=")
    if not mark:
        raise CommandError(f"--filter takes NAME=VALUE, not {written}.")
    return name, value
