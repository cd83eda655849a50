"""The rules of a call in sentences: what the document says is said, what it leaves out is not."""

import pytest
from django.utils import translation

from grants.calls import sentences
from grants.calls.models import Call

NBSP = "\N{NO-BREAK SPACE}"


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def call(**rules) -> Call:
    return Call(code="X", rules=rules)


def label(text: str) -> dict[str, str]:
    return {"en": text, "lt": "…"}


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({}, []),
        (
            {"eligibility": {"applicant_kinds": ["municipal", "county"]}},
            ["Who may apply: municipal public library, county public library."],
        ),
        ({"eligibility": {"partners_min": 1}}, ["At least 1 partner takes part."]),
        ({"eligibility": {"partners_min": 2}}, ["At least 2 partners take part."]),
        ({"money": {"max_applications_per_applicant": 1}}, ["One applicant submits at most 1 application."]),
        ({"eligibility": {"max_applications_per_applicant": 3}}, ["One applicant submits at most 3 applications."]),
        ({"eligibility": {"max_per_category": 1}}, ["At most 1 application in each category."]),
        ({"eligibility": {"max_per_category": 2}}, ["At most 2 applications in each category."]),
        ({"eligibility": {"duration_months": {"min": 3, "max": 12}}}, ["A project lasts from 3 to 12 months."]),
        ({"eligibility": {"place": label("Lithuania")}}, ["Where: Lithuania."]),
        (
            {"eligibility": {"work_period": {"from": "2026-01-01", "to": "2026-12-31"}}},
            [f"The work was done from 1{NBSP}January 2026 to 31{NBSP}December 2026."],
        ),
        (
            {
                "eligibility": {
                    "work_period": {"from": "2026-01-01", "to": "2026-12-31", "continuing_work_allowed": True}
                }
            },
            [
                f"The work was done from 1{NBSP}January 2026 to 31{NBSP}December 2026; "
                "work that still goes on counts too."
            ],
        ),
        ({"cofinancing": {"rule": label("A tenth is the applicant's own.")}}, ["A tenth is the applicant's own."]),
    ],
)
def test_who_may_apply(asked, said):
    assert sentences.who_may_apply(call(call=asked)) == said


ONE = "Each application is scored by 1 expert."
MEAN = "The mean of the scores counts."


@pytest.mark.parametrize(
    ("scoring", "said"),
    [
        ({"evaluators_per_application": 1}, [ONE, MEAN]),
        ({"evaluators_per_application": 3}, ["Each application is scored by 3 experts.", MEAN]),
        (
            {"evaluators_per_application": "all_jury", "jury_size": 7},
            ["Each entry is scored by the whole jury, which has 7 members.", MEAN],
        ),
        ({"evaluators_per_application": 1, "aggregate": "median"}, [ONE, "The median of the scores counts."]),
        (
            {"evaluators_per_application": 1, "aggregate": "trimmed_mean"},
            [ONE, "The highest and the lowest score are left out; the mean of the others counts."],
        ),
        (
            {"evaluators_per_application": 1, "aggregate": "trimmed_mean", "trim_each_side": 2},
            [ONE, "The 2 highest and the 2 lowest scores are left out; the mean of the others counts."],
        ),
        (
            {"evaluators_per_application": 1, "threshold_total": 60},
            [ONE, MEAN, "At least 60 points of 100 are needed."],
        ),
        (
            {"evaluators_per_application": 1, "third_evaluator_if_difference_from": 20},
            [ONE, MEAN, "Where scores differ by 20 points or more, one more expert assesses the application."],
        ),
        (
            {"evaluators_per_application": 1, "rank_within": "nomination"},
            [ONE, MEAN, "Entries are compared within each nomination."],
        ),
    ],
)
def test_how_it_is_judged(scoring, said):
    assert sentences.how_it_is_judged(call(features={"expert_scoring": True}, scoring=scoring)) == said


def test_a_call_without_experts_does_not_say_how_they_judge():
    assert sentences.how_it_is_judged(call(scoring={"evaluators_per_application": 3})) == []


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("earlier_submission", "the earlier submission"),
        ("chair_vote", "the vote of the chair"),
        ("lottery", "the drawing of lots"),
        ("weather", "weather"),
    ],
)
def test_what_parts_equals_has_words_of_its_own(key, words):
    assert sentences._tie_breaker(key) == words


REPORTS = [{"id": "final", "label": label("Final report")}]


@pytest.mark.parametrize(
    ("payment", "said"),
    [
        ({}, "Advance: 60%."),
        ({"after_approval_of": "final"}, "Advance: 60%, after this is approved: Final report."),
        ({"after_approval_of": "other"}, "Advance: 60%, after this is approved: other."),
        (
            {"due_calendar_days_after": "contract_signed", "days": 1},
            "Advance: 60%, within 1 day of the agreement.",
        ),
        (
            {"due_calendar_days_after": "contract_signed", "days": 10},
            "Advance: 60%, within 10 days of the agreement.",
        ),
        ({"condition": label("the room is ready")}, "Advance: 60%; condition: the room is ready."),
    ],
)
def test_each_instalment_says_its_share_and_what_it_waits_for(payment, said):
    one = {"label": label("Advance"), "percent": 60, **payment}
    assert sentences.payments(call(payments=[one], reports=REPORTS)) == [said]


def test_a_share_that_ends_in_a_full_stop_brings_its_own():
    with translation.override("lt"):
        assert sentences.payments(call(payments=[{"label": {"lt": "Avansas"}, "percent": 60}])) == [
            f"Avansas: 60{NBSP}proc."
        ]


@pytest.mark.parametrize(
    ("report", "said"),
    [
        ({}, "Report."),
        ({"every": "calendar_quarter"}, "Report: each calendar quarter, by the 5th day of the next month."),
        (
            {"period_months": 6, "due_calendar_days": 15},
            "Report: after each 6 months, within 15 days.",
        ),
        ({"due_calendar_days_after_end": 30}, "Report: within 30 days of the end of the project."),
    ],
)
def test_each_report_says_when_it_is_due(report, said):
    assert sentences.reports(call(reports=[{"label": label("Report"), **report}])) == [said]


def test_a_call_without_instalments_and_reports_says_nothing_of_them():
    assert (sentences.payments(call()), sentences.reports(call())) == ([], [])


@pytest.mark.parametrize(
    ("decision", "said"),
    [
        ({}, []),
        ({"decided_by": label("the board")}, ["Decided by: the board."]),
        ({"max_cut_percent": 20}, ["The sum asked for can be cut by 20% at most."]),
        ({"winners_per_nomination": 1}, ["1 winner in each nomination."]),
        ({"winners_per_nomination": 3}, ["3 winners in each nomination."]),
        (
            {"notify_within_working_days": 1},
            ["Applicants hear of the decision within 1 working day, whatever it is."],
        ),
        (
            {"notify_within_working_days": 5},
            ["Applicants hear of the decision within 5 working days, whatever it is."],
        ),
        ({"appeal_calendar_days": 1}, ["An appeal can be made within 1 day."]),
        ({"appeal_calendar_days": 14}, ["An appeal can be made within 14 days."]),
    ],
)
def test_how_it_is_decided(decision, said):
    assert sentences.how_it_is_decided(call(decision=decision)) == said


def test_a_reserve_list_is_told_where_the_call_has_one():
    assert sentences.how_it_is_decided(call(features={"reserve_list": True})) == [
        "Good applications for which there is no money go on a reserve list."
    ]
