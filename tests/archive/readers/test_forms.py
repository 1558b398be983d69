"""Forms of stamps, numbers, lists and names that other files of the same archives have."""

import pytest

from archive.drafts import Contribution, Editorial, Event, Number, Reference, Span, TextBody
from archive.readers.distribution import distribution_lists
from archive.readers.editorial import editorials
from archive.readers.names import contributions
from archive.readers.passages import Passage
from archive.readers.references import provenance
from archive.readers.telegrams import telegram

LETTER = "The leading comrades believe that the troops have to be at the border before the month is over.\n"


def read(text, kind):
    body = Passage.whole(text)
    claim = telegram(body, body.says(TextBody(text, "transcript")), near="1950-10-13")
    return [field.value for field in claim.fields if isinstance(field.value, kind)]


@pytest.mark.parametrize(
    ("stamp", "event"),
    [
        ("From Pyongyang.Sent 31.8.50 11:32", Event("sent", "1950-08-31T11:32", place="Pyongyang")),
        ("From BEIJING No. 1309 20 hours 05\nminutes, 13.1.1951", Event("sent", "1951-01-13T20:05", place="BEIJING")),
        ("Sent by wire on 3.4.51", Event("sent", "1951-04-03", note="by wire")),
        ("Received 31.8 17:27", Event("received", "1950-08-31T17:27")),
        ("Sent on 13 September of this year", Event("sent", "1950-09-13")),
        ("Arrived at the 8D/GS on 3.4.51", Event("received", "1951-04-03", place="the 8D/GS")),
        ("Typed by Rubleva on 30.2.50", Event("typed", "", agent="Rubleva")),
    ],
)
def test_form_of_a_stamp_is_read(stamp, event):
    assert read(f"{stamp}\n\n{LETTER}", Event) == [event]


def test_date_with_a_signature_closes_the_telegram():
    assert read(LETTER + "24.III.50 Shtykov", Event) == [Event("closed", "1950-03-24", agent="Shtykov")]


def test_short_telegram_closes_in_its_second_half():
    assert read("We agree.\n\nSend the reply.\nNo. 12\n24.III.50 Shtykov", Event)[-1].agent == "Shtykov"


def test_date_before_the_letter_closes_nothing():
    assert read("24.III.50\n" + LETTER, Event) == []


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("CIPHERED TELEGRAM No. 3305", Number("3305", "telegram")),
        ("Ciphered telegram # 600428/sh", Number("600428/sh", "telegram")),
        ("Special No. 62", Number("62", "telegram")),
        ("Issuing No. 8600", Number("8600", "telegram")),
        ("From BEIJING No. 1309 20 hours 05 minutes, 13.1.1951", Number("1309", "telegram")),
        ("In reply to your telegram No. 17 we say", Number("17", "cited")),
    ],
)
def test_form_of_a_number_is_read(line, number):
    assert read(f"{line}\n\n{LETTER}", Number) == [number]


def test_number_of_a_house_is_no_number_of_a_telegram():
    assert read("We met in house No. 7 of the street.\n" + LETTER, Number) == []


def test_numbered_list_of_copies_has_a_line_for_each():
    (copies,) = distribution_lists(Passage.whole("Copies:\n1. Stalin\n2. Molotov\n\nEnd"))

    assert [each.value.as_written for each in copies.recipients] == ["Stalin", "Molotov"]
    assert not copies.possibly_truncated


def test_list_goes_on_after_a_comma():
    (copies,) = distribution_lists(Passage.whole("Copies: Stalin (2),\nMolotov\nSpravka: none"))

    assert copies.passage.text == "Copies: Stalin (2),\nMolotov"


@pytest.mark.parametrize(
    ("words", "text", "kind"),
    [
        ("FILIPPOV [Stalin]", "Stalin", "alias"),
        ("for us [the Chinese] and", "the Chinese", "gloss"),
        ("13.10 [13 October]", "13 October", "gloss"),
        ("and so [...] on", "...", "omission"),
        ("they is [sic] here", "sic", "remark"),
        ("[illegible]", "illegible", "remark"),
    ],
)
def test_square_brackets_tell_what_the_editor_did(words, text, kind):
    assert [field.value for field in editorials(Passage.whole(words))] == [Editorial(text, kind)]


def test_link_of_markdown_is_no_editorial():
    assert list(editorials(Passage.whole("see [here](https://example.org)"))) == []


@pytest.mark.parametrize(
    ("title", "named"),
    [
        ("Telegram from Stalin to Kim Il Sung", [("sender", "Stalin"), ("addressee", "Kim Il Sung")]),
        ("Report to the Politburo", []),
        ("Record of a Conversation", []),
    ],
)
def test_title_tells_who_wrote_to_whom_or_nothing(title, named):
    assert [(f.value.role, f.value.as_written) for f in contributions(Passage.whole(title))] == named


def test_name_and_person_meant_stand_in_the_words_of_the_field():
    title = Passage.whole("Telegram, Filippov (Stalin) to Mao")
    sender = next(contributions(title))

    assert sender.value == Contribution("sender", "Filippov", "Stalin")
    assert (sender.verbatim, sender.span) == ("Filippov (Stalin)", Span(10, 27))


@pytest.mark.parametrize(
    ("words", "references"),
    [
        (
            "APRF, Fond 45, Opis 1 and AVPRF, Fond 059a, Opis 5a",
            [Reference("APRF", fond="45", opis="1"), Reference("AVPRF", fond="059a", opis="5a")],
        ),
        (
            "f. 45, op. 1, d. 342, l. 78; AVPRF, Fond 059a; and RGASPI, f. 558, op. 11, d. 334, ll. 0078.",
            [
                Reference("", fond="45", opis="1", delo="342", listy="78", understood=False),
                Reference("AVPRF", fond="059a"),
                Reference("RGASPI", fond="558", opis="11", delo="334", listy="0078"),
            ],
        ),
        (
            "Copied for the other side from the original, which is kept in APRF, fond 45, opis 1, listy 12-13.",
            [Reference("APRF", fond="45", opis="1", listy="12-13")],
        ),
        (
            "RGANI, f. 5, op. 49, d. 131, ll. 193-194. Translated by A. Person",
            [Reference("RGANI", fond="5", opis="49", delo="131", listy="193-194")],
        ),
        (
            "РГАСПИ, ф. 558, оп. 11, д. 334, лл. 85, 86",
            [Reference("РГАСПИ", fond="558", opis="11", delo="334", listy="85, 86")],
        ),
        ("BArch, B 136/59748, 403-410", [Reference(understood=False)]),
        ("An Archive, File A’0392 (Microfilm)", [Reference(understood=False)]),
    ],
)
def test_notation_of_a_reference_is_read_or_kept(words, references):
    assert [field.value for field in provenance(Passage.whole(words))] == references
