"""What a draft says of a document of TEI."""

import pytest

from archive.drafts import (
    Contribution,
    DocumentDate,
    Event,
    Number,
    OriginalLanguage,
    RecordId,
    Reference,
    Rights,
    SourceUrl,
    Statement,
    Subject,
    TextBody,
    Title,
)
from archive.models.identifiers import PATTERN
from tests.archive.readers.tei.samples import document, draft, draft_of, drafts, letter, values, volume

PERSONS = '<div type="section"><list><item><persName xml:id="p_A1">Adams, Ann</persName>, Consul</item></list></div>'


def dated(markup, **attributes):
    return [field.value.edtf for field in draft_of(f"<dateline>{markup}</dateline>", **attributes).all(DocumentDate)]


@pytest.mark.parametrize(
    ("markup", "edtf"),
    [
        ('<date when="1949-01-19T21:00:00">January 19, 1949—9 p. m.</date>', "1949-01-19"),
        ('<date when-iso="1949-01">January</date>', "1949-01"),
        ('<date from="1949-01-02" to="1949-01-05">January 2–5</date>', "1949-01-02/1949-01-05"),
        ('<date notBefore="1949-01-02" notAfter="1949-03-01">early</date>', "1949-01-02/1949-03-01"),
        ('<date notAfter="1949-03-01">early</date>', "../1949-03-01"),
        ('<date when="1949-01-02">[2 January 1949?]</date>', "1949-01-02?"),
        ('<date when="1949" precision="low">about 1949</date>', "1949~"),
        ("<date>January 19, 1949—9 p. m.</date>", "1949-01-19"),
        ("<placeName>Paris</placeName>, <date>5 May 1949</date>", "1949-05-05"),
        ('<date when="1949-02-30">February 28, 1949</date>', "1949-02-28"),
    ],
)
def test_date_is_read_from_the_dateline(markup, edtf):
    assert dated(markup) == [edtf]


def test_date_that_no_calendar_has_is_left_out_with_a_notice():
    one = draft_of('<dateline><date when="1949-02-30">Monday</date></dateline><head>A</head><p>x</p>')

    assert not one.all(DocumentDate)
    assert [notice.message for notice in one.notices] == [
        "The date when=“1949-02-30” is none that a calendar has; it is left out "
        "(//div[@xml:id='d1']/dateline/date, line 1)."
    ]


def test_date_of_an_attachment_is_not_that_of_the_document():
    attached = '<frus:attachment><dateline><date when="1940-01-01">1940</date></dateline></frus:attachment>'
    bounds = 'frus:doc-dateTime-min="1949-01-02T00:00:00-05:00" frus:doc-dateTime-max="1949-01-02T23:59:59-05:00"'

    assert not draft_of(f"<p>x</p>{attached}").all(DocumentDate)
    assert values(draft_of(attached, attributes=bounds), DocumentDate) == [DocumentDate("1949-01-02")]


def test_place_and_secrecy_of_an_enclosure_are_not_those_of_the_letter():
    opener = "<opener><dateline><placeName>Tokyo</placeName></dateline><seg>confidential</seg></opener>"
    one = draft_of(f"<head>Letter</head><p>x</p><frus:attachment>{opener}<p>y</p></frus:attachment>")

    assert not [value for value in values(one, Statement) if value.term == "description"]
    assert not [value for value in values(one, Subject) if value.kind == "place"]
    assert "Tokyo\nconfidential" in one.first(TextBody).value.text


def test_time_in_a_dateline_is_the_stamp_of_its_sending():
    one = draft_of('<dateline><placeName>Rome</placeName> <date when="1949-01-19T21:00:00">9 p. m.</date></dateline>')

    assert values(one, Event) == [Event("sent", "1949-01-19T21:00", "Rome")]


def test_volume_without_any_date_comes_in_whole():
    several = drafts(volume(*(document(f"<head>{n}. Memo</head>", key=f"d{n}") for n in range(1, 4))))

    assert [str(each.identity) for each in several] == [
        "record:a-press/v1/d1",
        "record:a-press/v1/d2",
        "record:a-press/v1/d3",
    ]
    assert not any("date" in notice.message for each in several for notice in each.notices)


def test_title_leaves_out_the_notes_and_the_number_that_the_edition_repeats():
    one = draft_of('<head>3. A <hi>Letter</hi><note type="source">From a box.</note></head>', attributes='n="3"')

    assert values(one, Title) == [Title("A Letter")]
    assert one.first(Title).verbatim == "3. A Letter"
    assert Number("3", "legacy") in values(one, Number)


def test_person_is_named_as_in_the_list_of_the_volume():
    head = '<head><persName type="from" corresp="#p_A1">Ann</persName> to <gloss type="to">Paris</gloss></head>'
    one = draft(volume(document(head), front=PERSONS))

    assert values(one, Contribution) == [
        Contribution("sender", "Ann", "Adams, Ann", None, "person", "v1#p_A1"),
        Contribution("addressee", "Paris", "Paris"),
    ]
    assert one.first(Contribution).inferred == "name from the lists of the volume"


def test_list_after_the_documents_serves_as_well():
    one = draft(volume(document('<p><persName ref="#p_A1">Ann</persName></p>'), back=PERSONS))

    assert values(one, Subject) == [Subject("agent", "Adams, Ann", "about", "v1#p_A1", "", "person")]


def test_mention_counts_once_and_not_in_notes_or_signatures():
    mention = '<persName ref="#p_A1">Ann</persName>'
    one = draft_of(
        f"<p>{mention} {mention} <note><persName ref='#p_B1'>Bo</persName></note><persName>Cy</persName></p>"
        "<closer><signed><persName ref='#p_D1'>Di</persName></signed></closer>"
    )

    assert [value.label for value in values(one, Subject)] == ["Ann"]
    assert values(one, Contribution) == [Contribution("signatory", "Di", "Di", None, "person", "v1#p_D1")]


@pytest.mark.parametrize(
    ("pointer", "uri"),
    [
        ("#p_A1", "https://press.example/volume#p_A1"),
        ("https://d-nb.info/gnd/1", "https://d-nb.info/gnd/1"),
        ("gnd:1 #p_A1", "gnd:1"),
        ("p_A1", "https://press.example/volume#p_A1"),
    ],
)
def test_pointers_are_resolved_against_the_base(pointer, uri):
    attributes = 'xml:id="v1" xml:base="https://press.example/volume"'
    one = draft(volume(document(f'<p><placeName ref="{pointer}">Kiel</placeName></p>'), attributes=attributes))

    assert [value.uri for value in values(one, Subject)] == [uri]


@pytest.mark.parametrize(
    ("heading", "names"),
    [
        ("Letter from Fisk to McCloy, March 2. Transmits a report.", ["Fisk", "McCloy"]),
        ("7. Memorandum From the Secretary of State to President Hall", ["the Secretary of State", "President Hall"]),
        ("Memorandum of Conversation, February 21, among Owen and Stern", []),
        ("Report on aid from France to Laos", []),
    ],
)
def test_only_a_heading_of_a_certain_form_tells_who_wrote_to_whom(heading, names):
    assert [value.agent for value in values(draft_of(f"<head>{heading}</head>"), Contribution)] == names


@pytest.mark.parametrize(
    ("heading", "author"),
    [
        ("Memorandum of Conversation, by the Chief of the Division of Southeast Asian Affairs (Reed)", "Reed"),
        ("Memorandum of Conversation, by Mr. John Fisk, Jr., of the Division of Chinese Affairs", "John Fisk, Jr."),
        ("Memorandum by the Acting Secretary of State", "Acting Secretary of State"),
        ("Memorandum for the Record prepared by McCone, July 26. Discussion of treaties by Committee.", "McCone"),
        ("Memorandum of Conversation, January 31, among interlocutors. Notes by hand.", None),
        ("Record of Action, 504th Meeting. Results of programs proposed by the Board.", None),
    ],
)
def test_heading_of_a_certain_form_tells_who_wrote_a_memorandum(heading, author):
    told = values(draft_of(f"<head>{heading}</head>"), Contribution)

    assert [(value.role, value.agent) for value in told] == ([("author", author)] if author else [])


def test_source_note_tells_provenance_reference_kind_and_classification():
    note = "Source: Department of State, Central Files, 840.00/1–2458. Confidential; Priority."
    one = draft_of(f'<head>Telegram From X<note type="source">{note}</note></head><p>Topol 26. Deliver.</p>')

    assert Statement("provenance", note) in values(one, Statement)
    assert Statement("description", "Classification: Confidential", "en") in values(one, Statement)
    assert values(one, Reference) == [Reference("Department of State", "Central Files", delo="840.00/1–2458")]
    assert values(one, Subject) == [Subject("concept", "Telegram", "type")]
    assert values(one, Number) == [Number("26", "telegram")]


@pytest.mark.parametrize(
    ("note", "reference"),
    [
        (
            "740.00119 Control (Korea) /6–2749: Telegram",
            Reference(delo="740.00119 Control (Korea) /6–2749", understood=False),
        ),
        ("501.BC Indonesia/3–1049: Telegram.", Reference(delo="501.BC Indonesia/3–1049", understood=False)),
        (
            "Source: Eisenhower Library, Whitman File, NSC Records. Secret.",
            Reference("Eisenhower Library", "Whitman File", delo="NSC Records"),
        ),
        (
            "[Source: Department of State, Conference Files: Lot 64 D 560, CF 1547. Secret.]",
            Reference("Department of State", "Conference Files", "Lot 64 D 560", "CF 1547"),
        ),
    ],
)
def test_files_are_named_as_the_editors_of_a_volume_name_them(note, reference):
    assert values(draft_of(f'<head>Memo<note type="source">{note}</note></head>'), Reference) == [reference]


def test_heading_of_a_calendar_ends_with_where_the_document_is_kept():
    one = draft_of(
        "<head>Memo from Gen. Hall, May 6. Secret. 2 pp. Kennedy Library, Ball Papers, Disarmament, 12/61.</head>"
    )

    assert values(one, Reference) == [Reference("Kennedy Library", "Ball Papers", delo="Disarmament, 12/61")]


def test_letter_tells_when_it_arrived_what_was_written_on_it_and_where_it_is_printed():
    description = (
        "<sourceDesc><msDesc><msIdentifier><settlement>Leeds</settlement><repository>University Library</repository>"
        "<idno>B 8</idno></msIdentifier><physDesc><additions><incident><desc>numbered: <quote>3</quote></desc>"
        "</incident></additions></physDesc></msDesc><listBibl><biblStruct><monogr><author>Hall, Ann</author>"
        "<title>Letters <hi>I</hi></title></monogr></biblStruct></listBibl></sourceDesc>"
    )
    days = "".join(
        f'<correspAction type="{kind}"><date when="{day}"/></correspAction>'
        for kind, day in (("sent", "1903-05-01"), ("received", "1903-05-04"), ("received", "1903-05-01"))
    )
    whole = letter("<p>Dear</p>", profile=f"<correspDesc>{days}</correspDesc>")
    one = draft(whole.replace("</fileDesc>", f"{description}</fileDesc>"))

    assert values(one, Event) == [Event("received", "1903-05-04")]
    assert values(one, Reference) == [Reference("Leeds, University Library", understood=False)]
    assert Statement("description", "numbered: 3") in values(one, Statement)
    assert Statement("isReferencedBy", "Hall, Ann, Letters I") in values(one, Statement)


def test_first_point_of_a_list_is_no_number_of_a_telegram():
    assert not draft_of("<head>Telegram From X</head><p>1. Agreed.</p><p>2. Sent.</p>").all(Number)


def test_header_tells_rights_editors_language_and_volume():
    publication = (
        '<availability><licence target="https://creativecommons.org/licenses/by/4.0/"><p>Free.</p></licence></availability>'
        '<idno type="url">https://press.example/v1</idno>'
    )
    profile = '<langUsage><language ident="fr">French</language></langUsage>'
    one = draft(volume(document("<p>Oui</p>"), publication=publication, profile=profile))

    assert values(one, Rights) == [Rights("Free.", "https://creativecommons.org/licenses/by/4.0/")]
    assert values(one, Statement) == [Statement("isPartOf", "A Volume", "", "https://press.example/v1")]
    assert values(one, TextBody) == [TextBody("Oui", "transcript", "fr")]
    assert str(one.identity) == "record:press.example/v1/d1"


def test_letter_takes_its_description_from_the_header():
    profile = (
        '<langUsage><language ident="de"/></langUsage><correspDesc><correspAction type="sent"><persName>Ilse</persName>'
        '<placeName>Kiel</placeName><date when="1903-05-01">1. Mai</date></correspAction>'
        '<correspAction type="received"><persName>Jonas</persName><placeName>Wien</placeName></correspAction>'
        "</correspDesc>"
    )
    publication = (
        '<idno type="url">https://letters.example/7</idno><idno type="handle">https://hdl.handle.net/1/7</idno>'
    )
    one = draft(letter("<p>Lieber</p>", title="Ilse an Jonas", publication=publication, profile=profile))

    assert values(one, Title) == [Title("Ilse an Jonas", "de")]
    assert values(one, Contribution) == [
        Contribution("sender", "Ilse", "Ilse", None, "person"),
        Contribution("addressee", "Jonas", "Jonas", None, "person"),
    ]
    assert values(one, Subject) == [Subject("place", "Kiel", "written at"), Subject("place", "Wien", "received at")]
    assert values(one, DocumentDate) == [DocumentDate("1903-05-01")]
    assert values(one, SourceUrl) == [SourceUrl("https://letters.example/7")]
    assert values(one, Number) == [Number("1/7", "handle")]
    assert values(one, OriginalLanguage) == [OriginalLanguage("de")]


def test_translation_is_known_by_its_word_below_the_dateline():
    one = draft_of("<dateline>Saigon</dateline><p>[Translation <hi>2</hi>]</p><p>Great and Good Friend</p>")

    assert values(one, TextBody)[0].kind == "translation"


def test_texts_in_several_languages_stay_apart():
    content = volume('<div xml:lang="ru"><p>Да</p></div><div xml:lang="en" type="translation"><p>Yes</p></div>')

    assert values(draft(content), TextBody) == [
        TextBody("Да", "transcript", "ru"),
        TextBody("Yes", "translation", "en"),
    ]


@pytest.mark.parametrize(("key", "record"), [("d1", "v1-d1"), ("d.1", "v1-d-1"), ("ä", "v1")])
def test_record_id_can_stand_in_an_address(key, record):
    [value] = values(draft_of("<p>x</p>", key=key), RecordId)

    assert value.value == record
    assert PATTERN.fullmatch(value.value)


def test_every_field_says_where_it_was_read():
    one = draft_of('<head>A</head><p><placeName ref="#k">Kiel</placeName></p><p>x</p>')

    assert {field.locator for field in one.all(Subject)} == {"//div[@xml:id='d1']/p/placeName, line 1"}
    assert all(field.locator for field in one.fields)
