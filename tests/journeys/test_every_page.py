"""One page of each template, seen by axe-core in a browser; the languages, and light and dark, take turns.

Every page in both languages, light and dark, at every width is for `make prove` (tests/proofs/test_looks.py).
"""

from itertools import cycle

import pytest

from grants.accounts.models import User
from grants.organisations.models import Organisation
from grants.projects.models import Project
from tests.journeys import looks
from tests.journeys.markup import faults_of
from tests.journeys.reading import Reader, Sheet, pages_of_the_product, show_everything

pytestmark = pytest.mark.journey
TURNS = (("lt", "light"), ("en", "dark"), ("lt", "dark"), ("en", "light"))
HEAVIEST = 150
"""KiB of HTML."""


@pytest.fixture
def reader(world, unserved_page, settings, tmp_path):
    show_everything(settings, tmp_path)
    return Reader(unserved_page, world)


def test_one_page_of_each_template(reader):
    wrong, seen = [], {}
    for sheet in reader.sheets():
        seen.setdefault(sheet.template, sheet)
    for (language, scheme), sheet in zip(cycle(TURNS), seen.values(), strict=False):
        looks.show_in(reader.page, scheme)
        html = reader.show(sheet, language)
        found = [*faults_of(html), *looks.findings_of_axe(reader.page)]
        found += [f"{kib} KiB" for kib in [len(html.encode()) // 1024] if kib >= HEAVIEST]
        wrong += [f"{sheet}, {language}, {scheme}: {fault}" for fault in found]
    assert "\n".join(wrong) == ""
    assert pages_of_the_product() - set(seen) == set()


ODD_NAMES = ("<b>Pavadinimas</b> & „kiti“ {{ 7 }}", "\u202eatvirkščiai\u202d 📚🏳️‍🌈 עברית", "Nepertraukiamas" * 20)
"""Markup, marks that turn the text round, signs, and 300 letters without a space."""
WITH_NAMES = (
    ("coordinator", "/"), ("coordinator", "/projects/"), ("coordinator", "/organisations/"), ("admin", "/"),
    ("evaluator_cleared", "/reviews/"), ("head", "/payments/"), ("administrator", "/roles/"),
)  # fmt: skip


@pytest.fixture
def oddly_named(world):
    """The world, in which every project, organisation and person has one of these names."""
    for model, name in ((Project, "title"), (Organisation, "name"), (User, "full_name")):
        most = model._meta.get_field(name).max_length
        for place, thing in enumerate(model._default_manager.order_by("pk")):
            model._default_manager.filter(pk=thing.pk).update(**{name: ODD_NAMES[place % len(ODD_NAMES)][:most]})
    return world


def test_odd_names_break_no_page(oddly_named, reader):
    projects = [("coordinator", project.get_absolute_url()) for project in oddly_named.projects.values()]
    wrong = []
    for role, where in [*WITH_NAMES, *projects[:3]]:
        html = reader.show(Sheet(role, where, ("",)), "lt")
        assert "<b>Pavadinimas" not in html
        found = [*faults_of(html), *looks.faults_at_every_width(reader.page)]
        wrong += [f"{where} as {role}: {fault}" for fault in found]
    assert "\n".join(wrong) == ""
