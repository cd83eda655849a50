"""Starting the demonstration over for real: all parts of `make run`, somebody who asks, and visitors meanwhile."""

import http.cookiejar
import re
import threading
import time
import urllib.parse
import urllib.request
from html import unescape

import pytest

from config import starting_over
from grants.accounts.demo import PASSWORD
from tests.fixtures.processes import wait_until

ADDRESS = "/demonstration/start-over/"


class Browser:
    """Somebody at the other end of the network, with cookies."""

    def __init__(self, port):
        self.base = f"http://127.0.0.1:{port}"
        cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(cookies)

    def get(self, path):
        return self.opener.open(self.base + path, timeout=60).read().decode()

    def post(self, path, **fields):
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.get(path)).group(1)
        body = urllib.parse.urlencode({"csrfmiddlewaretoken": token, **fields}).encode()
        return self.opener.open(self.base + path, body, timeout=60).read().decode()


@pytest.mark.services
def test_it_starts_over_under_visitors_none_of_whom_is_refused(start_everything):
    running = start_everything(DEMO="on", DEMO_STORIES="people")
    running.wait_until_it_says(r"Pažanga runs at http://127\.0\.0\.1:\d+")
    mark = running.var / "media" / "old"
    mark.parent.mkdir(exist_ok=True)
    mark.touch()
    visitor, over, refused = Browser(running.port), threading.Event(), []

    def keep_visiting():
        other, seen = Browser(running.port), 0
        while not over.is_set() or seen < 3:
            try:
                assert "Pa\u017eanga" in other.get("/")
            except (OSError, AssertionError) as reason:
                refused.append(reason)
            seen += 1
            time.sleep(0.2)

    visitor.post("/account/login/", login="coordinator@demo.test", password=PASSWORD)
    others = threading.Thread(target=keep_visiting)
    others.start()
    try:
        assert "0 of 9" in visitor.post(ADDRESS) or starting_over.progress_of(running.var).is_under_way
        wait_until(
            lambda: starting_over.progress_of(running.var).state == "done", "the demonstration started over", 420
        )
        ended = visitor.get(ADDRESS)
    finally:
        over.set()
        others.join()
    assert 'href="/account/login/"' in ended
    assert refused == []
    assert not mark.exists()
    assert not (running.var / "next").exists()
    visitor.post("/account/login/", login="coordinator@demo.test", password=PASSWORD)
    assert "Start the demonstration over?" in unescape(visitor.get(ADDRESS)) or "Pradėti" in visitor.get(ADDRESS)
    assert "Traceback" not in running.said()
