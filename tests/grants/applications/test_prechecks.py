"""What the rules advise on each point of the checklist; tables written by hand, no database."""

import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings

from grants.applications.prechecks import Facts, advise, months_between
from grants.questionnaires.from_call import definition_from_call

DATA = Path(settings.BASE_DIR) / "grants" / "calls" / "data"
CLOSES = datetime(2027, 3, 5, 15, tzinfo=UTC)


def document(name):
    return json.loads((DATA / f"{name}.json").read_text())


def facts(name="bp-2027-1", **given):
    rules = document(name)
    return Facts(
        **{
            "received_at": CLOSES - timedelta(days=1), "closes_at": CLOSES, "time_zone": "Europe/Vilnius",
            "applicant_kind": "municipal", "rules": rules, "definition": definition_from_call(rules), "answers": {},
            "submitted_by": "Vardenė Pavardenė", **given,
        }
    )  # fmt: skip


def budget(grant, own, in_kind="0.00", category="2"):
    cost = Decimal(grant) + Decimal(own) + Decimal(in_kind)
    line = {"category": category, "grant": grant, "own": own, "in_kind": in_kind, "cost": f"{cost:.2f}"}
    return {"lines": [line], "totals": {"cost": f"{cost:.2f}", "grant": grant, "own": own, "in_kind": in_kind}}


@pytest.mark.parametrize(
    ("moment", "answer"),
    [
        (CLOSES - timedelta(microseconds=1), "yes"),
        (CLOSES, "no"),
        (CLOSES + timedelta(microseconds=1), "no"),
    ],
)
def test_in_time(moment, answer):
    advice = advise("in_time", facts(received_at=moment))
    assert advice.answer == answer
    assert "17:00" in advice.because


@pytest.mark.parametrize(
    ("call", "kind", "answer"),
    [
        ("bp-2027-1", "municipal", "yes"),
        ("bp-2027-1", "county", "yes"),
        ("bp-2027-1", "national", "no"),
        ("bp-2027-1", "partner", "no"),
        ("nom-2027", "municipal", "yes"),
        ("nom-2027", "county", "no"),
    ],
)
def test_the_applicants_kind(call, kind, answer):
    assert advise("applicant_ok", facts(call, applicant_kind=kind)).answer == answer


def test_a_call_that_names_no_kinds_takes_all():
    given = facts(applicant_kind="partner")
    given.rules["call"]["eligibility"]["applicant_kinds"] = []
    assert advise("applicant_ok", given).answer == "yes"


@pytest.mark.parametrize(
    ("names", "answer", "because"),
    [
        ([], "no", "0 partners are named; at least 1 needed."),
        ([""], "no", "0 partners are named; at least 1 needed."),
        (["Bendruomenė"], "yes", "1 partner is named; at least 1 needed."),
        (["Bendruomenė", " bendruomenė "], "yes", "1 partner is named; at least 1 needed."),
        (["Bendruomenė", "Mokykla"], "yes", "2 partners are named; at least 1 needed."),
    ],
)
def test_partners_are_counted_once_by_name(names, answer, because):
    advice = advise("partner_ok", facts(answers={"partners": [{"name": name} for name in names]}))
    assert (advice.answer, advice.because) == (answer, because)


def complete_answers(name):
    rules = document(name)
    required = [q for s in rules["form"]["sections"] for q in s["questions"] if q.get("required")]
    return {q["id"]: True if q["type"] == "checkbox" else "x" for q in required}


@pytest.mark.parametrize(
    ("change", "answer", "because"),
    [
        ({}, "yes", "Every required question is answered."),
        ({"title": ""}, "no", "1 required answer is missing."),
        ({"title": None, "decl_true": False}, "no", "2 required answers are missing."),
        ({"branches": 0}, "yes", "Every required question is answered."),
        ({"summary_en": ""}, "yes", "Every required question is answered."),
    ],
)
def test_complete(change, answer, because):
    advice = advise("complete", facts(answers=complete_answers("bp-2027-1") | change))
    assert (advice.answer, advice.because) == (answer, because)


def annex(key, subject="", sha256="a"):
    return {"key": key, "subject": subject, "sha256": sha256, "name": "x.pdf"}


@pytest.mark.parametrize(
    ("partners", "documents", "answer", "because"),
    [
        (1, [], "no", "3 required annexes are missing."),
        (1, [annex("owner_consent"), annex("cv")], "no", "1 required annex is missing."),
        (1, [annex("owner_consent"), annex("cv"), annex("partner_agreement", "r1")], "yes", ""),
        (2, [annex("owner_consent"), annex("cv"), annex("partner_agreement", "r1")], "no",
         "1 required annex is missing."),
        (2, [annex("owner_consent"), annex("cv"), annex("partner_agreement", "r1"),
             annex("partner_agreement", "r1", "b")], "no", "1 required annex is missing."),
        (2, [annex("owner_consent"), annex("cv"), annex("partner_agreement", "r1"),
             annex("partner_agreement", "r2")], "yes", ""),
    ],
)  # fmt: skip
def test_annexes_each_partner_has_its_own(partners, documents, answer, because):
    answers = {"partners": [{"name": str(n)} for n in range(partners)]}
    advice = advise("annexes", facts(answers=answers, documents=documents))
    assert advice.answer == answer
    assert advice.because == (because or "Every required annex is there.")


@pytest.mark.parametrize(
    ("given", "answer"),
    [
        (budget("10000.00", "2000.00"), "yes"),
        (budget("35000.00", "5000.00"), "yes"),
        (budget("9999.99", "2000.00"), "no"),
        (budget("35000.01", "5000.00"), "no"),
        (budget("20000.00", "3000.00", category="7"), "no"),
        (budget("20000.00", "0.00"), "yes"),
    ],
)
def test_limits_of_the_sum_and_of_categories(given, answer):
    assert advise("limits", facts(answers={"budget": given})).answer == answer


@pytest.mark.parametrize(
    ("given", "answer"),
    [
        (budget("18000.00", "2000.00"), "yes"),
        (budget("18000.01", "1999.99"), "no"),
        (budget("18000.00", "1000.00", "1000.00"), "yes"),
        (budget("18000.00", "999.00", "1001.00"), "no"),
        (budget("5.00", "0.56"), "yes"),
    ],
)
def test_own_share_and_how_much_of_it_may_be_in_kind(given, answer):
    assert advise("own_share", facts(answers={"budget": given})).answer == answer


@pytest.mark.parametrize("item", ["limits", "own_share"])
def test_without_a_budget_the_rules_cannot_tell(item):
    assert advise(item, facts("nom-2027")).answer == "unknown"


@pytest.mark.parametrize(
    ("first", "last", "answer"),
    [
        ("2027-06-01", "2027-11-30", "yes"),  # exactly six months
        ("2027-06-01", "2027-11-29", "no"),  # a day short
        ("2027-06-01", "2028-05-31", "yes"),  # exactly twelve
        ("2027-05-31", "2027-12-31", "no"),  # begins too early
        ("2027-07-01", "2028-06-01", "no"),  # ends too late
    ],
)
def test_the_period(first, last, answer):
    assert advise("period", facts(answers={"period": {"from": first, "to": last}})).answer == answer


def test_without_a_period_the_rules_cannot_tell():
    assert advise("period", facts("nom-2027")).answer == "unknown"


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        (date(2027, 6, 1), date(2027, 11, 30), Decimal(6)),
        (date(2027, 6, 15), date(2027, 12, 14), Decimal(6)),
        (date(2027, 1, 1), date(2027, 12, 31), Decimal(12)),
        (date(2027, 6, 1), date(2027, 6, 15), Decimal("0.5")),
        (date(2027, 1, 31), date(2027, 2, 28), Decimal(2) - Decimal(30) / 30),
    ],
)
def test_months_between_counts_both_days(first, last, months):
    assert months_between(first, last) == months


@pytest.mark.parametrize(
    ("others", "answer", "because"),
    [
        (0, "yes", "It is the applicant's only application in this category."),
        (1, "no", "The applicant has 1 other application in this category."),
        (2, "no", "The applicant has 2 other applications in this category."),
    ],
)
def test_one_per_category(others, answer, because):
    advice = advise("one_per_category", facts("nom-2027", same_category=others))
    assert (advice.answer, advice.because) == (answer, because)


@pytest.mark.parametrize(("ticked", "answer"), [(True, "yes"), (False, "no"), (None, "no")])
def test_the_directors_confirmation(ticked, answer):
    assert advise("director", facts("nom-2027", answers={"decl_director": ticked})).answer == answer


@pytest.mark.parametrize(
    ("about", "work", "answer"),
    [("a" * 1500, "b" * 4500, "yes"), ("a" * 1500, "b" * 4501, "no"), ("", None, "yes")],
)
def test_the_length_of_the_texts(about, work, answer):
    given = facts("nom-2027", answers={"library_about": about, "work_done": work})
    assert advise("length", given).answer == answer


@pytest.mark.parametrize(
    ("documents", "because"),
    [
        ([], "Vardenė Pavardenė submitted it."),
        ([annex("authorisation")], "Vardenė Pavardenė submitted it; an authorisation is attached."),
    ],
)
def test_who_may_sign_is_for_the_officer_to_see(documents, because):
    advice = advise("signed", facts(documents=documents))
    assert (advice.answer, advice.because) == ("unknown", because)


def test_a_point_without_a_rule_is_left_to_the_officer():
    assert advise("beauty", facts()).answer == "unknown"


@pytest.mark.parametrize("name", ["bp-2027-1", "nom-2027"])
def test_every_point_of_both_calls_has_a_rule(name):
    from grants.applications.prechecks import _CHECKS

    assert {item["id"] for item in document(name)["administrative_check"]["items"]} <= set(_CHECKS)
