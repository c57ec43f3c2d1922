"""Pages and feeds brought from the open web, and nothing brought from anywhere else.

Pure: nothing here knows the database. :func:`articles.fetching.fetch.fetch` is the only way out of the desk;
docs/explanation/fetching.md says what it promises.
"""
