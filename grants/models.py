"""Every model of every slice, so that Django finds them under one label."""

from grants.accounts.models import RoleGrant, User
from grants.money.models import Funding, FundingSource, FundingStep, LedgerEntry
from grants.organisations.models import Invitation, Membership, Municipality, Organisation, OrganisationName
from grants.programmes.models import PlanAmount, PlanNode, Programme, StrategyPlan, StrategyUpload
from grants.questionnaires.models import Answer, AnswerRevision, AnswerSheet, Document, Questionnaire

__all__ = [
    "Answer",
    "AnswerRevision",
    "AnswerSheet",
    "Document",
    "Funding",
    "FundingSource",
    "FundingStep",
    "Invitation",
    "LedgerEntry",
    "Membership",
    "Municipality",
    "Organisation",
    "OrganisationName",
    "PlanAmount",
    "PlanNode",
    "Programme",
    "Questionnaire",
    "RoleGrant",
    "StrategyPlan",
    "StrategyUpload",
    "User",
]
