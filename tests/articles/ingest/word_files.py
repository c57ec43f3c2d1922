"""Word documents written by hand: the parts that word processors write, as small as they may be."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STYLES = {"Title": "Title", "Sub": "Subtitle", "H1": "heading 1", "Q": "Quote", "Cap": "caption", "By": "Byline"}

CONTENT_TYPES = f"""<?xml version="1.0"?><Types xmlns="{PACKAGE}/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/></Types>"""
RELATIONSHIPS = f"""<?xml version="1.0"?><Relationships xmlns="{PACKAGE}/relationships">
<Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>"""
DOCUMENT_RELATIONSHIPS = f"""<?xml version="1.0"?><Relationships xmlns="{PACKAGE}/relationships">
<Relationship Id="web" Type="{OFFICE}/hyperlink" Target="https://desk.example/a" TargetMode="External"/>
<Relationship Id="js" Type="{OFFICE}/hyperlink" Target="javascript:alert(1)" TargetMode="External"/>
<Relationship Id="s" Type="{OFFICE}/styles" Target="styles.xml"/>
<Relationship Id="n" Type="{OFFICE}/numbering" Target="numbering.xml"/>
<Relationship Id="c" Type="{OFFICE}/comments" Target="comments.xml"/></Relationships>"""
NUMBERING = f"""<?xml version="1.0"?><w:numbering {NAMES}><w:abstractNum w:abstractNumId="0">
<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"""


def paragraph(*runs: str, style: str = "", properties: str = "") -> str:
    """A paragraph of the runs; plain words become a run."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    inner = "".join(words if words.startswith("<") else run(words) for words in runs)
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{inner}</w:p>"


def run(words: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def bullet(words: str) -> str:
    return paragraph(words, properties='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')


def table(*rows: tuple[str, ...]) -> str:
    cells = ("".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def word_file(
    *body: str,
    creator: str = "",
    title: str = "",
    modified: str = "",
    comments: str = "",
    parts: dict[str, str] | None = None,
) -> bytes:
    """The bytes of a document whose body is these elements; ``parts`` replace or add parts of the archive."""
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/></w:style>'
        for key, name in STYLES.items()
    )
    properties = (
        f'<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        f'xmlns:dcterms="http://purl.org/dc/terms/"><dc:creator>{creator}</dc:creator><dc:title>{title}</dc:title>'
        f"<dcterms:modified>{modified}</dcterms:modified></cp:coreProperties>"
    )
    defaults = '<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="en-GB"/></w:rPr></w:rPrDefault></w:docDefaults>'
    written = {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": RELATIONSHIPS,
        "docProps/core.xml": properties,
        "word/_rels/document.xml.rels": DOCUMENT_RELATIONSHIPS,
        "word/styles.xml": f"<w:styles {NAMES}>{defaults}{styles}</w:styles>",
        "word/numbering.xml": NUMBERING,
        "word/comments.xml": f"<w:comments {NAMES}>{comments}</w:comments>",
        "word/document.xml": f"<w:document {NAMES}><w:body>{''.join(body)}</w:body></w:document>",
        **(parts or {}),
    }
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for name, content in written.items():
            archive.writestr(name, content)
    return packed.getvalue()


STORY = word_file(
    paragraph("Night trains return to the northern line", style="Title"),
    paragraph("After eleven years the railway tries again", style="Sub"),
    paragraph("Ines Okafor", style="By"),
    paragraph("The first train leaves on Friday, the railway said."),
    paragraph("What it costs", style="H1"),
    paragraph("A berth costs thirty euros."),
)
