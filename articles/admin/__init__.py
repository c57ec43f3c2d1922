"""What was written, as editors and administrators look after it."""

from articles.admin import acts, articles, fetching, publications, quotes, sources, speakers, texts, wires

__all__ = ["acts", "articles", "fetching", "publications", "quotes", "sources", "speakers", "texts", "wires"]
