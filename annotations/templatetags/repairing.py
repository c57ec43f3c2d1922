"""Addresses in the repair queue."""

from __future__ import annotations

from uuid import UUID

from django import template

from annotations.queries.workbench.repairs import DoubtfulMark
from annotations.queries.workbench.repairs import repairs_address as address_of

register = template.Library()


@register.simple_tag
def repair_address(mark: DoubtfulMark, within: UUID | None) -> str:
    """The queue, of the desk or of one article, at a mark."""
    return address_of(article=within, mark=mark.uid)
