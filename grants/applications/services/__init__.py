"""What is done with applications; each verb says who asks."""

from grants.applications.services.clarifications import (
    answer_clarification,
    ask_clarification,
    default_days,
    expire_clarification,
)
from grants.applications.services.drafts import (
    Started,
    abandon_application,
    save_section,
    start_application,
    start_obstacles,
)
from grants.applications.services.eligibility import accept_application, find_ineligible, record_checks
from grants.applications.services.returning import reopen_application, withdraw_application
from grants.applications.services.submission import submit_application

__all__ = [
    "Started",
    "abandon_application",
    "accept_application",
    "answer_clarification",
    "ask_clarification",
    "default_days",
    "expire_clarification",
    "find_ineligible",
    "record_checks",
    "reopen_application",
    "save_section",
    "start_application",
    "start_obstacles",
    "submit_application",
    "withdraw_application",
]
