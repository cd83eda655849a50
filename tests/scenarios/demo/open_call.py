"""An open call two weeks before its deadline: drafts at every level of completeness, two submitted."""

from datetime import timedelta

from grants.applications.services import save_section, start_application
from grants.calls.models import Call
from tests.scenarios import content
from tests.scenarios.content import project_annexes
from tests.scenarios.demo.cast import Applicant, applicants
from tests.scenarios.demo.telling import Telling

SECTIONS = ("applicant", "partners", "essence", "need", "plan", "impact", "publicity", "sustainability", "budget")
DRAFTS = (
    ("PVZ-01", "Vakarai su knyga ir e. paslauga", 4),
    ("PVZ-04", "Žiemos pievelė", 0),
    ("PVZ-11", "Anūkų mokykla seneliams", 1),
    ("PVZ-19", "Antras skaitmeninis draugas", 2),
    ("PVZ-30", "Krašto istorija po stogu", 6),
    ("PVZ-46", "Skaitmeninė bendruomenės diena", 8),
    ("PVZ-48", "Miško akademija tęsiasi", 9),
    ("PVZ-54", "Miesto laboratorija mokykloms", 10),
)
"""Library, title, and how many sections are filled in (10: the annexes too, so that only the button is left)."""
SUBMITTED = (("PVZ-02", "Robotikos būrelis kaimo bibliotekoje"), ("PVZ-50", "Kurorto skaitykla žiemą"))


class OpenCall(Telling):
    """What a coordinator sees while a call is open, and an applicant in the middle of writing."""

    def open_call(self) -> None:
        """Drafts of eight libraries, submitted applications of two."""
        self.say("an open call with drafts at every level of completeness")
        call = self.call("bp-2027-1", f"BP-{self.now.year + 1}-1", 12)
        known = {applicant.code: applicant for applicant in applicants()}
        for at, (code, title) in enumerate(SUBMITTED):
            library, director = self.library(known[code])
            self.story.travel.to(self.days_ago(2 - at))
            self.story.applied(call, library, director, title=title, grant=18_000, theme=known[code].theme)
        for at, (code, title, filled) in enumerate(DRAFTS):
            self.story.travel.to(self.days_ago(9 - at))
            self._draft(call, known[code], title, filled)

    def _draft(self, call: Call, applicant: Applicant, title: str, filled: int) -> None:
        library, director = self.library(applicant)
        started = start_application(call=call, organisation=library, by=director).application
        sections = content.project_application(
            title=title, director=director.full_name, municipality=library.municipality_id, theme=applicant.theme,
            starts=(call.closes_at + timedelta(days=90)).date().isoformat(),
            ends=(call.closes_at + timedelta(days=330)).date().isoformat(), grant=applicant.grant,
        )  # fmt: skip
        for section in SECTIONS[:filled]:
            self.story.later(minutes=17)
            save_section(application=started, section_id=section, data=sections[section], by=director)
        if filled > len(SECTIONS):
            save_section(
                application=started, section_id="annexes", data=content.typed(), by=director, files=project_annexes()
            )
