"""The addresses of implementation."""

from django.urls import path

from grants.implementation.views import agreements, payments, reports

app_name = "implementation"
urlpatterns = [
    path("projects/<int:pk>/agreement/", agreements.agreement, name="agreement"),
    path("projects/<int:pk>/agreement/signed/", agreements.paper, name="paper"),
    path("projects/<int:pk>/agreement/budget/", agreements.budget, name="budget"),
    path("milestones/<int:pk>/", agreements.milestone, name="milestone"),
    path("payments/", payments.payments, name="payments"),
    path("payments/<int:pk>/", payments.payment, name="payment"),
    path("reports/<int:pk>/", reports.report, name="report"),
    path("reports/<int:pk>/costs/", reports.expense, name="expense_new"),
    path("reports/<int:pk>/costs/<int:expense_pk>/", reports.expense, name="expense"),
    path("reports/<int:pk>/costs/<int:expense_pk>/remove/", reports.expense_remove, name="expense_remove"),
]
