"""The demonstration: real calls' shapes, invented libraries and people, every date relative to today."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from django.conf import settings

from grants.accounts.demo import ACCOUNTS, DOMAIN, PASSWORD
from grants.programmes.services import import_strategy
from tests.scenarios.demo.contest import Contest
from tests.scenarios.demo.finished import Finished
from tests.scenarios.demo.open_call import OpenCall
from tests.scenarios.demo.telling import shifted
from workflows.delivery import deliver_all, run_entry
from workflows.models import OutboxEntry
from workflows.services.outbox import waiting
from workflows.services.reminding import remind
from workflows.services.seals import seal

__all__ = ["ACCOUNTS", "Demo", "accounts_text", "load", "shifted"]

PLAN = Path(settings.BASE_DIR) / "grants" / "programmes" / "data" / "strategija_2025_2027.txt"

A_MOMENT = timedelta(seconds=20)


class Demo(Finished, Contest, OpenCall):
    """Tells the demonstration's stories one after another."""

    def tell(self) -> None:
        """All of it, through services; the log is sealed at the end."""
        with self.story.told():
            self._beginnings()
            if settings.DEMO_STORIES == "ALL":
                self._stories()
            self._post()
            seal()

    def _stories(self) -> None:
        self.finished_competition()
        self.contest()
        self.open_call()

    def _beginnings(self) -> None:
        self.say("people, the strategy plan")
        story = self.story.reference()
        for key in ("admin", "coordinator", "head", "finance", "auditor"):
            story.people.staff(key)
        import_strategy(data=PLAN.read_bytes(), by=story.people.staff("coordinator"), name=PLAN.name)

    def _post(self) -> None:
        """Every mail leaves soon after it was written; then the reminders of today are sent, as the timer would."""
        self.say("letters on their way")
        for pk, due in (
            OutboxEntry.objects.filter(waiting()).order_by("available_at", "pk").values_list("pk", "available_at")
        ):
            self.story.travel.to(min(due + A_MOMENT, self.now))
            run_entry(pk)
        self.story.travel.to(self.now)
        remind()
        deliver_all()


def accounts_text() -> str:
    """What the start prints: every account of the demonstration and the password of all."""
    lines = ["Demonstration accounts, all with the password " + PASSWORD + ":"]
    return "\n".join([*lines, *(f"  {key}@{DOMAIN}" for key in ACCOUNTS)])


def load(say: Callable[[str], None] = lambda text: None) -> None:
    """Tell the demonstration and note its accounts beside the data. Raises RuntimeError outside a demonstration."""
    if not settings.DEMO:
        raise RuntimeError("Demonstration accounts exist only in a demonstration (DEMO=on).")
    Demo(say).tell()
    (settings.VAR_DIR / "demo-accounts.txt").write_text(accounts_text() + "\n", encoding="utf-8")
