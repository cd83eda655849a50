"""Words that are not for everybody, put into every confidential field, and who may read which of them."""

from html import unescape

from grants.applications.models import EligibilityAnswer
from grants.implementation.models import Payment
from grants.selection.models import Score
from tests.scenarios.secrets import SECRETS
from tests.scenarios.world import World
from workflows.models import Message

TEAM = {"viewer", "editor", "submitter", "admin", "excluded_evaluator_on_team"}
LEADERS = {"coordinator", "head"}
PLANTED = {
    "score": "Slaptas balo paaiškinimas Griežlė",
    "letter": "Slaptas laiškas direktoriui Tetervinas",
    "check": "Slapta patikros pastaba Kėkštas",
    "condition": "Slapta mokėjimo pastaba Lakštingala",
}
WORDS = SECRETS | PLANTED
SEES = {
    "ground": LEADERS | {"auditor", "evaluator_asked"},
    "ground_coordinator": LEADERS | {"auditor", "excluded_coordinator"},
    "panel": LEADERS | {"auditor", "evaluator_cleared"},
    "score": LEADERS | {"auditor", "evaluator_cleared"},
    "reason": LEADERS | {"auditor"},
    "declined": LEADERS | TEAM | {"auditor", "administrator"},
    "report": TEAM,
    "measured": TEAM,
    "claim": {"admin", "administrator", "nobody"},
    "helped": LEADERS | {"excluded_coordinator", "finance", "administrator", "auditor"},
    "question": LEADERS | TEAM | {"auditor", "administrator"},
    # Who is invited stands on the letter to them, and whoever follows letters (message.view in grants/policy.csv) needs
    # the address to see where one went wrong. Finance does not follow letters; the rest of the team does not invite.
    "invited": LEADERS | {"admin", "excluded_coordinator", "administrator", "auditor"},
    "amount": LEADERS | {"auditor"},
    "account": LEADERS | TEAM | {"auditor", "finance"},
    "draft": LEADERS | TEAM,
    "evaluator": LEADERS | {"auditor", "administrator", "evaluator_cleared", "excluded_coordinator"},
    "letter": LEADERS | {"admin", "administrator", "auditor"},
    "check": LEADERS | {"auditor"},
    "condition": LEADERS | TEAM | {"auditor", "finance"},
}
"""Secret -> who may meet it anywhere. What is not met by somebody here is no fault: not everything is shown."""


def plant(world: World) -> None:
    """Put a word into what the story of the world does not say."""
    Score.objects.filter(review__user=world.people["evaluator_cleared"]).update(comment=PLANTED["score"])
    Message.objects.filter(pk=world.thing("message", "letter").pk).update(text=PLANTED["letter"])
    EligibilityAnswer.objects.filter(project=world.projects["selection"]).update(note=PLANTED["check"])
    Payment.objects.filter(pk=world.thing("payment", "requested").pk).update(condition_note=PLANTED["condition"])


def met_in(text: str) -> set[str]:
    """The secrets that a text tells; numbers and accounts also without their spaces."""
    plain = unescape(text).replace("\xa0", " ").replace("\u202f", " ")
    return {key for key, secret in WORDS.items() if secret in plain or secret.replace(" ", "") in plain}


def not_for(role: str, text: str) -> set[str]:
    """The secrets that a text tells to a role that may not meet them."""
    return {key for key in met_in(text) if role not in SEES[key]}
