"""Every model of every slice, so that Django finds them under one label."""

from grants.accounts.models import RoleGrant, User
from grants.applications.models import (
    Application,
    BudgetLine,
    Clarification,
    EligibilityAnswer,
    IneligibilityFinding,
    SubmitAttempt,
    SubmittedVersion,
)
from grants.calls.models import (
    BudgetCategory,
    Call,
    CallDate,
    CallFunding,
    CallIndicator,
    Criterion,
    Nomination,
)
from grants.evaluation.models import IndicatorDefinition, Measurement, ProjectIndicator
from grants.implementation.models import Agreement, AwardLine, Expense, Milestone, Payment, ProgressReport
from grants.money.models import Funding, FundingSource, FundingStep, LedgerEntry
from grants.organisations.models import (
    Invitation,
    Membership,
    Municipality,
    Organisation,
    OrganisationClaim,
    OrganisationName,
)
from grants.programmes.models import PlanAmount, PlanNode, Programme, StrategyPlan, StrategyUpload
from grants.projects.models import Project
from grants.questionnaires.models import Answer, AnswerRevision, AnswerSheet, Document, Questionnaire
from grants.selection.models import (
    ConflictDeclaration,
    Decision,
    DecisionShare,
    Evaluator,
    Review,
    ReviewVersion,
    Score,
)

__all__ = [
    "Agreement",
    "Answer",
    "AnswerRevision",
    "AnswerSheet",
    "Application",
    "AwardLine",
    "BudgetCategory",
    "BudgetLine",
    "Call",
    "CallDate",
    "CallFunding",
    "CallIndicator",
    "Clarification",
    "ConflictDeclaration",
    "Criterion",
    "Decision",
    "DecisionShare",
    "Document",
    "EligibilityAnswer",
    "Evaluator",
    "Expense",
    "Funding",
    "FundingSource",
    "FundingStep",
    "IndicatorDefinition",
    "IneligibilityFinding",
    "Invitation",
    "LedgerEntry",
    "Measurement",
    "Membership",
    "Milestone",
    "Municipality",
    "Nomination",
    "Organisation",
    "OrganisationClaim",
    "OrganisationName",
    "Payment",
    "PlanAmount",
    "PlanNode",
    "Programme",
    "ProgressReport",
    "Project",
    "ProjectIndicator",
    "Questionnaire",
    "Review",
    "ReviewVersion",
    "RoleGrant",
    "Score",
    "StrategyPlan",
    "StrategyUpload",
    "SubmitAttempt",
    "SubmittedVersion",
    "User",
]
