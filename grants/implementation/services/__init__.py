"""The verbs of implementation."""

from grants.implementation.services.agreements import (
    open_agreement,
    send_agreement,
    sign_agreement,
    terminate_agreement,
)
from grants.implementation.services.budgets import change_budget
from grants.implementation.services.milestones import judge_milestone, report_milestone, waive_milestone
from grants.implementation.services.payments import (
    approve_payment,
    cancel_payment,
    fail_payment,
    pay_payment,
    request_payment,
    return_payment,
    revoke_approval,
)
from grants.implementation.services.reports import (
    accept_report,
    remove_expense,
    return_report,
    save_expense,
    save_report,
    submit_report,
)

__all__ = [
    "accept_report",
    "approve_payment",
    "cancel_payment",
    "change_budget",
    "fail_payment",
    "judge_milestone",
    "open_agreement",
    "pay_payment",
    "remove_expense",
    "report_milestone",
    "request_payment",
    "return_payment",
    "return_report",
    "revoke_approval",
    "save_expense",
    "save_report",
    "send_agreement",
    "sign_agreement",
    "submit_report",
    "terminate_agreement",
    "waive_milestone",
]
