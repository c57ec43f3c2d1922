"""A question follows where sites send it, and every step is checked like the first."""

from collections.abc import Callable

from articles.fetching.addresses import WebAddress, read_redirect
from articles.fetching.exchange import Answer, Errand, Question, ask
from articles.fetching.refusals import Code, FetchRefused

# Makes the question for an address, or refuses to ask there.
Asking = Callable[[WebAddress], Question]


def follow(address: WebAddress, *, asking: Asking, errand: Errand) -> tuple[WebAddress, Answer]:
    """Ask, follow redirects, and give the last address with its answer.

    :raises FetchRefused: too many redirects, one that leaves https, or any step that is refused by itself.
    """
    for _ in range(errand.rules.max_redirects + 1):
        errand.rules.admit(address)
        answer = ask(asking(address), errand=errand)
        if not answer.redirects:
            return address, answer
        address = _next(address, answer)
    raise FetchRefused(
        code=Code.REDIRECT,
        reason=f"The site sends on more than {errand.rules.max_redirects} times. Give the address where the "
        "story is in the end.",
    )


def _next(address: WebAddress, answer: Answer) -> WebAddress:
    following = read_redirect(answer.headers["location"].encode("latin-1"), base=address)
    if address.scheme == "https" and following.scheme == "http":
        raise FetchRefused(
            code=Code.REDIRECT,
            reason=f"The site sends on from https to http ({following.origin}), where anybody on the way could change "
            "the words. Give that address yourself if you trust it.",
        )
    return following
