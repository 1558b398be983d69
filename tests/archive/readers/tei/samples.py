"""Small files of TEI, built around the words that a test is about."""

from archive.drafts import TextBody
from archive.readers import Source, drafts_of

NAMESPACE = 'xmlns="http://www.tei-c.org/ns/1.0"'
FRUS = 'xmlns:frus="http://history.state.gov/frus/ns/1.0"'


def header(*, title="A Volume", publication="", profile=""):
    return (
        f"<teiHeader><fileDesc><titleStmt><title>{title}</title></titleStmt>"
        f"<publicationStmt><publisher>A Press</publisher>{publication}</publicationStmt></fileDesc>"
        f"<profileDesc>{profile}</profileDesc></teiHeader>"
    )


def volume(*documents, front="", back="", attributes='xml:id="v1"', **of_header):
    return (
        f"<TEI {NAMESPACE} {FRUS} {attributes}>{header(**of_header)}<text><front>{front}</front>"
        f"<body>{''.join(documents)}</body><back>{back}</back></text></TEI>"
    )


def document(content, *, key="d1", attributes=""):
    return f'<div type="document" xml:id="{key}" {attributes}>{content}</div>'


def letter(body, **of_header):
    return volume(f"<div>{body}</div>", **of_header)


def source(content):
    return Source("file.xml", content if isinstance(content, bytes) else content.encode())


def drafts(content):
    return list(drafts_of(source(content))[1])


def draft(content):
    (one,) = drafts(content)
    return one


def draft_of(content, **attributes):
    """The draft of a volume's only document."""
    return draft(volume(document(content, **attributes)))


def text_of(content):
    """The text of a document, without the blank lines around it."""
    return draft_of(content).first(TextBody).value.text


def values(one, kind):
    return [field.value for field in one.all(kind)]
