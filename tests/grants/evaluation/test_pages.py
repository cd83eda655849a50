"""The pages of evaluation, in both languages: what they show, what they keep, who may open them."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from grants.evaluation.models import Measurement, ProjectIndicator
from grants.evaluation.pages import achievement_text, value_text
from grants.evaluation.services import (
    approve_measurement,
    return_measurement,
    save_measurement,
    submit_measurement,
)
from tests.scenarios.content import pdf


def measure_url(one, key="events", wave="endline"):
    return reverse("evaluation:measure", args=[one.indicator(key).pk, wave])


def indicators_url(one):
    return reverse("evaluation:indicators", args=[one.project.pk])


@pytest.fixture
def page(client):
    """Open an address as somebody, in a language."""

    def opened(user, url, language="en", status=200, **data):
        client.force_login(user)
        client.cookies["django_language"] = language
        user.language = language
        type(user).objects.filter(pk=user.pk).update(language=language)
        answer = client.post(url, data) if data else client.get(url)
        assert answer.status_code == status
        return answer

    return opened


@pytest.mark.parametrize(
    ("language", "words"), [("en", ["New services created", "Target"]), ("lt", ["Sukurtos naujos paslaugos"])]
)
def test_the_indicators_of_a_project_in_both_languages(one, page, language, words):
    text = page(one.director, indicators_url(one), language).content.decode()
    assert [word for word in words if word not in text] == []


def test_the_page_of_the_project_shows_the_indicators(one, page):
    text = page(one.coordinator, one.project.get_absolute_url()).content.decode()
    assert "New services created" in text
    assert indicators_url(one) in text


def test_a_value_with_a_decimal_comma_is_entered_and_submitted(one, page):
    url = measure_url(one)
    given = {"value": "1 234,5", "measured_on": "2027-03-01", "method": "register", "evidence": "Registras"}
    answer = page(one.director, url, "lt", 302, submit="1", **given)
    assert answer["Location"] == one.indicator("events").get_absolute_url()
    found = Measurement.objects.get(indicator=one.indicator("events"))
    assert (found.state, str(found.value)) == ("submitted", "1234.5000")


WRONG = [
    ("events", {"value": "daug"}, "Write a number in digits"),
    ("events", {"value": "-5"}, "cannot be negative"),
    ("events", {"value": "9" * 13}, "too large"),
    ("events", {"measured_on": "kovo 5"}, "year-month-day"),
    ("satisfaction", {"numerator": "10", "denominator": "9"}, "cannot be more than the whole"),
    ("satisfaction", {"numerator": "10", "denominator": "0"}, "must be more than zero"),
]


@pytest.mark.parametrize(("key", "data", "sentence"), WRONG)
def test_what_is_wrong_is_said_in_a_sentence_and_what_was_typed_stays(one, page, key, data, sentence):
    text = page(one.director, measure_url(one, key), status=400, save="1", evidence="Ilgas pasakojimas", **data)
    assert sentence in text.content.decode()
    assert "Ilgas pasakojimas" in text.content.decode()
    assert not Measurement.objects.filter(indicator=one.indicator(key)).exists()


def test_what_is_missing_is_named_when_submitting_and_what_was_typed_is_kept(one, page):
    text = page(one.director, measure_url(one), status=400, submit="1", evidence="Registras").content.decode()
    assert "zero is a value too" in text
    assert "Name the day of measuring." in text
    assert Measurement.objects.get(indicator=one.indicator("events")).evidence == "Registras"


def test_a_wrong_file_is_refused_with_a_sentence(one, page):
    from django.core.files.uploadedfile import SimpleUploadedFile

    upload = SimpleUploadedFile("programa.exe", b"MZ\x90", content_type="application/octet-stream")
    answer = page(one.director, measure_url(one), status=400, save="1", value="3", upload=upload)
    assert answer.context["form"].errors["upload"]


def test_a_document_that_shows_a_value_is_read_by_staff_once_the_value_is_handed_in(story, one, page):
    given = {"value": "3", "measured_on": "2027-03-01", "evidence": "Registras"}
    page(one.director, measure_url(one), status=302, save="1", upload=pdf("juodrastis.pdf"), **given)
    first = Measurement.objects.get(indicator=one.indicator("events")).document
    page(one.director, measure_url(one), status=302, save="1", upload=pdf("registras.pdf", b"2"), **given)
    found = Measurement.objects.get(indicator=one.indicator("events"))
    replaced, url = (reverse("questionnaires:document", args=[d.public_id]) for d in (first, found.document))
    page(one.coordinator, url, status=404)
    submit_measurement(measurement=found, by=one.director)
    for reader in (one.coordinator, one.director):
        assert b"".join(page(reader, url).streaming_content).startswith(b"%PDF")
    page(one.coordinator, replaced, status=404)
    page(story.people.person("nepazistama", "Nepažįstama"), url, status=404)


READERS = {  # who: what each sees of a draft, of what is handed in, and of what was returned
    "director": (True, True, True),
    "coordinator": (False, True, True),
    "auditor": (False, True, True),
}


@pytest.mark.parametrize("name", READERS)
def test_what_is_being_written_belongs_to_the_team_until_it_is_handed_in(story, one, page, name):
    indicator, reader = one.indicator("events"), vars(one)[name]
    content = story.content(indicator, "1", value=4321)
    draft = save_measurement(indicator=indicator, wave="endline", by=one.director, content=content)

    def seen():
        return "4,321" in page(reader, indicators_url(one)).content.decode()

    found = [seen()]
    submit_measurement(measurement=draft, by=one.director)
    found.append(seen())
    return_measurement(measurement=draft, by=one.coordinator, note="Kuris registras?")
    found.append(seen())
    assert tuple(found) == READERS[name]


def test_a_submit_that_lacks_something_is_mended_on_the_same_page(one, page):
    url = measure_url(one)
    answer = page(one.director, url, status=400, submit="1", value="10", method="register", seen="")
    assert str(Measurement.objects.get(indicator=one.indicator("events")).value) == "10.0000"
    mended = {"seen": answer.context["form"]["seen"].value(), "measured_on": "2027-03-01", "evidence": "Registras"}
    page(one.director, url, status=302, submit="1", value="12", method="register", **mended)
    assert Measurement.objects.get(indicator=one.indicator("events")).state == "submitted"


def test_two_of_a_team_do_not_write_over_each_other(story, one, page):
    url, given = measure_url(one), {"measured_on": "2027-03-01", "method": "register", "evidence": "Registras"}
    seen = page(one.director, url).context["form"]["seen"].initial
    assert seen == ""
    page(one.director, url, status=302, save="1", value="10", seen=seen, **given)
    page(one.director, url, status=302, save="1", value="10", seen="", **given)
    answer = page(one.director, url, status=409, save="1", value="12", seen="", **given)
    assert "Saved now: 10" in answer.content.decode()
    assert 'value="12"' in answer.content.decode()
    assert str(Measurement.objects.get(indicator=one.indicator("events")).value) == "10.0000"
    again = answer.context["form"]["seen"].value()
    page(one.director, url, status=302, save="1", value="12", seen=again, **given)


ROUNDED = [("62.5", "63"), ("99.5", "99"), ("99.99", "99"), ("100", "100"), ("0.5", "1"), ("-12.5", "\N{MINUS SIGN}13")]


@pytest.mark.parametrize(("value", "told"), ROUNDED)
def test_an_achievement_is_rounded_half_up_but_never_up_to_a_target_that_was_missed(value, told):
    assert achievement_text(Decimal(value)) == told


@pytest.mark.parametrize(("value", "measure", "told"), [
    ("62.45", "percentage", "62.5"), ("2.345", "mean", "2.35"), ("0", "unit", "0"), (None, "unit", "–"),
])  # fmt: skip
def test_a_value_is_rounded_half_up_and_zero_is_not_nothing(value, measure, told):
    assert value_text(None if value is None else Decimal(value), measure) == told


def test_that_nobody_asked_for_a_baseline_is_said_in_the_readers_language(one, page):
    indicator = one.indicator("events")
    ProjectIndicator.objects.filter(pk=indicator.pk).update(baseline=None, baseline_missing_reason="not_asked")
    assert "It was not asked for." in page(one.director, measure_url(one)).content.decode()
    text = page(one.director, measure_url(one), "lt").content.decode()
    assert "It was not asked for." not in text
    assert "not_asked" not in text


def test_a_mean_needs_a_whole_number_of_answers(one, page):
    indicator = one.indicator("events")
    ProjectIndicator.objects.filter(pk=indicator.pk).update(measure="mean")
    url = measure_url(one)
    for size in ("2,5", "0"):
        text = page(one.director, url, status=400, save="1", mean="4,2", sample_size=size).content.decode()
        assert "whole number of answers" in text
    page(one.director, url, status=302, save="1", mean="4,2", sample_size="120", deviation="0,9")
    found = Measurement.objects.get(indicator=indicator)
    assert (str(found.mean), found.sample_size, str(found.result)) == ("4.2000", 120, "4.2000")
    assert "n = 120" in page(one.director, found.get_absolute_url()).content.decode()


def test_a_coordinator_reads_and_approves(story, one, page):
    found = story.handed_in(one.indicator("satisfaction"), one.director, share="1")
    text = page(one.coordinator, found.get_absolute_url()).content.decode()
    assert "160 of 200" in text
    answer = page(one.coordinator, reverse("evaluation:approve", args=[found.pk]), status=302, confirm="1")
    assert answer["Location"] == found.indicator.get_absolute_url()
    text = page(one.director, indicators_url(one)).content.decode()
    assert "(74–85)" in text


def test_a_coordinator_returns_with_a_reason_on_the_engines_page(story, one, page):
    found = story.handed_in(one.indicator("events"), one.director)
    url = reverse("workflows:transition", args=["grants.measurement", found.pk, "return_measurement"])
    page(one.coordinator, url, status=302, note="Kuris registras?")
    found.refresh_from_db()
    assert found.state == "returned"


def test_a_correction_begins_from_what_was_approved(story, one, page):
    first = story.handed_in(one.indicator("events"), one.director)
    approve_measurement(measurement=first, by=one.coordinator)
    text = page(one.director, measure_url(one)).content.decode()
    assert "A value is approved here" in text
    assert 'value="24"' in text
    given = {"value": "25", "measured_on": "2027-03-01", "method": "register", "evidence": "Registras"}
    page(one.director, measure_url(one), status=400, submit="1", **given)
    page(one.director, measure_url(one), status=302, submit="1", reason="Pamirštas renginys.", **given)
    second = Measurement.objects.get(indicator=first.indicator, number=2)
    assert "Pamirštas renginys." in page(one.coordinator, second.get_absolute_url()).content.decode()


def test_a_change_between_two_waves_is_told_with_its_interval(story, one, page):
    indicator = one.indicator("satisfaction")
    waves = [("baseline", 63, 200), ("endline", 106, 240)]
    for wave, part, whole in waves:
        found = story.handed_in(indicator, one.director, wave=wave, numerator=part, denominator=whole)
        approve_measurement(measurement=found, by=one.coordinator)
    text = page(one.director, indicators_url(one)).content.decode()
    assert "Change: 12.7 points [3.6; 21.4], p = 0.0065." in text
    text = page(one.director, indicators_url(one), "lt").content.decode()
    assert "12,7" in text
    assert "0,0065" in text


OPENS = {  # who: indicators page, form, page of the measurement
    "director": (200, 200, 200),
    "coordinator": (200, 403, 200),
    "finance": (200, 403, 200),
    "auditor": (200, 403, 200),
    "stranger": (404, 404, 404),
}


@pytest.mark.parametrize("name", OPENS)
def test_who_opens_which_page(story, one, page, name):
    found = story.handed_in(one.indicator("participants"), one.director)
    return_measurement(measurement=found, by=one.coordinator, note="Kuris registras?")
    people = vars(one) | {"stranger": story.people.person("nepazistama", "Nepažįstama")}
    urls = (indicators_url(one), measure_url(one, "participants"), found.get_absolute_url())
    for url, status in zip(urls, OPENS[name], strict=True):
        page(people[name], url, status=status)


def test_what_never_was_is_the_same_404(one, page):
    for url in ("/projects/999999/indicators/", "/indicators/999999/endline/", "/measurements/999999/"):
        page(one.director, url, status=404)
    page(one.director, measure_url(one, wave="sometime"), status=404)
    page(one.coordinator, "/measurements/999999/approve/", status=404, confirm="1")


def test_what_is_handed_in_is_shown_instead_of_the_form(story, one, page):
    story.handed_in(one.indicator("events"), one.director)
    page(one.director, measure_url(one), status=409)


def test_a_page_of_a_project_without_indicators_says_why(one, page):
    ProjectIndicator.objects.filter(project=one.project).delete()
    assert "No indicators" in page(one.director, indicators_url(one)).content.decode()


def test_the_page_asks_as_often_for_one_value_as_for_many(story, one, page):
    page(one.director, indicators_url(one))
    with CaptureQueriesContext(
        connection,
    ) as few:
        page(one.director, indicators_url(one))
    story.measured(one.project, one.director)
    with CaptureQueriesContext(connection) as many:
        page(one.director, indicators_url(one))
    assert len(many) == len(few)
