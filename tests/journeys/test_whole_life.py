"""One whole life in a real browser, in Lithuanian: a library applies, is funded, works, reports and is measured."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from grants.money.selectors import case_balance
from grants.projects.models import Project
from grants.projects.states import ProjectState as S
from tests.scenarios import content
from workflows.models import Message
from workflows.services.verify import replay_log, verify_log

pytestmark = pytest.mark.journey


def apply_in_browser(desk, call, director):
    """The director fills in every section of the first example call and submits."""
    starts, ends = (call.closes_at + timedelta(days=90)).date(), (call.closes_at + timedelta(days=330)).date()
    sections = content.project_application(
        title="Skaitmeninės dirbtuvės atokiuose filialuose", director=director.full_name, municipality="LT-01",
        starts=starts.isoformat(), ends=ends.isoformat(),
    )  # fmt: skip
    desk.sign_in(director)
    desk.open(f"/applications/start/{call.pk}/")
    desk.press("main form button.btn")
    base = desk.page.url.rstrip("/")
    for section, answers in sections.items():
        desk.open(f"{base}/sections/{section}/")
        desk.answer(answers)
        desk.button("save")
    desk.open(f"{base}/sections/annexes/")
    desk.attach(content.project_annexes())
    desk.button("save")
    desk.open(f"{base}/submit/")
    for name in content.PROJECT_DECLARATIONS:
        desk.put(name, True)
    desk.press("main form button.btn")
    assert "SHA-256" in desk.text()
    return Project.objects.get()


def check_in_browser(desk, project):
    """The coordinator answers every point of the checklist and accepts."""
    desk.sign_in(desk.story.people.staff("coordinator"))
    desk.open(f"/applications/{project.pk}/eligibility/")
    for radio in desk.page.locator("main input[type=radio][value=yes]").all():
        radio.check()
    desk.button("accept")
    project.refresh_from_db()
    assert project.state == S.SELECTION


def review_in_browser(desk, call, project, key, name):
    """An evaluator is given the application, says there is no conflict, scores every criterion and submits."""
    person = desk.story.people.person(key, name)
    desk.sign_in(desk.story.people.staff("coordinator"))
    desk.open(f"/calls/{call.pk}/evaluators/")
    desk.fill(email=person.email)
    desk.press("main form.form button.btn")
    desk.page.locator("main input[type=checkbox][name=pair]:not(:checked)").last.check()
    desk.press("main form[action*=assign] button.btn")
    desk.sign_in(person)
    desk.open("/conflicts/")
    desk.put("answer", "none")
    desk.press("main form button.btn")
    desk.press("main table a")
    for criterion in call.criteria.all():
        values = sorted((point["value"] for point in criterion.scale), key=lambda value: Decimal(str(value)))
        desk.put(f"q-score-{criterion.key}", values[-2] if len(values) > 2 else values[-1])
        desk.put(f"q-comment-{criterion.key}", content.REVIEW_COMMENT)
    desk.fill(q__recommendation="fund", q__recommended_amount="15 000,00", q__comment_applicant="Stipri paraiška.")
    desk.button("submit")
    assert project.reviews.get(user=person).state == "submitted"


def decide_in_browser(desk, call, project):
    """The coordinator proposes, the head confirms, the coordinator announces after typing the number."""
    people = desk.story.people
    url = f"/calls/{call.pk}/decisions/"
    desk.sign_in(people.staff("coordinator"))
    desk.open(url)
    desk.put(f"p{project.pk}-amount", "15 000")
    desk.button("propose")
    desk.sign_in(people.staff("head"))
    desk.open(url)
    desk.press("main form[action*=confirm] button.btn")
    desk.sign_in(people.staff("coordinator"))
    desk.open(f"{url}announce/")
    desk.fill(expected="1")
    desk.press("main form button.btn")
    project.refresh_from_db()
    assert (project.state, project.awarded_amount) == (S.IMPLEMENTATION, Decimal("15000.00"))
    assert case_balance(project.case).committed == Decimal("15000.00")


def sign_in_browser(desk, project, today):
    """The agreement is sent, and both signatures recorded."""
    desk.sign_in(desk.story.people.staff("coordinator"))
    desk.open(f"/step/grants.agreement/{project.agreement.pk}/send/")
    desk.press("main form button.btn")
    desk.open(f"/projects/{project.pk}/agreement/")
    desk.fill(grantee_on=today, funder_on=today, starts_on="2027-06-01", ends_on="2028-01-31")
    desk.press("main form.form button.btn")
    assert project.payments.count() == 3


def pay_in_browser(desk, payment, note=""):
    """Put forward by the coordinator, approved by the head, recorded by finance."""
    people = desk.story.people
    desk.sign_in(people.staff("coordinator"))
    desk.open(f"/payments/{payment.pk}/")
    desk.fill(condition_note=note)
    desk.press("main form.form button.btn")
    desk.sign_in(people.staff("head"))
    desk.open(f"/step/grants.payment/{payment.pk}/approve/")
    desk.press("main form button.btn")
    desk.sign_in(people.staff("finance"))
    desk.open(f"/payments/{payment.pk}/")
    desk.fill(paid_on=desk.story.today.isoformat(), reference="M-1")
    desk.press("main form.form button.btn")
    payment.refresh_from_db()
    assert payment.state == "paid"


def report_in_browser(desk, report, director, line):
    """The director writes the report with one cost and submits it."""
    desk.sign_in(director)
    desk.open(f"/reports/{report.pk}/costs/")
    desk.fill(line=str(line.pk), description="Mokymai", document="Sąskaita AB 123", amount="1 234,50")
    desk.fill(spent_on=max(report.period_start, date(2027, 6, 2)).isoformat())
    desk.press("main form button.btn")
    desk.fill(q__done=content.REPORT_DONE, q__difficulties=content.REPORT_HARD)
    desk.button("submit")
    report.refresh_from_db()
    assert report.state == "submitted"


def judge_in_browser(desk, report, step, note=""):
    """The coordinator returns or accepts the report."""
    desk.sign_in(desk.story.people.staff("coordinator"))
    desk.open(f"/step/grants.progressreport/{report.pk}/{step}/")
    if note:
        desk.fill(note=note)
    desk.press("main form button.btn")
    report.refresh_from_db()


def mend_in_browser(desk, report, director):
    """The director adds what was missing and submits the returned report again."""
    desk.sign_in(director)
    desk.open(f"/reports/{report.pk}/")
    desk.fill(q__done=content.REPORT_DONE + " Pagal filialus: 30, 41, 22, 28, 25.")
    desk.button("submit")


def complete_in_browser(desk, project):
    """The coordinator ends the implementation: from here on its effect is looked at."""
    desk.sign_in(desk.story.people.staff("coordinator"))
    desk.open(f"/step/grants.project/{project.pk}/complete/")
    desk.press("main form button.btn")
    project.refresh_from_db()
    assert project.state == S.EVALUATION


def test_a_library_lives_through_a_whole_competition(desk):
    story = desk.story
    library = story.people.library()
    director = story.people.member(library, "direktore", "Vardenė Pavardenė")
    call = story.call()
    story.at("2027-02-20 10:00")
    project = apply_in_browser(desk, call, director)
    story.closed(call)
    story.later(days=3)
    check_in_browser(desk, project)
    review_in_browser(desk, call, project, "evaluator1", "Evalda Evaldaitė")
    review_in_browser(desk, call, project, "evaluator2", "Ona Onaitė")
    story.later(days=20)
    decide_in_browser(desk, call, project)
    story.at("2027-05-20 10:00")
    sign_in_browser(desk, project, "2027-05-20")
    advance, second, final = project.payments.order_by("ordinal")
    story.at("2027-06-05 10:00")
    pay_in_browser(desk, advance)

    interim = project.reports.get(kind="interim")
    line = project.agreement.lines.order_by("order").first()
    story.at("2027-12-05 10:00")
    report_in_browser(desk, interim, director, line)
    judge_in_browser(desk, interim, "return_report", "Trūksta dalyvių skaičiaus pagal filialus.")
    assert interim.state == "returned"
    mend_in_browser(desk, interim, director)
    judge_in_browser(desk, interim, "accept")
    assert interim.state == "accepted"
    pay_in_browser(desk, second, "Panaudota 82 proc. avanso, žr. ataskaitą.")

    story.at("2028-02-10 10:00").reached(project, director)
    for report in project.reports.exclude(state="accepted").order_by("due_on"):
        story.accepted_report(report, director, share="0.05")
    pay_in_browser(desk, final)
    complete_in_browser(desk, project)
    balance = case_balance(project.case)
    assert (balance.committed, balance.paid) == (Decimal("15000.00"), Decimal("15000.00"))
    assert Message.objects.filter(to_user=director, kind__in=["report_returned", "payment_paid"]).count() == 4
    assert (verify_log(), replay_log()) == ([], [])
