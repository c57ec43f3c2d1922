"""What records of another desk name, found on this one: keys by uid, asked in sets, remembered for a part of a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext as _

from annotations.imports.record import RecordRefused
from annotations.models import Project
from articles.models import Speaker
from articles.naming.keys import name_keys
from articles.operations.rows import Rows, coded, coded_json, next_keys


class Known:
    """Keys of what is here, by model and uid.

    :ivar people_named: names by uid of people whom the file names; ``speakers_named`` likewise.
    """

    def __init__(self, *, by: AbstractUser, at: datetime) -> None:
        self.by, self.at = by, at
        self.person_model: Any = get_user_model()
        self.people_named: dict[str, str] = {}
        self.speakers_named: dict[str, str] = {}
        self._keys: dict[type[models.Model], dict[str, int]] = {}
        self._everyday: Project | None = None

    def versions(self, model: Any, uids: Sequence[str]) -> dict[str, int | None]:
        """Which of these are here, with their versions where they have one."""
        has_version = any(field.name == "version" for field in model._meta.concrete_fields)
        rows = model._base_manager.filter(uid__in=uids).values_list("uid", "version" if has_version else "pk")
        return {str(uid): version if has_version else None for uid, version in rows}

    def look_up(self, model: Any, uids: Iterable[str | None]) -> dict[str, int]:
        """The keys of those that are here. Asks for those alone that were not found before."""
        keys = self._keys.setdefault(model, {})
        wanted = {uid for uid in uids if uid is not None} - keys.keys()
        if wanted:
            rows = model._base_manager.filter(uid__in=wanted).values_list("uid", "pk")
            keys.update({str(uid): key for uid, key in rows})
        return keys

    def people(self, uids: Iterable[str | None]) -> Mapping[str, int]:
        """The keys of people. Whoever is unknown becomes somebody who cannot sign in."""
        wanted = {uid for uid in uids if uid is not None}
        keys = self.look_up(self.person_model, wanted)
        if missing := sorted(wanted - keys.keys()):
            self.add_people({uid: self.people_named.get(uid, "") for uid in missing})
            keys = self.look_up(self.person_model, wanted)
        return keys

    def add_people(self, names: Mapping[str, str]) -> None:
        """Make people who cannot sign in. They have no address; what stands for it reaches nobody (RFC 2606)."""
        for uid, name in names.items():
            self.person_model._base_manager.create(
                uid=uid,
                username=f"imported-{uid}",
                email=f"{uid}@imported.invalid",
                name=name.strip()[:200] or _("Somebody of another desk"),
                is_active=False,
                password=make_password(None),
                date_joined=self.at,
            )

    def speakers(self, uids: Iterable[str | None]) -> Mapping[str, int]:
        """The keys of speakers. One who is unknown and named beside a mark is added under that name."""
        wanted = {uid for uid in uids if uid is not None}
        keys = self.look_up(Speaker, wanted)
        for uid in sorted(wanted - keys.keys()):
            if name := self.speakers_named.get(uid, "").strip()[:300]:
                speaker = Speaker.objects.create(
                    uid=uid, name=name, keys=name_keys([name]), created_by_id=self.by.pk, created_at=self.at
                )
                keys[uid] = speaker.pk
        return keys

    @property
    def everyday(self) -> Project:
        if self._everyday is None:
            self._everyday = Project.objects.get(is_default=True)
        return self._everyday

    def projects(self, slugs: Iterable[str | None]) -> Mapping[str | None, int]:
        """The keys of projects by slug; without one it is the everyday desk."""
        wanted = {slug for slug in slugs if slug}
        rows = dict(Project.objects.filter(slug__in=wanted).values_list("slug", "pk")) if wanted else {}
        keys: dict[str | None, int] = {None: self.everyday.pk}
        return keys | rows

    @contextmanager
    def kept_if_written(self) -> Iterator[None]:
        """Forget what was looked up meanwhile when the writing fails: it may have been taken back."""
        before = {model: dict(keys) for model, keys in self._keys.items()}
        try:
            yield
        except BaseException:
            self._keys = before
            raise


def named(keys: Mapping[Any, int], uid: str, field: str) -> int:
    """:raises RecordRefused: when there is nothing of that uid."""
    if uid not in keys:
        raise RecordRefused(f"{field} names {uid}, which is neither here nor earlier in the file.", field=field)
    return keys[uid]


def insert(model: type[models.Model], rows: Sequence[Mapping[str, Any]]) -> None:
    """COPY rows of one model, each with the same attributes."""
    if not rows:
        return
    names = list(rows[0])
    documents = {field.attname for field in model._meta.concrete_fields if isinstance(field, models.JSONField)}
    with Rows(model, *names) as writing:
        for row in rows:
            writing.add(*(coded_json(row[name]) if name in documents else coded(row[name]) for name in names))


def keyed(model: type[models.Model], count: int) -> list[int]:
    """So many new keys."""
    return next_keys([(model, count)])[0] if count else []


def refuse_unfit(
    model: type[models.Model], values: Mapping[str, Any], aliases: Mapping[str, str] | None = None
) -> None:
    """Refuse a value that is no choice of its column or too long for it.

    :param aliases: names of fields in the file, by columns of other names.
    :raises RecordRefused: names the field and says what it takes.
    """
    for name, value in values.items():
        column: Any = model._meta.get_field(name)
        called = (aliases or {}).get(name, name)
        if column.choices and value not in dict(column.flatchoices) and not (column.blank and value in {"", None}):
            known = ", ".join(str(choice) for choice, _label in column.flatchoices)
            raise RecordRefused(f"{called} must be one of {known}.", field=called)
        if isinstance(value, str) and column.max_length is not None and len(value) > column.max_length:
            raise RecordRefused(f"{called} may have {column.max_length} characters.", field=called)
