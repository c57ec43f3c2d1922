"""Texts rewritten for tests."""

from __future__ import annotations

from dataclasses import replace

from articles.anchoring.text import Block
from articles.models import Article
from articles.operations.revising import Rewritten


def rewritten(article: Article, **words: str) -> Rewritten:
    """The newest text with words replaced by others."""
    blocks = [Block.from_json(block) for block in article.head.blocks]
    for old, new in words.items():
        blocks = [replace(block, text=block.text.replace(old, new)) for block in blocks]
    return Rewritten(headline=article.head.headline, blocks=blocks)
