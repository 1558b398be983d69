"""Queries: read as Django reads them."""

from __future__ import annotations

import pytest
from django.http import QueryDict
from hypothesis import example, given
from hypothesis import strategies as st

from harvest.provider import queries


@given(st.text("ab=&%+;2f0é\\ \x00", max_size=30))
@example("verb=ListRecords&resumptionToken=a%3Ab")
@example("a=1&a=2&=&b&%=%&c%3D=+")
def test_query_says_what_it_says_to_django(said):
    assert queries.read(said.encode()) == dict(QueryDict(said.encode()).lists())


def test_more_arguments_than_the_site_takes_are_refused(settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 2

    assert queries.read("a&b") == {"a": [""], "b": [""]}
    with pytest.raises(ValueError, match="2"):
        queries.read("a&b&c")
