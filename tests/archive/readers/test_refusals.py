import pytest

from archive.readers import EmptySource, SearchResultPage, Source, UnknownSource, WrongEncoding, drafts_of
from tests.archive.readers.seeds import PAGE_TEXT

RESULTS = "Skip to content\n\nSEARCH RESULTS\n\nResults:\n\n51 - 60 of 96\n\nJuly 03, 1950\n\nTelegram, A to B\n"
TOPIC = "Skip to content\n\nJuly 03, 1950\n\nTelegram, A to B\n\nJuly 05, 1950\n\nLetter\n\nJuly 09, 1950\n\nLetter\n"
PLACE = "Skip to content\n\nJuly 03, 1950\n\nTelegram, A to B\n\n51 - 60 of 96\n"


def refusal(content, kind):
    with pytest.raises(kind) as caught:
        drafts_of(Source("box7.txt", content if isinstance(content, bytes) else content.encode()))
    return str(caught.value)


@pytest.mark.parametrize("content", [b"", b"\n \t\r\n", b"\xef\xbb\xbf", "\u2003\n".encode()])
def test_source_with_nothing_in_it_is_empty(content):
    assert refusal(content, EmptySource).startswith("box7.txt is empty")


def test_wrong_encoding_names_the_line():
    assert "line 2" in refusal("Skip\nКитай".encode("cp1251"), WrongEncoding)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_named(encoding):
    message = refusal(PAGE_TEXT.encode(encoding), WrongEncoding)

    assert message.startswith("box7.txt is ")
    assert "UTF-16" in message
    assert "save it as UTF-8" in message


@pytest.mark.parametrize("content", [RESULTS, TOPIC, PLACE])
def test_page_that_lists_documents_is_refused(content):
    message = refusal(content, SearchResultPage)

    assert message.startswith("box7.txt is a page of search results, not a document")
    assert "Open the documents that it lists" in message


@pytest.mark.parametrize(
    "content",
    ["Dear diary,\n", "Skip to content\n\nContact us\n", "{}", "**Bold**\n\ntext", "<html></html>"],
)
def test_source_that_no_reader_knows_says_how_it_begins(content):
    message = refusal(content, UnknownSource)

    assert f"it begins with “{content.split(chr(10))[0]}”" in message
    assert "What comes in are pages saved from a digital archive" in message


def test_telegram_that_says_results_is_no_result_page():
    changed = PAGE_TEXT.replace("Zhou Enlai is being sent", "Results: 51 - 60 of 96.\n\nZhou Enlai is being sent")

    assert drafts_of(Source("box7.txt", changed.encode()))[0].name == "page_text"
