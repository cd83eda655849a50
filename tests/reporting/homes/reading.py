"""Reading pages as a program: the numbers with their addresses, and how many rows a list has."""

import re
from html import unescape

NUMBER = re.compile(r'<a [^>]*href="([^"]+)" data-n="(\d+)"')


def numbers_on(html):
    """Every number of a page with the address that opens its rows."""
    return [(unescape(url), int(n)) for url, n in NUMBER.findall(html)]


def rows_at(client, url):
    """How many rows the list at an address has in all, over all its pages."""
    response = client.get(url, headers={"accept-language": "en"})
    assert response.status_code == 200, url
    return response.context["page"].paginator.count
