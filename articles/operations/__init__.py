"""The only writers of articles, spans, quotes, speakers and sources: one act, one transaction each.

Every operation takes ``by`` (who acts) and ``at`` (when), returns the noun it wrote, and raises errors named
beside it. Nothing is half written: an error leaves the database as it was.
"""
