"""What was written, as editors and administrators look after it."""

from articles.admin import articles, quotes, sources, speakers, texts, wires

__all__ = ["articles", "quotes", "sources", "speakers", "texts", "wires"]
