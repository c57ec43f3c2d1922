"""What was written, as editors and administrators look after it."""

from articles.admin import articles, fetching, quotes, sources, speakers, texts, wires

__all__ = ["articles", "fetching", "quotes", "sources", "speakers", "texts", "wires"]
