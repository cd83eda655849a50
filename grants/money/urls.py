"""Addresses of money."""

from django.urls import path

from grants.money import views

app_name = "money"
urlpatterns = [
    path("money/", views.overview, name="overview"),
    path("money/fundings/new/", views.funding_new, name="funding_new"),
    path("money/fundings/<int:pk>/", views.funding, name="funding"),
    path("money/fundings/<int:pk>/stage/", views.funding_stage, name="funding_stage"),
    path("money/ledger/", views.ledger, name="ledger"),
    path("money/ledger.csv", views.ledger_as_csv, name="ledger_csv"),
]
