"""People who use the pages, and what they send."""

from typing import Any

from django.test import Client
from django.urls import reverse

from annotations.models import Rating


def signed_in(person: Any) -> Client:
    """A browser in which somebody has signed in."""
    client = Client()
    client.force_login(person)
    return client


def page_of(claim: Any) -> str:
    """The address of the page of a claim."""
    return reverse("annotations:claim", args=[claim.uid])


def draft(**change: Any) -> dict[str, Any]:
    """The fields of a verdict on the page of a claim; ``change`` sets some of them otherwise."""
    rating = Rating.objects.get(scale__slug="rating", slug=change.pop("rating", "true"))
    values = {"verdict": "supported", "rating": rating.pk, "reason": "The estimate says so.", "version": 0, **change}
    return {f"check-{name}": value for name, value in values.items()}
