"""What every reader owes hostile bytes: articles or a refusal, and no other error."""

from articles.ingest.readers import Reader
from articles.ingest.record import ReadingRefused


def is_read_or_refused(reader: Reader, body: bytes) -> bool:
    """Whether the bytes give articles with a text or an error each, or a refusal that ends as a sentence does.

    Anything else that is raised escapes and fails the test.
    """
    try:
        articles = reader.read(body)
    except ReadingRefused as refused:
        return refused.reason.endswith(".")
    return bool(articles) and all(article.errors or article.pub_status or article.text for article in articles)
