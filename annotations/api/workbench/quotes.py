from __future__ import annotations

from rest_framework.renderers import JSONRenderer

from annotations.api.exchange.webannotations import WebAnnotationRenderer
from articles.api import quotes


class QuoteViewSet(quotes.QuoteViewSet):
    __doc__ = quotes.QuoteViewSet.__doc__

    renderer_classes = (JSONRenderer, WebAnnotationRenderer)
