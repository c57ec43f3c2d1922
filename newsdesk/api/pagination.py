from rest_framework.pagination import CursorPagination


class NewestFirst(CursorPagination):
    """Pages in the order things were made, newest first, at the same cost however far one goes."""

    ordering = ("-created_at", "-id")
    page_size_query_param = "page_size"
    max_page_size = 500
