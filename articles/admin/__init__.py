from articles.admin import acts, articles, declaring, fetching, publications, quotes, sources, speakers, texts, wires

__all__ = [
    "acts",
    "articles",
    "declaring",
    "fetching",
    "publications",
    "quotes",
    "sources",
    "speakers",
    "texts",
    "wires",
]
