"""What every desk starts with: roles, the codebook, two verdict scales, the everyday desk.

Idempotent, and written against a registry of models, so that migrations and tests call the same function.
"""

from __future__ import annotations

import json
import uuid
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from articles.permissions import Role

CODEBOOK_FILE = Path(__file__).resolve().parent.parent.parent / "data" / "codebook.json"
CODEBOOK_NAME = "Newsdesk codebook"
# Uids are derived from names, so that every desk knows the same category by the same uid.
NAMESPACE = uuid.UUID("6f1f2f0e-6a1c-5f0e-9d57-6e6577736473")

EVIDENCE_SCALE = [
    ("supported", "Supported", ["supported"]),
    ("refuted", "Refuted", ["refuted"]),
    ("conflicting", "Conflicting evidence", ["conflicting"]),
    ("not-enough-evidence", "Not enough evidence", ["not_enough_evidence"]),
]
RATING_SCALE = [
    ("true", "True", ["supported"]),
    ("mostly-true", "Mostly true", ["supported"]),
    ("mixed", "Mixed", ["conflicting"]),
    ("misleading", "Misleading (missing context)", ["conflicting", "refuted"]),
    ("mostly-false", "Mostly false", ["refuted"]),
    ("false", "False", ["refuted"]),
    ("unproven", "Unproven", ["not_enough_evidence"]),
]
# What is said with these of a person or an organisation is said after they were asked.
ASKING_FOR_REPLY = frozenset({"misleading", "mostly-false", "false"})


class Registry(Protocol):
    """``django.apps.apps``, or the state of the models in a migration."""

    def get_model(self, app_label: str, model_name: str) -> Any: ...


def seed_desk(registry: Registry, *, at: datetime) -> None:
    """Make what is missing of roles, codebook, scales and the everyday desk; changes nothing that is there."""
    _seed_roles(registry)
    codebook = _seed_codebook(registry, at)
    _seed_scale(registry, "evidence", "What the evidence says", EVIDENCE_SCALE)
    _seed_scale(registry, "rating", "Published rating", RATING_SCALE)
    _seed_everyday_desk(registry, codebook, at)


def _seed_roles(registry: Registry) -> None:
    group = registry.get_model("auth", "Group")
    for role in Role:
        group.objects.get_or_create(name=role.value)


def _seed_codebook(registry: Registry, at: datetime) -> Any:
    codebook, _ = registry.get_model("annotations", "Codebook").objects.get_or_create(
        name=CODEBOOK_NAME, number=1, defaults={"uid": uuid.uuid5(NAMESPACE, "codebook/1"), "created_at": at}
    )
    category = registry.get_model("annotations", "BiasCategory")
    for entry in json.loads(CODEBOOK_FILE.read_text(encoding="utf-8")):
        uid = uuid.uuid5(NAMESPACE, f"codebook/1/{entry['slug']}")
        category.objects.get_or_create(codebook=codebook, slug=entry["slug"], defaults={**entry, "uid": uid})
    return codebook


def _seed_scale(registry: Registry, slug: str, name: str, steps: list[tuple[str, str, list[str]]]) -> None:
    scale, _ = registry.get_model("annotations", "VerdictScale").objects.get_or_create(
        slug=slug, defaults={"name": name}
    )
    rating = registry.get_model("annotations", "Rating")
    # A desk that is older has no such column yet, and gets it with what stands in it.
    knows_of_replies = any(field.name == "asks_for_reply" for field in rating._meta.get_fields())
    for order, (step, label, verdicts) in enumerate(steps, start=1):
        defaults = {"order": order, "name": label, "verdicts": verdicts}
        if knows_of_replies:
            defaults["asks_for_reply"] = slug == "rating" and step in ASKING_FOR_REPLY
        if not rating.objects.filter(scale=scale, slug=step).exists():
            rating.objects.create(scale=scale, slug=step, **defaults)


def _seed_everyday_desk(registry: Registry, codebook: Any, at: datetime) -> None:
    """The default project. It is nobody's work, so it belongs to an account that cannot sign in."""
    person, _ = registry.get_model("newsdesk", "User").objects.get_or_create(
        username="newsdesk", defaults={"name": "Newsdesk", "email": "newsdesk@localhost", "is_active": False}
    )
    registry.get_model("annotations", "Project").objects.get_or_create(
        is_default=True,
        defaults={
            "name": "Everyday desk",
            "slug": "desk",
            "codebook": codebook,
            "created_by": person,
            "created_at": at,
        },
    )
