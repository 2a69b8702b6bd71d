"""The address of this page: in the other language, and in full."""

import pytest
from django.template import Context, Template
from django.test import RequestFactory

from films.templatetags.addresses import in_language


@pytest.mark.parametrize(
    ("path", "chinese", "english"),
    [
        ("/", "/", "/en/"),
        ("/en/", "/", "/en/"),
        ("/films/a/?x=1", "/films/a/?x=1", "/en/films/a/?x=1"),
        ("/en/films/a/?x=1", "/films/a/?x=1", "/en/films/a/?x=1"),
        ("/enormous/", "/enormous/", "/en/enormous/"),
    ],
)
def test_the_same_page_in_each_language(path, chinese, english):
    assert in_language(path, "zh-hans") == chinese
    assert in_language(path, "en") == english


def shown(template: str, path: str) -> str:
    request = RequestFactory().get(path)
    return Template("{% load addresses %}" + template).render(Context({"request": request}))


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("/films/?tool=a&page=2", "http://testserver/films/?page=2"),
        ("/films/?page=1", "http://testserver/films/"),
        ("/films/?page=x", "http://testserver/films/"),
        ("/en/films/?q=%3Cb%3E", "http://testserver/films/"),
    ],
)
def test_the_full_address_keeps_nothing_but_the_page_s_number(path, address):
    assert shown('{% full_page_in "zh-hans" %}', path) == address


def test_a_query_is_escaped():
    assert "<" not in shown('{% page_in "en" %}', "/films/?q=<script>")
