"""The cast of every test, the clock, and a desk seeded like a real one."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.db import connection
from hypothesis import HealthCheck, settings
from pytest_django import DjangoDbBlocker

from annotations.models import Project
from annotations.operations.desk.seeding import seed_desk
from articles.permissions import Role
from newsdesk.models import User

# A busy machine draws slowly and decides nothing; benches measure, tests never time.
settings.register_profile("desk", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("desk")

Cast = Callable[..., User]


@pytest.fixture(scope="session", autouse=True)
def nobody_stays(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """End sessions that outlast the tests, so that the database can be dropped.

    A browser keeps its connections alive, and with them a thread of the live server and its session.
    """
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.fixture
def at() -> datetime:
    """When the acts of a test happen: a Tuesday."""
    return datetime(2025, 5, 13, 12, 0, tzinfo=UTC)


@pytest.fixture
def person(db: None, at: datetime) -> Cast:
    """Make somebody with the given roles."""

    def make(name: str, *roles: Role) -> User:
        # A test that truncates the tables takes the seed with it; the function is the one migrations call.
        if not Project.objects.exists():
            seed_desk(apps, at=at)
        username = name.split()[0].lower()
        somebody = User.objects.create_user(username, f"{username}@desk.example", name=name)
        somebody.groups.set(Group.objects.filter(name__in=roles))
        return somebody

    return make


@pytest.fixture
def alice(person: Cast) -> User:
    return person("Alice Moreau", Role.EDITOR)


@pytest.fixture
def bob(person: Cast) -> User:
    return person("Bob Tanaka", Role.FACT_CHECKER)


@pytest.fixture
def carol(person: Cast) -> User:
    return person("Carol Adeyemi", Role.RESEARCHER)


@pytest.fixture
def dana(person: Cast) -> User:
    return person("Dana Whitlock", Role.REVIEWER)


@pytest.fixture
def emil(person: Cast) -> User:
    return person("Emil Novák", Role.ANNOTATOR)


@pytest.fixture
def rana(person: Cast) -> User:
    return person("Rana Haddad", Role.READER)


@pytest.fixture
def ada(person: Cast) -> User:
    return person("Ada Okafor", Role.ADMINISTRATOR)


@pytest.fixture
def ludo(person: Cast) -> User:
    return person("Ludo Brandt", Role.COUNSEL)


@pytest.fixture
def mallory(person: Cast) -> User:
    """Signed in, and nothing else."""
    return person("Mallory Quill")
