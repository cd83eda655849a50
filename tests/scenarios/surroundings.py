"""What stands around the projects of the world: money, plan, members, measurements, impact reports."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile

from grants.evaluation.models import Measurement, ProjectIndicator
from grants.money.models import LedgerEntry
from grants.organisations.models import Membership, Organisation
from grants.organisations.services.claims import claim_organisation
from grants.organisations.services.help import help_organisation
from grants.organisations.services.invitations import invite_member
from grants.programmes.models import StrategyPlan
from grants.programmes.services import import_strategy, keep_upload
from grants.projects.models import Project
from grants.questionnaires.canonical import sha256_of
from reporting.impact.gather import gather
from reporting.impact.models import ImpactReport, ReportPdf
from tests.scenarios import content
from tests.scenarios.secrets import SECRETS
from workflows import clock
from workflows.actors import SYSTEM
from workflows.models import Job
from workflows.services import begin, perform

STRATEGY = Path(settings.BASE_DIR) / "grants" / "programmes" / "data" / "strategija_2025_2027.txt"


class Surroundings:
    """The funder's papers, the organisations' and what is measured."""

    people: dict[str, Any]
    things: dict[tuple[str, str], Any]
    libraries: dict[str, Organisation]
    projects: dict[str, Project]
    story: Any
    call: Any

    def _of_the_funder(self) -> None:
        project = self.projects["implementation"]
        self.things["funding", "any"] = self.story.money(self.call)
        self.things["ledgerentry", "of_project"] = LedgerEntry.objects.filter(case=project.case).first()
        self.things["programme", "any"] = self.call.programme
        head = self.people["head"]
        import_strategy(data=STRATEGY.read_bytes(), name="planas.txt", by=head)
        self.things["strategyplan", "any"] = StrategyPlan.objects.get()
        self.things["strategyupload", "any"] = keep_upload(data=STRATEGY.read_bytes(), name="planas.txt", by=head)
        self.things["user", "other"] = self.people["nobody"]
        self.things["rolegrant", "head"] = self.people["head"].role_grants.get()
        self.things["job", "of_project"] = Job.objects.create(
            kind="canary", requested_by=head, language="lt", case=project.case, created_at=clock.now()
        )

    def _of_organisations(self) -> None:
        library = self.libraries["selection"]
        self.things["organisation", "own"] = library
        self.things["membership", "own"] = Membership.objects.get(organisation=library, user=self.people["viewer"])
        self.things["invitation", "open"] = invite_member(
            organisation=library, email=SECRETS["invited"], role="editor", by=self.people["admin"]
        )
        empty = self.story.people.library("PVZ-98", "Biblioteka be administratoriaus", "LT-03")
        Organisation.objects.filter(pk=empty.pk).update(domain="pvz98.test")
        empty.refresh_from_db()
        self.things["organisation", "locked_out"] = empty
        self.things["invitation", "help"] = help_organisation(
            organisation=empty, email="kas@pvz98.test", reason=SECRETS["helped"], by=self.people["administrator"]
        )
        self.things["organisationclaim", "nobody_there"] = claim_organisation(
            organisation=empty, message=SECRETS["claim"], by=self.people["nobody"]
        )
        self.things["organisationclaim", "asked"] = claim_organisation(
            organisation=library, message=SECRETS["claim"], by=self.people["nobody"]
        )

    def _measured(self) -> None:
        """Indicators with measurements as their room keeps them; the room's services begin them."""
        project, asked = self.projects["implementation"], self.call.indicators.first()
        indicator = ProjectIndicator.objects.create(
            project=project, call_indicator=asked, key="of-the-world", label=asked.label, type=asked.type, order=99,
            measure="unit", over_time="sum", over_projects="sum", baseline=0, target=10,
        )  # fmt: skip
        self.things["projectindicator", "of_project"] = indicator
        for wave, state in (("midline", "draft"), ("baseline", "submitted")):
            measured = Measurement(
                case=project.case, indicator=indicator, wave=wave, number=1, measure=indicator.measure, value=3,
                method="observation", evidence="Lankytojų žurnalas.", measured_on=self.story.today,
            )  # fmt: skip
            if state == "draft":
                measured.evidence = SECRETS["measured"]
            begin(measured, by=self.people["admin"])
            if state == "submitted":
                perform(measured, "submit", by=self.people["admin"])
            self.things["measurement", state] = measured
        for state in ("requested", "assembled", "published"):
            self.things["impactreport", state] = self._impact_report(project, state)

    def _impact_report(self, project: Project, state: str) -> ImpactReport:
        report = ImpactReport(
            case=project.case, scope="project", project=project, requested_by=self.people["head"],
            requested_at=clock.now(),
        )  # fmt: skip
        begin(report, by=self.people["head"])
        if state != "requested":
            snapshot = gather(report, clock.now(), lambda: None)
            perform(report, "assemble", by=SYSTEM, title={"lt": "Kas pasikeitė"}, snapshot=snapshot,
                    snapshot_sha256=sha256_of(snapshot), as_of=clock.now())  # fmt: skip
        if state == "published":
            for language in ("lt", "en"):
                ReportPdf.objects.create(
                    report=report, language=language, file=ContentFile(content.PDF, "a.pdf"), size=len(content.PDF),
                    sha256="0" * 64, made_at=clock.now(),
                )  # fmt: skip
            perform(report, "publish", by=self.people["head"])
        return report
