"""Shortcuts: what is remembered from request to request must not change any answer."""

from __future__ import annotations

import pytest
from django.core.exceptions import DisallowedHost
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import path

from archive import shortcut as shortcuts


def respond(addresses, *, at="/place", **headers):
    """The answer of a shortcut to a request; ``the site`` is what comes without one."""
    middleware = shortcuts.shortcut(addresses, root=lambda: "/")
    answer = middleware(lambda request: HttpResponse("the site"))(RequestFactory().get(at, headers=headers))
    return answer.content.decode()


def said(word):
    return lambda request, **arguments: HttpResponse(f"{word} {arguments or ''}".strip())


def test_first_address_that_fits_is_taken_also_before_one_that_is_written_out():
    assert respond([path("<str:any>", said("any")), path("place", said("place"))]) == "any {'any': 'place'}"
    assert respond([path("place", said("place")), path("<str:any>", said("any"))]) == "place"


def test_address_is_nothing_but_the_whole_path():
    assert respond([path("place", said("place"))], at="/place/") == "the site"
    assert respond([path("<str:any>/x", said("any"))], at="/<str:any>/y") == "the site"


def test_host_that_was_accepted_is_refused_once_the_settings_do_not_name_it(settings):
    settings.ALLOWED_HOSTS = ["archive.example.org"]
    assert respond([path("place", said("place"))], host="archive.example.org") == "place"

    settings.ALLOWED_HOSTS = ["example.net"]

    with pytest.raises(DisallowedHost):
        respond([path("place", said("place"))], host="archive.example.org")


def test_host_that_a_proxy_tells_is_looked_at_whatever_the_other_is(settings):
    settings.ALLOWED_HOSTS, settings.USE_X_FORWARDED_HOST = ["archive.example.org"], True
    good = {"host": "archive.example.org", "x-forwarded-host": "archive.example.org"}
    assert respond([path("place", said("place"))], **good) == "place"

    with pytest.raises(DisallowedHost):
        respond([path("place", said("place"))], **{**good, "x-forwarded-host": "evil.example.net"})


def test_no_number_of_hosts_fills_the_memory(settings):
    settings.ALLOWED_HOSTS = ["*"]

    for number in range(3 * shortcuts.REMEMBERED):
        respond([path("place", said("place"))], host=f"{number}.example.net")

    assert 0 < len(shortcuts.ACCEPTED) <= shortcuts.REMEMBERED
