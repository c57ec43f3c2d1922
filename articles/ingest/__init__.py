"""Copy on its way in: bytes of some format become a headline, blocks, and the lines that were left out.

Pure: nothing here knows the database or the web. Add a format by writing one reader and naming it in
:data:`articles.ingest.readers.READERS`.
"""
