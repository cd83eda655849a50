"""Where the frame leads: its switches back to the address with its question or to the page whose form was refused."""

import pytest
from django.test import RequestFactory

from workflows.templatetags.frame import address_or_nothing, way_back


@pytest.mark.parametrize(
    ("method", "path", "referer", "back"),
    [
        ("get", "/calls/?q=%C5%A1&page=2", "", "/calls/?q=%C5%A1&page=2"),
        ("post", "/projects/1/hold/", "http://testserver/projects/1/hold/?tab=a", "/projects/1/hold/?tab=a"),
        ("post", "/projects/1/hold/", "http://testserver/projects/1/", "/projects/1/"),
        ("post", "/projects/1/hold/", "", "/"),
        ("post", "/projects/1/hold/", "https://elsewhere.example/projects/1/", "/"),
        ("post", "/projects/1/hold/", "http://testserver", "/"),
        ("post", "/projects/1/hold/", "nothing at all", "/"),
    ],
)
def test_the_way_back_is_a_page_that_can_be_opened(method, path, referer, back):
    headers = {"Referer": referer} if referer else {}
    assert way_back(getattr(RequestFactory(), method)(path, headers=headers)) == back


def test_a_page_without_a_request_leads_home():
    assert way_back(None) == "/"


def test_the_address_of_a_slice_that_does_not_run_is_empty():
    assert (address_or_nothing("workflows:my_work"), address_or_nothing("nowhere:page")) == ("/my-work/", "")
