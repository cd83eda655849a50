"""Every page of the product in both languages, light and dark, at every width, as a program sees it."""

import pytest

from tests.journeys import looks
from tests.journeys.markup import faults_of
from tests.journeys.reading import pages_of_the_product
from tests.journeys.test_every_page import HEAVIEST, reader  # noqa: F401


@pytest.mark.proof
@pytest.mark.journey
@pytest.mark.parametrize("language", ["lt", "en"])
def test_every_page_is_whole_and_can_be_read(reader, language, record_figure):  # noqa: F811
    sheets, wrong, weights = reader.sheets(), [], []
    for sheet in sheets:
        looks.show_in(reader.page, "light")
        html = reader.show(sheet, language)
        found = [*faults_of(html), *looks.findings_of_axe(reader.page), *looks.faults_at_every_width(reader.page)]
        looks.show_in(reader.page, "dark")  # of what axe looks at, only colours differ
        found += [f"dark: {fault}" for fault in looks.findings_of_axe(reader.page, "color-contrast")]
        wrong += [f"{sheet}: {fault}" for fault in found]
        weights.append(len(html.encode()) / 1024)
    assert "\n".join(wrong) == ""
    assert pages_of_the_product() <= {sheet.template for sheet in sheets}
    assert max(weights) < HEAVIEST
    seen = f"{len(sheets)} pages, light and dark, at {len(looks.WIDTHS)} widths and 400 % zoom"
    record_figure(f"findings of axe-core, of HTML and of the eyes in {language}: {seen}", len(wrong), "0")
    record_figure(f"heaviest HTML of these in {language}", f"{max(weights):.0f} KiB", f"< {HEAVIEST} KiB")
