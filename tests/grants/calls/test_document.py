"""A call's document: both shipped ones are clean, and every fault is a sentence with its place."""

import copy
import random

import pytest
from django.utils import translation

from grants.calls.document import BadDocument, check_document, read_document
from grants.calls.rules import missing_texts
from grants.calls.scales import unfold_scale
from tests.grants.calls.makers import CONTEST, GRANT, document


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def put(text, path, value):
    """Set a part of a document; `path` is keys and numbers."""
    *way, last = path
    part = text
    for key in way:
        part = part[key]
    part[last] = value
    return text


def found(text):
    return [(finding.path, finding.message) for finding in check_document(text)[0]]


@pytest.mark.parametrize("name", [GRANT, CONTEST])
def test_a_shipped_document_has_no_faults(name):
    assert found(document(name)) == []


FAULTS = [
    (GRANT, ("schema",), "call/2", "schema", "This must be “illustrative-call/1”."),
    (GRANT, ("call", "code"), "bp 1", "call.code", "A code has capital letters, digits and dashes, 40 at most."),
    (GRANT, ("call", "timezone"), "Europe/Vilna", "call.timezone", "Name a time zone, for instance Europe/Vilnius."),
    (GRANT, ("call", "dates", "closes"), "2027-03-28T03:30", "call.dates.closes",
     "There is no 03:30 on 2027-03-28 in Europe/Vilnius: clocks are put forward then. Choose another time."),
    (GRANT, ("call", "dates", "opens"), "2026-10-25T03:30", "call.dates.opens",
     "03:30 comes twice on 2026-10-25 in Europe/Vilnius: clocks are put back then. Choose another time."),
    (GRANT, ("call", "dates", "closes"), "2027-03-05", "call.dates.closes",
     "This date needs an hour: 2027-03-05T17:00."),
    (GRANT, ("call", "dates", "closes"), "2027-03-05T17:00Z", "call.dates.closes",
     "Write a day (2027-03-05) or a day with an hour (2027-03-05T17:00), without a zone."),
    (GRANT, ("call", "dates", "published"), "1027-03-05", "call.dates.published",
     "The year must lie between 2000 and 2100."),
    (GRANT, ("call", "dates", "decision_by"), "2027-04-01", "call.dates.decision_by",
     "This date comes before “evaluation_until”."),
    (GRANT, ("call", "dates", "published"), None, "call.dates.published", "This date is needed."),
    (GRANT, ("call", "money", "grant_min"), 40000, "call.money.grant_min",
     "The smallest grant is above the largest."),
    (GRANT, ("call", "money", "grant_max"), 900001, "call.money.grant_max",
     "One grant is larger than the whole call."),
    (GRANT, ("call", "money", "total"), -1, "call.money.total", "Write a number above 0."),
    (GRANT, ("call", "money", "total"), 10**15, "call.money.total", "Write 999999999999.99 or less."),
    (GRANT, ("call", "money", "total"), True, "call.money.total", "Write a number."),
    (GRANT, ("call", "eligibility", "applicant_kinds"), ["museum"], "call.eligibility.applicant_kinds",
     "Write a list of: municipal, county, national, funder, partner."),
    (GRANT, ("criteria", 0, "weight"), 25, "criteria",
     "The weights must add up to 100, or all be equal; now they add up to 105."),
    (GRANT, ("criteria", 0, "weight"), 0, "criteria[0].weight", "Write a number above 0."),
    (GRANT, ("criteria", 0, "threshold_percent"), 0, "criteria[0].threshold_percent", "Write a number above 0."),
    (GRANT, ("criteria", 1, "id"), "need", "criteria[1].id", "The id “need” is there twice."),
    (GRANT, ("criteria", 0, "scale", 2, "value"), 1, "criteria[0].scale",
     "The values of a scale grow from the first to the last."),
    (GRANT, ("criteria", 0, "scale", 2, "anchor"), None, "criteria[0].scale[2].anchor",
     "Write the text in Lithuanian and in English."),
    (CONTEST, ("criteria", 0, "scale", "step"), 3, "criteria[0].scale.step",
     "The step must divide the way from min to max into at most 200 parts."),
    (CONTEST, ("criteria", 0, "scale", "anchors", 1, "from"), 4.5, "criteria[0].scale.anchors",
     "No anchor holds the value 4."),
    (CONTEST, ("criteria", 0, "scale", "anchors", 1, "from"), 3, "criteria[0].scale.anchors",
     "More than one anchor holds the value 3."),
    (CONTEST, ("criteria", 0, "scale", "anchors", 2, "to"), 11, "criteria[0].scale.anchors",
     "An anchor reaches beyond the scale."),
    (CONTEST, ("criteria", 0, "scale"), "0-10", "criteria[0].scale",
     "Give the scale: a list of values with anchors, or min, max, step and anchors."),
    (CONTEST, ("scoring", "trim_each_side"), 3, "scoring.trim_each_side",
     "So many scores are cut off that none is left."),
    (GRANT, ("scoring", "tie_breakers"), ["beauty"], "scoring.tie_breakers[0]",
     "A tie is broken by a criterion of this call or by one of: earlier_submission, chair_vote, lottery."),
    (GRANT, ("scoring", "threshold_total"), None, "scoring.threshold_total", "A number is needed here."),
    (GRANT, ("payments", 0, "percent"), 50, "payments",
     "The payments must add up to 100 per cent; now they add up to 90."),
    (GRANT, ("payments", 1, "after_approval_of"), "essay", "payments[1].after_approval_of",
     "This names a report that the call does not have."),
    (GRANT, ("features", "payments"), False, "payments",
     "The call does not use “payments”, so this part must be left out."),
    (GRANT, ("features", "contract"), "yes", "features.contract", "Write true or false."),
    (CONTEST, ("features", "project_budget"), True, "call.money",
     "A call has money exactly when its projects have budgets (“project_budget”)."),
    (GRANT, ("decision", "reserve_valid_until"), "soon", "decision.reserve_valid_until",
     "Write a day: 2027-12-31."),
    (GRANT, ("indicators", 0, "type"), "wish", "indicators[0].type", "Write one of: output, outcome, impact."),
    (GRANT, ("administrative_check", "items", 0, "label", "en"), " ", "administrative_check.items[0].label",
     "This text is needed in Lithuanian and in English."),
    (GRANT, ("form", "sections", 2, "questions", 1, "type"), "poem", "form.sections[2].questions[1].type", None),
    (GRANT, ("annexes", 0, "formats"), "pdf", "annexes[0].formats", "Name the kinds of files, for instance pdf."),
    (GRANT, ("form", "sections", 0, "questions"), [], "form.sections[0].questions",
     "A section has at least one question."),
]  # fmt: skip


@pytest.mark.parametrize(("name", "path", "value", "place", "message"), FAULTS)
def test_a_fault_is_told_with_its_place(name, path, value, place, message):
    told = found(put(document(name), path, value))
    assert place in [where for where, _words in told], told
    if message is not None:
        assert (place, message) in told


def test_faults_of_annexes_keep_their_own_place():
    text = put(document(GRANT), ("annexes", 1, "max_mb"), "ten")
    assert [path for path, _message in found(text)] == ["annexes[1].max_mb"]


def test_dates_become_instants_by_the_calls_own_clock():
    planned = {one.key: one for one in check_document(document(GRANT))[1]}
    assert planned["closes"].begins.isoformat() == "2027-03-05T15:00:00+00:00"
    assert planned["contracts_by"].begins.isoformat() == "2027-05-31T21:00:00+00:00"
    assert (planned["closes"].whole_day, planned["contracts_by"].whole_day) == (False, True)


def test_a_range_with_a_step_becomes_every_value_with_its_words():
    scale = unfold_scale(document(CONTEST)["criteria"][0]["scale"])
    assert [one["value"] for one in scale] == [
        "0", "0.5", "1", "1.5", "2", "2.5", "3", "3.5", "4", "4.5", "5", "5.5", "6", "6.5", "7", "7.5", "8", "8.5",
        "9", "9.5", "10",
    ]  # fmt: skip
    assert [scale[i]["anchor"]["en"] for i in (7, 8, 14, 15)] == [
        "Little that stands out", "Good, worth attention", "Good, worth attention",
        "Outstanding, worth following by all",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"{", "Line 1, place 2: this is not JSON."),
        (b"\xff", "The file is not text in UTF-8."),
        (b"[]", "The document must be an object."),
        (b'{"a": 1, "a": 2}', "a: This key is there twice in one object."),
        (b" " * 2_000_001, "The file is larger than 2 MB."),
        (b"[" * 100_000, "The document is nested too deeply."),
    ],
)
def test_a_file_that_is_no_document_is_refused_in_a_sentence(data, message):
    with pytest.raises(BadDocument) as refusal:
        read_document(data)
    assert str(refusal.value) == message


def test_missing_texts_are_found_wherever_they_lie():
    assert list(missing_texts({"a": [{"b": {"lt": "x", "en": ""}}], "c": {"en": "y"}})) == ["a[0].b", "c"]


RUBBISH = [None, "", 0, -1, float("inf"), True, [], {}, [1], {"lt": 1}, "x" * 9999, [[]], 10**30]


def test_no_damage_to_a_document_is_ever_more_than_findings():
    chance, base = random.Random(20270305), [document(GRANT), document(CONTEST)]
    for _turn in range(400):
        text = copy.deepcopy(chance.choice(base))
        places = list(_places(text))
        holder, key = chance.choice(places)
        holder[key] = chance.choice(RUBBISH)
        check_document(text)


def _places(value):
    keys = value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in keys:
        yield value, key
        yield from _places(value[key])
