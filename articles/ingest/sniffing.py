"""What the first bytes of a document show it to be. Light, so that no library is loaded before it is needed."""

import re

# In bytes: how far into a file its beginning reaches.
BEGINNING = 65_536
PDF_WITHIN = 1024

HEADER_LINE = re.compile(rb"[!-9;-~]+:(?:[ \t].*)?|[ \t].*|From [^\r\n]+")
# Fields that only mail has: one that was written, or one that was under way.
WRITTEN = re.compile(rb"^(?:from|sender):", re.IGNORECASE | re.MULTILINE)
UNDER_WAY = re.compile(
    rb"^(?:message-id|mime-version|received|return-path|delivered-to|x-mailer|content-type):",
    re.IGNORECASE | re.MULTILINE,
)
DATED = re.compile(rb"^date:.*^subject:|^subject:.*^date:", re.IGNORECASE | re.MULTILINE | re.DOTALL)


def is_word(body: bytes, name: str) -> bool:
    """Whether the bytes are a ZIP archive with the parts of a Word document; their names are written plainly."""
    return body.startswith(b"PK\x03\x04") and b"word/" in body and b"[Content_Types].xml" in body


def is_pdf(body: bytes, name: str) -> bool:
    """Whether the mark of a PDF stands where viewers look for it (ISO 32000-1, annex H.3.4.1)."""
    return b"%PDF-" in body[:PDF_WITHIN] and not body[:PDF_WITHIN].lstrip().startswith((b"<", b"{"))


def is_mail(body: bytes, name: str) -> bool:
    """Whether the bytes begin with the header of a mail (RFC 5322): who wrote it, and what only mail says.

    A release that begins "From: …" and goes on as text is no mail.
    """
    header = re.split(rb"\r?\n\r?\n", body[:BEGINNING].lstrip(b"\r\n"), maxsplit=1)[0]
    lines = header.replace(b"\r", b"").split(b"\n")
    if not WRITTEN.search(header) or not all(HEADER_LINE.fullmatch(line) for line in lines):
        return False
    return bool(UNDER_WAY.search(header)) or (name.lower().endswith(".eml") and bool(DATED.search(header)))
