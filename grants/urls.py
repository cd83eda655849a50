"""The addresses of all slices."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("grants.accounts.urls")),
    path("", include("grants.organisations.urls")),
    path("", include("grants.money.urls")),
    path("", include("grants.programmes.urls")),
    path("", include("grants.questionnaires.urls")),
    path("", include("grants.calls.urls")),
    path("", include("grants.projects.urls")),
    path("", include("grants.applications.urls")),
    path("", include("grants.selection.urls")),
    path("", include("grants.implementation.urls")),
    path("", include("grants.evaluation.urls")),
]
