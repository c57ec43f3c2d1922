"""The demonstration desk, with one account per role."""

from __future__ import annotations

import secrets
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from annotations.operations.desk.demo import Cast, build_demo_desk
from articles.models import Article
from articles.permissions import Role
from newsdesk.models import User
from newsdesk.operations import invite

PEOPLE = {
    Role.EDITOR: ("alice", "Alice Moreau"),
    Role.FACT_CHECKER: ("bob", "Bob Tanaka"),
    Role.RESEARCHER: ("carol", "Carol Adeyemi"),
    Role.REVIEWER: ("dana", "Dana Whitlock"),
    Role.ANNOTATOR: ("emil", "Emil Novák"),
    Role.READER: ("rana", "Rana Haddad"),
    Role.ADMINISTRATOR: ("ada", "Ada Okafor"),
    Role.COUNSEL: ("ludo", "Ludo Brandt"),
}
LINK_DAYS = 7


class Command(BaseCommand):
    help = "Builds the demonstration desk and prints a way in for each of its accounts, once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="say nothing and do nothing if the demo stands")
        parser.add_argument("--links", action="store_true", help="only make new sign-in links for the demo accounts")
        parser.add_argument("--url", default=settings.PUBLIC_URL, help="the address people open")

    def handle(self, *args: Any, **options: Any) -> None:
        stands = Article.objects.filter(is_demonstration=True).exists()
        if stands and not options["links"]:
            if not options["once"]:
                self.stdout.write("The demonstration desk stands already. New ways in: manage.py demo --links")
            return
        if stands:
            self._print_ways_in(options["url"], passwords={})
            return
        with transaction.atomic():
            passwords = _open_accounts()
            _build()
        self._print_ways_in(options["url"], passwords)

    def _print_ways_in(self, url: str, passwords: dict[str, str]) -> None:
        """Print a link that signs in once for each account, and the random password that is shown only now."""
        at = timezone.now()
        self.stdout.write("\nDemonstration accounts. Each link signs in once; the passwords are not shown again.\n")
        for role, (username, name) in PEOPLE.items():
            person = User.objects.get(username=username)
            link = reverse("sign_in_by_link", args=[invite(person=person, by=person, at=at, days=LINK_DAYS)])
            password = f"  password {passwords[username]}" if username in passwords else ""
            self.stdout.write(f"  {role.value:14} {name:15} {url}{link}\n  {'':14} {username:15}{password}\n")


def _open_accounts() -> dict[str, str]:
    """Make one account per role with a random password; returns the passwords by user name."""
    passwords = {}
    for role, (username, name) in PEOPLE.items():
        passwords[username] = secrets.token_urlsafe(12)
        person = User.objects.create_user(
            username, f"{username}@demo.example", passwords[username], name=name, is_staff=role in _SEES_ADMIN
        )
        person.groups.add(Group.objects.get(name=role))
    return passwords


_SEES_ADMIN = frozenset({Role.EDITOR, Role.ADMINISTRATOR})


def _build() -> Article:
    people = {role: User.objects.get(username=username) for role, (username, _) in PEOPLE.items()}
    cast = Cast(
        editor=people[Role.EDITOR],
        checker=people[Role.FACT_CHECKER],
        researcher=people[Role.RESEARCHER],
        reviewer=people[Role.REVIEWER],
        annotator=people[Role.ANNOTATOR],
    )
    return build_demo_desk(cast=cast, at=timezone.now())
