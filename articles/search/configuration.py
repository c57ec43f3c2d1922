"""Which text-search configuration of PostgreSQL reads which language."""

_STEMMED = {"en": "english", "de": "german", "fr": "french", "es": "spanish", "ru": "russian"}


def configuration_for(language: str) -> str:
    """The configuration for a BCP 47 tag; ``simple`` (words as they stand) for languages without a stemmer.

    Sources whose language is not stated are read as English, the language of the desk.
    """
    primary = language.split("-")[0].lower()
    return _STEMMED.get(primary, "simple") if primary else "english"
