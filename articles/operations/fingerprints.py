from hashlib import sha256

from articles.anchoring.text import fold
from articles.ingest.likeness import band_keys
from articles.models import Fingerprint, Revision


def folded_hash(text: str) -> str:
    """The SHA-256 of a text without the differences of typography: equal for texts that say the same words."""
    return sha256(fold(text).encode()).hexdigest()


def fingerprint_of(revision: Revision) -> Fingerprint:
    """By what the text of ``revision`` is found again; to be saved in the transaction that saves the text."""
    return Fingerprint(revision=revision, folded_sha256=folded_hash(revision.text), bands=band_keys(revision.text))
