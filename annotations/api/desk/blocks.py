"""Headline and blocks out of a request, as canonical text wants them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError

from articles.anchoring.text import Block, BlockMalformed, TextRefused, normalise
from articles.api.fields import refuse_too_long
from articles.api.serializing import no_such_field

KEYS = frozenset({"kind", "text", "marks"})


def headline_of(given: str) -> str:
    """The headline in normal form.

    :raises ValidationError: when it holds what no text may.
    """
    try:
        return normalise(given)
    except TextRefused as error:
        raise ValidationError({"headline": [error.reason]}) from error


def blocks_of(given: Sequence[Any]) -> tuple[Block, ...]:
    """The blocks in normal form.

    :raises ValidationError: naming the block and its field, as in ``blocks.3.text``; ``blocks`` when they are too long.
    """
    blocks = tuple(_blocks(given))
    refuse_too_long(sum(len(block.text.encode()) for block in blocks), field="blocks")
    return blocks


def _blocks(given: Sequence[Any]) -> Iterator[Block]:
    for position, each in enumerate(given):
        try:
            yield _block(each)
        except BlockMalformed as error:
            raise ValidationError({f"blocks.{position}.{error.field}": [error.reason]}) from error
        except TextRefused as error:
            raise ValidationError({f"blocks.{position}.text": [error.reason]}) from error


def _block(given: Any) -> Block:
    block = Block.from_json(given)
    unknown = sorted(set(given) - KEYS)
    if unknown:
        raise BlockMalformed(unknown[0], no_such_field(KEYS))
    text = normalise(block.text)
    if text != block.text and block.marks:
        raise BlockMalformed("text", _("is not in Unicode NFC, so its marks count in another text than is stored"))
    return Block(block.kind, text, block.marks)
