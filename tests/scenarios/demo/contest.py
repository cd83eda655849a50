"""A contest in the middle of its jury: twelve entries, five jurors, one week left, no money."""

from datetime import timedelta

from grants.selection.models import Evaluator
from grants.selection.services import save_review
from grants.selection.services.reviews import Content
from tests.scenarios.demo.cast import EVALUATORS, applicants
from tests.scenarios.demo.telling import Telling

ENTRIES = (
    ("PVZ-01", "library/innovation"), ("PVZ-02", "library/innovation"), ("PVZ-16", "library/innovation"),
    ("PVZ-03", "library/partnerships"), ("PVZ-04", "library/partnerships"), ("PVZ-38", "library/partnerships"),
    ("PVZ-05", "library/children"), ("PVZ-36", "library/children"), ("PVZ-14", "library/lithuanian"),
    ("PVZ-09", "branch/creative"), ("PVZ-10", "branch/community"), ("PVZ-17", "branch/friendly"),
)  # fmt: skip
DONE = (5, 12, 9, 7, 3)
"""How many of the twelve each juror has judged; the first is the demonstration's evaluator."""
SHARES = ("0.7", "0.9", "0.6", "0.8", "1", "0.5", "0.75")


class Contest(Telling):
    """Entries of libraries and branches; every juror judges every entry."""

    def contest(self) -> None:
        """Up to today: some have judged all, some little, one question of conflict waits."""
        self.say("a contest in the middle of its jury")
        story = self.story
        call = self.call("nom-2027", f"NOM-{self.now.year}", -10)
        known = {applicant.code: applicant for applicant in applicants()}
        projects = []
        for at, (code, nomination) in enumerate(ENTRIES):
            library, director = self.library(known[code])
            story.travel.to(call.closes_at - timedelta(hours=30 - 2 * at))
            branch = f"{known[code].place} filialas" if nomination.startswith("branch/") else ""
            projects.append(story.applied(call, library, director, nomination=nomination, branch=branch))
        story.closed(call)
        story.later(hours=20)
        for project in projects:
            story.accepted(project)
        jury = [story.evaluator(call, *who) for who in EVALUATORS[:5]]
        for at, juror in enumerate(jury):
            story.travel.to(self.days_ago(6 - at))
            self._judges(juror, projects, DONE[at], at)

    def _judges(self, juror: Evaluator, projects: list, done: int, at: int) -> None:
        """So many are judged, one is begun, the rest are given out; the last question of conflict is not answered."""
        story = self.story
        for number, project in enumerate(projects):
            story.later(minutes=20)
            if number < done:
                story.reviewed(project, [juror], share=SHARES[(number * 3 + at) % len(SHARES)])
            elif number == done:
                review = story.assigned(project, juror)
                save_review(review=review, content=Content(comment_panel="Dar pasvarstysiu."), by=juror.user)
            else:
                story.assigned(project, juror, answer=None if number == len(projects) - 1 else "none")
