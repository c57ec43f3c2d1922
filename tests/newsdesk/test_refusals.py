"""What the log says of requests that were refused."""

import logging
from io import StringIO

from django.test import Client

from newsdesk.models import User
from newsdesk.refusals import OneLine


def test_a_refused_page_is_one_line_in_the_log(rana: User) -> None:
    written = StringIO()
    handler = logging.StreamHandler(written)
    handler.addFilter(OneLine())
    client = Client()
    client.force_login(rana)

    logging.getLogger("django.request").addHandler(handler)
    answer = client.get("/exports/")
    logging.getLogger("django.request").removeHandler(handler)

    assert answer.status_code == 403
    assert written.getvalue() == "Forbidden (Permission denied): /exports/\n"
