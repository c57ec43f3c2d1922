"""Send something to an address of the open web, by the same rules as pages are fetched."""

import ssl
from collections.abc import Mapping

from articles.fetching.addresses import read_address
from articles.fetching.exchange import Errand, Question, ask, public_tls
from articles.fetching.ledger import HostLedger
from articles.fetching.resolving import Resolver, resolve
from articles.fetching.rules import FetchingRules
from articles.fetching.timing import Clock, Deadline, SystemClock
from articles.fetching.wire import Dial, dial


def send(
    address: str,
    content: bytes,
    *,
    headers: Mapping[str, str],
    rules: FetchingRules,
    ledger: HostLedger,
    resolver: Resolver = resolve,
    dial: Dial = dial,
    clock: Clock | None = None,
    tls: ssl.SSLContext | None = None,
) -> int:
    """Post the content and give the status of the answer, all within ``rules.seconds``.

    Host and port are checked against the rules, then every IP address of the name, which is looked up once; then one of
    those very addresses is connected. A redirect is an answer and is not followed: what is signed for one address
    goes to no other. What robots.txt asks of programs that read pages does not concern who asked to be sent to.

    :raises FetchRefused: nothing was sent, or nothing came back.
    """
    clock = clock or SystemClock()
    errand = Errand(
        rules, ledger, resolver, dial, clock, tls=tls or public_tls(), deadline=Deadline(rules.seconds, clock)
    )
    target = read_address(address)
    rules.admit(target)
    return ask(Question(target, max_bytes=1, headers=headers, content=content), errand=errand).status
