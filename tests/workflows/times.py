"""Words of time for tests of deadlines: Vilnius's wall clock, and letting time pass."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from workflows.models import Rung
from workflows.services.reminding import remind

VILNIUS = ZoneInfo("Europe/Vilnius")


def vilnius(text):
    return datetime.fromisoformat(text).replace(tzinfo=VILNIUS)


def shown(moments):
    return [(one.days, f"{one.send_at.astimezone(VILNIUS):%Y-%m-%d %H:%M}") for one in moments]


def sent_days():
    return list(Rung.objects.filter(outcome="sent").order_by("settled_at").values_list("days", flat=True))


def walk(travel, until, step=timedelta(minutes=30)):
    """Lets time pass, asking at each step what is due."""
    end = vilnius(until)
    while travel() < end:
        travel.to(travel() + step)
        remind()
