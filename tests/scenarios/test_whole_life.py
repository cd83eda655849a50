"""One whole life through services: from the call to the published impact, and a contest beside it."""

from datetime import date
from decimal import Decimal

from grants.money.selectors import case_balance
from grants.projects.models import Project
from grants.projects.states import ProjectState as S
from workflows.models import Message
from workflows.services.seals import seal
from workflows.services.verify import replay_log, verify_log


def carried_out(story, project, director):
    """Signed, paid in three instalments, reported on, its milestones reached, completed."""
    story.at("2027-05-20 10:00").signed(project, date(2027, 6, 1), date(2028, 1, 31))
    assert [(p.percent, p.amount) for p in project.payments.order_by("ordinal")] == [
        (Decimal(60), Decimal("9000.00")), (Decimal(30), Decimal("4500.00")), (Decimal(10), Decimal("1500.00")),
    ]  # fmt: skip
    advance, second, final = project.payments.order_by("ordinal")
    story.at("2027-06-05 10:00").paid(advance)
    for report in project.reports.filter(due_on__lte=date(2027, 12, 20)).order_by("due_on"):
        story.travel.to(
            story.travel.at.replace(year=report.due_on.year, month=report.due_on.month, day=report.due_on.day)
        )
        story.accepted_report(report, director, share="0.2")
    story.later(days=1).paid(second)
    story.at("2028-02-01 10:00").reached(project, director)
    for report in project.reports.exclude(state="accepted").order_by("due_on"):
        story.travel.to(max(story.travel.at, story.travel.at.replace(month=report.due_on.month, day=report.due_on.day)))
        story.accepted_report(report, director, share="0.1")
    story.later(days=1).paid(final)
    return story.completed(Project.objects.get(pk=project.pk))


def test_a_library_applies_is_funded_and_carries_its_project_out(story):
    people = story.people
    library = people.library()
    director = people.member(library, "direktore", "Vardenė Pavardenė")
    call = story.call()
    project = story.at("2027-02-20 10:00").applied(call, library, director)
    assert (project.state, project.requested_amount) == (S.APPLICATION, Decimal("16569.00"))

    story.closed(call)
    story.later(days=3).accepted(project)
    evaluators = [story.evaluator(call, "evaluator1", "Evalda Evaldaitė"), story.evaluator(call, "evaluator2", "Ona")]
    story.later(days=10).reviewed(project, evaluators)
    project = story.later(days=20).awarded(project, "15000")
    assert (project.state, project.awarded_amount) == (S.IMPLEMENTATION, Decimal("15000.00"))
    assert case_balance(project.case).committed == Decimal("15000.00")

    project = carried_out(story, project, director)
    assert project.state == S.EVALUATION
    balance = case_balance(project.case)
    assert (balance.committed, balance.paid) == (Decimal("15000.00"), Decimal("15000.00"))
    story.later(days=1).measured(project, director, shares={"participants": "1.2", "satisfaction": "0.9"})
    project = story.closed_after_measuring(project)
    assert project.state == S.CLOSED
    report = story.later(days=1).impact_report("project", project, published=True)
    found = {group["key"]: (group["value"], group["achievement"]) for group in report.snapshot["indicators"]}
    assert (found["events"], found["participants"], found["satisfaction"]) == (
        ("24", "100"),
        ("360", "120"),
        ("72", "90"),
    )
    assert report.snapshot["money"]["totals"]["paid"] == "15000.00"
    seal()
    assert (verify_log(), replay_log()) == ([], [])
    assert Message.objects.filter(kind="decision_award", to_user=director).count() == 1


def test_a_contest_goes_its_own_shorter_way(story):
    library = story.people.library()
    director = story.people.member(library, "direktore", "Vardenė Pavardenė")
    call = story.call("nom-2027")
    project = story.applied(call, library, director)
    story.closed(call)
    story.accepted(project)
    jury = [story.evaluator(call, f"juror{n}", f"Jurorė {n}") for n in range(5)]
    story.reviewed(project, jury, share="0.9")
    decision = story.decided(project, "recognise")
    story.announced(call, [decision])
    project = Project.objects.get(pk=project.pk)
    assert (project.state, project.awarded_amount) == (S.EVALUATION, None)
    assert (verify_log(), replay_log()) == ([], [])
