"""How numbers, money, dates and sizes look to a Lithuanian and to an English reader."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.template import Context, Template
from django.utils import timezone, translation

from workflows import clock, formatting, text


def shown(expression: str, language: str, **values) -> str:
    """Render {{ expression }} as a page would, hard spaces written as "_" so that the tables can be read."""
    with translation.override(language):
        rendered = Template("{% load pazanga %}{{ " + expression + " }}").render(Context(values))
    return rendered.replace(formatting.NBSP, "_")


@pytest.mark.parametrize(
    ("value", "lt", "en"),
    [
        (Decimal(23650), "23_650_Eur", "EUR_23,650"),
        (Decimal("23650.00"), "23_650_Eur", "EUR_23,650"),
        (Decimal("1234.50"), "1_234,50_Eur", "EUR_1,234.50"),
        (Decimal(0), "0_Eur", "EUR_0"),
        (Decimal("0.05"), "0,05_Eur", "EUR_0.05"),
        (Decimal(-718), "−718_Eur", "EUR_−718"),
        (Decimal("1234567.89"), "1_234_567,89_Eur", "EUR_1,234,567.89"),
        (900000, "900_000_Eur", "EUR_900,000"),
        (None, "–", "–"),
        ("", "–", "–"),
        ("abc", "–", "–"),
        (Decimal("NaN"), "–", "–"),
    ],
)
def test_euro_has_hard_spaces_and_cents_only_where_there_are_some(value, lt, en):
    assert shown("value|euro", "lt", value=value) == lt
    assert shown("value|euro", "en", value=value) == en


@pytest.mark.parametrize(("language", "expected"), [("lt", "23_650,00_Eur"), ("en", "EUR_23,650.00")])
def test_euro_shows_cents_where_asked(language, expected):
    assert shown('value|euro:"cents"', language, value=Decimal(23650)) == expected


@pytest.mark.parametrize(
    ("expression", "value", "lt", "en"),
    [
        ("value|amount", Decimal(4860), "4_860", "4,860"),
        ("value|amount", Decimal("980.5"), "980,50", "980.50"),
        ("value|amount", None, "–", "–"),
        ("value|number", Decimal("70.67"), "70,67", "70.67"),
        ("value|number", Decimal("93.5"), "93,5", "93.5"),
        ("value|number:2", Decimal("93.5"), "93,50", "93.50"),
        ("value|number:0", Decimal("93.5"), "94", "94"),
        ("value|number", 12345, "12_345", "12,345"),
        ("value|number", True, "–", "–"),
        ("value|percent", Decimal(10), "10_proc.", "10%"),
        ("value|percent", Decimal("64.9"), "64,9_proc.", "64.9%"),
        ("value|percent:1", Decimal(65), "65,0_proc.", "65.0%"),
        ("value|percent", None, "–", "–"),
        ("value|filesize", 850, "850_B", "850_B"),
        ("value|filesize", 12_288, "12_kB", "12_kB"),
        ("value|filesize", 1_572_864, "1,5_MB", "1.5_MB"),
        ("value|filesize", 5_368_709_120, "5_GB", "5_GB"),
        ("value|filesize", None, "–", "–"),
    ],
)
def test_numbers_are_written_as_the_reader_writes_them(expression, value, lt, en):
    assert shown(expression, "lt", value=value) == lt
    assert shown(expression, "en", value=value) == en


@pytest.mark.parametrize(
    ("month", "lt", "en"),
    [
        (1, "sausio", "January"),
        (2, "vasario", "February"),
        (3, "kovo", "March"),
        (4, "balandžio", "April"),
        (5, "gegužės", "May"),
        (6, "birželio", "June"),
        (7, "liepos", "July"),
        (8, "rugpjūčio", "August"),
        (9, "rugsėjo", "September"),
        (10, "spalio", "October"),
        (11, "lapkričio", "November"),
        (12, "gruodžio", "December"),
    ],
)
def test_long_dates_have_the_month_in_the_genitive(month, lt, en):
    assert shown("value|date_long", "lt", value=date(2027, month, 5)) == f"2027_m. {lt}_5_d."
    assert shown("value|date_long", "en", value=date(2027, month, 5)) == f"5_{en} 2027"


@pytest.mark.parametrize(
    ("expression", "lt", "en"),
    [
        ('value|date_long:"weekday"', "2027_m. kovo_5_d., penktadienis", "Friday 5_March 2027"),
        ("value|date_short", "2027-03-05", "5_Mar_2027"),
    ],
)
def test_dates_with_weekday_and_dates_of_tables(expression, lt, en):
    assert shown(expression, "lt", value=date(2027, 3, 5)) == lt
    assert shown(expression, "en", value=date(2027, 3, 5)) == en


@pytest.mark.parametrize(
    "expression", ["value|date_long", "value|date_short", "value|moment", "value|moment_short", "value|moment_text"]
)
def test_a_date_that_is_missing_is_a_dash(expression):
    assert shown(expression, "lt", value=None) == "–"


def test_a_date_made_of_a_moment_is_the_day_in_the_readers_zone():
    late_evening = datetime(2027, 3, 5, 22, 30, tzinfo=UTC)
    with timezone.override("Europe/Vilnius"):
        assert shown("value|date_short", "lt", value=late_evening) == "2027-03-06"
        assert shown("value|date_long", "lt", value=late_evening) == "2027_m. kovo_6_d."


@pytest.mark.parametrize(
    ("reader", "call", "lt", "en"),
    [
        ("Europe/Vilnius", None, "2027_m. kovo_5_d., 17:00 Vilniaus laiku", "5_March 2027, 17:00 Vilnius time"),
        (
            "Europe/Riga",
            "Europe/Vilnius",
            "2027_m. kovo_5_d., 17:00 Vilniaus laiku",
            "5_March 2027, 17:00 Vilnius time",
        ),
        (
            "Europe/London",
            "Europe/Vilnius",
            "2027_m. kovo_5_d., 17:00 Vilniaus laiku (pas jus 15:00)",
            "5_March 2027, 17:00 Vilnius time (15:00 your time)",
        ),
        (
            "Asia/Tokyo",
            "Europe/Vilnius",
            "2027_m. kovo_5_d., 17:00 Vilniaus laiku (pas jus 24:00)",
            "5_March 2027, 17:00 Vilnius time (24:00 your time)",
        ),
        (
            "Europe/Paris",
            None,
            "2027_m. kovo_5_d., 16:00 Vidurio Europos žiemos laikas",
            "5_March 2027, 16:00 Central European Standard Time",
        ),
    ],
)
def test_a_moment_names_its_zone_and_the_readers_own_hour_where_it_differs(reader, call, lt, en):
    deadline = datetime(2027, 3, 5, 15, 0, tzinfo=UTC)
    with timezone.override(reader):
        assert shown("value|moment_text:zone", "lt", value=deadline, zone=call) == lt
        assert shown("value|moment_text:zone", "en", value=deadline, zone=call) == en


def test_the_end_of_a_day_is_told_as_24_of_that_day_and_counted_to_it():
    ends = datetime(2027, 3, 5, 22, 0, tzinfo=UTC)  # midnight in Vilnius
    assert (
        shown("value|moment_text:zone", "en", value=ends, zone="Europe/Vilnius") == "5_March 2027, 24:00 Vilnius time"
    )
    now = datetime(2027, 3, 1, 10, 0, tzinfo=UTC)
    with translation.override("en"):
        assert formatting.time_left(ends, now, "Europe/Vilnius").replace(formatting.NBSP, "_") == "4_days left"


def test_a_moment_is_a_time_element_for_programs():
    html = shown("value|moment", "lt", value=datetime(2027, 3, 5, 15, 0, tzinfo=UTC))
    assert html == '<time datetime="2027-03-05T15:00:00+00:00">2027_m. kovo_5_d., 17:00 Vilniaus laiku</time>'


NOW = datetime(2027, 2, 24, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("until", "lt", "en"),
    [
        (date(2027, 3, 5), "liko 9_dienos", "9_days left"),
        (date(2027, 2, 25), "liko 1_diena", "1_day left"),
        (date(2027, 3, 6), "liko 10_dienų", "10_days left"),
        (date(2027, 3, 17), "liko 21_diena", "21_days left"),
        (date(2027, 2, 24), "šiandien", "today"),
        (date(2027, 2, 23), "pradelsta 1_d.", "1_day late"),
        (date(2027, 2, 20), "pradelsta 4_d.", "4_days late"),
        (datetime(2027, 3, 5, 15, 0, tzinfo=UTC), "liko 9_dienos", "9_days left"),
        (datetime(2027, 2, 25, 10, 0, tzinfo=UTC), "liko 22_valandos", "22_hours left"),
        (datetime(2027, 2, 24, 13, 0, tzinfo=UTC), "liko 1_valanda", "1_hour left"),
        (datetime(2027, 2, 24, 12, 25, tzinfo=UTC), "liko 25_minutės", "25_minutes left"),
        (datetime(2027, 2, 24, 11, 59, tzinfo=UTC), "jau praėjo", "already past"),
        (datetime(2027, 2, 20, 12, 0, tzinfo=UTC), "pradelsta 4_d.", "4_days late"),
        (None, "–", "–"),
    ],
)
def test_what_is_left_is_told_in_days_then_hours_then_minutes(until, lt, en):
    for language, expected in (("lt", lt), ("en", en)):
        with translation.override(language):
            assert formatting.time_left(until, NOW, "Europe/Vilnius").replace(formatting.NBSP, "_") == expected


def test_days_left_and_is_past_read_the_one_clock():
    with clock.replaced(NOW):
        assert shown("value|days_left", "en", value=date(2027, 3, 5)) == "9_days left"
        assert shown("value|is_past", "en", value=date(2027, 2, 23)) == "True"
        assert shown("value|is_past", "en", value=date(2027, 2, 24)) == "False"
        assert shown("value|is_past", "en", value=datetime(2027, 2, 24, 11, 59, tzinfo=UTC)) == "True"
        assert shown("value|is_past", "en", value=None) == "False"


@pytest.mark.parametrize(
    ("count", "lt", "en"),
    [
        (0, "dienų", "days"),
        (1, "diena", "day"),
        (2, "dienos", "days"),
        (9, "dienos", "days"),
        (10, "dienų", "days"),
        (11, "dienų", "days"),
        (19, "dienų", "days"),
        (20, "dienų", "days"),
        (21, "diena", "days"),
        (22, "dienos", "days"),
        (111, "dienų", "days"),
        (121, "diena", "days"),
        (Decimal("1.5"), "dienos (trupmena)", "days"),
    ],
)
def test_plural_forms_follow_the_count(count, lt, en):
    assert shown('value|plural:"diena,dienos,dienos (trupmena),dienų"', "lt", value=count) == lt
    assert shown('value|plural:"day,days"', "en", value=count) == en


@pytest.mark.parametrize(
    ("value", "lt", "en"),
    [
        ({"lt": "Skaitykla", "en": "Reading room"}, "Skaitykla", "Reading room"),
        ({"lt": "Skaitykla", "en": ""}, "Skaitykla", "Skaitykla"),
        ({"en": "Reading room"}, "Reading room", "Reading room"),
        ({}, "", ""),
        ("Plain", "Plain", "Plain"),
        (None, "", ""),
    ],
)
def test_bilingual_content_falls_back_to_the_other_language(value, lt, en):
    assert shown("value|localized", "lt", value=value) == lt
    assert shown("value|localized", "en", value=value) == en


class Titled:
    """Anything with a title in two columns."""

    title_lt, title_en = "Skaitykla", ""


def test_bilingual_columns_fall_back_too():
    assert shown('value|localized_field:"title"', "en", value=Titled()) == "Skaitykla"
    assert text.localized_field(Titled(), "title", "lt") == "Skaitykla"
    assert text.localized({"lt": "a", "en": "b"}, "en") == "b"


def test_bilingual_content_is_escaped():
    assert shown("value|localized", "en", value={"en": "<b>"}) == "&lt;b&gt;"


def test_a_page_without_a_language_speaks_the_sites_own():
    with translation.override(None):
        assert text.current_language() == "lt"
