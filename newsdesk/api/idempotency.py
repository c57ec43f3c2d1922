"""POST requests that may be sent twice and act once."""

from __future__ import annotations

import hashlib
import json
import re
from typing import Any

from django.db import connection, transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework import status
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.encoders import JSONEncoder
from rest_framework.viewsets import ViewSetMixin

from articles.api.refusals import Refusal
from newsdesk.models import IdempotencyKey

HEADER = "Idempotency-Key"
LONGEST_KEY = 255
KEY = re.compile(rf"[!-~]{{1,{LONGEST_KEY}}}")
KEPT_HEADERS = ("ETag", "Location")


class KeyUsedOtherwise(Refusal):
    """The key came with another request before."""

    status_code = status.HTTP_422_UNPROCESSABLE_ENTITY


class AnsweredBefore(Exception):
    """The request was answered before; ``answer`` is what it was told."""

    def __init__(self, answer: IdempotencyKey) -> None:
        self.answer = answer


def answered_once(view: type[ViewSetMixin]) -> type[ViewSetMixin]:
    """The view, answering a POST that repeats an ``Idempotency-Key`` with what the first one was told.

    The act and the note of its answer are one transaction. A refused request did nothing and is not noted,
    so it may be mended and sent again under its key.
    """
    return type(view.__name__, (_AnsweredOnce, view), {"__doc__": view.__doc__, "__module__": view.__module__})


class _AnsweredOnce:
    """Put before a view: looks the key up when it is known who asks, and notes what they were told."""

    request: Request

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method != "POST" or HEADER not in request.headers:
            return self._answer(request, *args, **kwargs)
        with transaction.atomic():
            return self._answer(request, *args, **kwargs)

    def _answer(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        parent: Any = super()
        response: HttpResponseBase = parent.dispatch(request, *args, **kwargs)
        return response

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        parent: Any = super()
        parent.initial(request, *args, **kwargs)
        key = request.headers.get(HEADER)
        if request.method == "POST" and key is not None:
            self._look_up(request, key)

    def _look_up(self, request: Request, key: str) -> None:
        """:raises AnsweredBefore: when the same request came under this key.

        :raises KeyUsedOtherwise: when another one did.
        """
        if KEY.fullmatch(key) is None:
            raise ValidationError(
                {HEADER: [_("Give a key of 1 to %(most)d visible ASCII characters.") % {"most": LONGEST_KEY}]}
            )
        digest = _digest(request)  # before the parser reads the body, so that it is kept for both
        self._hold(f"{request.user.pk}:{key}")
        answer = IdempotencyKey.objects.filter(person_id=request.user.pk, key=key).first()
        if answer is None:
            return
        if answer.request_sha256 != digest:
            raise KeyUsedOtherwise(_("This key came with another request before."), field=HEADER)
        raise AnsweredBefore(answer)

    def _hold(self, name: str) -> None:
        """Let a repeated request wait until the first one is through."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])

    def handle_exception(self, error: Exception) -> Response:
        if isinstance(error, AnsweredBefore):
            kept = error.answer.answer
            return Response(kept["body"], status=error.answer.status, headers=kept["headers"])
        parent: Any = super()
        response: Response = parent.handle_exception(error)
        return response

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        parent: Any = super()
        answer = parent.finalize_response(request, response, *args, **kwargs)
        key = request.headers.get(HEADER)
        if request.method == "POST" and key is not None and status.is_success(answer.status_code):
            _note(request, key, answer)
        return answer


def _note(request: Request, key: str, answer: Any) -> None:
    person: Any = request.user
    IdempotencyKey.objects.bulk_create(
        [
            IdempotencyKey(
                person=person,
                key=key,
                request_sha256=_digest(request),
                status=answer.status_code,
                answer={
                    "body": json.loads(json.dumps(answer.data, cls=JSONEncoder)),
                    "headers": {name: answer[name] for name in KEPT_HEADERS if name in answer},
                },
                created_at=timezone.now(),
            )
        ],
        ignore_conflicts=True,  # it is the answer itself that is given again
    )


def _digest(request: Request) -> str:
    """What makes two requests the same: method, address and body."""
    content = b"\n".join([str(request.method).encode(), request.get_full_path().encode(), request._request.body])
    return hashlib.sha256(content).hexdigest()
